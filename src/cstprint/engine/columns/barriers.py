"""What has to wait in columns, lest a figure stand too far behind it or leave its section.

A block that begins on a page, or the line of it that mentions a figure, may have to wait for the next page because of
what waits before it (:class:`~cstprint.engine.weasy.marks.Barrier`). Lengths are in px, as in WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cstprint.engine.blocks.articles import refers, spans
from cstprint.engine.blocks.measures import end_of, fit_to_rows
from cstprint.engine.columns.children import flush
from cstprint.engine.columns.fill import Columns, Flow
from cstprint.engine.columns.placed import Waiting
from cstprint.engine.weasy.layout import block
from cstprint.engine.weasy.marks import Barrier, block_marks
from cstprint.engine.weasy.trial import HAIR, State, TrialPage
from cstprint.engine.weasy.types import Box, SkipStack


class ColumnBarriers:
    """The barriers among the ``children`` of a box with columns, on one page."""

    def __init__(self, page: TrialPage, columns: Columns, children: Sequence[Box]):
        self.page = page
        self.columns = columns
        self.children = children

    def first(
        self,
        flow: Flow,
        end: int,
        made: Sequence[Box],
        waiting: Mapping[int, SkipStack | None],
        passed: frozenset[Barrier],
    ) -> tuple[int, Barrier] | None:
        """Return the first child before ``end`` that has to wait and yet stands in the boxes ``made``; and for what.

        It does not wait for what ``passed`` has.
        """
        for index in range(flow.start, end):
            goes_on = index == flow.start and flow.inner is not None
            for barrier in block_marks(self.children[index]).barriers:
                stands = refers(made, barrier.links) if barrier.links else not goes_on
                if stands and barrier not in passed and self._keeps_waiting(barrier, waiting):
                    return index, barrier
        return None

    def empty(self, made: Iterable[Box]) -> float:
        """Return the part of the page's text area that is empty below the boxes ``made`` in its columns."""
        columns, boxes = self.columns, list(made)
        top = self.page.context.current_footnote_area.page.content_box_y()
        below = 0.0
        for column in range(columns.count):
            left = columns.box.content_box_x() + column * (columns.width + columns.gap)
            right = left + columns.width
            here = (
                end_of(box)
                for box in boxes
                if box.position_x < right and box.position_x + box.margin_width() > left
            )
            below += self.page.bottom - max(here, default=top)
        return float(below / columns.count / (self.page.bottom - top))

    def _keeps_waiting(self, barrier: Barrier, waiting: Mapping[int, SkipStack | None]) -> bool:
        """Whether what waits keeps a barrier's figure from standing near; where that is none, whether any waits."""
        before = {
            index: inner
            for index, inner in sorted(waiting.items())
            if block_marks(self.children[index]).order < barrier.order
        }
        if not before or not barrier.figure:
            return bool(before)
        place = next(
            index for index, child in enumerate(self.children) if block_marks(child).order == barrier.order
        )
        return self._pages_on(place, before) > barrier.spare + 1

    def _pages_on(self, place: int, before: Waiting) -> int:
        """Return how many pages further on a child will stand, at most, that waits behind others."""
        room, pages, y, spanned = self.page.context.current_footnote_area.page.height, 1, 0.0, True
        for index, inner in (*before.items(), (place, None)):
            parts = self._parts(index, inner)
            # What spans may have no room below what heads a column.
            if (y and y + parts[0] > room + HAIR) or (spans(self.children[index]) and not spanned):
                pages, y = pages + 1, 0.0
            if index == place:
                break
            pages += len(parts) - 1
            y = parts[-1] if len(parts) > 1 else y + parts[0]
            spanned = spans(self.children[index])
        return pages

    def _parts(self, index: int, inner: SkipStack | None) -> list[float]:
        """Return how high the parts of a child are, from ``inner`` on: a group is torn between its rows."""
        if not spans(self.children[index]):
            return [self.columns.height(self.children[index])]
        page, parts = self.page, list[float]()
        top = page.context.current_footnote_area.page.content_box_y()
        while True:
            state, child = State(page), flush(self.children[index])
            child.position_x, child.position_y = self.columns.box.content_box_x(), top
            made, resume_at, *_ = block.block_level_layout(
                page.context, child, page.bottom_space, inner, self.columns.box, True, page.absolute_boxes,
                page.fixed_boxes, [], *page.first,
            )  # fmt: skip
            state.restore()
            if made is not None and resume_at is not None:
                fit_to_rows(made)
            parts.append(0.0 if made is None else end_of(made) - top)
            if made is None or resume_at in (None, inner):
                return parts
            inner = resume_at
