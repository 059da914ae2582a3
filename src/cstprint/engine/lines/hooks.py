"""What replaces WeasyPrint's functions for lines: lines of :mod:`.next_line`, their widths, their glyphs."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from cstprint.engine.lines.build import Surroundings
from cstprint.engine.lines.collect import measure
from cstprint.engine.lines.draw import draw_first_line, draw_sequences
from cstprint.engine.lines.next_line import last_alignment, make_line


def our_line(original: Any) -> Any:
    """Replace ``split_inline_box``: make the line by our rules."""

    def split(context: Any, box: Any, *rest: Any) -> Any:
        if isinstance(box, boxes.LineBox) and rest[-1] is None:  # no ::first-line style
            position_x, max_x, bottom_space, skip_stack, containing_block = rest[:5]
            around = Surroundings(box.position_y, context, containing_block, bottom_space, *rest[5:9])
            made = make_line(box, position_x, max_x, skip_stack, around)
            if made is not None:
                return made
        return original(context, box, *rest)

    return split


def aligned(original: Any) -> Any:
    """Replace ``text_align``: a justified line of ours is where it should be."""

    def align(context: Any, line: Any, available_width: float, last: bool) -> float:
        alignment = last_alignment(line.style) if last else line.style["text_align_all"]
        if alignment == "justify" and getattr(line, "cst_line", None) is not None:
            return 0  # the gaps have been fitted
        return float(original(context, line, available_width, last))

    return align


def first_letter_once(original: Any) -> Any:
    """Make a drop cap once: WeasyPrint makes it anew each time a paragraph is laid out, and fails on its own box."""

    def made_once(box: Any, skip_stack: Any, style: Any) -> Any:
        if box.children and (box.children[0].element_tag or "").endswith("::first-letter"):
            return skip_stack
        return original(box, skip_stack, style)

    return made_once


def most_width(original: Any) -> Any:
    """Measure our lines by our gaps, or boxes that shrink to fit would wrap."""

    def measured(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        widths = measure(box, context) if isinstance(box, boxes.LineBox) else None
        return original(context, box, *rest, **options) if widths is None else widths.most

    return measured


def least_width(original: Any) -> Any:
    """Find our lines' least width from their breaks: WeasyPrint shapes the text anew for each of them."""

    def measured(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        part = options.get("skip_stack") or options.get("first_line") or len(rest) > 1
        widths = measure(box, context) if isinstance(box, boxes.LineBox) and not part else None
        if widths is None or widths.least is None:
            return original(context, box, *rest, **options)
        return widths.least

    return measured


def drawn_with_gaps(original: Any) -> Any:
    """Replace ``draw_first_line``: draw the glyphs with our gaps."""

    def draw(stream: Any, textbox: Any, *rest: Any) -> Any:
        if hasattr(textbox, "cst_gaps"):
            return draw_first_line(original, stream, textbox, *rest)
        return draw_sequences(original, stream, textbox, *rest)

    return draw
