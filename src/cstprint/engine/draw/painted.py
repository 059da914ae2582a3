"""What was painted on pages, as it is noted: texts, grounds, pictures. Lengths are px from the page's top left.

A text is a box and the state in which it was painted: what was clipped, moved and made transparent around it. A
ground is a rectangle with its colour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cstprint.engine.draw.grounds import PlacedGradient, Rectangle, colour_of_gradient
from cstprint.engine.weasy.drawing import Background, Colour
from cstprint.engine.weasy.types import Box, Matrix

#: A rectangle that clips, the matrix that it is in, and the box that it is of.
Clip = tuple[Rectangle, Matrix | None, Box]


@dataclass(frozen=True, slots=True)
class State:
    """What is in force where something is painted; ``matrix`` is ``None`` where nothing was transformed."""

    matrix: Matrix | None = None
    clips: tuple[Clip, ...] = ()
    opacity: float = 1.0
    #: The box that is the most transparent of those around.
    faded_by: Box | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text box; ``order`` is its place in the order of painting."""

    order: int
    box: Box
    state: State


@dataclass(frozen=True, slots=True)
class Ground:
    """A rectangle without its ``hole``; ``colour`` is ``None`` where the rectangle has several.

    ``source`` is the box that it is of, or the box's background. ``order`` is its place in the order of painting.
    """

    rectangle: Rectangle
    colour: Colour | None
    alpha: float
    source: Box | Background
    hole: Rectangle | None = None
    gradient: PlacedGradient | None = None
    order: int = 0
    state: State = State()

    def colour_at(self, x: float, y: float) -> Colour | None:
        """Return the colour at a point of its own coordinates, ``None`` where it is not known."""
        return self.colour if self.gradient is None else colour_of_gradient(self.gradient, x, y)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the document: its box and the rectangle that it fills, which may be larger."""

    order: int
    box: Box
    rectangle: Rectangle
    state: State
    #: A drawing of which nothing is painted.
    empty: bool = False


@dataclass
class PaintedPage:
    """All that was painted on a page."""

    page: Box
    texts: list[Text] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    #: Whether something was scaled to nothing.
    vanished: bool = False

    def element_of(self, ground: Ground) -> Element | None:
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


def _is_of(source: Box | Background, box: Box) -> bool:
    """Return whether a source of grounds is a box or its background."""
    return source in (box, getattr(box, "background", None)) or getattr(source, "style", None) is box.style
