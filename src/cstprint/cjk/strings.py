"""Long strings of Western text: where a line may end inside them.

A string is what no dictionary knows and no reader speaks: a checksum, a path, a name of a function, a sequence of
bases. A line may end inside it without a hyphen, which might be taken for a part of it; at its marks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: As many characters without a blank are a string, unless they are words.
LONG = 20
#: Where a line may end: after a mark that parts two names or numbers, and where a capital begins a word.
_MARKS = re.compile(
    r"(?<=[/_?&=#@|;>])(?=[0-9A-Za-z])|(?<=[A-Za-z)][.,:+*])(?=[0-9A-Za-z])|(?<=[0-9]:)(?=[0-9A-Fa-f])"
    r"|(?<=-)(?=[A-Za-z])|(?<=[A-Za-z0-9]-)(?=[A-Z0-9]{3})|(?<=[a-z]{2})(?=[A-Z][a-z])"
)
_STRING = re.compile(f"[!-~′]{{{LONG},}}")
#: Letters and digits mixed, or capitals: between any two, but after a digit, where it would look like a number's end.
_MIXED = re.compile("(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{12,}|[A-Z]{12,}")
_INSIDE = re.compile("(?<=[A-Za-z]{2})(?=[0-9A-Za-z]{2})|(?<=[0-9][A-Za-z])(?=[0-9A-Za-z]{2})")
_OF_NAMES = re.compile(r"[/_=@&?#.:<>]|\(\)")
#: In a name, where nothing else fills a line, between any letters.
_IN_NAME = re.compile("(?<=[A-Za-z]{3})(?=[A-Za-z]{3})")


@dataclass(frozen=True, slots=True)
class LongString:
    """A string of a text, from ``start`` to ``end``, and the places where a line may end inside it."""

    start: int
    end: int
    is_name: (
        bool  #: it has marks of paths and programs, so that a hyphen put in would be taken for one of its own
    )
    marks: tuple[int, ...]  #: after its marks
    others: tuple[int, ...]  #: between its letters


def long_strings(text: str) -> Iterator[LongString]:
    """Yield the strings of a text that may have to be parted."""
    for run in _STRING.finditer(text):
        start, end = run.start(), run.start() + len(run[0].rstrip(".,:;!?)'\""))
        if end - start < LONG:
            continue
        marks = {mark.start() for mark in _MARKS.finditer(text, start, end)}
        others = {
            place.start()
            for mixed in _MIXED.finditer(text, start, end)
            for place in _INSIDE.finditer(text, mixed.start(), mixed.end())
        }
        inside = range(start + 2, end - 1)
        is_name = bool(_OF_NAMES.search(run[0]))
        if is_name:
            others.update(place.start() for place in _IN_NAME.finditer(text, start, end))
        yield LongString(
            start, end, is_name, tuple(sorted(marks & {*inside})), tuple(sorted((others - marks) & {*inside}))
        )
