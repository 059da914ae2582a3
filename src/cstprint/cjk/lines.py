"""A paragraph to lines: prepare the gaps, choose the breaks over the whole paragraph, fit each line.

The choice is a total fit in the spirit of Knuth and Plass (Breaking Paragraphs into Lines, 1981) with clreq's
costs: closing gaps (挤进) is cheaper than opening them (推出), a character alone on the last line costs most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cstprint.cjk.characters import Kind, kind_of
from cstprint.cjk.rules import (
    HALF,
    NOTHING,
    Gap,
    Shrink,
    Stretch,
    gap_between,
    may_break,
    may_break_at_space,
    space_gap,
)

#: A gap between Han opens by at most this (em); beyond, the line stays ragged.
MOST_OPEN = 0.5
#: How much of the measure may be missing before a break is tried as the line's end (em).
WINDOW = 4.0
#: Each line costs this much beside its badness, so that fewer lines win.
LINE_COST = 4.0
LONELY_COST = 400.0
_TOLERANCE = 1e-6
_TRIMMED_AT_END = (Kind.CLOSE, Kind.PAUSE, Kind.STOP)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: characters ``start`` to ``end`` (exclusive, without the space that ends it), the next at ``next``.

    ``gaps`` are added to the advances of its characters but the last, ``lead`` to where it begins and ``trail``
    to the advance of its last, all in the paragraph's unit of length; ``width`` is what it takes.
    """

    start: int
    end: int
    next: int
    lead: float
    trail: float
    gaps: tuple[float, ...]
    width: float
    ragged: bool = False


