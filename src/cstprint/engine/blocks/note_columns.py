"""Many short notes at a page's foot stand in columns.

A layout says in how many at most (``--cst-note-columns`` of ``@footnote``), and how far apart (``column-gap``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import ceil, inf

from cstprint.engine.lines.style import number, token
from cstprint.engine.weasy.boxes import FootnoteAreaBox, LineBox
from cstprint.engine.weasy.calls import BlockLayout, BlockResult, ContainerCall
from cstprint.engine.weasy.layout import percentage
from cstprint.engine.weasy.trial import HAIR
from cstprint.engine.weasy.types import Box

#: So many notes of one line in a column do not make columns worth while.
_FEW = 6
#: A note of more lines in a column makes them hard to read.
_MOST_LINES = 3


def in_columns(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: set many short notes in columns."""

    def lay_out(*arguments: object, **named: object) -> BlockResult:
        call = ContainerCall(*arguments, **named)  # type: ignore[arg-type]
        result = original(*call)
        area, made, resume_at = call.box, result[0], result[1]
        if not isinstance(area, FootnoteAreaBox) or made is None or resume_at is not None:
            return result
        most = int(number(token(area.style, "note_columns"), 1) or 1)
        gap = _gap(area)
        count = _worth_while([_text_width(note) for note in made.children], most, area.width, gap)
        return result if count == 1 else _columns(original, call, count, gap)

    return lay_out


def _gap(area: Box) -> float:
    gap = area.style["column_gap"]
    return float(area.style["font_size"] if gap == "normal" else percentage(gap, area.style, area.width))


def _width(width: float, gap: float, count: int) -> float:
    return (width + gap) / count - gap


def _text_width(note: Box) -> float:
    """Return how wide the text of a note is on one line; infinitely, if it is not made of lines alone."""
    lines: Sequence[Box] = note.children
    if not all(isinstance(line, LineBox) for line in lines):
        return inf
    ends = (
        max((one.position_x + one.margin_width() for one in line.children), default=0.0) for line in lines
    )
    return sum(end - line.position_x for end, line in zip(ends, lines, strict=True))


def _worth_while(widths: Sequence[float], most: int, width: float, gap: float) -> int:
    """Return in how many columns notes of these widths take the fewest lines, 1 if they are few or long."""
    best, fewest = 1, inf
    for count in range(2, most + 1) if inf not in widths else ():
        room = _width(width, gap, count) + HAIR
        lines = [ceil(one / room) for one in widths] if room > 0 else []
        if sum(one <= 1 for one in lines) > _FEW and max(lines) <= _MOST_LINES:
            rows = ceil(sum(lines) / count)
            if rows < fewest:
                best, fewest = count, rows
    return best


def _columns(original: BlockLayout, call: ContainerCall, count: int, gap: float) -> BlockResult:
    """Return the layout of the notes in columns of one height, as far as notes are not torn."""
    area = call.box.copy()
    area.width = _width(call.box.width, gap, count)
    result = original(*call._replace(box=area))
    made = result[0]
    assert made is not None
    notes, top = made.children, made.content_box_y()
    heights = [
        after - before
        for before, after in zip(
            [note.position_y for note in notes],
            [*(note.position_y for note in notes[1:]), top + made.height],
            strict=True,
        )
    ]
    height = _least_height(heights, count)
    column, filled = 0, 0.0
    for note, own in zip(notes, heights, strict=True):
        if filled + own > height + HAIR:
            column, filled = column + 1, 0.0
        note.translate(column * (area.width + gap), top + filled - note.position_y)
        filled += own
    # WeasyPrint takes a note that ends a rounding error below the area for one that does not fit.
    ends = (note.position_y + note.margin_height() - top for note in notes)
    made.width, made.height = call.box.width, max(height, *ends)
    return result


def _least_height(heights: Sequence[float], count: int) -> float:
    """Return how high ``count`` columns have to be for blocks of these heights, in their order."""
    sums = [0.0, *accumulate(heights)]
    tried = sorted({after - before for i, before in enumerate(sums) for after in sums[i + 1 :]})
    return tried[bisect_left(tried, True, key=lambda height: _columns_of(heights, height) <= count)]


def _columns_of(heights: Sequence[float], height: float) -> float:
    """Return how many columns of a height blocks take; infinitely many, if one is higher."""
    columns, filled = 1, 0.0
    for own in heights:
        if own > height + HAIR:
            return inf
        if filled + own > height + HAIR:
            columns, filled = columns + 1, 0.0
        filled += own
    return columns
