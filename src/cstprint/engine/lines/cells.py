"""Characters whose face is not the first that has them: spaces of code, marks of English in Chinese text.

Pango sets a space from the font of what stands before it: after a Han it would be the Chinese font's, a quarter of
an em, and what is aligned by spaces would not be. Where a style says ``--cst-cells: yes``, spaces are of the first
family.

A run of English in Chinese text is set in the Latin companion of the Chinese face, which has no quotes and dashes, so
that Chinese takes its own full-width ones. ``--cst-latin-marks`` names the family that has those of English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate

from cstprint.engine.lines.style import token
from cstprint.engine.weasy.text import ffi, pango
from cstprint.engine.weasy.types import PangoLayout, Style
from cstprint.languages.known import language_of
from cstprint.languages.scripts import Lines

_SPACES = re.compile(b"(?: |\xc2\xa0)+")
_MARKS = re.compile("[‘’“”—―…·]+")


def has_cells(style: Style) -> bool:
    """Return whether every character of this style keeps the width that its font gives it."""
    return token(style, "cells") == "yes"


def with_cells(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``set_text`` of WeasyPrint's ``Layout``: name the family of spaces to Pango."""

    def set_text(layout: PangoLayout, text: str, *rest: object, **options: object) -> None:
        original(layout, text, *rest, **options)
        # Asked of every text there is: the cheapest question first.
        if (" " in layout.text or "\xa0" in layout.text) and has_cells(layout.style):
            spaces = _SPACES.finditer(layout.text.encode())
            _name_family(layout, layout.style["font_family"][0], [space.span() for space in spaces])
        elif _MARKS.search(layout.text) and (family := _family_of_marks(layout.style)):
            text = layout.text
            offsets = [0, *accumulate(len(character.encode()) for character in text)]
            marks = [(offsets[mark.start()], offsets[mark.end()]) for mark in _MARKS.finditer(text)]
            _name_family(layout, family, marks)

    return set_text


def _family_of_marks(style: Style) -> str | None:
    """Return the family of the marks of a style, if it is not the first in its list that has them."""
    if language_of(style["lang"] or "").lines is not Lines.WESTERN:
        return None
    named = token(style, "latin_marks")
    return named.strip("\"'") if named else None


def _name_family(layout: PangoLayout, name: str, places: list[tuple[int, int]]) -> None:
    """Name to Pango the family of some places of a text, in bytes."""
    _declare()
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    family = name.encode()
    for place in places:
        attribute = pango.pango_attr_family_new(family)
        attribute.start_index, attribute.end_index = place
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


@cache
def _declare() -> None:
    ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);")
