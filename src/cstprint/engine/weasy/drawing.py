"""What cstprint reads of what WeasyPrint draws, as protocols: colours, gradients, backgrounds.

Lengths are CSS pixels from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeGuard

from cstprint.engine.weasy.types import Style


class Colour(Protocol):
    """A colour of tinycss2."""

    @property
    def alpha(self) -> float:
        """The opacity, from 0 to 1."""

    @property
    def coordinates(self) -> Sequence[float]:
        """The channels in the colour space of the colour."""

    def to(self, space: str, /) -> Colour:
        """Return the same colour in another space. Raises ``NotImplementedError`` if it cannot be converted."""


class Gradient(Protocol):
    """An image that is a gradient."""

    @property
    def colors(self) -> Sequence[Colour | str]:
        """The colours of the stops; ``currentcolor`` is a keyword."""

    def layout(
        self, width: float, height: float, style: Style, /
    ) -> tuple[float, str, Sequence[float], Sequence[float], Sequence[Colour], Sequence[float]]:
        """Return scale, kind, line, places of the stops on the line, their colours, and hints."""


class BackgroundLayer(Protocol):
    """A layer of a background."""

    @property
    def image(self) -> object:
        """The image, which may be a gradient, or ``None``."""

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of one repetition of the image."""

    @property
    def position(self) -> tuple[float, float]:
        """The place of the image in the positioning area."""

    @property
    def repeat(self) -> tuple[str, str]:
        """How the image is repeated in each direction."""

    @property
    def painting_area(self) -> tuple[float, float, float, float]:
        """The rectangle that is painted: x, y, width, height."""

    @property
    def positioning_area(self) -> tuple[float, float, float, float]:
        """The rectangle that positions are relative to: x, y, width, height."""

    @property
    def clipped_boxes(self) -> Sequence[Sequence[float]]:
        """The rounded rectangles that clip the background: x, y, width, height, radii."""


class Background(Protocol):
    """The background of a box."""

    @property
    def color(self) -> Colour:
        """The colour below all layers."""

    @property
    def layers(self) -> Sequence[BackgroundLayer]:
        """The layers, the topmost first."""

    @property
    def style(self) -> Style:
        """The style of the box."""


def is_gradient(image: object) -> TypeGuard[Gradient]:
    """Return whether an image is a gradient."""
    return hasattr(image, "colors")
