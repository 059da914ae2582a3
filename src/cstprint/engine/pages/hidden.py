"""Which texts and pictures nobody sees on the painted pages, why, and which elements' styles are to blame.

Judged are the points of a text's ink where its characters stand, not pixels: whether each is on the paper, inside all
that clips, on a ground of another colour, and not under something opaque that was painted later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import Any

from cstprint.cjk.characters import Kind, kind_of
from cstprint.engine.draw.painting import Ground, PaintedPage, Painting, Picture, Rectangle, State, Text
from cstprint.engine.pages.blame import Blamed

#: A contrast (WCAG 2.2, 1.4.3: 1 to 21) below which nobody sees that something is printed.
MIN_CONTRAST = 1.2
#: Less of a colour is not seen; more than the other hides what is below.
FAINT, OPAQUE = 0.1, 0.9
#: The channels of a dark text are less than this, and of a ground that is none of its kind twice as much.
_DARK = 0.42
#: The smallest type that can be read at all, in px (1.5 pt).
MIN_SIZE = 2.0
#: The least advance of a Han character and of any other, in em: of what is less, letters stand on each other.
MIN_HAN, MIN_ADVANCE, _NARROW = 0.5, 0.12, 0.4
#: Where the ink of a line is looked for, in em above the baseline: near its top, its middle, its foot.
_ROWS = (0.7, 0.38, 0.02)
#: Where a picture is looked at: in the middle of each third of its width and of its height.
_THIRDS = (1 / 6, 1 / 2, 5 / 6)
#: How far lines may run into each other, in em.
_OVERLAP = 0.5
#: Points of a line at most.
_MAX_POINTS = 80
#: Characters that have a blank after their ink.
_BLANK_AT_THE_END = (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.SPACE)
#: What CSS prints itself, not the document.
_GENERATED = ("before", "after", "marker", "footnote-call", "footnote-marker")

Point = tuple[float, float]


class Reason(Enum):
    """Why something is not seen."""

    INVISIBLE = "invisible"
    TRANSPARENT = "transparent"
    SAME_COLOUR = "same colour"
    TINY = "tiny"
    CRUSHED = "crushed"
    CLIPPED = "clipped"
    OFF_PAPER = "off the paper"
    COVERED = "covered"
    OVERPRINTED = "overprinted"
    NOT_PAINTED = "not painted"


#: Properties that may be to blame for each.
_OFFSETS = ("position", "top", "right", "bottom", "left", "inset")
_MARGINS = (
    *("margin", "margin-top", "margin-right", "margin-bottom", "margin-left"),
    *("margin-block", "margin-inline", "margin-block-start", "margin-inline-start"),
)
_TRANSFORMS = ("transform", "rotate", "scale", "translate")
_SIZES = ("width", "height", "max-width", "max-height", "block-size", "inline-size", "max-block-size")
_MOVES = (*_OFFSETS, *_MARGINS, *_TRANSFORMS, "text-indent", "width", "height", "line-height", "z-index")
_BLAMED: dict[Reason, tuple[str, ...]] = {
    Reason.INVISIBLE: ("visibility",),
    Reason.TRANSPARENT: ("opacity",),
    Reason.SAME_COLOUR: ("color", "background", "background-color", "background-image", "box-shadow"),
    Reason.TINY: ("font-size", "font", *_TRANSFORMS),
    Reason.CRUSHED: ("letter-spacing",),
    Reason.CLIPPED: ("overflow", "overflow-x", "overflow-y", "clip", "text-overflow", *_SIZES),
    Reason.OFF_PAPER: _MOVES,
    Reason.COVERED: (*_MOVES, "background", "background-color", "box-shadow", "outline", "border"),
    Reason.OVERPRINTED: (*_MOVES, "letter-spacing"),
    Reason.NOT_PAINTED: _TRANSFORMS,
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text or picture that is not seen, on ``page`` (from 1); ``blamed`` are elements with properties of theirs.

    Of those that are not ``around``, only what is declared for the element itself matters.
    """

    page: int
    box: Any
    reason: Reason
    blamed: tuple[Blamed, ...]

    @property
    def element(self) -> Any:
        """The element whose text or picture it is."""
        return self.box.element


