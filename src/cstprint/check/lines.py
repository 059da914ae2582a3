"""Lines on the page: those that could not be set flush, or not evenly, are reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cstprint.diagnostics import Diagnostic, Message, PagePlace, msg, note
from cstprint.engine.pages.text import TextFact
from cstprint.source import Span


def check_ragged_lines(lines: Iterable[TextFact], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each line that stays short of the right edge."""
    for line in lines:
        told = msg("The line “{text}” does not reach the right edge.", text=line.text.strip())
        yield _about(line, spans, told)


def check_loose_lines(lines: Iterable[TextFact], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each line that reaches the right edge only with wide gaps between its characters."""
    for line in lines:
        told = msg("The characters of the line “{text}” are far apart.", text=line.text.strip())
        yield _about(line, spans, told)


def _about(line: TextFact, spans: Mapping[str, Span], told: Message) -> Diagnostic:
    return note(
        "CST-E006",
        told,
        span=spans.get(line.block or ""),
        place=PagePlace(line.page, line.x_pt, line.y_pt, line.width_pt, line.height_pt),
        hint=msg("A long word or address follows this line. Rephrase the text, or accept the line."),
    )
