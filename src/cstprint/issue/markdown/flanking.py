"""Where emphasis begins and ends beside Chinese text.

CommonMark lets a run of ``*`` open or close emphasis only by the white space and punctuation around it
(CommonMark 0.31, 6.2, left- and right-flanking delimiter runs), so that in ``**注意：**请看`` the second run
closes nothing. The amendment “CJK-friendly emphasis” (github.com/tats-u/markdown-cjk-friendly,
specification.md) counts Chinese marks as no punctuation there, and a Chinese character beside a run as what
white space is. Quotation marks, dashes and ellipses, which Chinese shares with other scripts, are counted as
Chinese here: writers put them inside emphasis as they do ，。.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

#: Han, kana, Hangul, their marks, full-width forms; quotation marks, dash, ellipsis and interpunct.
CHINESE = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe6f\uff00-\uffef\U0001f200-\U0001f2ff\U00020000-\U0003fffd—…‘’“”·]"
)


class InlineParser(ParserInline):
    """markdown-it's parser of running text, with the rules above for all marks that come in pairs."""

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        """Parse ``src`` as the base does, by a state that knows Chinese."""
        state = State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class State(StateInline):
    """The state of one run of text; ``addresses`` are the bare ones in it, once they are looked for."""

    addresses: list[Any] | None = None

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the base's names
        """Return how long the run of marks at ``start`` is, and whether it may open and close emphasis."""
        marker = self.src[start]
        pos = start
        while pos < self.posMax and self.src[pos] == marker:
            pos += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[pos] if pos < self.posMax else " "
        before_space, after_space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        before_mark, after_mark = _is_mark(before), _is_mark(after)
        opens = not after_space and (
            not after_mark or before_space or before_mark or bool(CHINESE.match(before))
        )
        closes = not before_space and (
            not before_mark or after_space or after_mark or bool(CHINESE.match(after))
        )
        if not canSplitWord:  # _ within words is a letter of theirs
            opens, closes = (
                opens and (not closes or before_mark or _is_wide_mark(before)),
                closes and (not opens or after_mark or _is_wide_mark(after)),
            )
        return Scanned(opens, closes, pos - start)


def _is_mark(character: str) -> bool:
    """Whether a character is punctuation that is not Chinese."""
    return not CHINESE.match(character) and (isMdAsciiPunct(ord(character)) or isPunctChar(character))


def _is_wide_mark(character: str) -> bool:
    return bool(CHINESE.match(character)) and isPunctChar(character)
