"""Columns on the page's grid: full to the last line, level where they end, their notes at the page's foot.

WeasyPrint's own columns grow by pixels until all fits, keep margins at their heads, part a spanning head from the
text below it, and give notes room that they do not get. Ours are of whole lines, each on the page's grid. A style
sheet asks for them with ``--cst-columns: grid`` on the box that has ``column-count``; what spans
(``column-span: all``) is its child.

Children with ``--cst-may-move: yes`` leave no hole. What is as wide as a column and does not fit heads the next one.
What spans stands at the head of the flow, if nothing flows above it on the page, or else at the foot of the page that
comes to it, or at the head of the next; the text flows past it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, inf
from typing import TypeAlias
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import FIGURES, classes, in_grid_columns, may_move, refers, spans
from cstprint.engine.blocks.long_boxes import kept_to
from cstprint.engine.blocks.measures import MOST_EMPTY, any_page, end_of, fit_to_rows
from cstprint.engine.blocks.tables import needs_more_than
from cstprint.engine.blocks.turned import stood_in_for
from cstprint.engine.columns.barriers import ColumnBarriers
from cstprint.engine.columns.children import flush
from cstprint.engine.columns.fill import Columns, Flow
from cstprint.engine.columns.forced import ForcedBreaks
from cstprint.engine.columns.placed import Filled, Placed, Waiting
from cstprint.engine.weasy.calls import ColumnsCall
from cstprint.engine.weasy.layout import (
    avoid_page_break,
    block,
    block_level_page_break,
    block_level_width,
    collapse_margin,
)
from cstprint.engine.weasy.marks import Barrier, block_marks, flow_page, mark_block, note_waiting
from cstprint.engine.weasy.trial import HAIR, State, TrialPage, page_of
from cstprint.engine.weasy.types import Box, NextPage, SkipStack, is_auto

#: Fewer lines than these are not left below a head at the foot of a page.
_FEWEST = 3
#: Fewer than these do not stand above what spans the foot of a page: it heads the next.
_FEWEST_ABOVE = 5


#: Box, where to resume, the next page, margins, and whether they collapse through the box.
ColumnsResult: TypeAlias = tuple[Box | None, SkipStack | None, NextPage, list[float], bool]
ColumnsLayout: TypeAlias = Callable[..., ColumnsResult]


class GridColumns:
    """The columns of a document on the page's grid."""

    def __init__(self) -> None:
        #: What waits for a page, by its number among those of the flow and the element of the columns.
        self.waiting: dict[tuple[int, Element], Waiting] = {}
        #: What asks for a column where there is none.
        self.unheeded: dict[Element, None] = {}

    def replacing(self, original: ColumnsLayout) -> ColumnsLayout:
        """Replace ``columns_layout`` where a style sheet asks for columns on the grid."""

        def lay_out(*arguments: object) -> ColumnsResult:
            call = ColumnsCall(*arguments)  # type: ignore[arg-type]
            if call.context.in_column or not in_grid_columns(call.box):
                return original(*call)
            made = _ColumnsOnPage(page_of(call), call.box, call.containing_block, self.waiting)
            self.unheeded.update(dict.fromkeys(one.element for one in made.forced.without_column()))
            return made.lay_out(call.skip_stack, call.adjoining_margins or [])

        return lay_out


