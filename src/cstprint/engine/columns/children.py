"""The children of columns: what stands in for one, how one stands at a head."""

from __future__ import annotations

from cstprint.engine.blocks.line_grid import asks_for_whole_lines
from cstprint.engine.weasy.boxes import BlockBox, BlockLevelBox
from cstprint.engine.weasy.layout import ZERO_PIXELS
from cstprint.engine.weasy.marks import mark_block
from cstprint.engine.weasy.types import Box, SkipStack


def flush(box: Box, inner: SkipStack | None = None) -> Box:
    """Return the box as it stands at the head of a column, from ``inner`` on.

    What begins there has no margin at its top, unless it keeps that (CSS Fragmentation 4, ``margin-break``). A
    block of whole lines without a border has no padding there either; all the room that it lacks stands below it.
    """
    if not isinstance(box, BlockLevelBox):
        return box
    flat: Box = box.copy()
    if inner is None:
        mark_block(flat, at_head=True)
        flat.style = flat.style.copy()
        if box.style["margin_break"] != "keep":
            flat.style["margin_top"] = ZERO_PIXELS
        if asks_for_whole_lines(box) and not box.style["border_top_width"]:
            flat.style["padding_top"] = ZERO_PIXELS
    if not isinstance(box, BlockBox) or not box.children:
        return flat
    first, further = next(iter(inner.items())) if inner else (0, None)
    if first < len(box.children) and (inner or not _has_room_above(box)):
        flat.children = [*box.children]
        flat.children[first] = flush(box.children[first], further)
    return flat


def _has_room_above(box: Box) -> bool:
    """Whether a box keeps the margin of its first child inside it."""
    style = box.style
    return bool(style["padding_top"].value or style["border_top_width"])


def stand_in(box: Box) -> Box:
    """Return an empty box in the place of another. No column ends after it, so that no head stands alone."""
    style = box.style.anonymous_style.copy()
    style["break_after"] = "avoid"
    empty: Box = BlockBox(None, style, None, [])
    return empty
