"""Text that flows through columns side by side, in whole lines; a figure that does not fit heads the next column.

All lengths are in px, as in WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import may_move, refers, spans
from cstprint.engine.blocks.measures import any_page, content_end, end_of
from cstprint.engine.columns.children import flush, stand_in
from cstprint.engine.columns.forced import leaves_column, leaves_page
from cstprint.engine.columns.placed import Filled
from cstprint.engine.weasy.layout import (
    avoid_page_break,
    block,
    block_level_page_break,
    percentage,
    resolve_percentages,
)
from cstprint.engine.weasy.text import strut
from cstprint.engine.weasy.trial import HAIR, State, TrialPage
from cstprint.engine.weasy.types import Box, NextPage, SkipStack

#: Sums of the same lengths in another order differ by less (px).
_ROUNDING = 0.001
#: How many lines lower columns are tried than the lowest that were found by bisection.
_LOWER = 4
#: As many lines higher level columns may be if what would leave its place for the next column then keeps it.
_HIGHER = 2


@dataclass(frozen=True)
class Flow:
    """The children that flow on a page, in whole: from ``start``, maybe inside it at ``inner``, to ``end``.

    ``heads`` are those before ``start`` that wait for the head of a column, ``feet`` those behind these that span;
    those behind ``barred`` wait for the next page, as what stands there waits. Lines that refer to one of
    ``unmentioned`` wait for it, too.
    """

    children: Sequence[Box]
    start: int
    end: int
    inner: SkipStack | None
    heads: tuple[int, ...] = ()
    feet: tuple[int, ...] = ()
    barred: int | None = None
    unmentioned: frozenset[str] = frozenset()

    def stands_to(self, resume_at: SkipStack | int | None) -> int:
        """Return the child up to which it stands on a page, if it goes on at ``resume_at``."""
        if resume_at is None:
            return self.end
        if isinstance(resume_at, int):
            return resume_at
        ((index, inner),) = resume_at.items()
        return int(index) + (inner is not None)


@dataclass
class _Column:
    """A column that is being filled, from ``y`` on."""

    x: float
    y: float
    boxes: list[Box] = field(default_factory=list)


@dataclass
class _Reading:
    """How far the text of a flow has come: ``at`` is WeasyPrint's place to go on, ``queue`` what waits for a head."""

    at: SkipStack
    queue: list[int]
    held: list[int] = field(default_factory=list)
    #: What has left its place.
    out: set[int] = field(default_factory=set)
    ended: bool = False
    #: A forced break leads to another page.
    leaves: bool = False
    next_page: NextPage = field(default_factory=any_page)

    @property
    def index(self) -> int:
        """The child where it goes on."""
        return int(next(iter(self.at)))

    def take_back(self) -> None:
        """Let what has left its place have it again where the text has not come to it."""
        self.out = {index for index in self.out if index < self.index}
        self.queue[:] = [index for index in self.queue if index < self.index]
        self.held[:] = [index for index in self.held if index < self.index]


