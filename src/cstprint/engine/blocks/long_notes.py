"""A note that is longer than a page goes on at the foot of the next.

WeasyPrint lays out notes whole: what of one does not fit on a page is lost. Where notes are left to a page, those
that are too high for it are parted, each part a note of its own, and what does not fit waits for the page after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

#: How much of a page notes that were left to it may take; the rest is for the text.
SHARE = 0.75
#: A note has no more parts.
_MAX_PARTS = 200

#: A part ends with a sentence, if one ends so many characters before its end.
_SENTENCE, _NEAR = re.compile(r"[。！？!?][”’』」）)]*|\.(?=\s)"), 80

#: Where a layout goes on: the index of a child, or an offset in a text (bytes of UTF-8), and the same inside it.
SkipStack = Mapping[int, Any]


def parted(original: Any) -> Any:
    """Replace ``make_page``: part the footnotes that the page before has left."""

    def make(context: Any, *rest: Any) -> Any:
        if context.reported_footnotes:
            parted = [part for note in context.reported_footnotes for part in _parts(context, note)]
            context.reported_footnotes = parted
        context.cst_left_to_page = {id(note) for note in context.reported_footnotes}
        return original(context, *rest)

    return make


def left_to_next_page(original: Any) -> Any:
    """Replace ``layout_footnote``: leave what is too long to the next page."""

    def lay_out(context: Any, note: Any) -> bool:
        if context.in_column and hasattr(note, "cst_long"):
            _leave(context, note)
            return False
        overflow = bool(original(context, note))
        area = context.current_footnote_area
        most = _most(area)
        if id(note) in getattr(context, "cst_left_to_page", ()):
            return overflow or area.height > most
        if area.height > most and _is_long(context, area, note):
            # It fits on no page: its line need not wait for one where it does, and may move it (`kept_notes`).
            note.style["footnote_policy"] = "auto"
            note.cst_long = True
            context.cst_called = note
            if context.in_column:  # which leave room for all notes that are called in them
                context.unlayout_footnote(note)
                _leave(context, note)
                return False
        return overflow

    return lay_out


def _leave(context: Any, note: Any) -> None:
    """Leave a note to the next page before it is laid out on this one."""
    context.footnotes.remove(note)
    context.reported_footnotes.append(note)


def left_once(original: Any) -> Any:
    """Replace ``report_footnote``: a footnote that is not on the page is not left again."""

    def report(context: Any, note: Any) -> None:
        if note in context.current_page_footnotes:
            original(context, note)

    return report


def _is_long(context: Any, area: Any, note: Any) -> bool:
    """Whether a note is higher than the notes of a page may be."""
    return len(context.current_page_footnotes) == 1 or _tried(context, area, note)[1] is not None


def _most(area: Any) -> float:
    """Return how high the notes of a page may be (px)."""
    return float(SHARE * area.page.height)


def _parts(context: Any, note: Any) -> Iterator[Any]:
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


def _tried(context: Any, area: Any, note: Any) -> tuple[Any, SkipStack | None]:
    """Return a note with its anonymous boxes, and where a page of notes would end inside it."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    whole = area.copy_with_children([note])
    made = build.create_anonymous_boxes(whole.deepcopy())
    bottom, context.page_bottom = context.page_bottom, area.position_y + _most(area)
    context.create_block_formatting_context(whole)  # inside a block that may be tried, too
    try:
        tried = build.create_anonymous_boxes(whole.deepcopy())
        _box, resume_at, *_ = block_level_layout(context, tried, 0, None, area.page)
    finally:
        context.finish_block_formatting_context()
        context.page_bottom = bottom
    inner = resume_at.get(0) if resume_at else None
    return made.children[0], inner


def _split(box: Any, skip: SkipStack | None) -> tuple[Any, Any]:
    """Return what of a box stands before a place and what behind it, ``None`` for nothing."""
    from weasyprint.formatting_structure import boxes

    if skip is None:
        return None, box
    ((index, inner),) = skip.items()
    if isinstance(box, boxes.TextBox):
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


def _with(box: Any, children: list[Any]) -> Any:
    """Return a box with other children, its lines' own, as they were before anonymous boxes were made."""
    from weasyprint.formatting_structure import boxes

    if not children:
        return None
    if len(children) == 1 and isinstance(children[0], boxes.LineBox):
        children = list(children[0].children)
    return box.copy_with_children(children)
