"""The rectangles and colours of backgrounds, shadows, borders and clips. Lengths are px from the page's top left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cstprint.engine.weasy.drawing import Background, BackgroundLayer, Colour, Gradient
from cstprint.engine.weasy.types import Box, Style, is_auto

#: x, y, width, height.
Rectangle = tuple[float, float, float, float]
#: A gradient, the style that its lengths refer to, and the rectangle of one of its repetitions.
PlacedGradient = tuple[Gradient, Style, Rectangle]
#: Borders that are thinner hide no text.
THIN = 4.0


def rectangle_of(area: Sequence[float]) -> Rectangle:
    """Return the rectangle of an area that may have rounded corners."""
    x, y, width, height = area[:4]
    return x, y, width, height


def grown(area: Rectangle, by: float, x: float = 0.0, y: float = 0.0) -> Rectangle:
    """Return a rectangle that is moved by ``x`` and ``y`` and larger on each side."""
    return area[0] + x - by, area[1] + y - by, max(0.0, area[2] + 2 * by), max(0.0, area[3] + 2 * by)


def border_box(box: Box) -> Rectangle:
    """Return the rectangle of a box with its padding and border."""
    return box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()


def clip_rectangle(box: Box) -> Rectangle:
    """Return what ``clip`` leaves of a box, as WeasyPrint reads its four lengths (CSS 2.2, 11.1.2)."""
    top, right, bottom, left = box.style["clip"]
    top = 0 if is_auto(top) else top
    right = 0 if is_auto(right) else right
    bottom = box.border_height() if is_auto(bottom) else bottom
    left = box.border_width() if is_auto(left) else left
    x, width = box.border_box_x() + right, left - right
    y, height = box.border_box_y() + top, bottom - top
    return min(x, x + width), min(y, y + height), abs(width), abs(height)


def has_wide_border(box: Box) -> bool:
    """Return whether a box has a border that may hide text."""
    widths = box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width
    return widths != (0, 0, 0, 0) and max(widths) >= THIN


def painted_areas(background: Background, *, clipped: bool) -> list[Rectangle]:
    """Return the rectangles that the colour of a background fills."""
    last = background.layers[-1]
    return [rectangle_of(area) for area in (last.clipped_boxes if clipped else [last.painting_area])]


def shadows_of(
    background: Background, areas: Sequence[Rectangle], *, inset: bool
) -> Iterator[tuple[Rectangle, Colour, Rectangle]]:
    """Yield the outer rectangle, the colour and the hole of each shadow in a box, or of each around it."""
    style = background.style
    for x, y, blur, spread, given, is_inset in reversed(style["box_shadow"]):
        if is_inset != inset:
            continue
        colour = style["color"] if given == "currentcolor" else given
        grow = (-spread.value if inset else spread.value) - blur.value / 2
        for area in areas:
            moved = grown(area, grow, x.value, y.value)
            outer, hole = (area, moved) if inset else (moved, area)
            yield outer, colour, hole


def image_area(layer: BackgroundLayer) -> Rectangle:
    """Return the rectangle that a background image fills."""
    x, y, width, height = layer.painting_area
    left, top, image_width, image_height = first_image(layer)
    right, bottom = left + image_width, top + image_height
    repeat_x, repeat_y = layer.repeat
    if repeat_x != "no-repeat":
        left, right = x, x + width
    if repeat_y != "no-repeat":
        top, bottom = y, y + height
    left, top = max(left, x), max(top, y)
    return left, top, min(right, x + width) - left, min(bottom, y + height) - top


def first_image(layer: BackgroundLayer) -> Rectangle:
    """Return the rectangle of the first repetition of a background image."""
    left, top = (layer.position[at] + layer.positioning_area[at] for at in (0, 1))
    width, height = layer.size
    return left, top, width, height


def is_opaque(image: object) -> bool:
    """Return whether nothing is seen through a picture; a drawing may leave anything blank."""
    return getattr(image, "mode", "RGBA") in ("L", "RGB", "CMYK")


def colour_in(style: Style, name: str) -> Colour:
    """Return the colour that a property of a style has."""
    colour: Colour = style["color"] if style[name] == "currentcolor" else style[name]
    return colour


def colour_of_gradient(gradient: PlacedGradient, x: float, y: float) -> Colour | None:
    """Return the colour of a linear gradient at a point; of others it is not known."""
    from tinycss2.color5 import Color

    image, style, (left, top, width, height) = gradient
    _scale, kind, line, stops, colours, _hints = image.layout(width, height, style)
    if kind == "solid":
        return colours[0]
    if kind != "linear":
        return None
    x0, y0, x1, y1 = line
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    at = ((x - left - x0) * (x1 - x0) + (y - top - y0) * (y1 - y0)) / length if length else 0.0
    after = bisect_right(stops, at)
    if after in (0, len(stops)):
        return colours[0] if after == 0 else colours[-1]
    share = (at - stops[after - 1]) / (stops[after] - stops[after - 1])
    first, second = ([*colours[n].to("srgb").coordinates, colours[n].alpha] for n in (after - 1, after))
    *channels, alpha = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    mixed: Colour = Color("srgb", channels, alpha)
    return mixed