class Columns:
    """Columns of a box on one page: ``count``, their ``width``, the ``gap`` between, the height of a ``line``."""

    def __init__(self, page: TrialPage, box: Box):
        self.page, self.box = page, box
        #: How high what may move is, and its notes, by its element.
        self.heights: dict[Element, tuple[float, float]] = {}
        self.line = float(strut(box.style)[0])
        gap = box.style["column_gap"]
        self.gap = box.style["font_size"] if gap == "normal" else percentage(gap, box.style, box.width)
        self.count = self._count()
        self.width = (box.width + self.gap) / self.count - self.gap

    def _count(self) -> int:
        """Return how many columns there are (CSS Multi-column Layout, 3.4)."""
        count, width = self.box.style["column_count"], self.box.style["column_width"]
        if width == "auto":
            return int(count)
        fitting: int = max(1, floor((self.box.width + self.gap) / (width + self.gap)))
        return fitting if count == "auto" else min(int(count), int(fitting))

    def fill_above_notes(self, flow: Flow, top: float, room: float, *, force: bool) -> Filled | None:
        """Return the highest columns from ``top`` on that leave room for the notes called in them.

        ``None`` if nothing fits in ``room``; with ``force`` something has to. Notes that leave no room for text
        on a page of their own go to the next.
        """
        page, state = self.page, State(self.page)
        before, line = page.notes_height, self.line
        least, most = 0, floor((room + HAIR) / line)
        lines, best, drawn = most, None, None
        while least < most:
            state.restore()
            drawn = self.fill(flow, top, lines, force=force)
            notes = page.notes_height - before
            if drawn is not None and lines * line + notes > room + HAIR:
                most = lines - 1
                lines = min(most, max(least + 1, floor((room - notes + HAIR) / line)))
                continue
            if drawn is not None:
                best = drawn
            least = lines
            if drawn is not None and (lines + 1) * line + notes > room + HAIR:
                break
            lines = (least + most + 1) // 2
        if best is None and not page.is_empty:
            state.restore()
            return None
        if best is None or best is not drawn:
            state.restore()
            height = best.room if best is not None else self._least(flow, room)
            best = self.fill(flow, top, height, force=force)
            page.leave_notes(before + max(0.0, room - height * line))
        return best

    def _least(self, flow: Flow, room: float) -> int:
        """Return the lines of columns whose notes leave no room: half of them, or what waits for their head."""
        waiting = self.height(flow.children[flow.heads[0]]) if flow.heads else 0.0
        return max(1, floor(room / 2 / self.line), min(floor(room / self.line), ceil(waiting / self.line)))

    def level(self, flow: Flow, top: float, full: Filled, state: State) -> Filled:
        """Return the lowest columns that hold all that ``full`` ones hold; ``state`` is that before these."""
        lowest, most = max(1, ceil(full.lines / self.count)), full.lines
        least, best = lowest, full
        last: Filled | None = full
        while least < most:
            half = (least + most) // 2
            last = self._all_of(full, flow, top, half, state)
            if last is not None:
                best, most = last, min(half, last.lines)
            else:
                least = half + 1
        # What must not be parted may fit where the columns are lower, though not where they are a little lower.
        for lines in range(best.lines - 2, max(lowest, best.lines - _LOWER) - 1, -1):
            last = self._all_of(full, flow, top, lines, state)
            if last is not None:
                best = last
                break
        for lines in () if best.moved <= full.moved else range(best.lines + 1, best.lines + _HIGHER + 1):
            last = self._all_of(full, flow, top, lines, state)
            if last is not None and last.moved <= full.moved:
                best = last
                break
        if last is not best:
            state.restore()
            best = self.fill(flow, top, best.room, force=best.forced) or best
        return best

    def _all_of(self, full: Filled, flow: Flow, top: float, lines: int, state: State) -> Filled | None:
        """Return columns of ``lines``, if they hold all that ``full`` ones hold."""
        state.restore()
        made = self.fill(flow, top, lines, force=False)
        if made is None or made.resume_at is not None or made.waiting != full.waiting:
            return None
        return made

    def before_mentions(self, flow: Flow, top: float, full: Filled, state: State) -> Filled | None:
        """Return ``full`` columns with less text, so much that no line refers to what is unmentioned.

        ``None`` if it is among the first. ``state`` is that before the ``full`` columns.
        """
        least, most = 0, full.lines - 1
        best, drawn = None, None
        while least < most:
            state.restore()
            half = (least + most + 1) // 2
            drawn = self.fill(flow, top, full.room, text_lines=half, force=False)
            if drawn is not None and refers(drawn.boxes, flow.unmentioned):
                most = half - 1
            else:
                best, least = drawn, half
        if best is not drawn:
            state.restore()
            best = self.fill(flow, top, full.room, text_lines=least, force=False)
        return best

    def fill(
        self, flow: Flow, top: float, lines: int, *, text_lines: int | None = None, force: bool
    ) -> Filled | None:
        """Return columns of ``lines``, with text in ``text_lines`` of them; ``None`` if the first takes nothing."""
        bottom = top + lines * self.line + HAIR
        text_bottom = bottom if text_lines is None else top + text_lines * self.line + HAIR
        reading = _Reading({flow.start: flow.inner}, list(flow.heads), ended=flow.start >= flow.end)
        boxes: list[Box] = []
        highest = 0
        for index in range(self.count):
            column = _Column(self.box.content_box_x() + index * (self.width + self.gap), top)
            forced = force and not boxes
            self._heads(flow, reading, column, bottom, force=forced)
            if not reading.ended:
                self._text(flow, reading, column, text_bottom, force=forced and not column.boxes)
                if reading.ended:  # what waits has no text to wait for
                    self._heads(flow, reading, column, bottom, force=False)
            if not column.boxes:
                break
            boxes += column.boxes
            # WeasyPrint lets what goes on elsewhere reach down to the bottom, a hair below the last line.
            highest = max(highest, ceil((column.y - top - 2 * HAIR) / self.line))
            if reading.leaves or (reading.ended and not reading.queue):
                break
        if not boxes:
            return None
        waiting = tuple(sorted((*reading.queue, *reading.held)))
        resume_at = None if reading.ended else reading.at
        moved = frozenset(reading.out)
        return Filled(boxes, resume_at, reading.next_page, lines, highest, waiting, moved, force)

    def _heads(self, flow: Flow, reading: _Reading, column: _Column, bottom: float, *, force: bool) -> None:
        """Let what waits for a column stand in it, as far as it fits."""
        page = self.page
        while reading.queue:
            state = State(page)
            child = flow.children[reading.queue[0]]
            child = child.copy() if column.boxes else flush(child)
            child.position_x, child.position_y = column.x, column.y
            space = page.context.page_bottom - bottom
            around = self._column_box([child], column)
            made, resume_at, *_ = block.block_level_layout(
                page.context, child, space, None, around, force and not column.boxes,
                page.absolute_boxes, page.fixed_boxes, [], *page.first, False, None,
            )  # fmt: skip
            fits = made is not None and resume_at is None and end_of(made) <= bottom
            if not fits and not (force and not column.boxes and made is not None):
                state.restore()
                return
            made.index = reading.queue.pop(0)
            column.boxes.append(made)
            column.y += ceil((end_of(made) - column.y - HAIR) / self.line) * self.line

    def _text(self, flow: Flow, reading: _Reading, column: _Column, bottom: float, *, force: bool) -> None:
        """Let text flow through the rest of a column; what may move and does not fit waits for the next one."""
        state = State(self.page)
        while True:
            end = self._next_that_waits(flow, reading)
            made, resume_at, next_page = self._piece(flow, reading, column, end, bottom, force=force)
            if made is not None and resume_at is None:
                waits = end if end < flow.end else None
            elif made is not None and leaves_column(next_page):
                waits = None
            else:
                waits = self._misfit(flow, reading, resume_at or reading.at)
            if waits is None:
                break
            state.restore()
            reading.out.add(waits)
            held = flow.barred is not None and waits > flow.barred
            (reading.held if held else reading.queue).append(waits)
        if made is None:
            state.restore()
        else:
            column.boxes.append(made)
            column.y = max(column.y, content_end(made))
            reading.next_page = next_page
            reading.ended = resume_at is None
            reading.leaves = not reading.ended and leaves_page(made, next_page)
            reading.at = resume_at or reading.at
        if not reading.ended:
            reading.take_back()

    def _next_that_waits(self, flow: Flow, reading: _Reading) -> int:
        """Return the next child that has to wait because others before it do; the flow's end, if there is none."""
        begun = next(iter(reading.at.values())) is not None
        before = [*reading.queue, *reading.held, *([] if flow.barred is None else [flow.barred])]
        if not before:
            return flow.end
        following = range(max(reading.index + begun, min(before) + 1), flow.end)
        pieces = (index for index in following if self._is_piece(flow.children[index]))
        return next((index for index in pieces if index not in reading.out), flow.end)

    def _misfit(self, flow: Flow, reading: _Reading, resume_at: SkipStack) -> int | None:
        """Return the child that may move where the column ends before it, or before heads that belong to it."""
        ((index, inner),) = resume_at.items()
        if inner is not None:
            return None
        while index < flow.end:
            child, has_left = flow.children[index], index in reading.out
            if self._is_piece(child) and not has_left:
                return index
            stays_with_next = index + 1 < flow.end and avoid_page_break(
                block_level_page_break(child, flow.children[index + 1]), self.page.context
            )
            if not (has_left or spans(child) or stays_with_next):
                return None
            index += 1
        return None

    def _is_piece(self, box: Box) -> bool:
        """Whether a child may leave its place, is as wide as a column, and not higher than a page."""
        if not may_move(box) or spans(box):
            return False
        return sum(self._heights(box)) <= float(self.page.context.current_footnote_area.page.height)

    def height(self, box: Box) -> float:
        """Return how high a child is in a column, however high that is."""
        return self._heights(box)[0]

    def _heights(self, box: Box) -> tuple[float, float]:
        """Return how high a child is in a column, and how high the notes are that are called in it."""
        if box.element in self.heights:
            return self.heights[box.element]
        page, state, before = self.page, State(self.page), self.page.notes_height
        column = _Column(self.box.content_box_x(), self.box.content_box_y())
        child = flush(box)
        child.position_x, child.position_y = column.x, column.y
        made, resume_at, *_ = block.block_level_layout(
            page.context, child, -inf, None, self._column_box([child], column), False,
            page.absolute_boxes, page.fixed_boxes, [], *page.first, False, None,
        )  # fmt: skip
        height = inf if made is None or resume_at is not None else end_of(made) - column.y
        self.heights[box.element] = height, page.notes_height - before
        state.restore()
        return self.heights[box.element]

    def _piece(  # noqa: PLR0913 - where a piece of text begins, ends and stands
        self, flow: Flow, reading: _Reading, column: _Column, end: int, bottom: float, *, force: bool
    ) -> tuple[Box | None, SkipStack | None, NextPage]:
        """Return a box with the text from where it is read up to the child ``end``, as far as it fits."""
        page, ((first, inner),) = self.page, reading.at.items()
        children = [
            stand_in(child) if first + offset in reading.out or spans(child) else child
            for offset, child in enumerate(flow.children[first:end])
        ]
        if not children:
            return None, None, any_page()
        children[0] = flush(children[0], inner)
        box = self._column_box(children, column)
        made, resume_at, next_page, *_ = block.block_box_layout(
            page.context, box, page.context.page_bottom - bottom, {0: inner} if inner is not None else None,
            self.box, force, page.absolute_boxes, page.fixed_boxes, [], *page.first, False, None,
        )  # fmt: skip
        # What is torn reaches down to the bottom, by another sum of the same lengths.
        if made is None or (content_end(made) > bottom + _ROUNDING and not force):
            return None, None, any_page()
        if resume_at is not None:
            ((at, inner),) = resume_at.items()
            resume_at = {first + at: inner}
        made.index = first
        return made, resume_at, next_page

    def _column_box(self, children: list[Box], column: _Column) -> Box:
        box = self.box.anonymous_from(self.box, children)
        resolve_percentages(box, self.box)
        box.is_column = True
        box.width = self.width
        box.position_x, box.position_y = column.x, column.y
        return box
