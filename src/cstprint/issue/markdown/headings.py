"""Headings: underlined ones, and attributes after them."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, lheading
from markdown_it.rules_core import StateCore

from cstprint.issue.markdown.attributes import ATTRIBUTES

_UNDERLINE = re.compile(r"(?:={2,}|-{2,})[ \t]*$")
_SENTENCE = re.compile(r"[。！？；：，、.!?;:,…][”’」』）)*]*$")
#: Longer lines are paragraphs, and the dashes below them a rule.
MAX_UNDERLINED = 60


def underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a heading of one line with ``===`` or ``---`` right below it.

    CommonMark takes any paragraph above such a line for a heading. Below several lines, or a sentence, dashes
    are a rule.
    """
    if start + 1 >= end or state.isEmpty(start + 1) or state.sCount[start + 1] < state.blkIndent:
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    below = state.src[state.bMarks[start + 1] + state.tShift[start + 1] : state.eMarks[start + 1]]
    if not _UNDERLINE.match(below) or len(line) > MAX_UNDERLINED or _SENTENCE.search(line):
        return False
    return lheading(state, start, min(end, start + 2), silent)


def take_attributes(state: StateCore) -> None:
    """Take attributes off the ends of headings before their text is read."""
    for opener, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opener.type != "heading_open" or not inline.content.endswith("}"):
            continue
        text, brace, rest = inline.content.rpartition("{")
        if ATTRIBUTES.fullmatch(brace + rest) and text[-1:] not in ("\\", "]"):  # escaped; those of a span
            opener.meta["attributes"] = brace + rest
            inline.content = text.rstrip()
