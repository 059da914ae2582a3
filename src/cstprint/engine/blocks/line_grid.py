"""Whole lines (占行): blocks take as much height as lines of text would, so that the text behind them meets the grid.

Their height is only known when they have been laid out; CSS has ``block-step-size`` for them (CSS Rhythmic Sizing),
which WeasyPrint does not know: a style sheet asks for it with ``--cst-whole-lines: yes``. The unit is the block's own
line height. What is added stands half above and half below a block's contents; below those of a float, of what begins
a page or a column, and of what asks for ``below``. It never reaches beyond the page. Where the end of a page tears a
block, what is left of it begins a page, and what is added stands below it.

A block with ``--cst-page-foot: yes`` stands at the foot of its page, unless it is torn.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.lines.style import token
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult, FloatLayout
from cstprint.engine.weasy.marks import block_marks, kept_with
from cstprint.engine.weasy.types import Box, Context, SkipStack

#: ``get_next_linebox``: the line, and where the next one begins.
NextLine = Callable[..., "tuple[Box | None, SkipStack | None]"]
#: Heights that are so much (px) above a number of lines are that number: sums of lengths in pt are rounded.
_HAIR = 0.05
#: By so much (px) a float ends above the line behind it, or by rounding that would stand beside it.
_NOTHING = 0.001


def missing(height: float, line: float) -> float:
    """Return what ``height`` lacks to be a number of lines of the height ``line``; below 0 for a hair too much."""
    over = height % line if line > 0 else 0.0
    return -over if over < _HAIR else line - over


def exact_lines(original: NextLine) -> NextLine:
    """Make a line as high as its line height: with a hair more, of rounded baselines, the last of a page is lost."""

    def lay_out(*arguments: object) -> tuple[Box | None, SkipStack | None]:
        line, resume_at = original(*arguments)
        if line is not None:
            height = line_height(line)
            if abs(line.height - height) < _HAIR:
                line.height = height
        return line, resume_at

    return lay_out


def whole_blocks(original: BlockLayout) -> BlockLayout:
    """Replace ``block_box_layout``: add what a block lacks to be whole lines high."""

    def lay_out(*arguments: object, **options: object) -> BlockResult:
        result = original(*arguments, **options)
        made, resume_at, *_ = result
        if made is None or resume_at is not None:
            return result
        call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
        bottom = made.border_box_y() + made.border_height()
        room = max(0.0, call.context.page_bottom - call.bottom_space - bottom)
        if asks_for_whole_lines(made):
            by = min(missing(made.border_height(), line_height(made)), room)
            if not (call.skip_stack is not None or _begins(made, call.context)):
                for child in made.children:
                    child.translate(0, by / 2)
            made.height += by
        elif call.skip_stack is None and _wish(made, "page_foot") == "yes":
            made.translate(0, room)
        return result

    return lay_out


def _begins(box: Box, context: Context) -> bool:
    """Whether all that a block lacks stands below its contents, so that what begins a page begins at one height."""
    if _wish(box, "whole_lines") == "below" or block_marks(box).at_head:
        return True
    top = context.current_footnote_area.page.content_box_y()
    return box.border_box_y() < top + _HAIR and _wish(box, "figure_place") != "foot"


def whole_floats(original: FloatLayout) -> FloatLayout:
    """Replace ``float_layout``: add what a float lacks to be whole lines high."""

    def lay_out(*arguments: object, **options: object) -> tuple[Box, SkipStack | None]:
        made, resume_at = original(*arguments, **options)
        if resume_at is None and asks_for_whole_lines(made):
            made.margin_bottom += missing(made.margin_height(), line_height(made)) - _NOTHING
        return made, resume_at

    return lay_out


def asks_for_whole_lines(box: Box) -> bool:
    """Whether a block is to be whole lines high."""
    return _wish(box, "whole_lines") in ("yes", "below")


def _wish(box: Box, name: str) -> str | None:
    """Return what a block's style asks for; anonymous boxes only inherit it from the block that they are in."""
    from cstprint.engine.weasy.boxes import AnonymousStyle

    return None if isinstance(box.style, AnonymousStyle) else token(box.style, name)


def line_height(box: Box) -> float:
    """Return the height of a line of the block's own text (px)."""
    from cstprint.engine.weasy.text import strut

    # All lines of a paragraph ask for it.
    return float(kept_with(box.style, "line_height", lambda: strut(box.style)[0]))