@dataclass(eq=False)
class Paragraph:
    """Characters with their advances and sizes (of one em), in one unit of length.

    ``western[i]`` says whether UAX 14 allows a break before character ``i``; ``joined[i]`` whether it is one
    cluster with the one before.
    """

    text: str
    advances: Sequence[float]
    sizes: Sequence[float]
    western: Sequence[bool]
    joined: Sequence[bool]
    gaps: list[Gap] = field(init=False)
    breaks: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._prepare()
        natural = [a + g.natural * s for a, g, s in zip(self.advances, self.gaps, self.sizes, strict=True)]
        self._natural = [0.0, *accumulate(natural)]
        self._shrink = [
            0.0,
            *accumulate(g.shrink_room * s for g, s in zip(self.gaps, self.sizes, strict=True)),
        ]
        limited = [
            g.stretch_room * s if g.stretch in (Stretch.WORD, Stretch.LATIN) else 0.0
            for g, s in zip(self.gaps, self.sizes, strict=True)
        ]
        self._stretch = [0.0, *accumulate(limited)]
        self._han = [
            0.0,
            *accumulate(
                s if g.stretch is Stretch.HAN else 0.0 for g, s in zip(self.gaps, self.sizes, strict=True)
            ),
        ]

    def _prepare(self) -> None:
        """Find the gap after each character and the places where a line may end."""
        text, last = self.text, len(self.text) - 1
        self.gaps = []
        self.breaks = []
        for i in range(last + 1):
            self.gaps.append(NOTHING if i == last else self._gap(i))
            if i and not self.joined[i] and self._may_break(i):
                self.breaks.append(i)
        self.breaks.append(len(text))

    def _gap(self, i: int) -> Gap:
        text = self.text
        before, after = text[i], text[i + 1]
        if self.joined[i + 1] or after == " ":
            return NOTHING
        if before == " ":
            return space_gap(text[i - 1], after, self.advances[i] / self.sizes[i]) if i else NOTHING
        return gap_between(kind_of(before), kind_of(after))

    def _may_break(self, i: int) -> bool:
        before, after = self.text[i - 1], self.text[i]
        if before == " ":
            return i >= 2 and self.western[i] and may_break_at_space(self.text[i - 2], after)
        return may_break(before, after, western=self.western[i])

    # ── one line ──

    def _edges(self, start: int, end: int) -> tuple[int, float, float]:
        """Return where the line's ink ends, and what its first and last character lose."""
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        lead = -HALF * self.sizes[start] if kind_of(self.text[start]) is Kind.OPEN else 0.0
        last = end - 1
        trail = -HALF * self.sizes[last] if kind_of(self.text[last]) in _TRIMMED_AT_END else 0.0
        return end, lead, trail

    def _width(self, start: int, end: int, lead: float, trail: float) -> float:
        return self._natural[end - 1] - self._natural[start] + self.advances[end - 1] + lead + trail

    def fit(self, start: int, following: int, measure: float | None) -> Line:
        """Return the line from ``start`` to the break at ``following``, set to ``measure``, or natural without."""
        end, lead, trail = self._edges(start, following)
        width = self._width(start, end, lead, trail)
        inner = range(start, end - 1)
        gaps = [self.gaps[i].natural * self.sizes[i] for i in inner]
        slack = 0.0 if measure is None else measure - width
        if slack > _TOLERANCE:
            left = self._open(gaps, inner, slack)
        elif slack < -_TOLERANCE:
            left = -self._close(gaps, inner, -slack)
        else:
            left = slack
        return Line(start, end, following, lead, trail, tuple(gaps), width + slack - left, abs(left) > 1e-3)

    def _open(self, gaps: list[float], inner: range, slack: float) -> float:
        """Open the gaps in order by ``slack``; return what is left."""
        for kind in (Stretch.WORD, Stretch.LATIN):
            slack = self._share(
                gaps,
                inner,
                slack,
                [self.gaps[i].stretch_room if self.gaps[i].stretch is kind else 0.0 for i in inner],
                1,
            )
        ems = [self.sizes[i] if self.gaps[i].stretch is Stretch.HAN else 0.0 for i in inner]
        total = sum(ems)
        if slack <= _TOLERANCE or not total or slack / total > MOST_OPEN:
            return slack
        for place, em in enumerate(ems):
            gaps[place] += slack * em / total
        return 0.0

    def _close(self, gaps: list[float], inner: range, need: float) -> float:
        """Close the gaps in order by ``need``; return what is left."""
        for kind in (Shrink.BRACKET, Shrink.PAUSE, Shrink.LATIN, Shrink.STOP):
            need = self._share(
                gaps,
                inner,
                need,
                [self.gaps[i].shrink_room if self.gaps[i].shrink is kind else 0.0 for i in inner],
                -1,
            )
        return need

    def _share(self, gaps: list[float], inner: range, amount: float, rooms: list[float], sign: int) -> float:
        """Share ``amount`` among the gaps by their rooms (em); return what does not fit."""
        if amount <= _TOLERANCE:
            return amount
        room = [r * self.sizes[i] for r, i in zip(rooms, inner, strict=True)]
        total = sum(room)
        if not total:
            return amount
        used = min(amount, total)
        for place, own in enumerate(room):
            gaps[place] += sign * used * own / total
        return amount - used

    # ── all lines ──

    def plan(self, start: int, first: float, rest: float, *, justified: bool) -> list[int]:
        """Return the starts of all lines from ``start`` on, the first line ``first`` wide, the others ``rest``."""
        if justified:
            return self._total_fit(start, first, rest)
        starts, width = [start], first
        while starts[-1] < len(self.text):
            starts.append(self._fullest(starts[-1], width))
            width = rest
        return starts

    def _fullest(self, start: int, width: float) -> int:
        """Return the last break that fits without closing any gap, or the first there is."""
        candidates = self._breaks_after(start)
        best = candidates[0]
        for following in candidates:
            end, lead, trail = self._edges(start, following)
            if self._width(start, end, lead, trail) > width + _TOLERANCE:
                if self._natural[following] - self._natural[start] > width + 2 * self.sizes[start]:
                    break
            else:
                best = following
        return best

    def _breaks_after(self, start: int) -> list[int]:
        return self.breaks[bisect_right(self.breaks, start) :]

    def _total_fit(self, start: int, first: float, rest: float) -> list[int]:
        length = len(self.text)
        best: dict[int, tuple[float, int]] = {start: (0.0, -1)}
        waiting = [start]
        while waiting:
            place = waiting.pop(0)
            if place == length:
                continue
            cost = best[place][0]
            width = first if place == start else rest
            for following, badness in self._ends(place, width, lonely_matters=place != start):
                total = cost + badness + LINE_COST
                if following not in best:
                    waiting.insert(bisect_left(waiting, following), following)
                    best[following] = (total, place)
                elif total < best[following][0]:
                    best[following] = (total, place)
        starts = [length]
        while starts[-1] != start:
            starts.append(best[starts[-1]][1])
        return starts[::-1]

    def _ends(self, start: int, width: float, *, lonely_matters: bool) -> list[tuple[int, float]]:
        """Return the breaks that may end a line from ``start``, each with its badness; at least one."""
        em = self.sizes[start]
        target = self._natural[start] + width - WINDOW * em
        low = bisect_left(self._natural, target)
        low = min(low, len(self.text))  # all that is left may fit with room to spare
        index = bisect_right(self.breaks, max(start, low - 1))
        found: list[tuple[int, float]] = []
        fallback: tuple[int, float] | None = None
        if index:
            before = self.breaks[index - 1]
            if before > start:
                fallback = (before, 1e6)
        for following in self.breaks[index:]:
            badness = self._badness(start, following, width, lonely_matters=lonely_matters)
            if badness is None:
                if fallback is None:
                    fallback = (following, 1e9)  # nothing fits: the line must run over
                if self._natural[following] - self._natural[start] > width + (2 + WINDOW) * em:
                    break
            else:
                found.append((following, badness))
        if found:
            return found
        assert fallback is not None
        return [fallback]

    def _badness(self, start: int, following: int, width: float, *, lonely_matters: bool) -> float | None:
        """Return how bad a line is, 0 for a perfect one; ``None`` where it cannot be made so narrow."""
        end, lead, trail = self._edges(start, following)
        slack = width - self._width(start, end, lead, trail)
        if slack < -_TOLERANCE:
            room = self._shrink[end - 1] - self._shrink[start]
            if -slack > room + _TOLERANCE:
                return None
            # Half an em of push-in is nothing to speak of; taking most of all room is.
            badness = 1.5 * (-slack / room) ** 3 + 0.5 * (-slack / self.sizes[start])
        elif following == len(self.text):
            badness = 0.0
        else:
            limited = self._stretch[end - 1] - self._stretch[start]
            left = max(0.0, slack - limited)
            han = self._han[end - 1] - self._han[start]
            opened = left / (han or self.sizes[start])  # without a gap to open, what is left stays open
            badness = (opened / 0.03) ** 2 + 0.3 * (min(slack, limited) / limited if limited else 0.0)
            if opened > MOST_OPEN:
                badness += 1e3
        if following == len(self.text) and lonely_matters and self._is_lonely(start, end):
            badness += LONELY_COST
        return badness

    def _is_lonely(self, start: int, end: int) -> bool:
        """Whether a last line holds one character, marks aside (孤字)."""
        letters = sum(kind_of(c) in (Kind.HAN, Kind.LATIN, Kind.OTHER) for c in self.text[start:end])
        return letters <= 1
