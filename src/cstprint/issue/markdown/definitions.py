"""Definitions of links: ``[label]: https://…`` for ``[text][label]``, ``[label][]`` and ``[label]``.

markdown-it takes any word after the colon for an address and prints nothing of the line; ``[编者按]: 冒号后的字``
is text here. The token ``definition`` stands where one was read (``content``: its label), so that one
nobody uses is reported.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, reference

_DEFINITION = re.compile(
    r"\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:<[^<>\n]+>|[A-Za-z][A-Za-z0-9+.-]*:\S|#\S|\.{0,2}/\S"
    r"|[A-Za-z0-9_%.-]+(?:/\S*|\.[A-Za-z0-9]{2,5}(?:[?#]\S*)?)(?:\s|$))"
)


def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a link whose address looks like one."""
    begin = state.bMarks[start] + state.tShift[start]
    match = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if not match or not reference(state, start, end, silent):
        return False
    if not silent:
        token = state.push("definition", "", 0)
        token.map, token.content, token.hidden = [start, state.line], normalizeReference(match[1]), True
    return True
