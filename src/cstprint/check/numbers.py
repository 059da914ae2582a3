"""Numbers that people typed: they stay text, but one that contradicts its place is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cstprint.blocks.common.parts import Figure
from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.diagnostics import Diagnostic, msg, warning
from cstprint.issue.model import Issue, figure_numbers

_DIGITS = "〇一二三四五六七八九"
_HAN = "[一二三四五六七八九十百零〇]+"
#: Forms of typed numbers, as GB/T 1.1 and official documents use them: 一、 （一） 1. （1）
_FORMS = {
    "han": re.compile(rf"({_HAN})、"),
    "han-brackets": re.compile(rf"[（(]({_HAN})[）)]"),
    "digits": re.compile(r"([0-9]{1,3})[.．、](?![0-9])"),
    "digits-brackets": re.compile(r"[（(]([0-9]{1,3})[）)]"),
}
_FIGURE = re.compile(
    rf"[图圖]\s*([0-9]{{1,3}}(?![0-9年月])|{_HAN})|(?:Figure|Fig\.)\s*([0-9]{{1,3}}(?![0-9]))", re.IGNORECASE
)


def check_numbers(issue: Issue) -> Iterator[Diagnostic]:
    """Yield a warning for each typed number that contradicts the order it stands in."""
    for article in issue.articles:
        yield from _headings([block for block in article.blocks if isinstance(block, Heading)])
    numbers = figure_numbers(issue)
    for block in issue.blocks():
        if isinstance(block, FigureGroup):
            for figure in block.figures:
                yield from _caption(figure, numbers.get(figure.id))


def chinese_number(text: str) -> int:
    """Return the value of 一 … 九百九十九, or of decimal digits."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character not in "零〇":
            digit = _DIGITS.index(character)
    return total + digit


def _headings(headings: list[Heading]) -> Iterator[Diagnostic]:
    """Compare each numbered heading with the one before it on its level, form by form."""
    last: dict[tuple[int, str], int] = {}
    for heading in headings:
        for key in [key for key in last if key[0] > heading.level]:
            del last[key]  # a new section counts its subsections from 1
        typed = _typed(heading.content.plain)
        if typed is None:
            continue
        form, number, text = typed
        expected = last.get((heading.level, form), 0) + 1
        if number != expected:
            yield warning(
                "CST-N001",
                msg(
                    "The heading has the number “{text}”, but its number here is {expected}.",
                    text=text,
                    expected=expected,
                ),
                span=heading.span,
                hint=msg("Correct the number, or move the section."),
            )
        last[heading.level, form] = number


def _typed(heading: str) -> tuple[str, int, str] | None:
    for form, pattern in _FORMS.items():
        if match := pattern.match(heading):
            return form, chinese_number(match[1]), match[0]
    return None


def _caption(figure: Figure, number: int | None) -> Iterator[Diagnostic]:
    if figure.caption is None or not (match := _FIGURE.match(figure.caption.plain)):
        return
    typed = chinese_number(match[1] or match[2])
    if number is None:
        message = msg("The caption begins with “{text}”, but this figure is not numbered.", text=match[0])
        hint = msg("Delete the number, or set numbered: true, which numbers it automatically.")
    elif typed != number:
        message = msg(
            "The caption begins with “{text}”, but this is figure {number}.", text=match[0], number=number
        )
        hint = msg("Delete the number: figures are numbered automatically.")
    else:
        message = msg("The caption begins with “{text}”, which would be printed twice.", text=match[0])
        hint = msg("Delete the number: figures are numbered automatically.")
    yield warning("CST-N002", message, span=figure.caption.span, hint=hint)
