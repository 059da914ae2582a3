"""One message for what is found many times: how often, and where first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cstprint.diagnostics import Diagnostic, msg

#: So many places are named; the count says how many more there are.
MAX_PLACES = 12


def gathered(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, those that say the same of several places as one, at the first of them.

    What each place has of its own, its ``subject`` (an address), is named with its line.
    """
    kept: dict[object, list[Diagnostic]] = {}
    for diagnostic in found:
        same = (diagnostic.code, diagnostic.severity, diagnostic.message, diagnostic.hint)
        kept.setdefault(same if diagnostic.span else id(diagnostic), []).append(diagnostic)
    for group in kept.values():
        first = group[0]
        places = dict.fromkeys(map(_place, group))
        if len(places) == 1 and first.subject is None:
            yield first
            continue
        named = tuple(list(places)[:MAX_PLACES])
        if len(group) == 1:
            message = msg("{finding} Line {places}", finding=first.message, places=named)
        else:
            message = msg(
                "{finding} {count} places, lines {places}",
                finding=first.message,
                count=len(group),
                places=named,
            )
        if len(places) > MAX_PLACES:
            message = msg("{finding} …", finding=message)
        yield replace(first, message=message, subject=None)


def _place(diagnostic: Diagnostic) -> str:
    line = str(diagnostic.span.line) if diagnostic.span else ""
    return f"{line} ({diagnostic.subject})" if diagnostic.subject else line
