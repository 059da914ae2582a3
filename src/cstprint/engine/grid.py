"""Whole lines (占行): blocks take as much height as lines of text would, so that the text behind them meets the grid.

Their height is only known when they have been laid out; CSS has ``block-step-size`` for them (CSS Rhythmic Sizing),
which WeasyPrint does not know: a style sheet asks for it with ``--cst-whole-lines: yes``. The unit is the block's own
line height. What is added stands half above and half below a block's contents, below those of a float or of what
begins a column; it never reaches beyond the page. Where the end of a page tears a block, what is left of it begins a
page, and what is added stands below it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.replaced import replaced

#: Heights that are so much (px) above a number of lines are that number: sums of lengths in pt are rounded.
_HAIR = 0.05


def whole_lines() -> AbstractContextManager[None]:
    """Give the blocks and floats whose style asks for it the height of whole lines until the context is left."""
    from weasyprint.layout import block

    return replaced((block, "block_box_layout", _blocks), (block, "float_layout", _floats))


def missing(height: float, line: float) -> float:
    """Return what ``height`` lacks to be a number of lines of the height ``line``."""
    over = height % line if line > 0 else 0.0
    return 0.0 if over < _HAIR else line - over


def _blocks(original: Any) -> Any:
    def lay_out(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **options: Any
    ) -> Any:
        result = original(context, box, bottom_space, skip_stack, *rest, **options)
        made, resume_at = result[:2]
        if made is not None and resume_at is None and asks_for_whole_lines(made):
            bottom = made.border_box_y() + made.border_height()
            room = max(0.0, context.page_bottom - bottom_space - bottom)
            by = min(missing(made.border_height(), line_height(made)), room)
            at_head = skip_stack is not None or getattr(made, "cst_at_head", False)
            for child in () if at_head else made.children:
                child.translate(0, by / 2)
            made.height += by
        return result

    return lay_out


def _floats(original: Any) -> Any:
    def lay_out(*arguments: Any, **options: Any) -> Any:
        made, resume_at = original(*arguments, **options)
        if resume_at is None and asks_for_whole_lines(made):
            made.margin_bottom += missing(made.margin_height(), line_height(made))
        return made, resume_at

    return lay_out


def asks_for_whole_lines(box: Any) -> bool:
    """Whether a block is to be whole lines high."""
    from weasyprint.css import AnonymousStyle

    from cstprint.engine.lines.setting import token

    # Anonymous boxes inherit the wish of the block that they are in.
    return not isinstance(box.style, AnonymousStyle) and token(box.style, "whole_lines") == "yes"


def line_height(box: Any) -> float:
    """Return the height of a line of the block's own text (px)."""
    from weasyprint.text.line_break import strut

    return float(strut(box.style)[0])
