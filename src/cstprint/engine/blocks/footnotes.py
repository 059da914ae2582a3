"""Notes stay on the page of their calls.

Where the last line of a page would stand alone (``orphans``), WeasyPrint moves notes of lines above it to the next
page, so that one more line has room. We leave the line to the next page instead.
"""

from __future__ import annotations

from typing import Any


def new_line(original: Any) -> Any:
    """Replace ``get_next_linebox``: no footnote has been called on the line that begins."""

    def line(context: Any, *rest: Any) -> Any:
        context.cst_called = None
        return original(context, *rest)

    return line


def called(original: Any) -> Any:
    """Replace ``layout_footnote``: remember the footnote that was called last."""

    def lay_out(context: Any, footnote: Any) -> Any:
        context.cst_called = footnote
        return original(context, footnote)

    return lay_out


def kept(original: Any) -> Any:
    """Replace ``report_footnote``: only the footnote that the line itself calls may move to the next page."""

    def move(context: Any, footnote: Any) -> None:
        if context.in_column or not getattr(context, "cst_lines", 0) or context.cst_called is footnote:
            original(context, footnote)
        else:  # WeasyPrint goes on until there is room or no note is left
            context.cst_kept = context.current_page_footnotes
            context.current_page_footnotes = []

    return move


def lines(original: Any) -> Any:
    """Replace ``_linebox_layout``: restore the footnotes when the lines of a block are laid out."""

    def lay_out(context: Any, *rest: Any) -> Any:
        context.cst_lines = getattr(context, "cst_lines", 0) + 1
        try:
            return original(context, *rest)
        finally:
            context.cst_lines -= 1
            _take_back(context)

    return lay_out


def broken(original: Any) -> Any:
    """Replace ``_break_line``: restore the footnotes before the page is ended."""

    def break_line(context: Any, *rest: Any) -> Any:
        _take_back(context)
        return original(context, *rest)

    return break_line


def _take_back(context: Any) -> None:
    kept = vars(context).pop("cst_kept", None)
    if kept is not None:
        context.current_page_footnotes = kept
