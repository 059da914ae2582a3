"""Markdown text to blocks with places. CommonMark, less what hurts people who write Chinese.

Left out: indented code (a paragraph indented by spaces is a paragraph), underlined headings (``---`` below a
line is a rule), raw HTML (it prints as typed, and a warning says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, error, msg, warning
from cstprint.issue.blocks import Heading, Inline, Prose
from cstprint.source import SourceText

#: Characters between which a line end in the source is no space: Han, kana, CJK marks, full-width forms
#: (CSS Text 4, § 4.1.3, segment break transformation).
_WIDE = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff—…‘’“”·]"
)
#: Marks next to which no space ever stands in Chinese text.
_WIDE_MARK = re.compile("[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f—…‘’“”]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")

#: How people begin the entries of a list in Chinese; Markdown takes none of these for one.
_ENTRY = re.compile(
    r"(?:[0-9]{1,2}[、．]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[•●○■])"
)
_NOT_READ = re.compile(r"\s*\|.*\|\s*$|\[\^[^\]]+\]:")

MAX_HEADING_LEVEL = 3


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(
        ["code", "lheading", "html_block", "html_inline", "reference"]
    )


@dataclass(slots=True)
class TextBlocks:
    """What one text holds: its blocks in order, and what was found on the way."""

    blocks: list[Heading | Prose] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_blocks(text: SourceText, ids: Iterator[str]) -> TextBlocks:
    """Return the blocks of ``text``, each with an id taken from ``ids``."""
    found = TextBlocks()
    parsed = _parser().parse(text)
    code = (range(*token.map) for token in parsed if token.type == "fence" and token.map)
    found.diagnostics += _slips(text, {line for lines in code for line in lines})
    for tokens in _top_level(parsed):
        opener = tokens[0]
        line = opener.map[0] if opener.map else 0
        span = text.place(line, 0, max(1, len(text.split("\n")[line])))
        for token in tokens:
            if token.type == "inline":
                _settle(token, text, found.diagnostics)
        if opener.type == "heading_open":
            level = int(opener.tag[1:])
            if level > MAX_HEADING_LEVEL:
                found.diagnostics.append(
                    error(
                        "CST-M001",
                        msg(
                            "A heading of level {level}; there are {limit}.",
                            level=level,
                            limit=MAX_HEADING_LEVEL,
                        ),
                        span=span,
                        hint=msg("Use #, ## or ###."),
                    )
                )
                level = MAX_HEADING_LEVEL
            inline = tokens[1]
            content = Inline(span, tuple(inline.children or ()), _plain(inline))
            found.blocks.append(Heading(next(ids), span, level, content))
        else:
            found.blocks.append(Prose(next(ids), span, tuple(tokens)))
    return found


def read_inline(text: SourceText, diagnostics: list[Diagnostic]) -> Inline:
    """Return the emphasis and links of a text that is one paragraph, such as a caption."""
    diagnostics += _slips(text)
    inline = _parser().parseInline(text.strip())[0]
    inline.map = [0, 1]
    _settle(inline, text, diagnostics)
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


def _settle(inline: Token, text: SourceText, diagnostics: list[Diagnostic]) -> None:
    """Drop or space the line ends of a paragraph and tell what has no place in running text."""
    children = inline.children or []
    seeker = _Seeker(text, inline.map[0] if inline.map else 0)
    kept: list[Token] = []
    for index, child in enumerate(children):
        if child.type == "softbreak":
            if _needs_space(_text_before(kept), _text_after(children[index + 1 :])):
                kept.append(Token("text", "", 0, content=" "))
            continue
        if child.type == "image":
            diagnostics.append(_misplaced_picture(child, seeker))
        if child.type == "text":
            diagnostics += _printed_marks(child.content, seeker)
        kept.append(child)
    inline.children = kept


class _Seeker:
    """Finds in the source what stands in one token after the other, from ``line`` (from 0) on."""

    def __init__(self, text: SourceText, line: int):
        self.text = text
        self.offset = sum(len(row) + 1 for row in text.split("\n")[:line])

    def find(self, needle: str) -> int | None:
        """Return the offset of ``needle``, and go on behind it; ``None`` where it is not written so."""
        found = self.text.find(needle, self.offset)
        if found < 0:
            return None
        self.offset = found + len(needle)
        return found


def _misplaced_picture(image: Token, seeker: _Seeker) -> Diagnostic:
    offset = seeker.find("![")
    return error(
        "CST-M005",
        msg("A picture cannot stand inside a paragraph."),
        span=seeker.text.place_of(offset or 0),
        hint=msg("Make it a block of its own: - figure: {path}", path=image.attrGet("src") or "images/…"),
    )


def _printed_marks(content: str, seeker: _Seeker) -> Iterator[Diagnostic]:
    """Yield warnings about ** and tags that stay in the text and will be printed."""
    offset = seeker.find(content)
    if offset is None:
        if "\\" in seeker.text:
            return  # written with escapes: meant as it stands
        content, offset = seeker.text[seeker.offset :], seeker.offset  # an entity stands in between
    if "**" in content:
        yield warning(
            "CST-M004",
            msg("These ** will be printed: Markdown does not take them for emphasis here."),
            span=seeker.text.place_of(offset + content.index("**"), 2),
            hint=msg("Move marks such as “，。” or quotes out of the emphasis."),
        )
    for match in _TAG.finditer(content):
        yield warning(
            "CST-M003",
            msg("HTML is not read in texts; “{tag}” is printed as it stands.", tag=match.group()),
            span=seeker.text.place_of(offset + match.start(), len(match.group())),
            hint=msg("Use Markdown, or a block of its own."),
        )


def _text_before(tokens: list[Token]) -> str:
    return next((t.content for t in reversed(tokens) if t.content), "")


def _text_after(tokens: list[Token]) -> str:
    return next((t.content for t in tokens if t.content), "")


def _needs_space(before: str, after: str) -> bool:
    last, first = before[-1:], after[:1]
    if _WIDE_MARK.match(last) or _WIDE_MARK.match(first):
        return False
    return not (_WIDE.match(last) and _WIDE.match(first))


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