def hidden_things(painting: Painting, pages: Iterable[Any]) -> Iterator[Hidden]:
    """Yield each text and picture of the document that is not seen on its page."""
    if not painting.pages:  # not noted: the replacement does not fit this WeasyPrint
        return
    for number, (page, laid_out) in enumerate(zip(painting.pages, pages, strict=True), start=1):
        if page.vanished:
            yield from _unpainted(number, page, laid_out)
        judge = _Judge(number, page)
        for text in page.texts:
            found = judge.text(text)
            if found is not None and not _is_generated(text.box):
                yield found
        for picture in page.pictures:
            yield from judge.picture(picture)
        yield from judge.overprinted()


def _unpainted(number: int, page: PaintedPage, laid_out: Any) -> Iterator[Hidden]:
    """Yield each text that stands on a page and was not painted at all: it is scaled to nothing."""
    from weasyprint.formatting_structure import boxes

    painted = {id(text.box) for text in page.texts}
    for box in laid_out._page_box.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox) and id(box) not in painted and not _is_generated(box):
            yield Hidden(number, box, Reason.NOT_PAINTED, ((box.element, _BLAMED[Reason.NOT_PAINTED], True),))


def _is_generated(box: Any) -> bool:
    return (
        box.element is None
        or not isinstance(box.element.tag, str)
        or not box.text.strip()
        or (box.element_tag.partition("::")[2] in _GENERATED)
    )


