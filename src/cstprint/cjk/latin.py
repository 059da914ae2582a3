"""Lines of Western languages: word spaces alone are fitted, and words may be parted by hyphens.

The paragraph, the choice of its breaks and the fit of its lines are those of Chinese; here is what differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from cstprint.cjk.rules import NOTHING, Gap, word_gap

#: Breaks that leave less than this (em) short are tried as a line's end, and one before: word spaces open by more
#: than gaps between Han, and there are fewer breaks.
WINDOW = 5.0
#: A line whose word spaces open by this (em) more than expected has a badness of both costs together; the second
#: grows so fast that one line with holes is worse than several that are a little loose.
LOOSE, LOOSE_COST, STEEP_COST = 0.25, 14.0, 20.0
#: … but no line that is full costs more than one that is left short.
MOST_COST = 5000.0
#: The slack (em) that is expected of a line.
EXPECTED = 0.4
#: A hyphen; each letter less than four that it parts from its word; a hyphen on the line before, too; a capital word.
HYPHEN_COST, SHORT_PART_COST, NEXT_HYPHEN_COST, NAME_COST = 8.0, 1.0, 10.0, 2.0
_FULL_PART = 4
#: A last line of one word, or of a part of one.
WORD_ALONE_COST, PART_ALONE_COST = 10.0, 30.0
#: A dash stands at the end of a line rather than at the beginning of the next, with spaces around it or without.
_DASHES = "—–"
#: Digits in groups of three: 1 000 000.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_SPACES = " \u00a0"


class Hyphenation(Protocol):
    """Where words may be parted by a hyphen, found when it is first asked for."""

    def places(self) -> Iterable[int]:
        """Return the places, each that before a character."""

    def advance(self, place: int) -> float:
        """Return the advance of the character before ``place`` with a hyphen after it."""


def gap_at(text: str, i: int, advance: float) -> Gap:
    """Return the gap after character ``i``, ``advance`` em wide, of a Western text: spaces alone open and close."""
    return word_gap(round(advance, 4)) if text[i] in _SPACES and i and text[i - 1] not in _SPACES else NOTHING


def may_break(text: str, i: int) -> bool:
    """Return whether a line may end before character ``i`` where UAX 14 lets it."""
    if text[i - 1] != " ":
        return True
    if text[i] in _DASHES:
        return False
    around = _GROUPED.search(text, max(0, i - 4), i + 3) if text[i].isdigit() else None
    return around is None or not around.start() < i < around.end()


def hyphen_prices(text: str, places: Iterable[int]) -> dict[int, float]:
    """Return what it costs to part a word at each of the places (prices as in :mod:`cstprint.cjk.places`)."""
    prices = {}
    for place in places:
        first = last = place
        while first and text[first - 1].isalpha():
            first -= 1
        while last < len(text) and text[last].isalpha():
            last += 1
        short = max(0, _FULL_PART - (place - first)) + max(0, _FULL_PART - (last - place))
        name = NAME_COST if text[first].isupper() else 0.0
        prices[place] = HYPHEN_COST + SHORT_PART_COST * short + name
    return prices


def badness(slack: float, spaces: float) -> float:
    """Return the badness of a line that opens its ``spaces`` (em, all together) by ``slack`` (em) or closes them.

    The best is half of what parts two breaks: so much is to be expected, and lines alike look best.
    """
    ratio = (slack - EXPECTED) / spaces / LOOSE
    steep = STEEP_COST * ratio**6 if ratio > 0.0 else 0.0
    return min(LOOSE_COST * ratio**2 + steep, MOST_COST + LOOSE_COST * abs(ratio))
