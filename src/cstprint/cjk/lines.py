"""A paragraph and its lines: the gap after each character, where a line may end, a line set to its measure.

Which places to take is chosen in :mod:`cstprint.cjk.breaks`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from cstprint.cjk.characters import DIGITS, LATIN_UNITS, MULTIPLIERS, UNITS, Kind, kind_of
from cstprint.cjk.rules import (
    CLREQ,
    HALF,
    HAN_GAP,
    NOTHING,
    Gap,
    LineEnd,
    Setting,
    Shrink,
    Stretch,
    gap_between,
    may_break,
    may_break_at_space,
    space_gap,
)

#: Gaps between Han open by at most this much (em) before word spaces open with them.
HAN_FIRST = 0.1
#: Near a run longer than a quarter of the measure that cannot be broken, a gap opens by at most this (em); where
#: that does not do, the line stays ragged.
MOST_OPEN = 0.5
LONG_RUN = 1 / 4
TOLERANCE = 1e-6
_TRIMMED_AT_END = (Kind.CLOSE, Kind.PAUSE, Kind.STOP)
_NOWHERE: frozenset[int] = frozenset()


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
    """Characters with their advances and sizes (of one em), in one unit of length; a line feed ends a line.

    ``western[i]`` says whether UAX 14 allows a break before character ``i``; ``joined[i]`` whether it is one
    cluster with the one before; ``closed`` holds the places with no break before them whatever the rules say, and
    ``apart`` those where a border or padding parts the character from the one before. ``tracking`` is what the
    designer adds to every advance (letter-spacing). ``anywhere``: rather break in a word than run over. ``ending``
    gives a Latin letter's advance where it ends a line, without the kerning to what followed it.
    """

    text: str
    advances: Sequence[float]
    sizes: Sequence[float]
    western: Sequence[bool]
    joined: Sequence[bool]
    kinds: Sequence[Kind] = ()
    setting: Setting = CLREQ
    closed: frozenset[int] = _NOWHERE
    apart: frozenset[int] = _NOWHERE
    tracking: Sequence[float] | None = None
    anywhere: bool = False
    ending: Callable[[int], float] | None = None
    gaps: list[Gap] = field(init=False)
    breaks: list[int] = field(init=False)
    finals: list[int] = field(init=False)
    # Sums over the characters before a place: advances with their natural gaps, the room to close and to open
    # (Han–Latin and word spaces), the ems of word spaces and of gaps between Han.
    natural: list[float] = field(init=False)
    shrink: list[float] = field(init=False)
    stretch: list[float] = field(init=False)
    words: list[float] = field(init=False)
    han: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = self.kinds or [kind_of(character) for character in self.text]
        self._prepare()
        zipped = list(zip(self.gaps, self.sizes, strict=True))
        natural = [a + g.natural * s for a, (g, s) in zip(self.advances, zipped, strict=True)]
        if self.tracking is not None:
            joined = [*self.joined[1:], False]
            natural = [n + (0 if j else t) for n, t, j in zip(natural, self.tracking, joined, strict=True)]
        self.natural = _sums(natural)
        self.shrink = _sums([g.shrink_room * s for g, s in zipped])
        limited = (Stretch.WORD, Stretch.LATIN)
        self.stretch = _sums([g.stretch_room * s if g.stretch in limited else 0.0 for g, s in zipped])
        self.words = _sums([s if g.stretch is Stretch.WORD else 0.0 for g, s in zipped])
        self.han = _sums([s if g.stretch is Stretch.HAN else 0.0 for g, s in zipped])
        #: Where a line ends for good: after a line feed and at the end of the text.
        self.finals = [i + 1 for i, character in enumerate(self.text) if character == "\n"]
        if not self.text.endswith("\n"):
            self.finals.append(len(self.text))

    @property
    def max_content(self) -> float:
        """The width of the longest line where lines end only at line feeds."""
        starts = [0, *self.finals[:-1]]
        return max(
            (self.fit(a, b, None).width for a, b in zip(starts, self.finals, strict=True)), default=0.0
        )

    # ── the rules, over the text ──

    def _prepare(self) -> None:
        """Find the gap after each character and the places where a line may end."""
        text, last, joined, closed = self.text, len(self.text) - 1, self.joined, self.closed
        self.gaps = []
        self.breaks = []
        for i in range(last + 1):
            self.gaps.append(NOTHING if i == last else self._gap(i))
            if i and not joined[i] and (text[i - 1] == "\n" or (i not in closed and self._may_break(i))):
                self.breaks.append(i)
        self.breaks.append(len(text))

    def _gap(self, i: int) -> Gap:
        text, kinds = self.text, self.kinds
        before, after = text[i], text[i + 1]
        if self.joined[i + 1] or after in " \n" or before == "\n":
            return NOTHING
        if i + 1 in self.apart:
            return HAN_GAP
        if before == " ":
            if not i:
                return NOTHING
            space = self.advances[i] / self.sizes[i]
            return space_gap(text[i - 1], after, space, (kinds[i - 1], kinds[i + 1]), self.setting.latin_gap)
        return gap_between(kinds[i], kinds[i + 1], self.setting.latin_gap)

    def _may_break(self, i: int) -> bool:
        text = self.text
        before, after = text[i - 1], text[i]
        if before == " ":
            if i < 2 or not self.western[i] or not may_break_at_space(text[i - 2], after):
                return False
            return not (text[i - 2] in DIGITS and after.isalpha() and self._word(i) in LATIN_UNITS)
        if before in MULTIPLIERS and after in UNITS and self._is_number(i - 1):
            return False
        return may_break(before, after, western=self.western[i], kinds=(self.kinds[i - 1], self.kinds[i]))

    def _word(self, i: int) -> str:
        """Return the Latin word that begins at ``i``, as far as a unit may be long."""
        end = i
        while end < min(len(self.text), i + 6) and self.kinds[end] is Kind.LATIN:
            end += 1
        return self.text[i:end].rstrip(".,;:)")

    def _is_number(self, i: int) -> bool:
        """Whether the multipliers up to ``i`` (万, 亿) follow a digit, with or without a space."""
        while i and self.text[i] in MULTIPLIERS:
            i -= 1
        return self.text[i] in DIGITS or (self.text[i] == " " and self.text[i - 1] in DIGITS)

    def is_final(self, following: int) -> bool:
        """Whether a line that ends at ``following`` is the last, or the last before a line feed."""
        return following == len(self.text) or self.text[following - 1] == "\n"

    # ── one line ──

    def edges(self, start: int, end: int) -> tuple[int, float, float]:
        """Return where the line's ink ends, and what its first and last character lose."""
        text, kinds = self.text, self.kinds
        if end > start and text[end - 1] == "\n":
            end -= 1
        while end > start + 1 and text[end - 1] == " ":
            end -= 1
        if end == start:
            return end, 0.0, 0.0
        lead = -HALF * self.sizes[start] if kinds[start] is Kind.OPEN and start not in self.apart else 0.0
        trail = 0.0
        if (
            kinds[end - 1] in _TRIMMED_AT_END
            and self.setting.line_end is not LineEnd.FULL
            and end not in self.apart
        ):
            trail = -HALF * self.sizes[end - 1]
        elif self.ending and self._is_kerned(end):
            trail = self.ending(end - 1) - self.advances[end - 1]
        return end, lead, trail

    def _is_kerned(self, end: int) -> bool:
        """Whether the Latin letter before ``end`` may be set closer to what follows it."""
        if end == len(self.text) or end in self.apart or self.kinds[end - 1] is not Kind.LATIN:
            return False
        return self.kinds[end] in (Kind.LATIN, Kind.SPACE)

    def width(self, start: int, end: int, lead: float, trail: float) -> float:
        """Return how wide a line is with natural gaps and these edges."""
        if end == start:
            return 0.0
        return self.natural[end - 1] - self.natural[start] + self.advances[end - 1] + lead + trail

    def fit(self, start: int, following: int, measure: float | None, *, forced: bool = False) -> Line:
        """Return the line from ``start`` to the break at ``following``, set to ``measure``, or natural without.

        ``forced`` opens its gaps however far that is.
        """
        end, lead, trail = self.edges(start, following)
        width = self.width(start, end, lead, trail)
        inner = range(start, max(start, end - 1))
        gaps = [self.gaps[i].natural * self.sizes[i] for i in inner]
        if self.tracking is not None:
            gaps = [
                g if self.joined[i + 1] else g + self.tracking[i] for g, i in zip(gaps, inner, strict=True)
            ]
        slack = 0.0 if measure is None else measure - width
        if trail and self.setting.line_end is LineEnd.AUTO and slack > 0:
            # The mark has what the line can spare, up to its full width.
            given = min(slack, -trail)
            trail, width, slack = trail + given, width + given, slack - given
        if slack > TOLERANCE:
            most = math.inf if forced or not self._near_long_run(start, following, measure) else MOST_OPEN
            opened = self._opened(gaps, inner, slack, most)
            left = slack if opened is None else 0.0
            gaps = opened or gaps
        else:
            left = -self._close(gaps, inner, -slack)
        return Line(start, end, following, lead, trail, tuple(gaps), width + slack - left, abs(left) > 1e-3)

    def _near_long_run(self, start: int, following: int, measure: float | None) -> bool:
        """Whether a line holds, or comes before, what cannot be broken for more than a quarter of the measure."""
        if measure is None:
            return False
        first, last = bisect_right(self.breaks, start), bisect_right(self.breaks, following)
        places = [start, *self.breaks[first : last + 1]]
        return any(
            self.natural[b] - self.natural[a] > measure * LONG_RUN for a, b in pairwise(places) if a != b
        )

    def _opened(self, natural: list[float], inner: range, slack: float, most: float) -> list[float] | None:
        """Return the gaps opened in order by ``slack``, ``None`` where none opens enough (em)."""
        gaps = list(natural)
        for kind in (Stretch.WORD, Stretch.LATIN):
            rooms = [self.gaps[i].stretch_room if self.gaps[i].stretch is kind else 0.0 for i in inner]
            slack = self._share(gaps, inner, slack, rooms, 1)
        han = [1.0 if self.gaps[i].stretch is Stretch.HAN else 0.0 for i in inner]
        slack = self._share(gaps, inner, slack, [HAN_FIRST * one for one in han], 1)
        if slack <= TOLERANCE:
            return gaps
        both = [1.0 if self.gaps[i].stretch in (Stretch.HAN, Stretch.WORD) else 0.0 for i in inner]
        total = sum(one * self.sizes[i] for one, i in zip(both, inner, strict=True))
        if not total or slack / total > most - HAN_FIRST:
            return None
        self._share(gaps, inner, slack, [one * slack for one in both], 1)
        return gaps

    def _close(self, gaps: list[float], inner: range, need: float) -> float:
        """Close the gaps in order by ``need``; return what is left."""
        for kind in list(Shrink)[1:]:
            rooms = [self.gaps[i].shrink_room if self.gaps[i].shrink is kind else 0.0 for i in inner]
            need = self._share(gaps, inner, need, rooms, -1)
        return need

    def _share(self, gaps: list[float], inner: range, amount: float, rooms: list[float], sign: int) -> float:
        """Share ``amount`` among the gaps by their rooms (em); return what does not fit."""
        if amount <= TOLERANCE:
            return amount
        room = [r * self.sizes[i] for r, i in zip(rooms, inner, strict=True)]
        total = sum(room)
        if not total:
            return amount
        used = min(amount, total)
        for place, own in enumerate(room):
            gaps[place] += sign * used * own / total
        return amount - used


def _sums(values: list[float]) -> list[float]:
    return [0.0, *accumulate(values)]
