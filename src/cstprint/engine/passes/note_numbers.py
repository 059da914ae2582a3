"""The numbers of notes, in the order in which the pages call them.

Composing numbers the notes in the order of the source. On the pages a figure may have left its place, and the notes
of one address are one note: only these numbers are printed. Most of them are as wide as those of the composed
document (① to ㊿ are), and take their places on the lines; where one is not, all is laid out once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.note_order import calls_in, is_shared, meant_by
from cstprint.engine.lines.shape import Slice, advances_of, shape
from cstprint.engine.weasy.boxes import FootnoteAreaBox, TextBox
from cstprint.engine.weasy.marks import SHARED, mark_text, text_marks
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.text import create_layout
from cstprint.engine.weasy.types import Box, Document
from cstprint.html.frame import note_mark

#: What a note and its calls have: its mark, with whose notes it is numbered, and what it is called.
_MARK, _SERIES, _LABEL = "data-mark", "data-series", "data-note"
_NOTE_PARTS = ("::footnote-call", "::footnote-marker")
#: Marks (px) that differ by less are equally wide.
_HAIR = 0.01


@dataclass
class NoteNumbers:
    """The numbers of a document's notes; ``form`` is that of their marks (:data:`cstprint.html.marks.FORMS`)."""

    form: str
    _numbers: dict[Element, int] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _last: int = 0

    def printed(self, document: Document, *, by_force: bool = False) -> bool:
        """Print the numbers on the pages and write them into the document; return whether all have room.

        Where one has not, it is written into the document alone; with ``by_force`` it is printed all the same.
        """
        pages = [box_of_page(page) for page in document.pages]
        calls = list[Box]()
        self._numbers, self._begun, self._last = {}, set(), 0
        for page in pages:
            here = list(_calls_on(page))
            self._number(page, here)
            calls += here
        wanted = self._wanted(calls)
        changed = {element: mark for element, mark in wanted.items() if element.get(_MARK) != mark}
        labelled = {
            (element.get(_SERIES), element.get(_LABEL)): mark
            for element, mark in changed.items()
            if element.get(_LABEL) is not None
        }
        fits = True
        for box, old, new in _marks_on(pages if changed else (), changed, labelled):
            fits = _put(box, old, new, by_force=by_force) and fits
            if box.element.tag == "sup":
                box.element.text = new
        for element, mark in changed.items():
            element.set(_MARK, mark)
        for call in calls:
            if call.footnote is not None and is_shared(call.footnote):
                call.footnote.element.set(SHARED, "yes")
            elif call.footnote is not None:
                call.footnote.element.attrib.pop(SHARED, None)
        return fits or by_force

    def _number(self, page: Box, calls: list[Box]) -> None:
        """Give numbers to the notes that a page calls.

        The numbers begin anew with the first note of an article, if no note of another one stands on its page.
        """
        here = {call.footnote.element for call in calls if call.footnote is not None}
        areas = (child for child in page.children if isinstance(child, FootnoteAreaBox))
        is_alone = not any(note.element not in here for area in areas for note in area.children)
        for call in calls:
            note = meant_by(call)
            series = note.get(_SERIES, "")
            if note in self._numbers:
                is_alone = False
                continue
            if series not in self._begun and is_alone:
                self._last = 0
            self._begun.add(series)
            self._last += 1
            self._numbers[note] = self._last
            is_alone = False

    def _wanted(self, calls: list[Box]) -> Mapping[Element, str]:
        """Return the marks of notes by their elements, those that are not printed included."""
        marks = {element: note_mark(self.form, number) for element, number in self._numbers.items()}
        for call in calls:
            if call.footnote is not None:
                marks[call.footnote.element] = marks[meant_by(call)]
        return marks


def _calls_on(page: Box) -> Iterator[Box]:
    """Yield the calls of composed notes; those of CSS alone (``float: footnote``) keep its numbers."""
    for child in page.children:
        if child.is_for_root_element:
            yield from (
                call
                for call in calls_in(child)
                if call.footnote is None or call.footnote.element.get(_MARK) is not None
            )


def _marks_on(
    pages: Iterable[Box],
    changed: Mapping[Element, str],
    labelled: Mapping[tuple[str | None, str | None], str],
) -> Iterator[tuple[Box, str, str]]:
    """Yield the texts of pages with a mark that is to be another, each with that mark and the new one."""
    for box in (box for page in pages for box in page.descendants(placeholders=True)):
        element = box.element
        if not isinstance(box, TextBox) or element is None:
            continue
        if element in changed and (box.element_tag or "").endswith(_NOTE_PARTS):
            yield box, element.get(_MARK, ""), changed[element]
        elif element.tag == "sup" and labelled:
            new = labelled.get((element.get(_SERIES), element.get(_LABEL)))
            if new is not None:
                yield box, box.text, new


def _put(box: Box, old: str, new: str, *, by_force: bool) -> bool:
    """Put a mark in the place of another in a text of a page; return whether it is as wide."""
    text, style = box.text.replace(old, new, 1), box.style
    before = box.pango_layout
    if isinstance(before, Slice):
        made = Slice(shape(box, text, None), 0, len(text), before.max_width)
    else:
        made = create_layout(text, style, None, None, before.justification_spacing)
        made.deactivate()
    fits = abs(sum(advances_of(made, style)) - sum(advances_of(before, style))) < _HAIR
    if fits or by_force:
        box.text, box.pango_layout = text, made
        if len(new) != len(old) and text_marks(box).gaps is not None:
            mark_text(box, replace(text_marks(box), gaps=[0.0] * (len(text) - 1)))
    return fits
