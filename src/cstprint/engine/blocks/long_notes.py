"""A note that is longer than a page goes on at the foot of the next; so do notes of one line that are, together.

WeasyPrint lays out notes whole: what of one does not fit on a page is lost. Where notes are left to a page, those
that are too high for it are parted, each part a note of its own, and what does not fit waits for the page after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from cstprint.engine.weasy.boxes import LineBox, TextBox
from cstprint.engine.weasy.layout import block, create_anonymous_boxes
from cstprint.engine.weasy.marks import block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context, SkipStack

R = TypeVar("R")

#: How much of a page notes that were left to it may take; the rest is for the text.
MOST_OF_PAGE = 0.75
#: Several notes of one line that take more need not all stand on its page: the line may follow a title.
MOST_OF_LINE = 0.5
#: A note has no more parts.
_MAX_PARTS = 200

#: A part ends with a sentence, if one ends so many characters before its end.
_SENTENCE, _NEAR = re.compile(r"[。！？!?][”’』」）)]*|\.(?=\s)"), 80


def parted(original: Callable[..., R]) -> Callable[..., R]:
    """Replace ``make_page``: part the footnotes that the page before has left."""

    def make(context: Context, *rest: object) -> R:
        if context.reported_footnotes:
            parted = [part for note in context.reported_footnotes for part in _parts(context, note)]
            context.reported_footnotes = parted
        context_marks(context).left_to_page = {id(note) for note in context.reported_footnotes}
        return original(context, *rest)

    return make


def left_to_next_page(original: Callable[[Context, Box], bool]) -> Callable[[Context, Box], bool]:
    """Replace ``layout_footnote``: leave what is too long to the next page."""

    def lay_out(context: Context, note: Box) -> bool:
        marks = context_marks(context)
        if any(block_marks(one).is_long_note for one in marks.line_notes):
            _let_wait(note)  # behind another note of its line
        if context.in_column and block_marks(note).is_long_note:
            _leave(context, note)
            return False
        overflow = bool(original(context, note))
        area = context.current_footnote_area
        if id(note) in marks.left_to_page:
            return overflow or area.height > _most(area)
        if _is_long(context, area, note):
            _let_wait(note)
            marks.called = note
            if context.in_column:  # which leave room for all notes that are called in them
                context.unlayout_footnote(note)
                _leave(context, note)
                return False
        return overflow

    return lay_out


def _let_wait(note: Box) -> None:
    """Note that a note fits on no page: its line does not wait for one, and may move it (`footnotes`)."""
    note.style["footnote_policy"] = "auto"
    mark_block(note, is_long_note=True)


def _leave(context: Context, note: Box) -> None:
    """Leave a note to the next page before it is laid out on this one."""
    context.footnotes.remove(note)
    context.reported_footnotes.append(note)


def left_once(original: Callable[[Context, Box], None]) -> Callable[[Context, Box], None]:
    """Replace ``report_footnote``: a footnote that is not on the page is not left again."""

    def report(context: Context, note: Box) -> None:
        if note in context.current_page_footnotes:
            original(context, note)

    return report


def _is_long(context: Context, area: Box, note: Box) -> bool:
    """Whether a note is higher than those of a page may be, or, with those before it there, those of a line."""
    if area.height > _most(area):
        is_alone = len(context.current_page_footnotes) == 1
        if is_alone or _laid_out(context, area, [note]) is not None:
            return True
    notes = context_marks(context).line_notes
    most = MOST_OF_PAGE if context.in_column else MOST_OF_LINE
    if len(notes) == 1 or area.height <= _most(area, most):
        return False
    return _laid_out(context, area, notes, most) is not None


def _most(area: Box, share: float = MOST_OF_PAGE) -> float:
    """Return how high the notes of a page may be (px)."""
    return float(share * area.page.height)


def _parts(context: Context, note: Box) -> Iterator[Box]:
    """Yield a note in parts that each fit on a page."""
    for _ in range(_MAX_PARTS):
        area = context.current_footnote_area
        made, resume_at = _tried(context, area, note)
        if resume_at is None:
            break
        head, tail = _split(made, resume_at)
        if head is None or tail is None:
            break
        yield head
        note = tail
    yield note


def _tried(context: Context, area: Box, note: Box) -> tuple[Box, SkipStack | None]:
    """Return a note with its anonymous boxes, and where a page of notes would end inside it."""
    made = create_anonymous_boxes(area.copy_with_children([note]).deepcopy())
    resume_at = _laid_out(context, area, [note])
    return made.children[0], resume_at.get(0) if resume_at else None


def _laid_out(context: Context, area: Box, notes: list[Box], share: float = MOST_OF_PAGE) -> SkipStack | None:
    """Return where notes end that may take a share of the page, ``None`` if all have room."""
    whole, marks = area.copy_with_children(notes), context_marks(context)
    called, on_line = marks.called, marks.line_notes
    bottom, context.page_bottom = context.page_bottom, area.position_y + _most(area, share)
    context.create_block_formatting_context(whole)  # inside a block that may be tried, too
    try:
        tried = create_anonymous_boxes(whole.deepcopy())
        _box, resume_at, *_ = block.block_level_layout(context, tried, 0, None, area.page)
    finally:
        context.finish_block_formatting_context()
        context.page_bottom = bottom
        marks.called, marks.line_notes = called, on_line
    stack: SkipStack | None = resume_at
    return stack


def _split(box: Box, skip: SkipStack | None) -> tuple[Box | None, Box | None]:
    """Return what of a box stands before a place and what behind it, ``None`` for nothing."""
    if skip is None:
        return None, box
    ((index, inner),) = skip.items()
    if isinstance(box, TextBox):
        head = box.text.encode()[:index].decode()
        ends = [match.end() for match in _SENTENCE.finditer(head)]
        if ends and len(head) - ends[-1] <= _NEAR:  # nobody has to remember half a sentence
            head = head[: ends[-1]]
        tail = box.text[len(head) :]
        return (box.copy_with_text(head) if head else None), (box.copy_with_text(tail) if tail else None)
    if index >= len(box.children):
        return box, None
    before, behind = _split(box.children[index], inner)
    first = [*box.children[:index], *([before] if before is not None else ())]
    last = [*([behind] if behind is not None else ()), *box.children[index + 1 :]]
    return _with(box, first), _with(box, last)


def _with(box: Box, children: list[Box]) -> Box | None:
    """Return a box with other children, its lines' own, as they were before anonymous boxes were made."""
    if not children:
        return None
    if len(children) == 1 and isinstance(children[0], LineBox):
        children = list(children[0].children)
    return box.copy_with_children(children)
