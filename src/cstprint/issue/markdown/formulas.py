r"""Formulas in TeX: ``$…$`` and ``\(…\)`` in running text, ``$$…$$`` and ``\[…\]`` set off.

A dollar sign is a formula's only where what stands between two of them can be one: ``US$5和US$10`` is text. The
token is ``formula``; its ``content`` is the source without the signs, ``meta["display"]`` whether it is set
off.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
#: In braces, as those of \text{…}, Han may stand.
_BRACES = re.compile(r"\{[^{}]*\}")
_INLINE = re.compile(r"\$(?![\s$])((?:[^$\\\n]|\\.)*?)(?<![\s\\])\$(?![0-9$])")
_DISPLAY = re.compile(r"\$\$((?:[^$\\]|\\.)+?)\$\$")
_ROUND = re.compile(r"\\\(((?:[^\\]|\\[^()])+?)\\\)")
_SQUARE = re.compile(r"\\\[((?:[^\\]|\\[^\[\]])+?)\\\]")
_WORD = re.compile(r"[A-Za-z0-9\\$]")
_BEGIN = re.compile(r"(\$\$|\\\[)")
_ENDS = {"$$": "$$", "\\[": "\\]"}


def formula(state: StateInline, silent: bool) -> bool:
    """Read a formula in running text."""
    src, pos, end = state.src, state.pos, state.posMax
    if src[pos] == "$":
        if pos and _WORD.match(src, pos - 1):
            return False
        match = _DISPLAY.match(src, pos, end) or _INLINE.match(src, pos, end)
    elif src[pos] == "\\":
        match = _ROUND.match(src, pos, end) or _SQUARE.match(src, pos, end)
    else:
        return False
    if not match or not _can_be_formula(match[1]):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content, token.markup = match[1].strip(), match[0]
        token.meta["display"] = match[0].startswith(("$$", "\\["))
    state.pos = match.end()
    return True


def _can_be_formula(source: str) -> bool:
    """Return whether there is no Han outside of braces."""
    if not source.strip():
        return False
    before = None
    while before != source:
        before, source = source, _BRACES.sub("", source)
    return not _HAN.search(source)


def formula_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Read lines from ``$$`` to ``$$``, or from ``\[`` to ``\]``, as a paragraph that is a formula."""
    begin = state.bMarks[start] + state.tShift[start]
    match = _BEGIN.match(state.src, begin, state.eMarks[start])
    if not match:
        return False
    closing = _ENDS[match[1]]
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        last = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if line == start:
            last = last[2:]
        if last.endswith(closing):
            break
        if closing in last:
            return False
    else:
        return False
    lines = state.getLines(start, line + 1, state.blkIndent, False).strip()
    if not _can_be_formula(lines[2:-2]):
        return False
    if not silent:
        state.line = line + 1
        state.push("paragraph_open", "p", 1).map = [start, state.line]
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = lines, [start, state.line], []
        state.push("paragraph_close", "p", -1)
    return True
