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

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from math import ceil, inf
from typing import Any

from cstprint.engine.column_children import flush, may_move, spans
from cstprint.engine.column_flow import Columns, Filled, Flow
from cstprint.engine.column_page import HAIR, Page, State
from cstprint.engine.lines.setting import token
from cstprint.engine.replaced import replaced

#: Fewer lines than these are not left below a head at the foot of a page.
_FEWEST = 3
#: Fewer than these do not stand above what spans the foot of a page: it heads the next.
_FEWEST_ABOVE = 5

#: What waits for a page: the children's indexes, by the page's number and the element of the columns.
Waiting = dict[tuple[int, Any], tuple[int, ...]]


def grid_columns() -> AbstractContextManager[None]:
    """Lay out the columns that ask for it on the page's grid until the context is left."""
    from weasyprint.layout import block

    return replaced((block, "columns_layout", _columns_layout))


def in_grid_columns(box: Any) -> bool:
    """Whether a box asks for columns on the page's grid."""
    return token(box.style, "columns") == "grid"


def _columns_layout(original: Any) -> Any:
    waiting: Waiting = {}

    def lay_out(context: Any, box: Any, *rest: Any) -> Any:
        if context.in_column or not in_grid_columns(box):
            return original(context, box, *rest)
        bottom_space, skip_stack, containing_block, page_is_empty, absolute, fixed, margins, *first = rest
        page = Page(context, bottom_space, page_is_empty, absolute, fixed, tuple(first))
        made = _ColumnsOnPage(page, box, containing_block, waiting)
        return made.lay_out(skip_stack, margins or [])

    return lay_out


@dataclass
class _Placed:
    """What stands on a page so far: boxes, where they end, the margins below; and what waits for the next page."""

    y: float
    boxes: list[Any] = field(default_factory=list)
    margins: list[float] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    next_page: Any = field(default_factory=lambda: {"break": "any", "page": None})


