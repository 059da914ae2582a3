"""Notes stay on the page of their calls.

Where the last line of a page would stand alone (``orphans``), WeasyPrint moves notes of lines above it to the next
page, so that one more line has room. We leave the line to the next page instead.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.weasy.patch import replaced


def kept_notes() -> AbstractContextManager[None]:
    """Move no note for a line's sake but those that the line calls itself, until the context is left."""
    from weasyprint.layout import LayoutContext, block, inline

    return replaced(
        (inline, "get_next_linebox", _new_line),
        (LayoutContext, "layout_footnote", _laid_out),
        (LayoutContext, "report_footnote", _moved),
        (block, "_linebox_layout", _lines),
        (block, "_break_line", _broken),
    )


def _new_line(original: Any) -> Any:
    def line(context: Any, *rest: Any) -> Any:
        context.cst_called = None
        return original(context, *rest)

    return line


def _laid_out(original: Any) -> Any:
    def lay_out(context: Any, footnote: Any) -> Any:
        context.cst_called = footnote
        return original(context, footnote)

    return lay_out


def _moved(original: Any) -> Any:
    def move(context: Any, footnote: Any) -> None:
        if context.in_column or not getattr(context, "cst_lines", 0) or context.cst_called is footnote:
            original(context, footnote)
        else:  # WeasyPrint goes on until there is room or no note is left
            context.cst_kept = context.current_page_footnotes
            context.current_page_footnotes = []

    return move


def _lines(original: Any) -> Any:
    def lay_out(context: Any, *rest: Any) -> Any:
        context.cst_lines = getattr(context, "cst_lines", 0) + 1
        try:
            return original(context, *rest)
        finally:
            context.cst_lines -= 1
            _take_back(context)

    return lay_out


def _broken(original: Any) -> Any:
    def break_line(context: Any, *rest: Any) -> Any:
        _take_back(context)
        return original(context, *rest)

    return break_line


def _take_back(context: Any) -> None:
    kept = vars(context).pop("cst_kept", None)
    if kept is not None:
        context.current_page_footnotes = kept
