"""Lengths of boxes and of lines are resolved once for a style and a containing block.

Where columns, notes and figures are tried, the same boxes are laid out many times. WeasyPrint resolves twenty lengths
of each box each time, and writes out the font of each inline box to look up how high its line is. A style is compared
before what is known of it is taken: some values of it change during layout.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from cstprint.engine.weasy.boxes import PageBox
from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.types import Box, Style

_SIDES = ("top", "right", "bottom", "left")
#: The attributes of a box that ``resolve_percentages`` sets.
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
#: The values of a style that they depend on, besides what calculated ones refer to: the size of the type.
_values = itemgetter(*_LENGTHS, "box_sizing", "border_collapse", "font_size")
_COLLAPSES = -2

#: ``resolve_percentages``: the box, and its containing block or the size of that.
Resolve = Callable[[Box, "Box | tuple[object, object]"], None]
#: ``strut``: how high a line is, and where its baseline is.
Strut = Callable[[Style], tuple[float, float]]


def resolved_once(original: Resolve) -> Resolve:
    """Replace ``resolve_percentages``: the same style in a containing block of the same size has the same lengths."""

    def resolve(box: Box, containing_block: Box | tuple[object, object]) -> None:
        style = box.style
        values = _values(style)
        if values[_COLLAPSES] == "collapse" or isinstance(box, PageBox):
            original(box, containing_block)
            return
        size = (
            containing_block
            if isinstance(containing_block, tuple)
            else (containing_block.width, containing_block.height)
        )
        known: dict[object, tuple[object, dict[str, object]]] = kept_with(style, "lengths", dict)
        if size in known and known[size][0] == values:
            vars(box).update(known[size][1])
            return
        original(box, containing_block)
        known[size] = values, {name: getattr(box, name) for name in _LENGTHS}

    return resolve


def strut_once(original: Strut) -> Strut:
    """Replace ``strut``: keep the height of a style's lines with the style."""

    def strut(style: Style) -> tuple[float, float]:
        size, height = style["font_size"], style["line_height"]
        known: list[tuple[object, object, tuple[float, float]]] = kept_with(style, "strut", list)
        if not known or known[0][0] != size or known[0][1] != height:
            known[:] = [(size, height, original(style))]
        return known[0][2]

    return strut
