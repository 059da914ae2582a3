"""Notes what WeasyPrint paints on each page, in its own order (CSS 2.2, appendix E), while it paints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cstprint.engine.draw.grounds import (
    THIN,
    Rectangle,
    border_box,
    clip_rectangle,
    colour_in,
    first_image,
    grown,
    has_wide_border,
    image_area,
    is_opaque,
    painted_areas,
    rectangle_of,
    shadows_of,
)
from cstprint.engine.draw.painted import Ground, PaintedPage, Picture, State, Text
from cstprint.engine.weasy.drawing import Background, BackgroundLayer, is_gradient
from cstprint.engine.weasy.reading import group_named, is_context
from cstprint.engine.weasy.types import Box, StackingContext, Stream

#: Operators of PDF (ISO 32000-1, 8.5): those that a path grows by, and those that paint one.
_SEGMENTS = (b"l", b"c", b"v", b"y", b"re")
_PAINTED = (b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*")


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

    def on_page(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_page``: a new page begins."""

        def draw(page: Box, stream: Stream) -> None:
            self.pages.append(PaintedPage(page))
            self.state, self.order = State(), 0
            original(page, stream)

        return draw

    def in_context(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_stacking_context``: note clips, transforms and opacity."""

        def draw(stream: Stream, context: StackingContext) -> None:
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

    def text(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_text``: note the text."""

        def draw(stream: Stream, box: Box, *rest: object) -> None:
            if self.pages and box.text:  # nothing is left of some texts at the end of their line
                self.pages[-1].texts.append(Text(self._next(), box, self.state))
            original(stream, box, *rest)

        return draw

    def picture(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_replacedbox``: note the picture."""

        def draw(stream: Stream, box: Box) -> None:
            if not self.pages:
                original(stream, box)
                return
            order, begun, rectangle = self._next(), len(stream.stream), _drawn_at(box)
            if box.style["visibility"] == "visible" and is_opaque(box.replacement):
                self._add(Ground(rectangle, None, 1.0, box))
            original(stream, box)
            # A bitmap is always painted, if it is at all.
            empty = not hasattr(box.replacement, "mode") and not _paints(stream, begun)
            self.pages[-1].pictures.append(Picture(order, box, rectangle, self.state, empty))

        return draw

    def background(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_background``: note colours, images and shadows."""

        def draw(stream: Stream, background: Background | None, *rest: object, **options: object) -> None:
            if background is not None and background.layers and self.pages:
                self._note_background(background, clipped=bool(options.get("clip_box", True)))
            original(stream, background, *rest, **options)

        return draw

    def _note_background(self, background: Background, *, clipped: bool) -> None:
        """Note a background: its shadows outside, its colour, its images from the lowest up, its shadows inside."""
        areas = painted_areas(background, clipped=clipped)
        for outer, colour, hole in shadows_of(background, areas, inset=False):
            self._add(Ground(outer, colour, colour.alpha, background, hole))
        for area in areas:
            self._add(Ground(area, background.color, background.color.alpha, background))
        for layer in reversed(background.layers):
            if layer.image is not None and 0 not in layer.size:
                self._add(_image(layer, background))
        for outer, colour, hole in shadows_of(background, areas, inset=True):
            self._add(Ground(outer, colour, colour.alpha, background, hole))

    def border(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_border``: note wide borders."""

        def draw(stream: Stream, box: Box) -> None:
            if self.pages and has_wide_border(box):
                outer, hole = rectangle_of(box.rounded_border_box()), rectangle_of(box.rounded_padding_box())
                colour = colour_in(box.style, "border_top_color")
                self._add(Ground(outer, colour, colour.alpha, box, hole))
            original(stream, box)

        return draw

    def outline(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``draw_outline``: note wide outlines."""

        def draw(stream: Stream, box: Box) -> None:
            width = box.style["outline_width"]
            if self.pages and width >= THIN:
                hole, colour = border_box(box), colour_in(box.style, "outline_color")
                outer = grown(hole, width + box.style["outline_offset"])
                self._add(Ground(outer, colour, colour.alpha, box, hole))
            original(stream, box)

        return draw

    def _add(self, ground: Ground) -> None:
        """Note a ground that has an area and is not transparent."""
        if ground.rectangle[2] > 0 and ground.rectangle[3] > 0 and ground.alpha > 0:
            seen = ground.alpha * self.state.opacity
            noted = replace(ground, alpha=seen, order=self._next(), state=self.state)
            self.pages[-1].grounds.append(noted)


def _image(layer: BackgroundLayer, background: Background) -> Ground:
    """Return the ground that an image of a background is. Of an image that is no gradient no colour is known."""
    area, image = image_area(layer), layer.image
    colours = [one for one in image.colors if not isinstance(one, str)] if is_gradient(image) else []
    if not is_gradient(image) or len(colours) < len(image.colors):
        return Ground(area, None, float(is_opaque(image)), background)
    least = min(colour.alpha for colour in colours)
    placed = image, background.style, first_image(layer)
    return Ground(area, None, least or 0.01, background, gradient=placed)


def _inside(outer: State, box: Box, page: Box) -> State:
    """Return the state inside a stacking context, as ``draw_stacking_context`` makes it."""
    from cstprint.engine.weasy.boxes import PageBox

    style, state = box.style, outer
    if box.is_for_root_element and page.style["overflow"] != "visible":
        state = _clipped(state, rectangle_of(page.rounded_padding_box()), box)
    if style["clip"] and box.is_absolutely_positioned():
        state = _clipped(state, clip_rectangle(box), box)
    if style["opacity"] < 1:
        state = replace(state, opacity=outer.opacity * style["opacity"], faded_by=box)
    if box.transformation_matrix:
        matrix = box.transformation_matrix
        state = replace(state, matrix=matrix if state.matrix is None else matrix @ state.matrix)
    if style["overflow"] != "visible" and not isinstance(box, PageBox):
        state = _clipped(state, rectangle_of(box.rounded_padding_box()), box)
    return state


def _clipped(state: State, rectangle: Rectangle, box: Box) -> State:
    """Return the state inside a rectangle that clips."""
    return replace(state, clips=(*state.clips, (rectangle, state.matrix, box)))


def _mark(stream: Stream, context: StackingContext) -> None:
    """Write the marks of all that is scaled to nothing: WeasyPrint draws none of it, and fails for want of them."""
    from cstprint.engine.weasy import boxes

    waiting: list[object] = [context.box]
    while waiting:
        box = waiting.pop()
        if is_context(box):  # in a line
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


def _drawn_at(box: Box) -> Rectangle:
    """Return the rectangle that a picture fills."""
    from cstprint.engine.weasy.layout import replacedbox_layout

    if not box.width or not box.height:
        return box.content_box_x(), box.content_box_y(), 0.0, 0.0
    width, height, x, y = replacedbox_layout(box)
    return x, y, width, height


def _paints(stream: Stream, begun: int = 0) -> bool:
    """Return whether a stream, from one of its operators on, paints anything.

    That is a path with an area or a line, a shading, an image or a text.
    """
    path = False
    for operator in stream.stream[begun:]:
        name = operator.rpartition(b" ")[2] if isinstance(operator, bytes) else b""
        if name in _SEGMENTS:
            path = b"nan" not in operator and b"inf" not in operator
        elif name in _PAINTED and path:
            return True
        elif name == b"Do":
            inner = group_named(stream, operator[1:-3].decode())
            if inner is None or _paints(inner):
                return True
        elif name in (b"sh", b"Tj", b"TJ"):
            return True
        elif name == b"n":
            path = False
    return False
