"""Which texts on the painted pages are seen, but have too little contrast to be read by everyone."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.engine.draw.painted import PaintedPage, Text
from cstprint.engine.pages.beneath import Beneath
from cstprint.engine.pages.contrast import Channels, least_contrast
from cstprint.engine.pages.ink import scale_of
from cstprint.engine.weasy.types import Box
from cstprint.units import px_to_pt


@dataclass(frozen=True, slots=True)
class Faint:
    """A text, on ``page`` (from 1), whose ``contrast`` with its ground is less than ``least``.

    ``colour`` and ``ground`` are what is seen. ``element`` is that of the text, ``None`` in the margins of the page,
    ``faded_by`` the one that makes it transparent, ``grounds`` those that it stands on, ``None`` for the page itself.
    """

    page: int
    box: Box
    contrast: float
    least: float
    colour: Channels
    ground: Channels
    element: Element | None
    faded_by: Element | None
    grounds: tuple[Element | None, ...]


def faint_text(number: int, page: PaintedPage, text: Text, beneath: Beneath) -> Faint | None:
    """Return a text of page ``number`` that has too little contrast. Leaders and other marks are no text."""
    box, state = text.box, text.state
    size = px_to_pt(box.style["font_size"]) * scale_of(state)
    least = least_contrast(size, box.style["font_weight"])
    if beneath.contrast >= least or not any(map(str.isalnum, box.text)):
        return None
    grounds = tuple(page.element_of(one) for one in beneath.grounds)
    faded_by = None if state.faded_by is None else state.faded_by.element
    colours = beneath.colour, beneath.ground
    return Faint(number, box, beneath.contrast, least, *colours, box.element, faded_by, grounds)
