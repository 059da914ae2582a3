"""Emphasis dots (着重号): a dot under each Han character of an emphasised text (GB/T 15834 § 4.11, clreq 3.3.3).

CSS has ``text-emphasis`` for them, which WeasyPrint does not know: a style sheet asks for them with
``--cst-emphasis-mark: dots``, and they are drawn with the text. They are ink, not text: nothing of them is copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from cstprint.cjk.characters import Kind, kind_of
from cstprint.engine.lines.shape import advances_of
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.marks import text_marks
from cstprint.engine.weasy.types import Box, Stream

#: In em: the radius of a dot, and how far its centre is below the baseline.
RADIUS, DEPTH = 0.075, 0.27
#: How far the control points of a quarter circle's curve are from its ends, in radii.
_HANDLE = 0.5523


def with_dots(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_text``: draw the dots with the text."""

    def draw(stream: Stream, textbox: Box, *rest: object) -> None:
        original(stream, textbox, *rest)
        if textbox.style["__cst_emphasis_mark"] and textbox.style["visibility"] == "visible":
            _draw(stream, textbox)

    return draw


def _draw(stream: Stream, textbox: Box) -> None:
    """Draw the dots of a text box that asks for them."""
    if token(textbox.style, "emphasis_mark") != "dots":
        return
    size = textbox.style["font_size"]
    y = textbox.position_y + textbox.baseline + DEPTH * size
    stream.set_color(textbox.style["color"])
    for centre in _centres(textbox):
        _circle(stream, textbox.position_x + centre, y, RADIUS * size)
    stream.fill()


def _centres(textbox: Box) -> Iterator[float]:
    """Yield the centre of each Han character, from the box's left edge (px)."""
    text = textbox.pango_layout.text
    advances = advances_of(textbox.pango_layout, textbox.style)
    gaps = [*(text_marks(textbox).gaps or ()), *[0.0] * len(text)]
    lead = text_marks(textbox).lead
    lefts = accumulate((a + g for a, g in zip(advances, gaps, strict=False)), initial=lead)
    for character, left, advance in zip(text, lefts, advances, strict=False):
        if kind_of(character) is Kind.HAN:
            yield left + advance / 2


def _circle(stream: Stream, x: float, y: float, r: float) -> None:
    """Add a circle to the path: its centre and its radius."""
    h = r * _HANDLE
    stream.move_to(x + r, y)
    stream.curve_to(x + r, y + h, x + h, y + r, x, y + r)
    stream.curve_to(x - h, y + r, x - r, y + h, x - r, y)
    stream.curve_to(x - r, y - h, x - h, y - r, x, y - r)
    stream.curve_to(x + h, y - r, x + r, y - h, x + r, y)
