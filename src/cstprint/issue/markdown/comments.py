"""HTML comments on lines of their own: nothing of them is printed.

Unlike CommonMark's, a comment that does not end takes nothing with it, and after one that ends within its line
the line is text.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, html_block

_REST = re.compile(r"[ \t]*(?:<!--.*?-->[ \t]*)*(?:\n|$)")


def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read comments that begin and end lines."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", begin):
        return False
    last = state.eMarks[end - 1]
    at = state.src.find("-->", begin + 4, last)
    if at < 0:
        return False
    rest = _REST.match(state.src, at + 3)
    if not rest:
        return False
    if not silent:
        line = start
        while line < end and state.bMarks[line] < rest.end():
            line += 1
        state.line = max(line, start + 1)
        token = state.push("comment", "", 0)
        token.map, token.hidden = [start, state.line], True
        token.content = state.src[begin : rest.end()]
    return True


def other_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read HTML on lines of its own that does not begin with a comment."""
    begin = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("<!--", begin) and html_block(state, start, end, silent)