class _ColumnsOnPage:
    """The part of a box with columns that stands on one page."""

    def __init__(
        self, page: TrialPage, box: Box, containing_block: Box, waiting: dict[tuple[int, Element], Waiting]
    ):
        self.page = page
        self.box = box.copy_with_children(box.children)
        self.waiting = waiting
        block_level_width(self.box, containing_block)
        self.children = [stood_in_for(page.context, child, self.box.width) for child in box.children]
        self.columns = Columns(page, self.box)
        for child in self.children:
            if not spans(child) and needs_more_than(page.context, child, self.columns.width):
                child.style = child.style.copy()
                child.style["column_span"] = "all"
        self.line = self.columns.line
        self.barriers = ColumnBarriers(page, self.columns, self.children)
        self.forced = ForcedBreaks(self.children)

    def lay_out(self, skip_stack: SkipStack | None, adjoining_margins: list[float]) -> ColumnsResult:
        """Return what WeasyPrint's function returns: box, where to resume, next page, margins, collapsing."""
        box, number = self.box, flow_page(self.page.context)
        if skip_stack:
            box.remove_decoration(start=True, end=False)
        elif self.page.is_empty and self.page.context.current_page > 1:
            box.margin_top = 0
        box.position_y += collapse_margin([*adjoining_margins, box.margin_top]) - box.margin_top
        start, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
        come = self.waiting.get((number, box.element), {}) if skip_stack else {}
        # What waits stands before a forced break, too.
        stop = self.forced.first(start + (inner is not None or not come))
        placed, resume_at = self._page(Flow(self.children, start, stop, inner), come)
        if placed is None:
            return None, {start: None}, any_page(), [], False
        if resume_at is None and stop < len(self.children):
            resume_at, placed.next_page = {stop: None}, self.forced.next_page(stop)
        self.waiting[number + 1, box.element] = dict(sorted(placed.waiting.items()))
        orders = (block_marks(self.children[one]).order for one in placed.waiting)
        note_waiting(self.page.context, orders, in_columns=True)
        box.children = placed.boxes
        box.remove_decoration(start=False, end=resume_at is not None)
        if is_auto(box.height):
            # A page of whole lines may be a hair lower than these.
            bottom = min(placed.y + collapse_margin(placed.margins), self.page.bottom)
            box.height = max(0.0, bottom - box.content_box_y())
        return box, resume_at, placed.next_page, [], False

    def _page(
        self, flow: Flow, come: Waiting, passed: frozenset[Barrier] = frozenset()
    ) -> tuple[Placed | None, SkipStack | None]:
        """Return what stands on this page, ``come`` from the one before with it, and WeasyPrint's place to go on.

        What does not fit, or has to wait, goes to the next page, and with it what must not be parted from it.
        ``None`` if nothing stays then, and the page has something else. Nothing waits for the figures of the barriers
        ``passed``.
        """
        whole, start, state = flow, flow.start, State(self.page)
        barrier: Barrier | None = None
        while True:
            placed, resume_at = self._place(flow, come)
            barred = self.barriers.first(
                flow, flow.stands_to(resume_at), placed.boxes, placed.waiting, passed
            )
            if barred is not None:
                index, barrier = barred
                if not barrier.links <= flow.unmentioned:  # the lines above may stand
                    state.restore()
                    flow = replace(flow, unmentioned=flow.unmentioned | barrier.links)
                    continue
                stop = self._earlier(start, index)
                something_stays = stop > start or bool(come)
            elif isinstance(resume_at, int):
                stop = self._earlier(start, resume_at)
                something_stays = start < stop < flow.end
            else:
                break
            if not something_stays and (stop == flow.end or self.page.is_empty):
                break
            state.restore()
            if not something_stays:
                return None, None
            flow = replace(flow, end=stop)
        if barrier is not None and barrier.figure and self.barriers.empty(placed.boxes) > MOST_EMPTY:
            state.restore()
            return self._page(whole, come, passed | {barrier})
        if isinstance(resume_at, int):
            resume_at = {resume_at: None}
        elif resume_at is None and (flow.end < whole.end or placed.waiting):
            # Behind the last child, what waits is left.
            resume_at = {flow.end: flow.inner if flow.end == start else None}
        return placed, resume_at

    def _earlier(self, start: int, stop: int) -> int:
        """Return the last child up to ``stop`` before which the page may end."""
        children, context = self.children, self.page.context
        while stop > start and avoid_page_break(
            block_level_page_break(children[stop - 1], children[stop]), context
        ):
            stop -= 1
        return stop

    def _place(self, flow: Flow, come: Waiting) -> tuple[Placed, SkipStack | int | None]:
        """Return what stands on this page, ``come`` from the one before with it, and where to go on.

        That is ``None`` at the end, the index of a child of which nothing fits, or a place inside one.
        """
        placed = Placed(self.box.content_box_y())
        heads, feet = self._heads(come, placed)
        start, inner = flow.start, flow.inner
        while start < flow.end or heads:
            if start < flow.end and spans(self.children[start]) and not heads:
                if inner is None and start + 1 < flow.end and self._may_move(start):
                    self._stand_or_wait(start, None, placed)
                    start += 1
                    continue
                resume_at = {start: None} if placed.waiting else self._span(start, inner, placed)
                if resume_at is not None:
                    return placed, start if resume_at == {start: None} else resume_at
                start, inner = start + 1, None
                continue
            barred = min(placed.waiting, default=None)
            end = self._next_that_stays(start, flow.end)
            part = replace(flow, start=start, end=end, inner=inner, heads=heads, feet=feet, barred=barred)
            rows = self._next_in_rows(part)
            if rows is not None and self._rows_below(part, rows, placed):
                heads, feet, start, inner = (), (), rows + 1, None
                continue
            filled = self._flow(part, placed)
            if filled is None:
                placed.waiting.update(dict.fromkeys((*heads, *feet)))
                return placed, start if inner is None else {start: inner}
            heads, feet = (), ()
            if filled.resume_at is not None:
                return placed, filled.resume_at
            start, inner = part.end, None
        return placed, None

    def _heads(self, come: Waiting, placed: Placed) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Let the page begin with what spans of that which waited for it, up to what waits for a column's head.

        Return that, and what spans behind it: the foot of the page may have room for it.
        """
        heads, feet = list[int](), list[int]()
        for index, inner in come.items():
            if placed.waiting or (feet and not spans(self.children[index])):
                placed.waiting[index] = inner
            elif not spans(self.children[index]):
                heads.append(index)
            elif heads:
                feet.append(index)
            else:
                self._stand_or_wait(index, inner, placed, has_come=inner is None)
        return tuple(heads), tuple(feet)

    def _next_that_stays(self, start: int, end: int) -> int:
        """Return the next child that spans and does not move, before which all that flows has to stand."""
        spanning = (index for index in range(start, end) if spans(self.children[index]))
        return next((index for index in spanning if not self._may_move(index)), end)

    def _next_in_rows(self, flow: Flow) -> int | None:
        """Return the next child that is torn between its rows, if it may begin on this page."""
        spanning = (index for index in range(flow.start, flow.end) if spans(self.children[index]))
        high = (index for index in spanning if self._height(index) == inf)
        return None if flow.barred is not None else next(high, None)

    def _may_move(self, index: int) -> bool:
        """Whether a child that spans may leave its place: what is too high to be kept whole only if it has rows."""
        child = self.children[index]
        most = kept_to(child) * self.page.context.current_footnote_area.page.height
        return may_move(child) and (FIGURES in classes(child) or self._height(index) <= most)

    # ── what spans ──

    def _span(self, index: int, inner: SkipStack | None, placed: Placed) -> SkipStack | None:
        """Place a child that spans; return where it goes on, ``None`` where it has ended."""
        page = self.page
        empty = page.is_empty and not placed.boxes
        state, child = State(page), self.children[index].copy()
        child = flush(child) if empty else child
        child.position_x, child.position_y = self.box.content_box_x(), placed.y
        made, resume_at, next_page, margins, _, _ = block.block_level_layout(
            page.context, child, page.bottom_space, inner, self.box, empty, page.absolute_boxes,
            page.fixed_boxes, list(placed.margins), *page.first,
        )  # fmt: skip
        end = 0.0 if made is None else end_of(made)
        if made is None or (resume_at is None and end > page.bottom + HAIR and not empty):
            state.restore()
            return {index: None}
        made.index = index
        placed.boxes.append(made)
        placed.y, placed.margins, placed.next_page = end, [*margins, made.margin_bottom], next_page
        return None if resume_at is None else {index: resume_at}

    def _stand_or_wait(
        self, index: int, inner: SkipStack | None, placed: Placed, *, has_come: bool = False
    ) -> None:
        """Place a child that spans and may move, from ``inner`` on, below what stands there already.

        It waits for the next page if it does not fit, or if others before it wait; of what is higher than a page, the
        rest does. With ``has_come`` it is noted that it has left its place for this page.
        """
        standing = len(placed.boxes)
        if min(placed.waiting, default=inf) < index:
            placed.waiting[index] = inner
        elif self._height(index) < inf:
            if not self._stands_whole(index, placed):
                placed.waiting[index] = None
        else:
            resume_at = self._span(index, inner, placed)
            if resume_at == {index: None}:
                placed.waiting[index] = inner
            elif resume_at is not None:
                placed.waiting.update(resume_at)
                fit_to_rows(placed.boxes[-1])
                placed.y = end_of(placed.boxes[-1])
        if has_come and len(placed.boxes) > standing:
            mark_block(placed.boxes[-1], put_in=True)

    def _rows_below(self, flow: Flow, index: int, placed: Placed) -> bool:
        """Place what flows before a child that is higher than a page, and the rows of it that fit; or nothing."""
        before, state = placed.copy(), State(self.page)
        filled = self._flow(replace(flow, end=index), placed)
        if filled is not None and filled.is_whole and filled.lines >= _FEWEST_ABOVE and not placed.waiting:
            self._stand_or_wait(index, None, placed)
        if placed.waiting.get(index) is None:
            state.restore()
            placed.restore(before)
            return False
        return True

    def _stands_whole(self, index: int, placed: Placed) -> bool:
        """Place a child that spans, if all of it fits here: what waits is not torn."""
        state, before = State(self.page), placed.copy()
        resume_at = self._span(index, None, placed)
        if resume_at is not None:
            state.restore()
            placed.restore(before)
        return resume_at is None

    def _height(self, index: int) -> float:
        """Return how high a child is that spans, in whole lines; infinitely, if it does not fit on a page."""
        state, top = State(self.page), self.page.context.current_footnote_area.page.content_box_y()
        probe = Placed(top, boxes=[self.box])  # as if something stood above it
        fits = self._span(index, None, probe) is None
        state.restore()
        return ceil((probe.y - top - HAIR) / self.line) * self.line if fits else inf

    # ── what flows ──

    def _flow(self, flow: Flow, placed: Placed) -> Filled | None:
        """Place columns, and at their foot what spans and the text comes to; ``None`` if nothing fits."""
        page, state = self.page, State(self.page)
        empty = page.is_empty and not placed.boxes
        top = self._on_grid(placed.y + collapse_margin(placed.margins))
        with page.in_column():
            filled, feet, flow = self._above_feet(flow, top, force=empty)
            above = None
            if filled is not None and refers(filled.boxes, flow.unmentioned):
                above = self.columns.before_mentions(flow, top, filled, state)
                filled = above or self.columns.fill(flow, top, filled.room, force=filled.forced)
            short = filled is not None and filled.resume_at is not None and filled.room < _FEWEST
            notes_stay = not page.context.reported_footnotes
            if filled is not None and filled.resume_at is None and filled.lines > 1 and notes_stay:
                filled = self.columns.level(flow, top, filled, state)
        if filled is None or (short and not empty):
            state.restore()
            return None
        bottom = top + filled.lines * self.line
        for box in filled.boxes:
            if box.is_column:
                box.height = bottom - box.position_y
        for box in filled.boxes:
            if not box.is_column and box.index in flow.heads:
                mark_block(box, put_in=True)  # it has come from the page before
        placed.boxes += filled.boxes
        at_foot = feet and filled.resume_at is not None and filled is not above
        placed.y = top + filled.room * self.line if at_foot else bottom
        placed.margins, placed.next_page = [], filled.next_page
        placed.waiting.update(dict.fromkeys(filled.waiting))
        for index in self._passed(flow, filled):
            if index in feet or filled.resume_at is None or filled is above:
                self._stand_or_wait(index, None, placed, has_come=index in flow.feet)
            else:
                placed.waiting[index] = None
        return filled

    def _above_feet(self, flow: Flow, top: float, *, force: bool) -> tuple[Filled | None, list[int], Flow]:
        """Return the columns above what spans and can stand at the foot of the page, what that is, and the flow.

        Nothing stands there that drives from the page what else may move.
        """
        state, feet = State(self.page), list[int]()
        room = self.page.bottom - top
        filled = self.columns.fill_above_notes(flow, top, room, force=force)
        while filled is not None:
            passed = (index for index in self._passed(flow, filled) if index not in feet)
            foot = next(passed, None)
            if foot is None or (flow.barred is not None and foot >= flow.barred):
                break
            state.restore()
            rest, above = room - self._height(foot), None
            if rest > _FEWEST_ABOVE * self.line:
                above = self.columns.fill_above_notes(flow, top, rest, force=False)
            drives_out = above is None or len(above.waiting) > len(filled.waiting)
            if above is not None and above.has_passed(foot) and not drives_out and above.in_order(foot):
                filled, room = above, rest
                feet.append(foot)
            else:  # it waits for the next page, and all behind it that may move
                state.restore()
                flow = replace(flow, barred=foot)
                filled = self.columns.fill_above_notes(flow, top, room, force=force)
        return filled, feet, flow

    def _passed(self, flow: Flow, filled: Filled) -> list[int]:
        """Return the children that span and that the text has come to, here or on a page before."""
        here = (index for index in range(flow.start, flow.end) if spans(self.children[index]))
        return [*flow.feet, *(index for index in here if filled.has_passed(index))]

    def _on_grid(self, position_y: float) -> float:
        """Return the next line of the page's grid."""
        top = self.page.context.current_footnote_area.page.content_box_y()
        return float(top + ceil((position_y - top - HAIR) / self.line) * self.line)
