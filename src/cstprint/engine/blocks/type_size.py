"""Type that becomes smaller where it has no room, in the boxes: only layout knows the room."""

from __future__ import annotations

from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.marks import LineMarks, mark_line
from cstprint.engine.weasy.types import Box, Style, Value

#: Computed lengths that go with the size of the type.
_LENGTHS = (
    "line_height",
    "letter_spacing",
    "text_indent",
    "vertical_align",
    *(f"{kind}_{side}" for kind in ("padding", "margin") for side in ("top", "right", "bottom", "left")),
)


def scale_type(box: Box, by: float) -> None:
    """Make the type of a box ``by`` times as large, and all lengths that go with it; not that of the boxes in it."""
    box.style = _scaled(box.style, by)
    mark_line(box, LineMarks())


def _scaled(style: Style, by: float) -> Style:
    scaled = style.copy()
    # Values are computed when they are asked for, some from the size: ask for all before it changes.
    values = {name: style[name] for name in _LENGTHS}
    size = float(style["font_size"])
    for name, value in values.items():
        # A line height without a unit is a part of the size.
        scaled[name] = (
            value if name == "line_height" and isinstance(value, (int, float)) else _times(value, by)
        )
    scaled["font_size"] = size * by
    return scaled


def _times(value: Value, by: float) -> Value:
    """Return a length times ``by``; keywords, percentages and what depends on them stay."""
    if isinstance(value, Dimension):
        return value._replace(value=value.value * by) if value.unit == "px" else value
    return value * by if isinstance(value, (int, float)) else value
