"""What replaces WeasyPrint's functions for lines: lines of :mod:`.next_line`, their widths, their glyphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cstprint.engine.lines.collect import measure, measure_cell
from cstprint.engine.lines.draw import draw_first_line, draw_sequences
from cstprint.engine.lines.next_line import last_alignment, make_line
from cstprint.engine.lines.style import in_table
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import DrawCall, DrawText, LineCall, LineLayout, LineResult, WidthCall
from cstprint.engine.weasy.marks import context_marks, line_marks, text_marks
from cstprint.engine.weasy.types import Box, Context, Matrix, SkipStack, Stream, Style

FirstLetter = Callable[[Box, SkipStack | None, Style | None], SkipStack | None]


def our_line(original: LineLayout) -> LineLayout:
    """Replace ``split_inline_box``: make the line by our rules."""

    def split(context: Context, box: Box, *rest: Any) -> LineResult:
        if isinstance(box, LineBox):
            call = LineCall(context, box, *rest)
            made = make_line(call) if call.first_line_style is None else None
            if made is not None:
                return made
        return original(context, box, *rest)

    return split


def aligned(original: Callable[..., float]) -> Callable[..., float]:
    """Replace ``text_align``: a justified line of ours is where it should be."""

    def align(context: Context, line: Box, available_width: float, last: bool) -> float:
        alignment = last_alignment(line.style) if last else line.style["text_align_all"]
        if alignment == "justify" and line_marks(line).line is not None:
            return 0  # the gaps have been fitted
        return float(original(context, line, available_width, last))

    return align


def first_letter_once(original: FirstLetter) -> FirstLetter:
    """Make a drop cap once: WeasyPrint makes it anew each time a paragraph is laid out, and fails on its own box."""

    def made_once(
        box: Box, skip_stack: SkipStack | None, first_letter_style: Style | None
    ) -> SkipStack | None:
        if box.children and (box.children[0].element_tag or "").endswith("::first-letter"):
            return skip_stack
        return original(box, skip_stack, first_letter_style)

    return made_once


def most_width(original: Callable[..., float]) -> Callable[..., float]:
    """Replace ``inline_max_content_width``: measure our lines with their gaps, or boxes that shrink to fit wrap."""

    def measured(context: Context, box: Box, *rest: object, **options: object) -> float:
        widths = measure(box, context) if isinstance(box, LineBox) else None
        return original(context, box, *rest, **options) if widths is None else widths.most

    return measured


def least_width(original: Callable[..., float]) -> Callable[..., float]:
    """Replace ``inline_min_content_width``: find the least width of our lines from their breaks.

    WeasyPrint shapes the text anew for each break. In a table, more than a character stays whole.
    """

    def measured(*arguments: Any, **options: Any) -> float:
        call = WidthCall(*arguments, **options)
        is_whole = isinstance(call.box, LineBox) and not (call.skip_stack or call.first_line)
        cell = measure_cell(call.box, call.context) if is_whole and in_table(call.box.style) else None
        if cell is not None:
            return cell.width(context_marks(call.context).cell_limits)
        widths = measure(call.box, call.context) if is_whole else None
        if widths is None or widths.least is None:
            return original(*call)
        return widths.least

    return measured


def drawn_with_gaps(original: DrawText) -> DrawText:
    """Replace ``draw_first_line``: draw the glyphs with our gaps."""

    def draw(
        stream: Stream, textbox: Box, text_overflow: str, block_ellipsis: object, matrix: Matrix
    ) -> list[object]:
        call = DrawCall(stream, textbox, text_overflow, block_ellipsis, matrix)
        if text_marks(textbox).gaps is None:
            return draw_sequences(original, call)
        return draw_first_line(original, call)

    return draw
