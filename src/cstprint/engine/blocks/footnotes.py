"""Footnotes stay on the page of their calls.

Where the last line of a page would stand alone (``orphans``), WeasyPrint moves footnotes of lines above it to the
next page, so that one more line has room. The line is left to the next page instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cstprint.engine.weasy.marks import context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context

R = TypeVar("R")


def new_line(original: Callable[..., R]) -> Callable[..., R]:
    """Replace ``get_next_linebox``: no footnote has been called on the line that begins."""

    def line(context: Context, *rest: object) -> R:
        marks = context_marks(context)
        marks.called, marks.line_notes = None, []
        return original(context, *rest)

    return line


def called(original: Callable[[Context, Box], bool]) -> Callable[[Context, Box], bool]:
    """Replace ``layout_footnote``: remember the footnotes that were called on a line, and the last of them."""

    def lay_out(context: Context, footnote: Box) -> bool:
        marks = context_marks(context)
        marks.called, notes = footnote, [*marks.line_notes, footnote]
        mark_block(footnote, is_note=True)
        overflows = original(context, footnote)
        marks.called, marks.line_notes = footnote, notes  # not those of the footnotes' own lines
        return overflows

    return lay_out


def kept(original: Callable[[Context, Box], None]) -> Callable[[Context, Box], None]:
    """Replace ``report_footnote``: only the footnote that the line itself calls may move to the next page."""

    def move(context: Context, footnote: Box) -> None:
        marks = context_marks(context)
        if context.in_column or not marks.lines or marks.called is footnote:
            notes = marks.line_notes
            original(context, footnote)
            marks.line_notes = notes
        else:  # WeasyPrint goes on until there is room or no footnote is left
            marks.kept = context.current_page_footnotes
            context.current_page_footnotes = []

    return move


def lines(original: Callable[..., R]) -> Callable[..., R]:
    """Replace ``_linebox_layout``: restore the footnotes when the lines of a block are laid out."""

    def lay_out(context: Context, *rest: object) -> R:
        marks = context_marks(context)
        marks.lines += 1
        try:
            return original(context, *rest)
        finally:
            marks.lines -= 1
            _take_back(context)

    return lay_out


def broken(original: Callable[..., R]) -> Callable[..., R]:
    """Replace ``_break_line``: restore the footnotes before the page is ended."""

    def break_line(context: Context, *rest: object) -> R:
        _take_back(context)
        return original(context, *rest)

    return break_line


def _take_back(context: Context) -> None:
    marks = context_marks(context)
    if marks.kept is not None:
        context.current_page_footnotes, marks.kept = marks.kept, None
