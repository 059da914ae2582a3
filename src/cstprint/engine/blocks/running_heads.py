"""Running heads share their line: none is shortened while there is room, and none leaves the paper.

A style sheet gives the margin boxes at the left and right a width each; where a head is longer than its box and the
other leaves room, it takes that. Where there is none, heads with ``--cst-running-head: yields`` are shortened first,
down to a few characters, then those with ``keeps``. What follows an em space (U+2003), as the date after the name of
the periodical, is kept. A box without the property (a page number) is never shortened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import LineBox, TextBox
from cstprint.engine.weasy.layout import preferred
from cstprint.engine.weasy.marks import LineMarks, mark_line
from cstprint.engine.weasy.types import Box, Context

#: ``compute_variable_dimension``.
Dimensions = Callable[[Context, Sequence[Box], bool, float], None]
#: What parts a text that yields from what is kept.
_KEPT_AFTER = "\u2003"
#: So many characters are left of a text that yields before others are shortened.
_LEAST = 8
#: Between two heads (em of the first).
_BETWEEN = 1.5
#: Rounding (px).
_HAIR = 0.01
_ELLIPSIS = "…"
_NEVER_LAST = " \u3000，、；：。（《〈“‘「『—–-·"


def shared(original: Dimensions) -> Dimensions:
    """Replace ``compute_variable_dimension``: share the line of the boxes at the head or the foot of a page."""

    def share(context: Context, side_boxes: Sequence[Box], vertical: bool, available: float) -> None:
        original(context, side_boxes, vertical, available)
        left, middle, right = side_boxes
        if not vertical and not _is_made(middle) and (_wish(left) or _wish(right)):
            _share(context, [box for box in (left, right) if _is_made(box)], available)

    return share


def _is_made(box: Box) -> bool:
    return bool(getattr(box, "is_generated", False))


def _wish(box: Box) -> str | None:
    return token(box.style, "running_head") if _is_made(box) else None


@dataclass
class _Head:
    """A running head: how wide (px) its text is, and at least."""

    context: Context
    box: Box

    def __post_init__(self) -> None:
        self.needs = self.width_of()
        self.least = self._least() if _wish(self.box) == "yields" else self.needs

    def width_of(self, text: str | None = None) -> float:
        """Return how wide the head is, with another text."""
        if text is not None:
            self._write(text)
        return float(preferred.max_content_width(self.context, self.box, outer=False))

    @property
    def texts(self) -> list[Box]:
        return [box for box in self.box.descendants() if isinstance(box, TextBox)]

    def _write(self, text: str) -> None:
        self.texts[0].text = text
        for box in self.box.descendants():
            if isinstance(box, LineBox):
                mark_line(box, LineMarks())

    def _least(self) -> float:
        if len(self.texts) != 1:
            return self.needs
        whole = self.texts[0].text
        first, parts, kept = whole.partition(_KEPT_AFTER)
        least = min(self.needs, self.width_of(first[:_LEAST] + _ELLIPSIS + parts + kept))
        self._write(whole)
        return least

    def shorten(self, room: float) -> None:
        """Cut the text so that it fits in ``room``."""
        if self.needs <= room + _HAIR or len(self.texts) != 1:
            return
        whole = self.texts[0].text
        first, parts, kept = whole.partition(_KEPT_AFTER) if _wish(self.box) == "yields" else (whole, "", "")

        def cut(count: int) -> str:
            return first[:count].rstrip(_NEVER_LAST) + _ELLIPSIS + parts + kept

        fits = bisect_right(range(1, len(first)), room, key=lambda count: self.width_of(cut(count)))
        self._write(cut(max(1, fits)))


def _share(context: Context, boxes: Sequence[Box], available: float) -> None:
    """Give each of one or two boxes the width that its text needs, as far as there is room."""
    heads = [_Head(context, box) for box in boxes]
    if all(head.needs <= head.box.width + _HAIR for head in heads):
        return
    room = available - sum(box.margin_width() - box.width for box in boxes)
    if len(heads) == 1:
        boxes[0].width = room
        heads[0].shorten(room)
        return
    between = _BETWEEN * boxes[0].style["font_size"]
    left, right = _needs(heads[0], heads[1], room - between)
    for head, needs in zip(heads, (left, right), strict=True):
        head.shorten(needs)
    if left > boxes[0].width:
        boxes[0].width = left + between
    elif right > room - boxes[0].width:
        boxes[0].width = room - right - between
    boxes[1].width = room - boxes[0].width


def _needs(left: _Head, right: _Head, room: float) -> tuple[float, float]:
    """Return how much of ``room`` each of two heads gets."""
    over = left.needs + right.needs - room
    widths = {id(head): head.needs for head in (left, right)}
    wishes = {id(head): _wish(head.box) for head in (left, right)}
    for wish in ("yields", "keeps"):
        for head in (left, right):
            if over > 0 and wishes[id(head)] == wish:
                least = head.least if wish == "yields" else 0.0
                by = min(over, max(0.0, widths[id(head)] - least))
                widths[id(head)] -= by
                over -= by
    return widths[id(left)], widths[id(right)]
