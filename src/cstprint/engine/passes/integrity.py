"""Whether all text stands on the pages, once, and what to do where it does not.

WeasyPrint loses or doubles text of floats, columns and footnotes that the end of a page or column tears, or fails,
depending on where each line ends. Where that happens under our lines and not under WeasyPrint's own, these are taken:
nothing may be lost that it keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cstprint.engine.blocks.side_floats import LongFloatError
from cstprint.engine.messages.failures import is_weasyprints
from cstprint.engine.passes.budget import Budget, Reason
from cstprint.engine.passes.page_numbers import Numbers, with_right_numbers
from cstprint.engine.weasy.boxes import MarginBox, TableRowGroupBox, TextBox
from cstprint.engine.weasy.types import Box, Document


class Render(Protocol):
    """One layout of WeasyPrint's: its document, made with replacements that are methods of ``owners``."""

    def __call__(self, *owners: object, stock: bool) -> Document:
        """Return the document, with WeasyPrint's own lines if ``stock``."""


@dataclass(frozen=True)
class LaidOut:
    """WeasyPrint's document, whether its lines are stock, the letters that its pages lack or have too often."""

    document: Document
    stock: bool
    lost: Counter[str]
    doubled: Counter[str]
    #: Whether the page numbers that are printed elsewhere are those of the pages.
    numbered: bool

    @property
    def is_whole(self) -> bool:
        """Whether each letter stands on the pages as often as in the text."""
        return not self.lost and not self.doubled


def lay_out(render: Render, budget: Budget, *, stock: bool) -> LaidOut:
    """Return what ``render`` makes by our lines; by WeasyPrint's own if ``stock``, or if only these are whole.

    Raises what WeasyPrint raises under its own lines, too, and any fault of ours.
    """
    try:
        made = _lay_out(render, budget, stock=stock)
    except Exception as fault:
        if stock or not is_weasyprints(fault):
            raise
        budget.reason = Reason.LINES
        return _lay_out(render, budget, stock=True)
    if stock or made.is_whole:
        return made
    budget.reason = Reason.LINES
    try:
        other = _lay_out(render, budget, stock=True)
    except Exception:  # noqa: BLE001 - there are pages already; what WeasyPrint fails at has many names
        return made
    return other if other.is_whole else made


class NotedTexts:
    """The texts of the document that is laid out, as its boxes have them before layout."""

    def __init__(self) -> None:
        #: ``None`` where nothing was noted: the replacement does not fit this WeasyPrint.
        self.texts: list[str] | None = None

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``."""

        def build(*arguments: object) -> Box:
            root = original(*arguments)
            self.texts = list(_texts(root, footnotes=True))
            return root

        return build


def _lay_out(render: Render, budget: Budget, *, stock: bool) -> LaidOut:
    noted = NotedTexts()

    def numbered(numbers: Numbers) -> Document:
        """Return a layout with these page numbers, after each float that has to become a part of the column."""
        while True:
            budget.count()
            try:
                return render(noted, numbers, stock=stock)
            except LongFloatError:
                budget.reason = Reason.FLOATS

    document, right = with_right_numbers(numbered, budget)
    printed = [text for page in document.pages for text in _texts(page._page_box, footnotes=False)]
    # Nearly always the letters are the same in the same order.
    if noted.texts is None or _letters(noted.texts) == _letters(printed):
        return LaidOut(document, stock, Counter(), Counter(), right)
    wanted, found = Counter(_letters(noted.texts)), Counter(_letters(printed))
    return LaidOut(document, stock, wanted - found, found - wanted, right)


def _letters(texts: list[str]) -> str:
    """Return letters alone: digits may number pages, and marks may be leaders or hyphens."""
    return "".join(filter(str.isalpha, "".join(texts).casefold()))


def _texts(box: Box, *, footnotes: bool) -> Iterator[str]:
    """Yield the texts of a box, where each should stand on the pages once; ``footnotes`` are those still in it."""
    if box.missing_link is not None and "::" in (box.element_tag or ""):
        return  # what CSS prints with a page number, which may be made of letters and is not known before layout
    if isinstance(box, TextBox):
        yield box.text
    if footnotes and box.footnote is not None:
        yield from _texts(box.footnote, footnotes=True)
    for child in getattr(box, "children", ()):
        if not _is_repeated_or_cut(child):
            yield from _texts(child, footnotes=footnotes)
        elif footnotes:  # the notes of a table's head are printed once
            for inner in child.descendants():
                yield from _texts(inner.footnote, footnotes=True) if inner.footnote is not None else ()


def _is_repeated_or_cut(box: Box) -> bool:
    """Whether a box may stand on several pages, or is meant not to be printed whole."""
    style = box.style
    return (
        isinstance(box, MarginBox)
        or (isinstance(box, TableRowGroupBox) and (box.is_header or box.is_footer))
        or style["position"] == "fixed"
        or box.is_running()
        or style["continue"] == "discard"
    )
