"""Spaces of code, as wide as its letters.

Pango sets a space from the font of what stands before it: after a Han it would be the Chinese font's, a quarter of
an em, and what is aligned by spaces would not be. Where a style says ``--cst-cells: yes``, spaces are of the first
family.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from cstprint.engine.lines.style import token
from cstprint.engine.weasy.text import ffi, pango
from cstprint.engine.weasy.types import PangoLayout, Style

_SPACES = re.compile(b"(?: |\xc2\xa0)+")


def has_cells(style: Style) -> bool:
    """Return whether every character of this style keeps the width that its font gives it."""
    return token(style, "cells") == "yes"


def with_cells(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``set_text`` of WeasyPrint's ``Layout``: name the family of spaces to Pango."""

    def set_text(layout: PangoLayout, text: str, *rest: object, **options: object) -> None:
        original(layout, text, *rest, **options)
        # Asked of every text there is: the cheapest question first.
        if (" " in layout.text or "\xa0" in layout.text) and has_cells(layout.style):
            _name_family(layout, layout.text.encode())

    return set_text


def _name_family(layout: PangoLayout, text: bytes) -> None:
    _declare()
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    family = layout.style["font_family"][0].encode()
    for spaces in _SPACES.finditer(text):
        attribute = pango.pango_attr_family_new(family)
        attribute.start_index, attribute.end_index = spaces.span()
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


@cache
def _declare() -> None:
    ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);")
