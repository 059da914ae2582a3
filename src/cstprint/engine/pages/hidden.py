"""Which texts and pictures nobody sees on the painted pages, why, and which elements' styles are to blame.

Judged are the points of a text's ink where its characters stand, not pixels: whether each is on the paper, inside all
that clips, on a ground of another colour, and not under something opaque that was painted later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from xml.etree.ElementTree import Element

from cstprint.engine.draw.grounds import Rectangle
from cstprint.engine.draw.painted import Ground, PaintedPage, Picture, Text
from cstprint.engine.draw.painting import Painting
from cstprint.engine.pages.beneath import OPAQUE, Grounds
from cstprint.engine.pages.blame import Blamed
from cstprint.engine.pages.contrast import LEAST_LARGE, contrast
from cstprint.engine.pages.faint import Faint, faint_text
from cstprint.engine.pages.ink import (
    ROWS,
    covers,
    holds,
    ink_of,
    inverse,
    is_crushed,
    is_inside,
    meet,
    moved,
    points_of,
    scale_of,
    untransformed,
)
from cstprint.engine.weasy.reading import boxes_of_page
from cstprint.engine.weasy.types import Box, Page

#: A contrast (WCAG 2.2, 1.4.3: 1 to 21) below which nobody sees that something is printed.
MIN_CONTRAST = 1.2
#: Less of a colour is not seen.
FAINT = 0.1
#: The smallest type that can be read at all, in px (1.5 pt).
MIN_SIZE = 2.0
#: Where a picture is looked at: in the middle of each third of its width and of its height.
_THIRDS = (1 / 6, 1 / 2, 5 / 6)
#: How far lines may run into each other, in em.
_OVERLAP = 0.5
#: What CSS prints itself, not the document.
_GENERATED = ("before", "after", "marker", "footnote-call", "footnote-marker")


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
    box: Box
    reason: Reason
    blamed: tuple[Blamed, ...]

    @property
    def element(self) -> Element:
        """The element whose text or picture it is."""
        return self.box.element


@dataclass(frozen=True, slots=True)
class Judged:
    """What of painted pages is not seen, and which texts can hardly be read."""

    hidden: tuple[Hidden, ...] = ()
    faint: tuple[Faint, ...] = ()


def judged(painting: Painting, pages: Iterable[Page]) -> Judged:
    """Return each text and picture of the document that is not seen on its page, and each text that is faint."""
    hidden: list[Hidden] = []
    faint: list[Faint] = []
    if not painting.pages:  # not noted: the replacement does not fit this WeasyPrint
        return Judged()
    for number, (page, laid_out) in enumerate(zip(painting.pages, pages, strict=True), start=1):
        if page.vanished:
            hidden += _unpainted(number, page, laid_out)
        judge = _Judge(number, page)
        for text in page.texts:
            found = judge.text(text)
            if found is not None and not _is_generated(text.box):
                hidden.append(found)
        for picture in page.pictures:
            hidden += judge.picture(picture)
        hidden += judge.overprinted()
        faint += judge.faint_texts()
    return Judged(tuple(hidden), tuple(faint))


def _unpainted(number: int, page: PaintedPage, laid_out: Page) -> Iterator[Hidden]:
    """Yield each text that stands on a page and was not painted at all: it is scaled to nothing."""
    from cstprint.engine.weasy.boxes import TextBox

    painted = {id(text.box) for text in page.texts}
    for box in boxes_of_page(laid_out):
        if isinstance(box, TextBox) and id(box) not in painted and not _is_generated(box):
            yield Hidden(number, box, Reason.NOT_PAINTED, ((box.element, _BLAMED[Reason.NOT_PAINTED], True),))


def _is_generated(box: Box) -> bool:
    return (
        box.element is None
        or not isinstance(box.element.tag, str)
        or not box.text.strip()
        or (box.element_tag.partition("::")[2] in _GENERATED)
    )


def _element_of(box: Box | None) -> Element | None:
    return None if box is None else box.element


class _Judge:
    """Judges what was painted on one page."""

    def __init__(self, number: int, page: PaintedPage):
        self.number = number
        self.page = page
        self.paper: Rectangle = (0.0, 0.0, page.page.margin_width(), page.page.margin_height())
        self.beneath = Grounds(page)
        #: Texts that are seen so far, with the rectangles of their ink.
        self.seen: list[tuple[float, float, float, float, Text]] = []
        self.faint: list[tuple[Text, Faint]] = []
        #: The places, in the order of painting, of texts that others stand on.
        self.decoration: set[int] = set()

    def _hidden(self, box: Box, reason: Reason, *blamed: tuple[Element | None, bool]) -> Hidden:
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
            return self._hidden(box, Reason.TRANSPARENT, (_element_of(state.faded_by), False))
        if alpha * state.opacity < FAINT:
            return Hidden(self.number, box, Reason.TRANSPARENT, ((element, ("color", "opacity"), True),))
        if size * scale_of(state) < MIN_SIZE:
            return self._hidden(box, Reason.TINY, (element, True))
        if is_crushed(box):
            return self._hidden(box, Reason.CRUSHED, (element, True))
        return self._placed(text)

    def _placed(self, text: Text) -> Hidden | None:
        ink = ink_of(text.box)
        if text.state.matrix is not None or text.state.clips or not is_inside(ink, self.paper):
            found = self._cut(text, ink)
            if found is not None:
                return found
        covering = self._covering(text, ink)
        if covering is not None:
            blamed = ((self.page.element_of(covering), True), (text.box.element, True))
            return self._hidden(text.box, Reason.COVERED, *blamed)
        beneath = self.beneath.of(text, ink)
        if beneath is not None and beneath.contrast < MIN_CONTRAST and not _is_generated(text.box):
            grounds = ((self.page.element_of(one), False) for one in beneath.grounds)
            return self._hidden(text.box, Reason.SAME_COLOUR, (text.box.element, True), *grounds)
        faint = beneath and faint_text(self.number, self.page, text, beneath)
        if faint:
            self.faint.append((text, faint))
        if text.state.matrix is None and text.box.style["color"].alpha * text.state.opacity > OPAQUE:
            self.seen.append((ink[1], ink[1] + ink[3], ink[0], ink[0] + ink[2], text))
        return None

    def _cut(self, text: Text, ink: Rectangle) -> Hidden | None:
        """Return a text some of whose characters are off the paper or clipped."""
        points = list(points_of(ink, text.box.style["font_size"], text.state))
        for rectangle, matrix, box in text.state.clips:
            back = inverse(matrix)
            if not all(holds(rectangle, moved(point, back)) for point in points):
                return self._hidden(text.box, Reason.CLIPPED, (box.element, False))
        if not all(holds(self.paper, point) for point in points):
            return self._hidden(text.box, Reason.OFF_PAPER, (text.box.element, True))
        return None

    def _covering(self, text: Text, ink: Rectangle) -> Ground | None:
        """Return what was painted over a text so that some of its characters are not seen."""
        later = self.page.grounds[bisect_right(self.beneath.orders, text.order) :]
        for ground in later:
            if ground.alpha < OPAQUE or (
                untransformed(ground.state, text.state) and not meet(ground.rectangle, ink)
            ):
                continue
            points = list(points_of(ink, text.box.style["font_size"], text.state))
            for at in range(0, len(points), len(ROWS)):
                if sum(covers(ground, point) for point in points[at : at + len(ROWS)]) > 1:
                    return ground
        return None

    def picture(self, picture: Picture) -> Iterator[Hidden]:
        box, state, element = picture.box, picture.state, picture.box.element
        if element is None or not element.get("src", "").startswith("issue/"):
            return
        if box.style["visibility"] != "visible":
            yield self._hidden(box, Reason.INVISIBLE, (element, True))
        elif state.opacity < FAINT:
            yield self._hidden(box, Reason.TRANSPARENT, (_element_of(state.faded_by), False))
        else:
            ground = self._over_most_of(picture)
            if ground is not None:
                blamed = ((self.page.element_of(ground), True), (element, True))
                yield self._hidden(box, Reason.COVERED, *blamed)

    def _over_most_of(self, picture: Picture) -> Ground | None:
        """Return the first of what was painted over most of a picture; its own mark (①) may cover it."""
        x, y, width, height = picture.rectangle
        later = self.page.grounds[bisect_right(self.beneath.orders, picture.order) :]
        covering = [g for g in later if g.alpha >= OPAQUE and g.source is not picture.box]
        if not covering:
            return None
        places = ((x + width * across, y + height * down) for across in _THIRDS for down in _THIRDS)
        points = [moved(place, picture.state.matrix) for place in places]
        over = [next((ground for ground in covering if covers(ground, point)), None) for point in points]
        found = [ground for ground in over if ground is not None and not self.page.is_in_mark(ground)]
        return found[0] if 2 * len(found) > len(points) else None

    def overprinted(self) -> Iterator[Hidden]:
        """Yield each text that another was printed over."""
        ordered = sorted(self.seen, key=itemgetter(0, 1, 2, 3))
        for index, (_top, bottom, left, right, text) in enumerate(ordered):
            size = text.box.style["font_size"]
            for at in range(index + 1, len(ordered)):
                top, below, first, last, other = ordered[at]
                room = _OVERLAP * min(size, other.box.style["font_size"])
                if top > bottom - room:
                    break
                if min(right, last) - max(left, first) > room and min(bottom, below) - top > room:
                    under, over = (text, other) if text.order < other.order else (other, text)
                    if self._is_faint(text) or self._is_faint(other):
                        self.decoration.add(under.order)  # a numeral or a word behind the text
                    elif not _is_generated(text.box) and not _is_generated(other.box):
                        blamed = ((over.box.element, True), (under.box.element, True))
                        yield self._hidden(under.box, Reason.OVERPRINTED, *blamed)

    def faint_texts(self) -> Iterator[Faint]:
        """Yield each text that has too little contrast, once it is known what is printed over others."""
        yield from (faint for text, faint in self.faint if text.order not in self.decoration)

    def _is_faint(self, text: Text) -> bool:
        rgb = self.beneath.rgb(text.box.style["color"])
        return rgb is None or contrast(rgb, (1.0, 1.0, 1.0)) < LEAST_LARGE
