"""A figure in a column that stands far below all else there is smaller, where the columns end.

Columns are level where their text ends. A figure cannot be parted: beside one that is high and has little text, the
other columns stay blank, and what comes after it may find no room on the page. Such figures become smaller, all by
the same part, until the columns end within a quarter of the page, or as far as figures may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from cstprint.engine.blocks.articles import FIGURES, classes, spans
from cstprint.engine.blocks.measures import content_end, end_of
from cstprint.engine.blocks.smaller_figures import LOWEST, scaled
from cstprint.engine.columns.fill import Columns
from cstprint.engine.columns.placed import Placed
from cstprint.engine.weasy.trial import HAIR, State
from cstprint.engine.weasy.types import Box, SkipStack

#: By so much of the page's height may the ends of columns differ.
_UNEVEN = 0.25
#: How many sizes are tried.
_SIZES = 4
#: What stands on a page, and where to go on.
Laid: TypeAlias = tuple[Placed | None, SkipStack | None]


class LevelEnds:
    """The ends of the ``columns`` of a page; ``children`` are those of their box, changed in place."""

    def __init__(self, columns: Columns, children: list[Box]):
        self._columns, self._children = columns, children
        self._page_height = columns.page.context.current_footnote_area.page.height

    def laid_out(self, lay_out: Callable[[], Laid]) -> Laid:
        """Return what ``lay_out`` does, with smaller figures if the columns end far from level without."""
        state = State(self._columns.page)
        best = lay_out()
        least = self._unevenness(best)
        widths = dict(self._widths()) if least > _UNEVEN else {}
        if not widths:
            return best
        own, size = list(self._children), 1.0
        for step in range(1, _SIZES + 1):
            tried = 1 - step * (1 - LOWEST) / _SIZES
            uneven = self._unevenness(self._again(lay_out, state, own, widths, tried))
            if uneven < least:
                least, size = uneven, tried
            if least <= _UNEVEN:
                break
        return self._again(lay_out, state, own, widths, size)

    def _again(
        self, lay_out: Callable[[], Laid], state: State, own: list[Box], widths: dict[int, float], size: float
    ) -> Laid:
        """Return the layout with the figures, ``widths`` (px) by their places, in a part of their ``own`` size."""
        state.restore()
        self._columns.heights.clear()
        for index, width in widths.items():
            self._children[index] = own[index] if size == 1 else scaled(own[index], size, width)
        return lay_out()

    def _unevenness(self, laid: Laid) -> float:
        """Return by what part of the page's height the last columns differ; 0 where they go on elsewhere."""
        placed, resume_at = laid
        if placed is None or resume_at is not None:
            return 0.0
        ends = dict[int, float]()
        top = 0.0
        for box in placed.boxes:
            if not box.is_column and box.margin_width() > self._columns.width + HAIR:
                ends, top = {}, 0.0  # it spans
                continue
            top = min(top or box.position_y, box.position_y)
            end = content_end(box) if box.is_column else end_of(box)
            column = round(box.position_x)
            ends[column] = max(ends.get(column, 0.0), end)
        if not ends:
            return 0.0
        lowest = top if len(ends) < self._columns.count else min(ends.values())
        return float((max(ends.values()) - lowest) / self._page_height)

    def _widths(self) -> Iterator[tuple[int, float]]:
        """Yield the figures in columns whose size is not the editor's, with the width (px) of their rows."""
        for index, child in enumerate(self._children):
            names = classes(child)
            may_shrink = FIGURES in names and "sized" not in names and not spans(child)
            if may_shrink and (width := self._columns.width_of_rows(child)):
                yield index, width
