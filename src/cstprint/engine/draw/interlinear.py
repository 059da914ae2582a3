"""Interlinear lines (行间线): that below a proper noun (专名号), the wave below the title of a book (书名号甲).

GB/T 15834 § 4.16 and § 5.1.8, clreq 5.6.1. A style sheet asks for them with ``--cst-line-mark: straight`` or ``wave``
on an inline element. Each element has a line of its own, shorter than its text at both ends, so that those of two
neighbours stay apart. They are ink, not text: nothing of them is copied.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.draw.artifacts import artifact
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import InlineBox, TextBox
from cstprint.engine.weasy.types import Box, Stream

#: In em: how thick a line is, how far its middle is below the baseline, and how much it is shorter at each end. The
#: em box of Han ends .12 em below the baseline, their ink some .08 em.
THICKNESS, DEPTH, SHORTER = 0.045, 0.16, 0.07
#: The middle of a wave, how far it swings, and about how long half a swing is.
WAVE_DEPTH, SWING, HALF_SWING = 0.22, 0.05, 0.22
#: Where the control points of half a swing are: along it, and how far out for the curve to reach the swing.
_ALONG, _OUT = 0.36, 4 / 3


def with_lines(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_inline_level``: draw the line of an inline box that asks for one."""

    def draw(stream: Stream, page: Box, box: Box, *rest: object, **options: object) -> None:
        original(stream, page, box, *rest, **options)
        if isinstance(box, InlineBox) and box.style["__cst_line_mark"]:
            _draw(stream, box, token(box.style, "line_mark"))

    return draw


def _draw(stream: Stream, box: Box, mark: str | None) -> None:
    texts = [one for one in box.descendants() if isinstance(one, TextBox)]
    size = box.style["font_size"]
    length = box.width - 2 * SHORTER * size
    if mark not in ("straight", "wave") or not texts or length <= 0 or box.style["visibility"] != "visible":
        return
    x, baseline = box.content_box_x() + SHORTER * size, texts[0].position_y + texts[0].baseline
    with artifact(stream), stream.stacked():
        stream.set_color(box.style["color"], stroke=True)
        stream.set_line_width(THICKNESS * size)
        if mark == "straight":
            y = baseline + DEPTH * size
            stream.move_to(x, y)
            stream.line_to(x + length, y)
        else:
            _wave(stream, (x, baseline + WAVE_DEPTH * size), length, size)
        stream.stroke()


def _wave(stream: Stream, start: tuple[float, float], length: float, size: float) -> None:
    """Add a wave to the path, which ends as it begins: in its middle."""
    x, y = start
    count = max(2, round(length / (HALF_SWING * size)))
    step, out = length / count, SWING * size * _OUT
    stream.move_to(x, y)
    for number in range(count):
        left, top = x + number * step, y + (out if number % 2 else -out)
        stream.curve_to(left + _ALONG * step, top, left + (1 - _ALONG) * step, top, left + step, y)
