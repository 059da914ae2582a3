"""The children of columns: what spans, what may leave its place, what stands in for it, how one stands at a head."""

from __future__ import annotations

from typing import Any

from cstprint.engine.blocks.line_grid import asks_for_whole_lines
from cstprint.engine.lines.style import token


def in_grid_columns(box: Any) -> bool:
    """Whether a box asks for columns on the page's grid."""
    return token(box.style, "columns") == "grid"


def spans(box: Any) -> bool:
    """Whether a child of columns spans all of them."""
    return bool(box.style["column_span"] == "all")


def may_move(box: Any) -> bool:
    """Whether a child of columns may leave its place, for the head of the next column or an edge of the page."""
    style = box.style
    asks = token(style, "may_move") == "yes" and token(style, "figure_place") != "here"
    return bool(box.is_in_normal_flow()) and asks and not getattr(box, "cst_stays", False)


def flush(box: Any, inner: Any = None) -> Any:
    """Return the box as it stands at the head of a column, from ``inner`` on.

    What begins there has no margin at its top. What is to be whole lines high has no padding there either, if that is
    not to be seen, and all that it lacks stands below it.
    """
    from weasyprint.css.properties import ZERO_PIXELS
    from weasyprint.formatting_structure import boxes

    if not isinstance(box, boxes.BlockLevelBox):
        return box
    flat = box.copy()
    if inner is None:
        flat.cst_at_head = True
        flat.style = flat.style.copy()
        flat.style["margin_top"] = ZERO_PIXELS
        if asks_for_whole_lines(box) and not box.style["border_top_width"]:
            flat.style["padding_top"] = ZERO_PIXELS
    if not isinstance(box, boxes.BlockBox) or not box.children:
        return flat
    first, further = next(iter(inner.items())) if inner else (0, None)
    if first < len(box.children) and (inner or not _has_room_above(box)):
        flat.children = [*box.children]
        flat.children[first] = flush(box.children[first], further)
    return flat


def _has_room_above(box: Any) -> bool:
    """Whether a box keeps the margin of its first child inside it."""
    style = box.style
    return bool(style["padding_top"].value or style["border_top_width"])


def stand_in(box: Any) -> Any:
    """Return a box that takes no place where another was; no column ends behind it, lest a head stay before it."""
    from weasyprint.formatting_structure import boxes

    style = box.style.anonymous_style.copy()
    style["break_after"] = "avoid"
    return boxes.BlockBox(None, style, None, [])


def end_of(box: Any) -> float:
    """Return where a block ends, without its margin."""
    return float(box.border_box_y() + box.border_height())


def content_end(column: Any) -> float:
    """Return where the content of a column ends, without the last margin."""
    inside = [child for child in column.children if child.is_in_normal_flow()]
    if not inside:
        return float(column.position_y)
    last = inside[-1]
    return float(last.position_y + last.margin_height() - last.margin_bottom)
