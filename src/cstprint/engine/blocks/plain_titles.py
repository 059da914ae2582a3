"""Titles as bookmarks and running heads say them: in their plain form.

``content(text)`` is the text of an element without its ``::before``, ``::after`` and ``::marker`` (CSS GCPM 3,
1.1.2). WeasyPrint 70 counts the calls of footnotes in, which are pseudo-elements, too. Where an element has a plain
form, as ``data-plain``, that is what is repeated of it: one rule leaves out notes, marks and breaks, that of the
contents (:mod:`cstprint.issue.markdown.plain`).
"""

from __future__ import annotations

from cstprint.engine.weasy.boxes import TextBox
from cstprint.engine.weasy.types import Box

_LEFT_OUT = ("::before", "::after", "::marker", "::footnote-call")


def plain_text(_original: property) -> property:
    """Return the property that stands in for ``content_text``."""
    return property(_content_text)


def _content_text(box: Box) -> str:
    if box.element is not None and (plain := box.element.get("data-plain")):
        return str(plain)
    copy = box.deepcopy()
    copy.process_whitespace()
    return "".join(
        child.text
        for child in copy.descendants()
        if isinstance(child, TextBox)
        and not child.element_tag.endswith(_LEFT_OUT)
        and not _calls_again(child)
    ).strip()


def _calls_again(box: Box) -> bool:
    return box.element is not None and box.element.get("class") == "note-call"
