"""Pauses and stops in the middle of their em, as Taiwan and Hong Kong have them (clreq 5.1.1.2).

Our faces have the mainland's forms, at the lower left. Where a face has them in the middle, nothing is moved.
"""

from __future__ import annotations

from cstprint.engine.weasy.text import ffi, pango

#: The middle of the em box, in em above the baseline.
_MIDDLE = 0.38
#: Marks of less height than the em: others fill it, and are moved along the line only.
_LOW = "，、。．"
#: What is nearer to the middle (em) is there.
_NEAR = 0.06


def from_middle(font: object, glyph: int, mark: str, em: float) -> tuple[int, int]:
    """Return how far right and down a full-width mark is to be moved into the middle of its em, in Pango's units.

    ``em`` is in these, too. What is near enough is not moved.
    """
    x, y, width, height = _ink(font, glyph)
    right = em / 2 - x - width / 2
    down = -_MIDDLE * em - y - height / 2 if mark in _LOW else 0.0
    return (round(right), round(down)) if max(abs(right), abs(down)) >= _NEAR * em else (0, 0)


def _ink(font: object, glyph: int) -> tuple[int, int, int, int]:
    """Return the rectangle of a glyph's ink, in Pango's units from its origin, down from the baseline."""
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
    return ink.x, ink.y, ink.width, ink.height
