"""What still looks like Markdown, or like another program's, in text that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, Message, msg, warning
from cstprint.issue.markdown.attributes import NAME
from cstprint.reading.models import shorten
from cstprint.source import SourceText

#: What was meant as a reference or a link, but is none.
_MISSED = re.compile(rf"\[@{NAME}[^\[\]\w-][^\[\]]*\]|［@[^［］]*］|\[[^\[\]]*\][（(]$")
_CLOSE_EMPHASIS = msg(
    "Asterisks come in pairs: is the other ** missing? Write \\*\\* for asterisks that should be printed."
)
_ESCAPE = msg("Correct it, or write \\ before the mark where it is to be printed.")
#: What looks like a mark → what there is to do.
_MARKS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (re.compile(r"(?<!~)~~(?=[^\s~，。！？；：、,.!?)）”])"), msg("Write struck-out text between two ~~.")),
    (
        re.compile(r"\[[^\[\]\n]{1,60}\]\[[^\[\]\n]{0,60}\]"),
        msg("Define the address on a line of its own: [label]: https://…"),
    ),
    (
        re.compile(r"\[\[[^\[\]\n]{1,60}\]\]"),
        msg("Links to other notes of a notebook are not supported: delete the brackets."),
    ),
    (re.compile(r"＊＊[^＊]+＊＊"), msg("Marks of Markdown are half-width: **…**")),
    (re.compile(r"(?<![=\w])==[^=\s][^=]*==|\+\+[^+\s][^+]*\+\+"), _ESCAPE),
    (
        re.compile(r"(?<![\w:]):[a-z][a-z0-9_]{1,30}:(?![\w:])"),
        msg("Names of emoji are not supported: type the emoji."),
    ),
)
_MAY_BE = re.compile(r"[~\[＊=+:]")


def printed_marks(token: Token, text: SourceText, offset: int) -> Iterator[Diagnostic]:
    """Yield warnings about marks in ``token``, which stands at ``offset`` of its text and is printed."""
    content = token.content
    if (at := content.find("**")) >= 0:
        yield warning(
            "CST-M004",
            msg("These ** will be printed: Markdown does not read them as emphasis here."),
            span=text.place_of(offset + at, 2),
            hint=_CLOSE_EMPHASIS,
        )
    if "(" in content or "[" in content or "［" in content:
        for match in _MISSED.finditer(content):
            yield warning(
                "CST-M021",
                msg("“{typed}” is printed as it is.", typed=shorten(match[0])),
                span=text.place_of(offset + match.start(), len(match[0])),
                hint=msg(
                    "Write [@name] or [@name page] for a reference. A link has half-width brackets and no "
                    "footnote inside."
                ),
            )
    if not _MAY_BE.search(content):
        return
    for pattern, hint in _MARKS:
        for match in pattern.finditer(content):
            yield warning(
                "CST-M026",
                msg("“{typed}” is printed as it is.", typed=shorten(match[0])),
                span=text.place_of(offset + match.start(), len(match[0])),
                hint=hint,
            )
