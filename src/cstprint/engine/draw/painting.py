"""What WeasyPrint paints on each page, in its own order (CSS 2.2, appendix E), noted while it paints.

A text is a box and the state in which it was painted: what was clipped, moved and made transparent around it. A
ground is a rectangle with its colour. Lengths are px from the page's top left corner.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

#: x, y, width, height.
Rectangle = tuple[float, float, float, float]
#: Borders that are thinner hide no text.
_THIN = 4.0
#: Operators of PDF (ISO 32000-1, 8.5): those that a path grows by, and those that paint one.
_SEGMENTS = (b"l", b"c", b"v", b"y", b"re")
_PAINTED = (b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*")


@dataclass(frozen=True, slots=True)
class State:
    """What is in force where something is painted; ``matrix`` is ``None`` where nothing was transformed."""

    matrix: Any = None
    #: Rectangles with the matrices that they are in, and the boxes that clip there.
    clips: tuple[tuple[Rectangle, Any, Any], ...] = ()
    opacity: float = 1.0
    #: The box that is the most transparent of those around.
    faded_by: Any = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text box; ``order`` is its place in the order of painting."""

    order: int
    box: Any
    state: State


@dataclass(frozen=True, slots=True)
class Ground:
    """A rectangle but for its ``hole``; ``colour`` is ``None`` where there are several.

    ``source`` is the box that it is of, or the box's background.
    """

    order: int
    rectangle: Rectangle
    colour: Any
    alpha: float
    state: State
    source: Any
    hole: Rectangle | None = None
    #: The image, the style and the place of one of its repetitions, where it is a gradient.
    gradient: tuple[Any, Any, Rectangle] | None = None

    def colour_at(self, x: float, y: float) -> Any:
        """Return the colour at a point of its own coordinates, ``None`` where it is not known."""
        return self.colour if self.gradient is None else _colour_at(self.gradient, x, y)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the document: its box and the rectangle that it fills, which may be larger."""

    order: int
    box: Any
    rectangle: Rectangle
    state: State
    #: A drawing of which nothing is painted.
    empty: bool = False


@dataclass
class PaintedPage:
    """All that was painted on a page."""

    page: Any
    texts: list[Text] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    #: Whether something was scaled to nothing.
    vanished: bool = False

    def element_of(self, ground: Ground) -> Any:
        """Return the element that a ground is of, ``None`` of the page itself."""
        boxes = self.page.descendants(placeholders=True)
        return next((box.element for box in boxes if _is_of(ground.source, box)), None)

    def is_in_mark(self, ground: Ground) -> bool:
        """Return whether a ground is of the mark (①) that a group with one key puts on each of its pictures."""
        boxes = self.page.descendants(placeholders=True)
        marks = (
            box for box in boxes if box.element is not None and box.element.get("class") == "figure-mark"
        )
        return any(
            _is_of(ground.source, one) for mark in marks for one in mark.descendants(placeholders=True)
        )


def _is_of(source: Any, box: Any) -> bool:
    return source in (box, getattr(box, "background", None)) or getattr(source, "style", None) is box.style


@dataclass
class Painting:
    """What was painted so far, page by page."""

    pages: list[PaintedPage] = field(default_factory=list)
    state: State = field(default_factory=State)
    order: int = 0

    def begin(self) -> None:
        """Forget what was painted before: the document is written again."""
        self.pages.clear()

    def _next(self) -> int:
        self.order += 1
        return self.order

    def on_page(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_page``: a new page begins."""

        def draw(page: Any, stream: Any) -> None:
            self.pages.append(PaintedPage(page))
            self.state, self.order = State(), 0
            original(page, stream)

        return draw

    def in_context(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_stacking_context``: note clips, transforms and opacity."""

        def draw(stream: Any, context: Any) -> None:
            matrix = context.box.transformation_matrix
            if matrix and not matrix.determinant:
                if self.pages:
                    self.pages[-1].vanished = True
                _mark(stream, context)
                return
            outer = self.state
            self.state = _inside(outer, context.box, context.page)
            try:
                original(stream, context)
            finally:
                self.state = outer

        return draw

    def text(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_text``: note the text."""

        def draw(stream: Any, box: Any, *rest: Any) -> None:
            if self.pages and box.text:  # nothing is left of some texts at the end of their line
                self.pages[-1].texts.append(Text(self._next(), box, self.state))
            original(stream, box, *rest)

        return draw

    def picture(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_replacedbox``: note the picture."""

        def draw(stream: Any, box: Any) -> None:
            if not self.pages:
                original(stream, box)
                return
            order, begun, rectangle = self._next(), len(stream.stream), _drawn_at(box)
            if box.style["visibility"] == "visible" and _is_opaque(box.replacement):
                self._ground(rectangle, None, 1.0, box)
            original(stream, box)
            # A bitmap is always painted, if it is at all.
            empty = not hasattr(box.replacement, "mode") and not _paints(stream, begun)
            self.pages[-1].pictures.append(Picture(order, box, rectangle, self.state, empty))

        return draw

    def background(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_background``: note colours, images and shadows."""

        def draw(stream: Any, background: Any, *rest: Any, **options: Any) -> None:
            if background is not None and background.layers and self.pages:
                self._note_background(background, clipped=options.get("clip_box", True))
            original(stream, background, *rest, **options)

        return draw

    def _note_background(self, background: Any, *, clipped: bool) -> None:
        last = background.layers[-1]
        areas = [box[:4] for box in last.clipped_boxes] if clipped else [tuple(last.painting_area)]
        self._shadows(background, areas, inset=False)
        if background.color.alpha > 0:
            for area in areas:
                self._ground(area, background.color, background.color.alpha, background)
        for layer in reversed(background.layers):
            if layer.image is not None and 0 not in layer.size:
                self._image(layer, background)
        self._shadows(background, areas, inset=True)

    def _image(self, layer: Any, background: Any) -> None:
        colours = getattr(layer.image, "colors", None)
        area = _image_area(layer)
        if colours is None or "currentcolor" in colours:
            self._ground(area, None, float(_is_opaque(layer.image)), background)
            return
        left, top = (layer.position[at] + layer.positioning_area[at] for at in (0, 1))
        gradient = layer.image, background.style, (left, top, *layer.size)
        least = min(colour.alpha for colour in colours)
        self._ground(area, None, least or 0.01, background, gradient=gradient)

    def _shadows(self, background: Any, areas: Sequence[Any], *, inset: bool) -> None:
        style = background.style
        for x, y, blur, spread, given, is_inset in reversed(style["box_shadow"]):
            if is_inset != inset:
                continue
            colour = style["color"] if given == "currentcolor" else given
            grow = (-spread.value if inset else spread.value) - blur.value / 2
            for area in areas:
                moved = _grown(area, grow, x.value, y.value)
                outer, hole = (area, moved) if inset else (moved, area)
                self._ground(outer, colour, colour.alpha, background, hole=hole)

    def border(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_border``: note wide borders."""

        def draw(stream: Any, box: Any) -> None:
            if self.pages and _has_wide_border(box):
                hole = box.rounded_padding_box()[:4]
                colour = _colour_in(box.style, "border_top_color")
                self._ground(box.rounded_border_box()[:4], colour, colour.alpha, box, hole=hole)
            original(stream, box)

        return draw

    def outline(self, original: Any) -> Callable[..., None]:
        """Replace ``draw_outline``: note wide outlines."""

        def draw(stream: Any, box: Any) -> None:
            width = box.style["outline_width"]
            if self.pages and width >= _THIN:
                hole = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
                colour = _colour_in(box.style, "outline_color")
                grown = width + box.style["outline_offset"]
                self._ground(_grown(hole, grown, 0, 0), colour, colour.alpha, box, hole=hole)
            original(stream, box)

        return draw

    def _ground(self, rectangle: Any, colour: Any, alpha: float, source: Any, **more: Any) -> None:
        if rectangle[2] > 0 and rectangle[3] > 0 and alpha > 0:
            seen = alpha * self.state.opacity
            ground = Ground(self._next(), tuple(rectangle), colour, seen, self.state, source, **more)
            self.pages[-1].grounds.append(ground)


def _has_wide_border(box: Any) -> bool:
    widths = box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width
    return widths != (0, 0, 0, 0) and max(widths) >= _THIN


def _inside(outer: State, box: Any, page: Any) -> State:
    """Return the state inside a stacking context, as ``draw_stacking_context`` makes it."""
    from weasyprint.formatting_structure import boxes

    style, state = box.style, outer
    if box.is_for_root_element and page.style["overflow"] != "visible":
        clip = (page.rounded_padding_box()[:4], state.matrix, box)
        state = replace(state, clips=(*state.clips, clip))
    if style["clip"] and box.is_absolutely_positioned():
        clip = (_clip_rectangle(box), state.matrix, box)
        state = replace(state, clips=(*state.clips, clip))
    if style["opacity"] < 1:
        state = replace(state, opacity=outer.opacity * style["opacity"], faded_by=box)
    if box.transformation_matrix:
        matrix = box.transformation_matrix
        state = replace(state, matrix=matrix if state.matrix is None else matrix @ state.matrix)
    if style["overflow"] != "visible" and not isinstance(box, boxes.PageBox):
        clip = (box.rounded_padding_box()[:4], state.matrix, box)
        state = replace(state, clips=(*state.clips, clip))
    return state


def _mark(stream: Any, context: Any) -> None:
    """Write the marks of all that is scaled to nothing: WeasyPrint draws none of it, and fails for want of them."""
    from weasyprint.formatting_structure import boxes

    waiting = [context.box]
    while waiting:
        box = waiting.pop()
        if not isinstance(box, boxes.Box):  # a context in a line
            _mark(stream, box)
        elif isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            with stream.marked(box, "Span" if isinstance(box, boxes.TextBox) else "Figure"):
                pass
        else:
            waiting += getattr(box, "children", ())
    inner = (context.negative_z_contexts, context.float_contexts, context.zero_z_contexts)
    for contexts in (*inner, context.positive_z_contexts):
        for one in contexts:
            _mark(stream, one)


def _clip_rectangle(box: Any) -> Rectangle:
    """Return what ``clip`` leaves of a box, as WeasyPrint reads its four lengths (CSS 2.2, 11.1.2)."""
    top, right, bottom, left = box.style["clip"]
    top = 0 if top == "auto" else top
    right = 0 if right == "auto" else right
    bottom = box.border_height() if bottom == "auto" else bottom
    left = box.border_width() if left == "auto" else left
    x, width = box.border_box_x() + right, left - right
    y, height = box.border_box_y() + top, bottom - top
    return min(x, x + width), min(y, y + height), abs(width), abs(height)


def _drawn_at(box: Any) -> Rectangle:
    from weasyprint.layout.replaced import replacedbox_layout

    if not box.width or not box.height:
        return box.content_box_x(), box.content_box_y(), 0.0, 0.0
    width, height, x, y = replacedbox_layout(box)
    return x, y, width, height


def _paints(stream: Any, begun: int = 0) -> bool:
    """Whether a stream, from one of its operators on, has a path with an area or a line, a shading or an image."""
    path = False
    for operator in stream.stream[begun:]:
        name = operator.rpartition(b" ")[2] if isinstance(operator, bytes) else b""
        if name in _SEGMENTS:
            path = b"nan" not in operator and b"inf" not in operator
        elif name in _PAINTED and path:
            return True
        elif name == b"Do":
            inner = stream._resources["XObject"].get(operator[1:-3].decode())
            if inner is None or _paints(inner):
                return True
        elif name in (b"sh", b"Tj", b"TJ"):
            return True
        elif name == b"n":
            path = False
    return False


def _is_opaque(image: Any) -> bool:
    """Whether nothing is seen through a picture; a drawing may leave anything blank."""
    return getattr(image, "mode", "RGBA") in ("L", "RGB", "CMYK")


def _colour_at(gradient: tuple[Any, Any, Rectangle], x: float, y: float) -> Any:
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
    return Color("srgb", channels, alpha)


def _image_area(layer: Any) -> Rectangle:
    """Return the rectangle that a background image fills."""
    x, y, width, height = layer.painting_area
    left, top = layer.position[0] + layer.positioning_area[0], layer.position[1] + layer.positioning_area[1]
    right, bottom = left + layer.size[0], top + layer.size[1]
    repeat_x, repeat_y = layer.repeat
    if repeat_x != "no-repeat":
        left, right = x, x + width
    if repeat_y != "no-repeat":
        top, bottom = y, y + height
    left, top = max(left, x), max(top, y)
    return left, top, min(right, x + width) - left, min(bottom, y + height) - top


def _colour_in(style: Any, name: str) -> Any:
    value = style[name]
    return style["color"] if value == "currentcolor" else value


def _grown(area: Any, by: float, x: float, y: float) -> Rectangle:
    return area[0] + x - by, area[1] + y - by, max(0.0, area[2] + 2 * by), max(0.0, area[3] + 2 * by)
