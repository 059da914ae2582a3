"""The layouts of a document: again after a long float, for right numbers, and by WeasyPrint's own lines.

WeasyPrint loses or doubles text of floats, columns and footnotes that the end of a page or column tears, or fails,
depending on where each line ends. Where that happens under our lines and not under WeasyPrint's own, these are taken:
nothing may be lost that it keeps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from cstprint.engine.blocks.side_floats import LongFloatError
from cstprint.engine.messages.failures import is_weasyprints
from cstprint.engine.passes.budget import Budget, Reason
from cstprint.engine.passes.imprint import Imprint
from cstprint.engine.passes.integrity import NotedTexts
from cstprint.engine.passes.note_numbers import NoteNumbers
from cstprint.engine.passes.page_numbers import Numbers, with_right_numbers
from cstprint.engine.weasy.types import Document

#: The greatest number of layouts in which the numbers of notes find room: one is too wide where ⑩ is (10).
MAX_FOR_NOTES = 3


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


def lay_out(render: Render, budget: Budget, note_marks: str, *, stock: bool) -> LaidOut:
    """Return what ``render`` makes by our lines; by WeasyPrint's own if ``stock``, or if only these are whole.

    ``note_marks`` is the form of the numbers of notes (:data:`cstprint.html.marks.FORMS`).

    Raises what WeasyPrint raises under its own lines, too, and any fault of ours.
    """
    notes = NoteNumbers(note_marks)
    try:
        made = _lay_out(render, budget, notes, stock=stock)
    except Exception as fault:
        if stock or not is_weasyprints(fault):
            raise
        budget.reason = Reason.LINES
        return _lay_out(render, budget, notes, stock=True)
    if stock or made.is_whole:
        return made
    budget.reason = Reason.LINES
    try:
        other = _lay_out(render, budget, notes, stock=True)
    except Exception:  # noqa: BLE001 - there are pages already; what WeasyPrint fails at has many names
        return made
    return other if other.is_whole else made


def _lay_out(render: Render, budget: Budget, notes: NoteNumbers, *, stock: bool) -> LaidOut:
    noted, imprint = NotedTexts(), Imprint()

    def numbered(numbers: Numbers) -> Document:
        """Return a layout with these page numbers, after each float that has to become a part of the column."""
        left = MAX_FOR_NOTES
        while True:
            budget.count()
            try:
                document = render(noted, numbers, stock=stock)
            except LongFloatError:
                budget.reason = Reason.FLOATS
                continue
            if not imprint.settled(document):
                budget.reason = Reason.IMPRINT
                continue
            left -= 1
            if notes.printed(document, by_force=not left):
                return document
            budget.reason = Reason.NOTES

    document, right = with_right_numbers(numbered, budget)
    return LaidOut(document, stock, *noted.compared(document), right)