class _Judge:
    """Judges what was painted on one page."""

    def __init__(self, number: int, page: PaintedPage):
        self.number = number
        self.page = page
        self.paper: Rectangle = (0.0, 0.0, page.page.margin_width(), page.page.margin_height())
        self.orders = [ground.order for ground in page.grounds]
        self.colours: dict[int, Any] = {}
        self.has_dark_grounds = any(map(self._is_dark, page.grounds))
        #: Texts that are seen so far, with the rectangles of their ink.
        self.seen: list[tuple[float, float, float, float, Text]] = []

    def _hidden(self, box: Any, reason: Reason, *blamed: tuple[Any, bool]) -> Hidden:
        names = _BLAMED[reason]
        return Hidden(self.number, box, reason, tuple((element, names, around) for element, around in blamed))

    def text(self, text: Text) -> Hidden | None:
        """Return a text that is not seen."""
        box, state = text.box, text.state
        element, style = box.element, box.style
        size, alpha = style["font_size"], style["color"].alpha
        if style["visibility"] != "visible":
            return self._hidden(box, Reason.INVISIBLE, (element, True))
        if state.opacity < FAINT:
            return self._hidden(box, Reason.TRANSPARENT, (state.faded_by.element, False))
        if alpha * state.opacity < FAINT:
            return Hidden(self.number, box, Reason.TRANSPARENT, ((element, ("color", "opacity"), True),))
        if size * _scale(state) < MIN_SIZE:
            return self._hidden(box, Reason.TINY, (element, True))
        if _is_crushed(box):
            return self._hidden(box, Reason.CRUSHED, (element, True))
        return self._placed(text)

    def _placed(self, text: Text) -> Hidden | None:
        ink = ink_of(text.box)
        if text.state.matrix is not None or text.state.clips or not _is_inside(ink, self.paper):
            found = self._cut(text, ink)
            if found is not None:
                return found
        covering = self._covering(text, ink)
        if covering is not None:
            blamed = ((self.page.element_of(covering), True), (text.box.element, True))
            return self._hidden(text.box, Reason.COVERED, *blamed)
        ground = self._same_colour(text, ink)
        if ground is not None:
            grounds = ((self.page.element_of(one), False) for one in ground)
            return self._hidden(text.box, Reason.SAME_COLOUR, (text.box.element, True), *grounds)
        if text.state.matrix is None and text.box.style["color"].alpha * text.state.opacity > OPAQUE:
            self.seen.append((ink[1], ink[1] + ink[3], ink[0], ink[0] + ink[2], text))
        return None

    def _cut(self, text: Text, ink: Rectangle) -> Hidden | None:
        """Return a text some of whose characters are off the paper or clipped."""
        points = list(_points(ink, text.box.style["font_size"], text.state))
        for rectangle, matrix, box in text.state.clips:
            back = matrix.invert if matrix is not None and matrix.determinant else None
            if not all(_holds(rectangle, _moved(point, back)) for point in points):
                return self._hidden(text.box, Reason.CLIPPED, (box.element, False))
        if not all(_holds(self.paper, point) for point in points):
            return self._hidden(text.box, Reason.OFF_PAPER, (text.box.element, True))
        return None

    def _covering(self, text: Text, ink: Rectangle) -> Ground | None:
        """Return what was painted over a text so that some of its characters are not seen."""
        later = self.page.grounds[bisect_right(self.orders, text.order) :]
        for ground in later:
            if ground.alpha < OPAQUE or (
                _plain(ground.state, text.state) and not _meet(ground.rectangle, ink)
            ):
                continue
            points = list(_points(ink, text.box.style["font_size"], text.state))
            for at in range(0, len(points), len(_ROWS)):
                if sum(_covers(ground, point) for point in points[at : at + len(_ROWS)]) > 1:
                    return ground
        return None

    def _same_colour(self, text: Text, ink: Rectangle) -> list[Ground] | None:
        """Return the grounds of a text that has their colour; none of them if it is that of the paper."""
        colour = self._rgb(text.box.style["color"])
        if colour is None or (not self.has_dark_grounds and max(colour) < _DARK):  # as nearly always
            return None
        earlier = self.page.grounds[: bisect_right(self.orders, text.order)]
        x, y = ink[0] + ink[2] / 2, ink[1] + ink[3] / 2
        point = _moved((x, y), text.state.matrix)
        below: Sequence[float] = (1.0, 1.0, 1.0)
        grounds: list[Ground] = []
        for ground in earlier:
            if not _covers(ground, point):
                continue
            here = ground.colour_at(*_inward(ground, point))
            rgb = self._rgb(here) if here is not None else None
            if rgb is None:
                return None  # a picture: nobody can say
            alpha = here.alpha * ground.state.opacity
            below = _mixed(rgb, below, alpha)
            grounds = [ground] if alpha > OPAQUE else [*grounds, ground]
        seen = _mixed(colour, below, text.box.style["color"].alpha * text.state.opacity)
        return grounds if _contrast(seen, below) < MIN_CONTRAST else None

    def _is_dark(self, ground: Ground) -> bool:
        """Whether a ground may be as dark as a dark text."""
        rgb = None if ground.gradient is not None or ground.colour is None else self._rgb(ground.colour)
        return rgb is None or min(rgb) < 2 * _DARK

    def _rgb(self, colour: Any) -> tuple[float, float, float] | None:
        """Return a colour's channels (0 to 1), ``None`` of one that is not in RGB's spaces."""
        key = id(colour)
        if key not in self.colours:
            self.colours[key] = (_channels(colour), colour)  # kept, so that no other has its id
        rgb: tuple[float, float, float] | None = self.colours[key][0]
        return rgb

    def picture(self, picture: Picture) -> Iterator[Hidden]:
        box, state, element = picture.box, picture.state, picture.box.element
        if element is None or not element.get("src", "").startswith("issue/"):
            return
        if box.style["visibility"] != "visible":
            yield self._hidden(box, Reason.INVISIBLE, (element, True))
        elif state.opacity < FAINT:
            yield self._hidden(box, Reason.TRANSPARENT, (state.faded_by.element, False))
        else:
            ground = self._over_most_of(picture)
            if ground is not None:
                blamed = ((self.page.element_of(ground), True), (element, True))
                yield self._hidden(box, Reason.COVERED, *blamed)

    def _over_most_of(self, picture: Picture) -> Ground | None:
        """Return the first of what was painted over most of a picture; its own mark (①) may cover it."""
        x, y, width, height = picture.rectangle
        later = self.page.grounds[bisect_right(self.orders, picture.order) :]
        covering = [g for g in later if g.alpha >= OPAQUE and g.source is not picture.box]
        if not covering:
            return None
        places = ((x + width * across, y + height * down) for across in _THIRDS for down in _THIRDS)
        points = [_moved(place, picture.state.matrix) for place in places]
        over = [next((ground for ground in covering if _covers(ground, point)), None) for point in points]
        found = [ground for ground in over if ground is not None and not self.page.is_in_mark(ground)]
        return found[0] if 2 * len(found) > len(points) else None

    def overprinted(self) -> Iterator[Hidden]:
        """Yield each text that another was printed over."""
        seen = (one for one in self.seen if not _is_generated(one[-1].box))
        ordered = sorted(seen, key=itemgetter(0, 1, 2, 3))
        for index, (_top, bottom, left, right, text) in enumerate(ordered):
            size = text.box.style["font_size"]
            for at in range(index + 1, len(ordered)):
                top, below, first, last, other = ordered[at]
                room = _OVERLAP * min(size, other.box.style["font_size"])
                if top > bottom - room:
                    break
                if min(right, last) - max(left, first) > room and min(bottom, below) - top > room:
                    if self._is_faint(text) or self._is_faint(other):
                        continue  # a numeral or a word behind the text, as decoration
                    under, over = (text, other) if text.order < other.order else (other, text)
                    blamed = ((over.box.element, True), (under.box.element, True))
                    yield self._hidden(under.box, Reason.OVERPRINTED, *blamed)

    def _is_faint(self, text: Text) -> bool:
        rgb = self._rgb(text.box.style["color"])
        return rgb is None or _contrast(rgb, (1.0, 1.0, 1.0)) < 3.0


