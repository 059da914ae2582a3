"""Whether all text stands on the pages, once, and what to do where it does not.

WeasyPrint loses or doubles text of floats, columns and footnotes that the end of a page or column tears, or fails,
depending on where each line ends. Where that happens under our lines and not under WeasyPrint's own, these are taken:
nothing may be lost that it keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import weasyprint.document
from weasyprint.formatting_structure import boxes

from cstprint.engine.blocks.side_floats import LongFloatError, whole_floats
from cstprint.engine.lines.hooks import chinese_lines
from cstprint.engine.messages.failures import is_weasyprints
from cstprint.engine.passes.carried import carried_over
from cstprint.engine.passes.page_numbers import with_right_numbers
from cstprint.engine.weasy.patch import replaced


@dataclass(frozen=True)
class LaidOut:
    """WeasyPrint's document, whether its lines are stock, the letters that its pages lack or have too often."""

    document: Any
    stock: bool
    lost: Counter[str]
    doubled: Counter[str]
    #: Whether the page numbers that are printed elsewhere are those of the pages.
    numbered: bool

    @property
    def is_whole(self) -> bool:
        """Whether each letter stands on the pages as often as in the text."""
        return not self.lost and not self.doubled


def lay_out(render: Callable[[], Any], *, stock: bool) -> LaidOut:
    """Return what ``render`` makes by our lines; by WeasyPrint's own if ``stock``, or if only these are whole.

    Raises what WeasyPrint raises under its own lines, too, and any fault of ours.
    """
    try:
        made = _lay_out(render, stock=stock)
    except Exception as fault:
        if stock or not is_weasyprints(fault):
            raise
        return _lay_out(render, stock=True)
    if stock or made.is_whole:
        return made
    try:
        other = _lay_out(render, stock=True)
    except Exception:  # noqa: BLE001 - there are pages already; what WeasyPrint fails at has many names
        return made
    return other if other.is_whole else made


def _lay_out(render: Callable[[], Any], *, stock: bool) -> LaidOut:
    text: list[str] = []

    def noting(original: Any) -> Any:
        def build(*arguments: Any) -> Any:
            root = original(*arguments)
            text.clear()  # of a layout before, whose page numbers were not right
            text.extend(_texts(root, footnotes=True))
            return root

        return build

    lines = nullcontext() if stock else chinese_lines()
    noted = replaced((weasyprint.document, "build_formatting_structure", noting))
    with lines, whole_floats(), carried_over(), noted:
        document, numbered = with_right_numbers(lambda: _rendered(render))
    printed = [text for page in document.pages for text in _texts(page._page_box, footnotes=False)]
    if _letters(text) == _letters(printed):  # in the same order even, as nearly always
        return LaidOut(document, stock, Counter(), Counter(), numbered)
    wanted, found = Counter(_letters(text)), Counter(_letters(printed))
    return LaidOut(document, stock, wanted - found, found - wanted, numbered)


def _rendered(render: Callable[[], Any]) -> Any:
    """Return what ``render`` makes, again after each float that has to become a part of the column."""
    while True:
        try:
            return render()
        except LongFloatError:
            continue


def _letters(texts: list[str]) -> str:
    """Return letters alone: digits may number pages, and marks may be leaders or hyphens."""
    return "".join(filter(str.isalpha, "".join(texts).casefold()))


def _texts(box: Any, *, footnotes: bool) -> Iterator[str]:
    """Yield the texts of a box, where each should stand on the pages once; ``footnotes`` are those still in it."""
    if box.missing_link is not None and "::" in (box.element_tag or ""):
        return  # what CSS prints with a page number, which may be made of letters and is not known before layout
    if isinstance(box, boxes.TextBox):
        yield box.text
    if footnotes and box.footnote is not None:
        yield from _texts(box.footnote, footnotes=True)
    for child in getattr(box, "children", ()):
        if not _is_repeated_or_cut(child):
            yield from _texts(child, footnotes=footnotes)
        elif footnotes:  # the notes of a table's head are printed once
            for inner in child.descendants():
                yield from _texts(inner.footnote, footnotes=True) if inner.footnote is not None else ()


def _is_repeated_or_cut(box: Any) -> bool:
    """Whether a box may stand on several pages, or is meant not to be printed whole."""
    style = box.style
    return (
        isinstance(box, boxes.MarginBox)
        or (isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer))
        or style["position"] == "fixed"
        or box.is_running()
        or style["continue"] == "discard"
    )
