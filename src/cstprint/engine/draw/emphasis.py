"""Emphasis dots (着重号): a dot under each Han character of an emphasised text (GB/T 15834 § 4.11, clreq 3.3.3).

CSS has ``text-emphasis`` for them, which WeasyPrint does not know: a style sheet asks for them with
``--cst-emphasis-mark: dots``, and they are drawn with the text. They are ink, not text: nothing of them is copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from cstprint.cjk.characters import Kind, kind_of
from cstprint.engine.weasy.marks import text_marks

#: In em: the radius of a dot, and how far its middle is below the baseline.
RADIUS, DEPTH = 0.075, 0.27
#: How far the handles of a quarter circle's curve are from its ends, in radii.
_HANDLE = 0.5523


def with_dots(original: Any) -> Any:
    """Replace ``draw_text``: draw the dots with the text."""

    def draw(stream: Any, textbox: Any, *rest: Any) -> None:
        original(stream, textbox, *rest)
        if textbox.style["__cst_emphasis_mark"] and textbox.style["visibility"] == "visible":
            _draw(stream, textbox)

    return draw


def _draw(stream: Any, textbox: Any) -> None:
    from cstprint.engine.lines.style import token

    if token(textbox.style, "emphasis_mark") != "dots":
        return
    size = textbox.style["font_size"]
    y = textbox.position_y + textbox.baseline + DEPTH * size
    stream.set_color(textbox.style["color"])
    for middle in _middles(textbox):
        _circle(stream, textbox.position_x + middle, y, RADIUS * size)
    stream.fill()


def _middles(textbox: Any) -> Iterator[float]:
    """Yield the middle of each Han character, from the box's left edge (px)."""
    from cstprint.engine.lines.shape import advances_of

    text = textbox.pango_layout.text
    advances = advances_of(textbox.pango_layout, textbox.style)
    gaps = [*(text_marks(textbox).gaps or ()), *[0.0] * len(text)]
    lefts = accumulate((a + g for a, g in zip(advances, gaps, strict=False)), initial=0.0)
    for character, left, advance in zip(text, lefts, advances, strict=False):
        if kind_of(character) is Kind.HAN:
            yield left + advance / 2


def _circle(stream: Any, x: float, y: float, r: float) -> None:
    h = r * _HANDLE
    stream.move_to(x + r, y)
    stream.curve_to(x + r, y + h, x + h, y + r, x, y + r)
    stream.curve_to(x - h, y + r, x - r, y + h, x - r, y)
    stream.curve_to(x - r, y - h, x - h, y - r, x, y - r)
    stream.curve_to(x + h, y - r, x + r, y - h, x + r, y)