def ink_of(box: Any) -> Rectangle:
    """Return the em boxes of a text box's characters: .88 em above the baseline, .12 below."""
    size = box.style["font_size"]
    before = 0.5 * size if kind_of(box.text[0]) is Kind.OPEN else 0.0
    after = 0.5 * size if box.text[-1].isspace() or kind_of(box.text[-1]) in _BLANK_AT_THE_END else 0.0
    width = max(0.0, box.width - before - after)
    return box.position_x + before, box.position_y + box.baseline - 0.88 * size, width, size


def _points(ink: Rectangle, size: float, state: State) -> Iterator[Point]:
    """Yield points of each character of a line, row by row, where they are on the page."""
    x, y, width, _height = ink
    count = max(1, min(_MAX_POINTS, round(width / size)))
    for number in range(count):
        for row in _ROWS:
            yield _moved((x + width * (number + 0.5) / count, y + (0.88 - row) * size), state.matrix)


def _moved(point: Point, matrix: Any) -> Point:
    if matrix is None:
        return point
    (a, b, _), (c, d, _), (e, f, _) = matrix
    return point[0] * a + point[1] * c + e, point[0] * b + point[1] * d + f


def _scale(state: State) -> float:
    """Return how much larger or smaller things are made (the root of the area's ratio)."""
    return 1.0 if state.matrix is None else float(abs(state.matrix.determinant) ** 0.5)


def _is_crushed(box: Any) -> bool:
    if box.width >= _NARROW * len(box.text) * box.style["font_size"]:  # as nearly always
        return False
    least = sum(MIN_HAN if kind_of(one) is Kind.HAN else MIN_ADVANCE for one in box.text[:-1])
    return bool(box.width < least * box.style["font_size"])


def _is_inside(ink: Rectangle, outer: Rectangle) -> bool:
    return bool(
        ink[0] >= outer[0]
        and ink[1] >= outer[1]
        and ink[0] + ink[2] <= outer[0] + outer[2]
        and ink[1] + ink[3] <= outer[1] + outer[3]
    )


def _holds(rectangle: Rectangle, point: Point) -> bool:
    x, y, width, height = rectangle
    return bool(x <= point[0] <= x + width and y <= point[1] <= y + height)


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return bool(
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _plain(*states: State) -> bool:
    return all(state.matrix is None for state in states)


def _covers(ground: Ground, point: Point) -> bool:
    """Whether a ground is painted at a point of the page."""
    for rectangle, matrix, _box in ground.state.clips:
        back = matrix.invert if matrix is not None and matrix.determinant else None
        if not _holds(rectangle, _moved(point, back)):
            return False
    inner = _inward(ground, point)
    return _holds(ground.rectangle, inner) and not (ground.hole and _holds(ground.hole, inner))


def _inward(ground: Ground, point: Point) -> Point:
    """Return a point of the page in the coordinates that a ground was painted in."""
    matrix = ground.state.matrix
    return _moved(point, matrix.invert) if matrix is not None and matrix.determinant else point


def _channels(colour: Any) -> tuple[float, float, float] | None:
    try:
        red, green, blue = (max(0.0, min(1.0, float(c))) for c in colour.to("srgb").coordinates)
    except (NotImplementedError, TypeError, ValueError, AttributeError):
        return None
    return red, green, blue


def _mixed(colour: Sequence[float], below: Sequence[float], alpha: float) -> tuple[float, ...]:
    return tuple(alpha * one + (1 - alpha) * other for one, other in zip(colour, below, strict=True))


def _contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: Sequence[float]) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
