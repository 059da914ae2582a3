"""Marks that CommonMark has not: ``==highlight==``, ``H~2~O``, ``x^2^``, and entries with ``[ ]`` of lists of tasks.

None of them takes Chinese text apart: what is typed as ``3~5天，6~8天``, ``（^_^）`` or ``a==b`` is printed so.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

#: 1 to 8 letters, digits or signs, no blank and no Han.
_SHORT = r"([A-Za-z0-9\u0370-\u03ff+\-−±=().,′″*/]{1,8})"
_SUBSCRIPT = re.compile(rf"~{_SHORT}~(?!~)")
_SUPERSCRIPT = re.compile(rf"\^{_SHORT}\^(?!\^)")
#: What a subscript belongs to: after a digit, ~ is a range (3~5).
_BASE_OF_SUBSCRIPT = re.compile(r"[^\W\d_]|[)\]}*]")
_BASE_OF_SUPERSCRIPT = re.compile(r"[^\W_]|[)\]}*”’）]")
#: Faces such as 哈哈^o^.
_FACE = re.compile(r"[oOvVwWuUTx._-]")
_HIGHLIGHT = re.compile(r"==(?![\s=])([^\n=]*(?:=[^\n=]+)*)(?<!\s)==(?!=)")
_WORD = re.compile(r"[A-Za-z0-9_)\]]")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")

#: What is printed before an open and before a finished task.
OPEN, DONE = "□", "✓"


def subscript(state: StateInline, silent: bool) -> bool:
    """Read ``~…~`` after a letter."""
    match = _SUBSCRIPT.match(state.src, state.pos, state.posMax)
    if not match or not state.pos or not _BASE_OF_SUBSCRIPT.match(state.src, state.pos - 1):
        return False
    return _push(state, silent, "sub", match)


def superscript(state: StateInline, silent: bool) -> bool:
    """Read ``^…^`` after a letter, a digit or a bracket."""
    match = _SUPERSCRIPT.match(state.src, state.pos, state.posMax)
    if not match or not state.pos:
        return False
    before = state.src[state.pos - 1]
    if not _BASE_OF_SUPERSCRIPT.match(before) or (not before.isascii() and _FACE.fullmatch(match[1])):
        return False
    return _push(state, silent, "sup", match)


def _push(state: StateInline, silent: bool, tag: str, match: re.Match[str]) -> bool:
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = match[1]
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def highlight(state: StateInline, silent: bool) -> bool:
    """Read ``==…==``; between words of Latin letters it is a comparison."""
    if not state.src.startswith("==", state.pos) or (state.pos and state.src[state.pos - 1] == "="):
        return False
    match = _HIGHLIGHT.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    inside = state.pos > 0 and _WORD.match(state.src, state.pos - 1)
    if inside or _WORD.match(state.src, match.end(), state.posMax):
        return False
    if not silent:
        maximum = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = maximum
    state.pos = match.end()
    return True


def tasks(state: StateCore) -> None:
    """Give entries of lists that begin with ``[ ]`` or ``[x]`` a box instead of the list's mark."""
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        match = _TASK.match(inline.content)
        if match:
            inline.content = inline.content[match.end() :]
            item.attrJoin("class", "task")
            inline.meta["task"] = DONE if match[1].strip() else OPEN


def put_boxes(state: StateCore) -> None:
    """Put the boxes of tasks before their texts, once these are read."""
    for token in state.tokens:
        if "task" in token.meta and token.children is not None:
            token.children.insert(0, Token("task", "", 0, content=token.meta["task"]))
