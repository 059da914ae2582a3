"""The breaks of heads: lines of about one length that end at marks and between phrases.

CSS has ``text-wrap: balance`` for lines of one length (CSS Text 4, 6.4.1); where phrases end is left to editors. In
Chinese much of it is seen from the characters: marks, brackets, particles, numbers, Latin words, some common words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate

from cstprint.cjk.characters import Kind
from cstprint.cjk.lines import Paragraph
from cstprint.cjk.opening import TOLERANCE
from cstprint.cjk.seams import seams_in

#: What a line costs that is all of the mean length longer or shorter than that, in the unit of seams; its square
#: counts. Two lines of ten characters become 14 and 6 for a mark rather than end at a place that nothing is known of.
UNEVEN = 200.0
#: A line more costs more than all words that it may spare; a line of so many letters more than a line.
LINE_COST, LONELY_COST, FEW = 1000.0, 4000.0, 2
#: A line that ends where no rule allows it; one that runs over.
BROKEN_COST, OVER_COST = 1e5, 1e7
_LETTERS = frozenset((Kind.HAN, Kind.LATIN, Kind.OTHER, Kind.FULL))

_HAN_NUMBER = "[〇零一二三四五六七八九十百]"
#: What the text of a head hangs after: 一、 （一） 1. 2.3 (4) ⑤
_MARKER = re.compile(
    rf"(?:{_HAN_NUMBER}{{1,4}}、|（{_HAN_NUMBER}{{1,4}}）|[0-9]{{1,2}}(?:[．、]|\.(?![0-9])|(?:\.[0-9]{{1,2}})+ )"
    "|[（(][0-9]{1,2}[）)]|[①-⑳]) *"
)
#: Nothing hangs further in than this part of the measure.
_MOST_HUNG = 0.25

#: Where a line from one place ends before the next break if that does not fit in a width, ``None`` for nowhere.
Broken = Callable[[int, int, float], "int | None"]


def marker_of(text: str) -> int:
    """Return where the text of a head begins after its number, 0 where it has none."""
    marker = _MARKER.match(text)
    return marker.end() if marker and marker.end() < len(text) else 0


def hung(paragraph: Paragraph, width: float) -> float:
    """Return how far its second line and those after it hang in, in a measure of ``width``."""
    end = marker_of(paragraph.text)
    if not end or paragraph.is_final(end):
        return 0.0
    by = paragraph.natural[end] - paragraph.natural[0] + paragraph.lead(0)
    return by if by <= _MOST_HUNG * width else 0.0


def balanced(paragraph: Paragraph, start: int, widths: tuple[float, float], broken: Broken) -> list[int]:
    """Return the starts of all lines from ``start`` on, in the measures of the first and of the others."""
    starts = [start]
    while starts[-1] < len(paragraph.text):
        begin = starts[-1]
        final = paragraph.finals[bisect_right(paragraph.finals, begin)]
        first = widths[0] if begin == start else widths[1]
        starts += _Part(paragraph, begin, final, (first, widths[1]), broken).starts()[1:]
    return starts


@dataclass(frozen=True)
class _Part:
    """A part of a head between two places where lines end for good."""

    paragraph: Paragraph
    start: int
    final: int
    widths: tuple[float, float]
    broken: Broken

    def starts(self) -> list[int]:
        """Return the starts of its lines, and its end."""
        found = self._cheapest(None)
        for _ in range(3):  # how short lines are on average depends on how many there are
            again = self._cheapest(len(found) - 1)
            if len(again) == len(found):
                return again
            found = again
        return found

    @cached_property
    def seams(self) -> list[float]:
        return seams_in(self.paragraph.text, self.paragraph.kinds)

    @cached_property
    def letters(self) -> list[int]:
        """How many letters there are before each place, without those that a leader leads to."""
        p = self.paragraph
        body = len(p.text) if p.body is None else p.body
        counted = (kind in _LETTERS and at < body for at, kind in enumerate(p.kinds))
        return [0, *accumulate(map(int, counted))]

    def _room(self, place: int) -> float:
        return self.widths[place != self.start]

    def _width(self, place: int, following: int) -> float:
        """Return how wide a line is, without a leader and what it leads to."""
        p = self.paragraph
        if following == self.final and p.body is not None and place < p.body:
            return p.natural[p.body - 1] + p.advances[p.body - 1] - p.natural[place] + p.lead(place)
        return p.width(place, following)

    def _cheapest(self, lines: int | None) -> list[int]:
        """Return the starts of the cheapest lines if there are to be about so many; without, of the fewest."""
        best: dict[int, tuple[float, int]] = {self.start: (0.0, self.start)}
        slack = 0.0 if lines is None else self._mean_slack(lines)
        waiting = [self.start]
        while (place := heappop(waiting)) != self.final:
            for following, forced in self._ends(place):
                cost = best[place][0] + LINE_COST + forced
                if lines is not None:
                    cost += self._badness(place, following, slack)
                if following not in best:
                    heappush(waiting, following)
                if following not in best or cost < best[following][0]:
                    best[following] = cost, place
        found = [self.final]
        while found[-1] != self.start:
            found.append(best[found[-1]][1])
        return found[::-1]

    def _ends(self, place: int) -> Iterator[tuple[int, float]]:
        """Yield where a line from ``place`` may end, each with what it costs that no rule allows it."""
        p, room, found = self.paragraph, self._room(place), False
        marker = marker_of(p.text) if place == 0 else 0
        for at in range(bisect_right(p.breaks, place), len(p.breaks)):
            following = p.breaks[at]
            if following <= marker:
                continue
            if p.width(place, following) <= room + TOLERANCE:
                found = True
                yield following, 0.0
            elif not found:
                broken = self.broken(place, following, room)
                yield (following, OVER_COST) if broken is None else (broken, BROKEN_COST)
                return
            elif p.natural[following] - p.natural[place] > room + 2 * p.sizes[place]:
                return
            if following == self.final:
                return

    def _badness(self, place: int, following: int, slack: float) -> float:
        """Return what a line costs that should be ``slack`` shorter than the measure."""
        p = self.paragraph
        mean = max(self.widths[1] - slack, p.sizes[place])
        uneven = (self._room(place) - self._width(place, following) - slack) / mean
        cost = UNEVEN * uneven**2
        is_whole = place == self.start and following == self.final
        if not is_whole and self.letters[following] - self.letters[place] <= FEW:
            cost += LONELY_COST
        if following != self.final:
            # A dash may begin a line here: it begins a subtitle.
            priced = 0.0 if p.text[following] == "—" else p.prices.get(following, 0.0)
            cost += self.seams[following] + priced
        return cost

    def _mean_slack(self, lines: int) -> float:
        """Return how much shorter than the measure so many lines of one length are."""
        p, (first, rest) = self.paragraph, self.widths
        end = self.final if p.body is None else min(self.final, p.body)
        return (first + (lines - 1) * rest - (p.natural[end] - p.natural[self.start])) / lines
