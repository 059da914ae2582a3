"""A fitted line to boxes: the same boxes that WeasyPrint would have made, with their places and gaps."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import _adjust_line_height
from weasyprint.text.line_break import strut

from cstprint.cjk.lines import Line
from cstprint.engine.lines.collect import Collected, Piece, slice_layout

SkipStack = dict[int, Any] | None


def build_line(linebox: Any, collected: Collected, line: Line, position_x: float) -> tuple[Any, SkipStack]:
    """Return the line's box and where the next line resumes."""
    builder = _Builder(collected, line, position_x + line.lead)
    children = builder.children(linebox, ())
    new_line = linebox.copy_with_children(children)
    resume = skip_stack(collected, line.next)
    new_line.remove_decoration(start=line.start != 0, end=resume is not None)
    new_line.width = builder.end_x - new_line.content_box_x()
    _adjust_line_height(new_line)
    new_line.cst_line = line
    return new_line, resume


def skip_stack(collected: Collected, place: int) -> SkipStack:
    """Return how WeasyPrint writes that a paragraph goes on at character ``place``."""
    if place >= len(collected.paragraph.text):
        return None
    piece = next(p for p in collected.pieces if p.first <= place < p.last)
    offset = piece.offsets[place - piece.first]
    stack: SkipStack = {offset: None} if offset else None
    for index in reversed(piece.path):
        stack = {index: stack} if index or stack else None
    return stack


def place_of(collected: Collected, stack: SkipStack) -> int | None:
    """Return the character at which a paragraph goes on, the reverse of :func:`skip_stack`."""
    path: list[int] = []
    while stack:
        ((index, stack),) = stack.items()
        path.append(index)
    for piece in collected.pieces:
        if list(piece.path) == path[: len(piece.path)] and len(path) == len(piece.path) + 1:
            offset = path[-1]
            return piece.first + piece.offsets.index(offset) if offset in piece.offsets else None
        padded = path + [0] * (len(piece.path) - len(path))
        if list(piece.path) >= padded:
            return piece.first
    return None if collected.pieces and path else 0


class _Builder:
    """Walks the paragraph's boxes and copies what stands on the line, from left to right."""

    def __init__(self, collected: Collected, line: Line, x: float):
        self.collected, self.line = collected, line
        self.pieces = {piece.path: piece for piece in collected.pieces}
        self.x = self.end_x = x

    def children(self, parent: Any, path: tuple[int, ...]) -> list[Any]:
        """Return copies of what of the parent's children stands on the line."""
        made = []
        for index, child in enumerate(parent.children):
            child.position_y = parent.position_y
            inner = (*path, index)
            new = self._text(inner) if isinstance(child, boxes.TextBox) else self._inline(child, inner)
            if new is not None:
                made.append(new)
        return made

    def _inline(self, box: Any, path: tuple[int, ...]) -> Any | None:
        children = self.children(box, path)
        if not children:
            return None
        new_box = box.copy_with_children(children)
        new_box.position_x = children[0].position_x
        # Up to where its last child ends: the gap behind it is not the box's.
        new_box.width = children[-1].position_x + children[-1].width - new_box.position_x
        _adjust_line_height(new_box)
        return new_box

    def _text(self, path: tuple[int, ...]) -> Any | None:
        piece = self.pieces.get(path)
        if piece is None:
            return None
        line = self.line
        first, last = max(piece.first, line.start), min(piece.last, line.end)
        if first >= last:
            return None
        text = piece.box.text[first - piece.first : last - piece.first]
        new = piece.box.copy_with_text(text)
        new.pango_layout = slice_layout(piece, text)
        inner = list(line.gaps[first - line.start : last - line.start - 1])
        after = line.gaps[last - 1 - line.start] if last < line.end else line.trail
        self._place(new, piece, sum(self.collected.paragraph.advances[first:last]) + sum(inner), after)
        new.cst_gaps = inner
        return new

    def _place(self, new: Any, piece: Piece, width: float, after: float) -> None:
        new.position_x = self.x
        new.width = width
        new.height = piece.height
        line_height, _ = strut(new.style)
        half_leading = (line_height - piece.height) / 2
        new.margin_top = new.margin_bottom = half_leading
        new.baseline = piece.baseline + half_leading
        # The gap stands between the boxes, not inside one: a link's underline must not grow.
        self.x += width + after
        self.end_x = self.x
