"""The planner: from facts of finished pages to the placements of the next layout, so that no page has a gap.

A figure that does not fit on the rest of a page leaves a gap there. It may be deferred: it stands on the next page,
and the text after it fills the gap; but never on a page before the one that refers to it, nor further away than the
layout allows. :func:`plan` only adds to the placements of the pages that it gets, so repeated planning comes to rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise

from cstprint.placement.decisions import OWN_HEIGHT, Decision, Delay, Placements
from cstprint.placement.facts import ArticleFlow, BlockRole, PageFlow, PlacedBlock, TextArea
from cstprint.placement.rules import deferred_by_gap
from cstprint.placement.tails import without_tails

#: The part of a text area that may stay empty, rather than leave a figure alone on the last page of an article.
MAX_EMPTY = 0.25
#: The part of their height down to which figures become lower with their captions, which keep their height.
LOWEST_WITH_CAPTIONS = 0.7
#: Heights of finished pages are equal up to this (pt).
_TOLERANCE_PT = 0.5


def plan(flow: PageFlow, so_far: Placements, distance: int, *, fits_last_pages: bool = True) -> Placements:
    """Return the placements to lay out with next; they equal ``so_far`` where nothing in ``flow`` is to be mended.

    ``distance`` is how many pages a figure may stand after the page that refers to it. With ``fits_last_pages`` a few
    lines on the last page of an article are to be mended, too.
    """
    decisions, moved_after = dict(so_far.decisions), dict(so_far.moved_after)
    delays, heights = set(so_far.delays), dict(so_far.heights)
    for article in flow.articles:
        if distance < 1:
            if article.in_columns:
                figures = (block for block in article.blocks if block.role is BlockRole.FIGURE)
                decisions.update({figure.block_id: Decision.KEEP for figure in figures})
            continue
        planner = _ArticlePlanner(article, flow.areas, decisions)
        moved_after.update(planner.before_their_reference())
        decisions.update(planner.new_decisions())
        too_far = (delay for delay in planner.delays(distance) if delay not in delays)
        delays.update(islice(too_far, 1))
        heights.update(planner.lower(heights))
    planned = replace(
        so_far, decisions=decisions, moved_after=moved_after, delays=frozenset(delays), heights=heights
    )
    # Only now: where figures stand changes what is left for the last page.
    return without_tails(flow, planned) if planned == so_far and fits_last_pages else planned


class _ArticlePlanner:
    """One article as it was laid out, with the ``decisions`` so far, which the caller may add to."""

    def __init__(
        self, flow: ArticleFlow, areas: Mapping[int, TextArea], decisions: Mapping[str, Decision]
    ) -> None:
        self.blocks = flow.blocks
        self.references = flow.references
        self.line_pt = flow.line_pt
        self.in_columns = flow.in_columns
        self.areas = areas
        self.decisions = decisions
        first_parts: dict[str, PlacedBlock] = {}
        for block in flow.blocks:
            if block.role is BlockRole.FIGURE:
                first_parts.setdefault(block.block_id, block)
        #: The figures in text order; of a group that is split over pages the first part.
        self.figures = list(first_parts.values())
        self.in_place = [block for block in flow.blocks if not block.deferred]

    def new_decisions(self) -> dict[str, Decision]:
        """Return the decisions to add; columns need none, as their layout defers by itself."""
        if self.in_columns:
            return {}
        figures = self._deferred_by_first_gap()
        if figures:
            return {figure.block_id: Decision.DEFER for figure in figures}
        # Only now: the text that fills a gap changes what stands on the last page.
        alone = self._alone_on_last_page()
        return {} if alone is None else {alone.block_id: Decision.KEEP}

    def _deferred_by_first_gap(self) -> list[PlacedBlock]:
        """Return the figures to defer for the first gap that text could fill."""
        for before, figure in pairwise(self.in_place):
            if figure.role is not BlockRole.FIGURE or figure.page <= before.page:
                continue
            gap_pt = self.areas[before.page].bottom_pt - before.bottom_pt
            figures = deferred_by_gap(figure, self.blocks, self.decisions, gap_pt, self.line_pt)
            if figures:
                return figures
        return []

    def before_their_reference(self) -> Iterator[tuple[str, str]]:
        """Yield each figure that stands on a page before its first reference, with the block of that reference.

        Not where the figure would have to pass another figure, or leave its section.
        """
        stops = [block.order for block in self.blocks if block.role is not BlockRole.TEXT]
        for figure in self.figures:
            reference = self.references.get(figure.block_id)
            if reference is None or not reference.block_id or figure.page >= reference.page:
                continue
            if not any(figure.order < order < reference.order for order in stops):
                yield figure.block_id, reference.block_id

    def _alone_on_last_page(self) -> PlacedBlock | None:
        """Return a deferred figure alone on the last page of the article, if it would leave only a small gap."""
        last_page_of_text = max((block.page for block in self.in_place), default=0)
        for figure in self.figures:
            if figure.page <= last_page_of_text or not self._is_deferred(figure):
                continue
            after = next((block for block in self.in_place if block.order > figure.order), None)
            if after is None or after.page != figure.page - 1:
                continue
            area = self.areas[after.page]
            if area.bottom_pt - after.top_pt <= MAX_EMPTY * area.height_pt:
                return figure
        return None

    def lower(self, planned: Mapping[str, float]) -> Mapping[str, float]:
        """Return the heights (pt) of figures that become lower, so that one more has room on a page.

        That one is deferred and alone after the text of the article, on whose last page much is empty. A figure that
        is higher than ``planned`` can become no lower; the others make up for it. Where they cannot, all get their
        own heights back (:data:`OWN_HEIGHT`) and keep them.
        """
        last = max((block.page for block in self.in_place), default=0)
        after = [figure for figure in self.figures if figure.page > last]
        if self.in_columns or len(after) != 1 or not after[0].deferred or after[0].page != last + 1:
            return {}
        before = [block for block in self.blocks if block.page == last]
        gap_pt = self.areas[last].bottom_pt - max(block.bottom_pt for block in before)
        if gap_pt <= MAX_EMPTY * self.areas[last].height_pt:
            return {}
        both = [*(block for block in before if block.role is BlockRole.FIGURE), *after]
        for figures in (after, both):
            room_pt = gap_pt + sum(figure.height_pt for figure in figures) - after[0].height_pt
            if lower := self._lower(figures, room_pt, planned):
                return lower
        return {
            one.block_id: OWN_HEIGHT for one in both if planned.get(one.block_id, OWN_HEIGHT) < OWN_HEIGHT
        }

    def _lower(
        self, figures: Iterable[PlacedBlock], room_pt: float, planned: Mapping[str, float]
    ) -> dict[str, float]:
        """Return the heights (pt) of those of the figures that can become lower, so that all have room; or none."""
        movable = list[PlacedBlock]()
        for figure in figures:
            if figure.height_pt > planned.get(figure.block_id, figure.height_pt) + _TOLERANCE_PT:
                room_pt -= figure.height_pt
            elif planned.get(figure.block_id) == OWN_HEIGHT:
                return {}
            else:
                movable.append(figure)
        height_pt = sum(figure.height_pt for figure in movable)
        if not LOWEST_WITH_CAPTIONS * height_pt <= room_pt < height_pt:
            return {}
        shares_pt = ((one.block_id, one.height_pt * room_pt / height_pt) for one in movable)
        return {figure: share_pt - share_pt % self.line_pt for figure, share_pt in shares_pt}

    def _is_deferred(self, figure: PlacedBlock) -> bool:
        """Return whether a figure is deferred where it does not fit."""
        return self.in_columns or self.decisions.get(figure.block_id) is Decision.DEFER

    def delays(self, distance: int) -> Iterator[Delay]:
        """Yield a delay for each figure that stands too far after its reference."""
        for earlier, figure in pairwise([None, *self.figures]):
            if figure is None or not self._is_deferred(figure):
                continue
            reference = self.references.get(figure.block_id)
            if reference is None or (earlier is not None and reference.order < earlier.order):
                # It has no reference, or one that cannot wait: its place is where the text after it begins.
                after = [block.page for block in self.in_place if block.order > figure.order]
                if after and figure.page > after[0] + distance:
                    yield Delay(figure.block_id, figure.block_id, distance - 1)
            elif figure.page > reference.page + distance:
                yield Delay(reference.block_id or figure.block_id, figure.block_id, distance - 1)