class _ColumnsOnPage:
    """The part of a box with columns that stands on one page."""

    def __init__(self, page: Page, box: Any, containing_block: Any, waiting: Waiting):
        from weasyprint.layout.block import block_level_width

        self.page = page
        self.box = box.copy_with_children(box.children)
        self.children = box.children
        self.waiting = waiting
        block_level_width(self.box, containing_block)
        self.columns = Columns(page, self.box)
        self.line = self.columns.line

    def lay_out(self, skip_stack: Any, adjoining_margins: list[float]) -> Any:
        """Return what WeasyPrint's function returns: box, where to resume, next page, margins, collapsing."""
        from weasyprint.layout.block import collapse_margin

        box, number = self.box, self.page.context.current_page
        if skip_stack:
            box.remove_decoration(start=True, end=False)
        elif self.page.is_empty and number > 1:
            box.margin_top = 0
        box.position_y += collapse_margin([*adjoining_margins, box.margin_top]) - box.margin_top
        start, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
        come = self.waiting.get((number, box.element), ()) if skip_stack else ()
        state, until = State(self.page), len(self.children)
        while True:
            placed, resume_at = self._place(Flow(self.children, start, until, inner, come))
            if not isinstance(resume_at, int):
                break
            # A child does not fit at all: what must not be parted from it goes with it, where something stays.
            stop, resume_at = self._earlier(start, resume_at), {resume_at: None}
            if stop == until or (stop == start and self.page.is_empty):
                break
            state.restore()
            if stop == start:
                return None, {start: None}, {"break": "any", "page": None}, [], False
            until = stop
        if resume_at is None and (until < len(self.children) or placed.waiting):
            resume_at = {until: None}  # behind the last child, what waits is left
        self.waiting[number + 1, box.element] = tuple(sorted(placed.waiting))
        box.children = placed.boxes
        box.remove_decoration(start=False, end=resume_at is not None)
        if box.height == "auto":
            # A page of whole lines may be a hair lower than these.
            bottom = min(placed.y + collapse_margin(placed.margins), self.page.bottom)
            box.height = max(0.0, bottom - box.content_box_y())
        return box, resume_at, placed.next_page, [], False

    def _earlier(self, start: int, stop: int) -> int:
        """Return the last child up to ``stop`` before which the page may end."""
        from weasyprint.layout.block import avoid_page_break, block_level_page_break

        children, context = self.children, self.page.context
        while stop > start and avoid_page_break(
            block_level_page_break(children[stop - 1], children[stop]), context
        ):
            stop -= 1
        return stop

    def _place(self, flow: Flow) -> tuple[_Placed, Any]:
        """Return what stands on this page, and where to go on.

        That is ``None`` at the end, the index of a child of which nothing fits, or a place inside one.
        """
        placed = _Placed(self.box.content_box_y())
        heads = self._heads(flow.heads, placed)
        start, inner = flow.start, flow.inner
        while start < flow.end or heads:
            if start < flow.end and spans(self.children[start]):
                resume_at = self._span(start, inner, placed)
                if resume_at is None:
                    start, inner = start + 1, None
                    continue
                movable = inner is None and start + 1 < flow.end and self._may_move(start)
                if resume_at != {start: None} or not movable:
                    return placed, start if resume_at == {start: None} else resume_at
                placed.waiting.append(start)
                start += 1
            end = self._next_that_stays(start, flow.end)
            barred = min(placed.waiting, default=None)
            filled = self._flow(Flow(self.children, start, end, inner, tuple(heads), barred), placed)
            if filled is None:
                return placed, start
            heads = []
            if filled.resume_at is not None:
                return placed, filled.resume_at
            if placed.waiting and end < flow.end:
                return placed, {end: None}
            start, inner = end, None
        return placed, None

    def _heads(self, come: tuple[int, ...], placed: _Placed) -> list[int]:
        """Let the page begin with what spans of that which waited for it; return what waits for a column's head."""
        for index in (index for index in come if spans(self.children[index])):
            if placed.waiting or not self._stands_whole(index, placed):
                placed.waiting.append(index)
            else:
                placed.boxes[-1].cst_put_in = True
        barred = min(placed.waiting, default=len(self.children))
        columns = [index for index in come if not spans(self.children[index])]
        placed.waiting += [index for index in columns if index > barred]
        return [index for index in columns if index < barred]

    def _next_that_stays(self, start: int, end: int) -> int:
        """Return the next child that spans and does not move, before which all that flows has to stand."""
        spanning = (index for index in range(start, end) if spans(self.children[index]))
        return next((index for index in spanning if not self._may_move(index)), end)

    def _may_move(self, index: int) -> bool:
        """Whether a child that spans may leave its place, and fits on a page."""
        return may_move(self.children[index]) and self._height(index) < inf

    # ── what spans ──

    def _span(self, index: int, inner: Any, placed: _Placed) -> Any:
        """Place a child that spans; return where it goes on, ``None`` where it has ended."""
        from weasyprint.layout import block

        page = self.page
        empty = page.is_empty and not placed.boxes
        state, child = State(page), self.children[index].copy()
        child = flush(child) if empty else child
        child.position_x, child.position_y = self.box.content_box_x(), placed.y
        made, resume_at, next_page, margins, _, _ = block.block_level_layout(
            page.context, child, page.bottom_space, inner, self.box, empty, page.absolute_boxes,
            page.fixed_boxes, list(placed.margins), *page.first,
        )  # fmt: skip
        end = 0.0 if made is None else made.border_box_y() + made.border_height()
        if made is None or (resume_at is None and end > page.bottom + HAIR and not empty):
            state.restore()
            return {index: None}
        made.index = index
        placed.boxes.append(made)
        placed.y, placed.margins, placed.next_page = end, [*margins, made.margin_bottom], next_page
        return None if resume_at is None else {index: resume_at}

    def _stands_whole(self, index: int, placed: _Placed) -> bool:
        """Place a child that spans, if all of it fits here: what waits is not torn."""
        state, before = State(self.page), replace(placed, boxes=[*placed.boxes], waiting=[*placed.waiting])
        resume_at = self._span(index, None, placed)
        if resume_at is not None:
            state.restore()
            placed.boxes[:] = before.boxes
            placed.y, placed.margins, placed.next_page = before.y, before.margins, before.next_page
        return resume_at is None

    def _height(self, index: int) -> float:
        """Return how high a child is that spans, in whole lines; infinitely, if it does not fit on a page."""
        state, top = State(self.page), self.page.context.current_footnote_area.page.content_box_y()
        probe = _Placed(top, boxes=[self.box])  # as if something stood above it
        fits = self._span(index, None, probe) is None
        state.restore()
        return ceil((probe.y - top - HAIR) / self.line) * self.line if fits else inf

    # ── what flows ──

    def _flow(self, flow: Flow, placed: _Placed) -> Filled | None:
        """Place columns, and at their foot what spans and the text comes to; ``None`` if nothing fits."""
        from weasyprint.layout.block import collapse_margin

        page, state = self.page, State(self.page)
        empty = page.is_empty and not placed.boxes
        top = self._on_grid(placed.y + collapse_margin(placed.margins))
        with page.in_column():
            filled, feet, flow = self._above_feet(flow, top, force=empty)
            short = filled is not None and filled.resume_at is not None and filled.room < _FEWEST
            notes_stay = not page.context.reported_footnotes
            if filled is not None and filled.is_whole and filled.lines > 1 and notes_stay:
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
                box.cst_put_in = True  # it has come from the page before
        placed.boxes += filled.boxes
        placed.y = top + filled.room * self.line if feet and filled.resume_at is not None else bottom
        placed.margins, placed.next_page = [], filled.next_page
        placed.waiting += filled.waiting
        for index in self._passed(flow, filled):
            if index not in feet or not self._stands_whole(index, placed):
                placed.waiting.append(index)
        return filled

    def _above_feet(self, flow: Flow, top: float, *, force: bool) -> tuple[Filled | None, list[int], Flow]:
        """Return the columns above what spans and can stand at the foot of the page, what that is, and the flow.

        Nothing stands there that drives from the page what else may move.
        """
        state, feet = State(self.page), list[int]()
        room = self.page.bottom - top
        filled = self.columns.fill_above_notes(flow, top, room, force=force)
        while filled is not None and flow.barred is None:
            foot = next((index for index in self._passed(flow, filled) if index not in feet), None)
            if foot is None:
                break
            state.restore()
            rest, above = room - self._height(foot), None
            if rest > _FEWEST_ABOVE * self.line:
                above = self.columns.fill_above_notes(flow, top, rest, force=False)
            if above is not None and above.has_passed(foot) and len(above.waiting) <= len(filled.waiting):
                filled, room = above, rest
                feet.append(foot)
            else:  # it waits for the next page, and all behind it that may move
                state.restore()
                flow = replace(flow, barred=foot)
                filled = self.columns.fill_above_notes(flow, top, room, force=force)
        return filled, feet, flow

    def _passed(self, flow: Flow, filled: Filled) -> list[int]:
        """Return the children that span and that the text has come to."""
        return [i for i in range(flow.start, flow.end) if spans(self.children[i]) and filled.has_passed(i)]

    def _on_grid(self, position_y: float) -> float:
        """Return the next line of the page's grid."""
        top = self.page.context.current_footnote_area.page.content_box_y()
        return float(top + ceil((position_y - top - HAIR) / self.line) * self.line)
