"""Where blocks end on a page, and what the layout functions return of a page (px)."""

from __future__ import annotations

from cstprint.engine.blocks.line_grid import line_height, missing
from cstprint.engine.weasy.boxes import BlockBox, LineBox, ReplacedBox
from cstprint.engine.weasy.calls import BlockResult
from cstprint.engine.weasy.types import Box, Context, NextPage

#: At most so much of a page stays empty to keep a figure near its reference; beyond that the figure is deferred.
MOST_EMPTY = 0.5


def content_bottom(root: Box) -> float:
    """Return where the flow of a page ends (px): boxes that go on on the next page reach to the edge of this one."""
    lowest = 0.0
    for box in root.descendants():
        if isinstance(box, LineBox):
            lowest = max(lowest, box.position_y + box.height)
        elif isinstance(box, BlockBox) and "bottom" not in box.remove_decoration_sides:
            lowest = max(lowest, box.border_box_y() + box.border_height())
    return lowest


def any_page() -> NextPage:
    """Return what WeasyPrint says of the next page where nothing asks for one; it writes into that."""
    return {"break": "any", "page": None}


def refused() -> BlockResult:
    """Return what WeasyPrint's functions return where a box does not fit on the rest of the page."""
    return BlockResult(None, None, any_page(), [], collapsing_through=False)


def overflows(context: Context, box: Box, bottom_space: float) -> bool:
    """Whether a box reaches over the edge of the page."""
    return bool(context.overflows_page(bottom_space, box.border_box_y() + box.border_height()))


def contents_overflow(context: Context, box: Box, bottom_space: float) -> bool:
    """Whether what is in a box reaches over the edge of the page.

    If only its padding does, WeasyPrint lays it out again with that much more ``bottom_space``.
    """
    return bool(context.overflows_page(bottom_space, box.content_box_y() + box.height))


def fit_to_rows(box: Box) -> None:
    """Let a part of a figure end with its last row, in whole lines: WeasyPrint lets it reach to the page's edge."""
    ends = [
        inner.position_y + (inner.margin_height() if isinstance(inner, ReplacedBox) else inner.height)
        for inner in box.descendants()
        if isinstance(inner, (LineBox, ReplacedBox))
    ]
    box.height = max(ends, default=box.content_box_y()) - box.content_box_y()
    box.height += missing(box.border_height(), line_height(box))


def end_of(box: Box) -> float:
    """Return where a block ends, without its margin."""
    return float(box.border_box_y() + box.border_height())


def content_end(column: Box) -> float:
    """Return where the content of a column ends, without the last margin."""
    inside = [child for child in column.children if child.is_in_normal_flow()]
    if not inside:
        return float(column.position_y)
    last = inside[-1]
    return float(last.position_y + last.margin_height() - last.margin_bottom)
