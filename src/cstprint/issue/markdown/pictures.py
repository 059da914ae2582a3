"""Pictures: a line of nothing but pictures is a paragraph of its own, and a picture may have attributes."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image

from cstprint.issue.markdown.attributes import ATTRIBUTES

_LABEL = r"\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]"
_TARGET = r"(?:\((?:[^()\n\\]|\\.|\([^()\n]*\))*\)|\[[^\[\]\n]*\])"
_PICTURE = rf"!{_LABEL}{_TARGET}(?:\{{[^{{}}\n]*\}})?"
_LINKED = rf"\[{_PICTURE}\]{_TARGET}"
_LINE = re.compile(rf"(?:(?:{_LINKED}|{_PICTURE})[ \t\u3000]*\\?)+$")


def picture_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines of pictures only, also right below or above the lines of a paragraph."""
    line = start
    while line < end and state.sCount[line] >= state.blkIndent and _is_pictures(state, line):
        line += 1
    if line == start:
        return False
    if not silent:
        state.line = line
        state.push("paragraph_open", "p", 1).map = [start, line]
        token = state.push("inline", "", 0)
        token.content = state.getLines(start, line, state.blkIndent, False).strip()
        token.map, token.children = [start, line], []
        state.push("paragraph_close", "p", -1)
    return True


def _is_pictures(state: StateBlock, line: int) -> bool:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    return text.startswith(("![", "[![")) and _LINE.match(text) is not None


def picture(state: StateInline, silent: bool) -> bool:
    """Read a picture and the attributes right after it, its ``meta["attributes"]``."""
    if not image(state, silent):
        return False
    match = ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match:
        if not silent:
            state.tokens[-1].meta["attributes"] = match[0]
        state.pos = match.end()
    return True
