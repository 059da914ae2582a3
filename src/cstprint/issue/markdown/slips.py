"""Lines that Markdown reads otherwise than they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, msg, warning
from cstprint.reading.models import shorten
from cstprint.source import SourceText

#: How people begin the entries of a list in Chinese; Markdown takes none of these for one.
_ENTRY = re.compile(
    r"(?:[0-9]{1,2}[、．]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[•●○■])"
)
_HEADING = re.compile(r"#{1,6}(?:\u3000|[^\s#])|[#＃]*＃")
_BARS = re.compile(r"\s*\|.*\|\s*$")
#: What other programs know, and lists whose numbers no blank follows.
_FOREIGN = re.compile(
    r"\s*(?:(:::+.*)|([=＝]{4,})\s*$|([0-9]{1,2}\.[\u3400-\u9fff].*)|([０-９]{1,2}．.*)|(｜.*｜)\s*$)"
)
_NOTE = re.compile(r"\s*\[\^[^\s\[\]]+\]：")
#: What may stand after the marks of code: the name of a language, then settings of other programs.
_LANGUAGE = re.compile(r"[A-Za-z][\w.#+-]*(\s+([\w-]+=\S+|\{.*\}))*|\{.*\}", re.ASCII)
_FENCE = re.compile(r"[>\s]*(`{3,}|~{3,})\s*")


def fence_slips(tokens: Iterable[Token], text: SourceText) -> Iterator[Diagnostic]:
    """Yield warnings about code whose first line has words that are not printed, and code that nothing closes."""
    lines = text.split("\n")
    for token in tokens:
        if token.type != "fence" or token.map is None:
            continue
        first, last = token.map[0], token.map[1] - 1
        info = token.info.strip()
        if info and not _LANGUAGE.fullmatch(info):
            at = max(0, lines[first].rfind(info))
            yield warning(
                "CST-M033",
                msg("“{text}” after the opening marks of a code block is not printed.", text=info[:40]),
                span=text.place(first, at, len(info)),
                hint=msg("Move it to a line of its own. Only a language may be there: ```python"),
            )
        closing = _FENCE.fullmatch(lines[last]) if last > first else None
        if closing is None or closing[1][0] != token.markup[0] or len(closing[1]) < len(token.markup):
            yield warning(
                "CST-M034",
                msg("This code block is not closed: {count} lines are printed as code.", count=last - first),
                span=text.place(first, 0, max(1, len(lines[first]))),
                hint=msg("Close it with {marks} on a line of its own.", marks=token.markup),
            )


_FOREIGN_HINTS = {
    1: msg("Boxes of other programs (:::) are not supported: use - box: …"),
    2: msg("A line of === after a line of text makes this line a heading."),
    3: msg("The number of a list item is followed by a space: “1. ”."),
    4: msg("The numbers of a list are half-width: “1. ”."),
    5: msg("The bars of a table are half-width: |"),
}


def slips(text: SourceText, but: Set[int] = frozenset()) -> Iterator[Diagnostic]:
    """Yield warnings about lines that Markdown reads otherwise than they were meant, leaving out those of ``but``."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number in but:
            continue
        if number and line.startswith("\u3000\u3000") and lines[number - 1].strip():
            yield warning(
                "CST-M002",
                msg("This line begins like a paragraph, but there is no empty line before it."),
                span=text.place(number, 0, 2),
                hint=msg("Put an empty line before it. The layout makes the indent."),
            )
        if number and lines[number - 1].strip() and (match := _ENTRY.match(line)):
            yield warning(
                "CST-M007",
                msg("This line begins like a list item, but it is joined to the line before."),
                span=text.place(number, 0, match.end()),
                hint=msg("Put an empty line before it, or make it a list: “- ” or “1. ” before each item."),
            )
        if match := _BARS.match(line):
            yield warning(
                "CST-M012",
                msg("These bars will be printed: this is not a table."),
                span=text.place(number, 0, match.end()),
                hint=msg(
                    "The header of a table is followed by a line |---|---|, with as many cells as the header."
                ),
            )
        if match := _FOREIGN.match(line):
            yield warning(
                "CST-M026",
                msg("“{typed}” is printed as it is.", typed=shorten(line.strip())),
                span=text.place(number, len(line) - len(line.lstrip()), max(1, len(line.strip()))),
                hint=_FOREIGN_HINTS[match.lastindex or 1],
            )
        if match := _NOTE.match(line):
            yield warning(
                "CST-M022",
                msg("This is printed as text, not as a footnote."),
                span=text.place(number, 0, match.end()),
                hint=msg("The label of a footnote is followed by a half-width colon: [^1]: …"),
            )
        if match := _HEADING.match(line):
            yield warning(
                "CST-M006",
                msg("This is printed as text, not as a heading."),
                span=text.place(number, 0, match.end()),
                hint=msg("A heading begins with a half-width # and a space: # 标题"),
            )
