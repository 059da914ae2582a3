"""What a text stands on: the colour of its ground on a painted page, and what has that colour."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cstprint.engine.draw.grounds import Rectangle
from cstprint.engine.draw.painted import Ground, PaintedPage, Text
from cstprint.engine.pages.contrast import LEAST, Channels, channels, contrast, mixed
from cstprint.engine.pages.ink import covers, inward, moved
from cstprint.engine.weasy.drawing import Colour

#: More of a colour than this hides what is below.
OPAQUE = 0.9
_PAPER: Channels = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Beneath:
    """The colour of a text as it is seen, that of its ground, and the grounds, the topmost last, none for paper."""

    colour: Channels
    ground: Channels
    grounds: tuple[Ground, ...]

    @property
    def contrast(self) -> float:
        """The contrast of both (WCAG 2.2, contrast ratio: 1 to 21)."""
        return contrast(self.colour, self.ground)


class Grounds:
    """The grounds of one page, for the texts on it."""

    def __init__(self, page: PaintedPage):
        self.page = page
        self.orders = [ground.order for ground in page.grounds]
        self.colours: dict[int, tuple[tuple[float, float, float] | None, Colour]] = {}
        #: For each channel the least that a ground may have; ``None`` where the colour of one is not known.
        self.darkest = self._darkest()
        self.plain: dict[int, bool] = {}

    def of(self, text: Text, ink: Rectangle) -> Beneath | None:
        """Return what is beneath the middle of a text's ``ink``.

        ``None`` where it is a picture, and where the text can be read on whatever ground the page has.
        """
        colour = self.rgb(text.box.style["color"])
        if colour is None or self._is_plain(text, colour):  # as nearly always
            return None
        point = moved((ink[0] + ink[2] / 2, ink[1] + ink[3] / 2), text.state.matrix)
        below: Sequence[float] = _PAPER
        grounds: list[Ground] = []
        for ground in self.page.grounds[: bisect_right(self.orders, text.order)]:
            if not covers(ground, point):
                continue
            here = ground.colour_at(*inward(ground, point))
            rgb = self.rgb(here) if here is not None else None
            if here is None or rgb is None:
                return None  # a picture: nobody can say
            alpha = here.alpha * ground.state.opacity
            below = mixed(rgb, below, alpha)
            grounds = [ground] if alpha > OPAQUE else [*grounds, ground]
        seen = mixed(colour, below, text.box.style["color"].alpha * text.state.opacity)
        return Beneath(tuple(seen), tuple(below), tuple(grounds))

    def rgb(self, colour: Colour) -> tuple[float, float, float] | None:
        """Return a colour's channels (0 to 1), ``None`` of one that is not in RGB's spaces."""
        key = id(colour)
        if key not in self.colours:
            self.colours[key] = (channels(colour), colour)  # kept, so that no other has its id
        return self.colours[key][0]

    def _is_plain(self, text: Text, colour: Channels) -> bool:
        """Return whether an opaque text is dark enough for the darkest ground of the page."""
        given = text.box.style["color"]
        if self.darkest is None or given.alpha * text.state.opacity < 1:
            return False
        key = id(given)
        if key not in self.plain:
            is_darker = all(one <= other for one, other in zip(colour, self.darkest, strict=True))
            self.plain[key] = is_darker and contrast(colour, self.darkest) >= LEAST
        return self.plain[key]

    def _darkest(self) -> Channels | None:
        darkest = _PAPER
        for ground in self.page.grounds:
            rgb = None if ground.gradient or ground.colour is None else self.rgb(ground.colour)
            if rgb is None:
                return None
            darkest = tuple(map(min, darkest, rgb))
        return darkest
