"""Markdown text to blocks with places. CommonMark, less what hurts people who write Chinese.

Left out: indented code (a paragraph indented by spaces is a paragraph), underlined headings (``---`` below a
line is a rule), raw HTML (it prints as typed, and a warning says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, error, msg, warning
from cstprint.issue.blocks import Heading, Inline, Prose
from cstprint.issue.inline import Seeker, settle
from cstprint.source import SourceText, Span

#: How people begin the entries of a list in Chinese; Markdown takes none of these for one.
_ENTRY = re.compile(
    r"(?:[0-9]{1,2}[、．]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[•●○■])"
)
_NOT_READ = re.compile(r"\s*\|.*\|\s*$|\[\^[^\]]+\]:")

MAX_HEADING_LEVEL = 3


#: How many levels may stand in each other. A list takes two; twenty lists are more than a page has room for.
MAX_NESTING = 40
_CONTAINERS = ("blockquote_open", "list_item_open")


class _Parser(MarkdownIt):
    """CommonMark as it is read here. markdown-it prints links that it does not like as text; here they are told."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        # text_join: escapes and entities stay tokens of their own, so that what was typed can be found.
        self.disable(["code", "lheading", "html_block", "html_inline", "reference", "text_join"])

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the base's signature
        return True


_parser = cache(_Parser)


@dataclass(slots=True)
class TextBlocks:
    """What one text holds: its blocks in order, and what was found on the way."""

    blocks: list[Heading | Prose] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_blocks(text: SourceText, ids: Iterator[str]) -> TextBlocks:
    """Return the blocks of ``text``, each with an id taken from ``ids``."""
    found = TextBlocks()
    parsed = _parser().parse(text)
    lines = text.split("\n")
    code = (range(*token.map) for token in parsed if token.type == "fence" and token.map)
    found.diagnostics += _slips(text, {line for part in code for line in part})
    for tokens in _top_level(parsed):
        opener = tokens[0]
        line = opener.map[0] if opener.map else 0
        span = text.place(line, 0, max(1, len(lines[line])))
        found.diagnostics += _too_deep(tokens, text)
        for token in tokens:
            if token.type == "inline":
                found.diagnostics += settle(token, Seeker(text, *(token.map or (0, len(lines)))))
        if opener.type == "heading_open":
            found.blocks.append(_heading(next(ids), tokens, span, found.diagnostics))
        else:
            found.blocks.append(Prose(next(ids), span, tuple(tokens)))
    return found


def _heading(block_id: str, tokens: list[Token], span: Span, diagnostics: list[Diagnostic]) -> Heading:
    level = int(tokens[0].tag[1:])
    if level > MAX_HEADING_LEVEL:
        problem = msg("A heading of level {level}; there are {limit}.", level=level, limit=MAX_HEADING_LEVEL)
        diagnostics.append(error("CST-M001", problem, span=span, hint=msg("Use #, ## or ###.")))
    inline = tokens[1]
    content = Inline(span, tuple(inline.children or ()), _plain(inline))
    return Heading(block_id, span, min(level, MAX_HEADING_LEVEL), content)


def _too_deep(tokens: list[Token], text: SourceText) -> Iterator[Diagnostic]:
    """Yield an error at the first place where so much is nested that markdown-it leaves out what is inside."""
    for token in tokens:
        nested = token.type in _CONTAINERS and token.level >= MAX_NESTING - 1
        depths = accumulate(child.nesting for child in token.children or ())
        if nested or max(depths, default=0) > MAX_NESTING:
            yield error(
                "CST-M011",
                msg(
                    "Lists, quotations or emphasis are nested more than {limit} deep.", limit=MAX_NESTING // 2
                ),
                span=text.place(token.map[0] if token.map else 0),
                hint=msg("Write it flatter."),
            )
            return


def read_inline(text: SourceText, diagnostics: list[Diagnostic]) -> Inline:
    """Return the emphasis and links of a text that is one paragraph, such as a caption."""
    diagnostics += _slips(text)
    inline = _parser().parseInline(text.strip())[0]
    inline.map = [0, 1]
    diagnostics += _too_deep([inline], text)
    diagnostics += settle(inline, Seeker(text, 0, text.count("\n") + 1))
    return Inline(text.span, tuple(inline.children or ()), _plain(inline))


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of one top-level block after the other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _slips(text: SourceText, code_lines: Set[int] = frozenset()) -> Iterator[Diagnostic]:
    """Yield warnings about lines that Markdown reads otherwise than they were meant."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number in code_lines:
            continue
        if number and line.startswith("\u3000\u3000") and lines[number - 1].strip():
            yield warning(
                "CST-M002",
                msg("This line begins like a paragraph, but no empty line stands before it."),
                span=text.place(number, 0, 2),
                hint=msg("Put an empty line before it; the layout makes the indent."),
            )
        if number and lines[number - 1].strip() and (match := _ENTRY.match(line)):
            yield warning(
                "CST-M007",
                msg("This line begins like an entry of a list, but is joined to the line before."),
                span=text.place(number, 0, match.end()),
                hint=msg("Put an empty line before it, or make a list: “- ” or “1. ” before each entry."),
            )
        if match := _NOT_READ.match(line):
            yield warning(
                "CST-M008",
                msg("Tables and footnotes are not read yet; this is printed as it stands."),
                span=text.place(number, 0, match.end()),
                hint=msg("Write it as a list or as a sentence."),
            )
        if match := re.match(r"#{1,6}(?:\u3000|[^\s#])|[#＃]*＃", line):
            yield warning(
                "CST-M006",
                msg("This is printed as text, not as a heading."),
                span=text.place(number, 0, match.end()),
                hint=msg("A heading begins with a half-width # and a space: # 标题"),
            )
