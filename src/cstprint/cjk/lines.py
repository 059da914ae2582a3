"""A paragraph and its lines: the gap after each character, where a line may end, a line set to its measure.

Which places to take is chosen in :mod:`cstprint.cjk.breaks`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cstprint.cjk import latin
from cstprint.cjk.characters import NO_END, NO_START, OBJECT, WESTERN, Kind, kind_of
from cstprint.cjk.opening import (
    HAN_FIRST,
    MOST_OPEN,
    TOLERANCE,
    close_gaps,
    open_short,
    opened_gaps,
    opened_words,
    widest_han,
)
from cstprint.cjk.places import STRONG, Places, places_in
from cstprint.cjk.rules import (
    CLREQ,
    HALF,
    HAN_GAP,
    LETTER_GAP,
    NO_BLANK,
    NOTHING,
    SIGN_GAP,
    Gap,
    LineEnd,
    Questions,
    Setting,
    Stretch,
    call_gap,
    dot_gap,
    gap_between,
    may_break,
    may_break_at_space,
    space_gap,
)

#: A line is loose with a gap between Han above this (em), and above that in lines wider than so many em.
TOLD, WIDE_TOLD, WIDE = 0.25, 0.10, 30.0
#: A line that is shorter (em) may stay ragged without a word.
FEW = 6.0
#: Marks of Western text that never stand apart from what they follow.
_WESTERN_STOPS = frozenset(".,;:!?")
_TRIMMED_AT_END = (Kind.CLOSE, Kind.PAUSE, Kind.STOP)
_HANGING = (Kind.PAUSE, Kind.STOP)
_MARKS = (Kind.OPEN, Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.DOT, Kind.JOINED)
_NOWHERE: frozenset[int] = frozenset()
#: Blanks of an em that end a line hang as typed spaces do; more than these are a space to be filled in by hand.
_BLANK, _HANGING_BLANKS = "\u3000", 2
#: Han that no rule knows one by one.
_RUN_OF_HAN = re.compile("[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: characters ``start`` to ``end`` (exclusive, without the space that ends it), the next at ``next``.

    ``gaps`` are added to the advances of its characters but the last, ``lead`` to where it begins and ``trail``
    to the advance of its last, all in the paragraph's unit of length; ``width`` is what it takes. Where it ends with
    a hyphen that is not in the text, ``trail`` has room for that.
    """

    start: int
    end: int
    next: int
    lead: float
    trail: float
    gaps: tuple[float, ...]
    width: float
    ragged: bool = False
    hyphenated: bool = False
    loose: bool = False  #: a gap between Han is so wide that the author should know


@dataclass(eq=False)
class Paragraph:
    """Characters with their advances and sizes (of one em), in one unit of length; a line feed ends a line.

    ``western[i]`` says whether UAX 14 allows a break before character ``i``; ``joined[i]`` whether it is one
    cluster with the one before; ``closed`` holds the places with no break before them whatever the rules say,
    ``apart`` those where a border or padding parts the character from the one before, and ``rigid`` those with no
    gap before them, as in code. ``tracking`` is what the designer adds to every advance (letter-spacing).
    ``anywhere``: rather break in a word than run over. ``by_words``: it is of a Western language, whose lines are
    fitted by word spaces alone. ``ending``
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
    rigid: frozenset[int] = _NOWHERE
    tracking: Sequence[float] | None = None
    anywhere: bool = False
    by_words: bool = False
    hyphenation: latin.Hyphenation | None = None
    ending: Callable[[int], float] | None = None
    body: int | None = None  #: where a leader begins
    gaps: list[Gap] = field(init=False)
    breaks: list[int] = field(init=False)
    prices: dict[int, float] = field(init=False)  #: what it costs to take some of the breaks
    addresses: set[int] = field(init=False)  #: the places inside addresses
    kept: set[int] = field(init=False)  #: … inside what is one thing, or a name: no hyphen is put in
    weak: dict[int, float] = field(init=False)  #: where it ends before it is left short: the price
    finals: list[int] = field(init=False)
    # Sums over the characters before a place: advances with their natural gaps, the room to close and to open
    # (Han–Latin and word spaces), the ems of word spaces and of gaps between Han.
    natural: list[float] = field(init=False)
    shrink: list[float] = field(init=False)
    stretch: list[float] = field(init=False)
    words: list[float] = field(init=False)
    han: list[float] = field(init=False)
    _tails: dict[int, tuple[int, float, float]] = field(init=False, default_factory=dict)
    _hyphens: list[int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.kinds = self.kinds or [kind_of(character) for character in self.text]
        self._prepare()
        self._sum_up()
        #: Where a line ends for good: after a line feed and at the end of the text.
        self.finals = [i + 1 for i, character in enumerate(self.text) if character == "\n"]
        if not self.text.endswith("\n"):
            self.finals.append(len(self.text))

    def _sum_up(self) -> None:
        gaps, sizes = self.gaps, self.sizes
        natural, nothing = list(self.advances), [0.0] * len(gaps)
        shrink, stretch, words = nothing.copy(), nothing.copy(), nothing.copy()
        han = [size if gap is HAN_GAP else 0.0 for gap, size in zip(gaps, sizes, strict=True)]
        for i, gap in enumerate(gaps):
            if gap is HAN_GAP or gap is NOTHING:
                continue
            size = sizes[i]
            natural[i] += gap.natural * size
            shrink[i] = gap.shrink_room * size
            if gap.stretch is Stretch.HAN:
                han[i] = size
            else:
                stretch[i] = gap.stretch_room * size
                words[i] = size if gap.stretch is Stretch.WORD else 0.0
        if self.tracking is not None:
            joined = [*self.joined[1:], False]
            natural = [n + (0 if j else t) for n, t, j in zip(natural, self.tracking, joined, strict=True)]
        self.natural, self.shrink, self.stretch = _sums(natural), _sums(shrink), _sums(stretch)
        self.words, self.han = _sums(words), _sums(han)

    def max_content(self, indent: float = 0.0) -> float:
        """Return the width of the longest line, the first ``indent`` longer, where lines end only at line feeds."""
        starts = [0, *self.finals[:-1]]
        first, *others = [self.fit(a, b, None).width for a, b in zip(starts, self.finals, strict=True)]
        return max(first + indent, *others, 0.0)

    def min_content(self, indent: float = 0.0) -> float:
        """Return the width of the widest part that is never broken, the first ``indent`` longer."""
        places = [i for i in self.breaks[:-1] if self.prices.get(i, 0.0) < STRONG]
        if self.anywhere:
            places = [i for i in range(1, len(self.text)) if self.may_force(i)]
        parts = zip([0, *places], [*places, len(self.text)], strict=True)
        first, *others = [self.width(a, b) if b - a > 1 else self.advances[a] for a, b in parts]
        return max(first + indent, *others, 0.0)

    # ── the rules, over the text ──

    def _prepare(self) -> None:
        """Find the gap after each character and the places where a line may end."""
        text, joined = self.text, self.joined
        held = self.closed | self.apart | self.rigid
        places = places_in(text, self.setting.line_starts)
        self.prices, self.addresses = places.prices, places.addresses
        self.kept = places.kept | places.names
        weak = places.weak.keys() - held - places.addresses
        self.weak = {i: places.weak[i] for i in sorted(weak) if not joined[i]}
        gaps, breaks = [NOTHING] * len(text), []
        # Most pairs there are: Han beside Han, and all that may be asked of them.
        runs = () if held or self.by_words else (run.span() for run in _RUN_OF_HAN.finditer(text))
        done = 1
        for first, last in (*runs, (len(text) - 1, len(text))):
            for i in range(done, first + 1):
                gaps[i - 1] = self._gap(i - 1)
                if not joined[i] and (
                    text[i - 1] == "\n" or (i not in self.closed and self._may_break(i, places))
                ):
                    breaks.append(i)
            gaps[first : last - 1] = [HAN_GAP] * (last - first - 1)
            breaks += range(first + 1, last)
            done = last
        if places.kept:  # 附录 3
            breaks = [place for place in breaks if place not in places.kept]
        if self.by_words and self.hyphens:
            breaks = sorted({*breaks, *self.hyphens})
            self.prices = latin.hyphen_prices(text, self.hyphens) | self.prices
        breaks.append(len(text))
        for i in (places.strings | places.signs) - held - places.addresses:
            if gaps[i - 1] is NOTHING and not (joined[i] or self.by_words):
                gaps[i - 1] = SIGN_GAP if i in places.signs else LETTER_GAP
        self.gaps, self.breaks = gaps, breaks

    @property
    def hyphens(self) -> list[int]:
        """The places, in order, where a word may be parted by a hyphen."""
        if self._hyphens is None:
            places = self.hyphenation.places() if self.hyphenation else ()
            self._hyphens = sorted(place for place in places if self._may_hyphenate(place))
        return self._hyphens

    def _may_hyphenate(self, place: int) -> bool:
        held = any(place in places for places in (self.closed, self.apart, self.rigid, self.addresses))
        tracked = self.tracking is not None and self.tracking[place - 1]
        return not (self.joined[place] or held or place in self.kept or tracked)

    def is_hyphenated(self, following: int) -> bool:
        """Whether a line that ends at ``following`` ends with a hyphen: so far as hyphens have been asked for."""
        hyphens = self._hyphens or ()
        at = bisect_left(hyphens, following)
        return at < len(hyphens) and hyphens[at] == following

    def _gap(self, i: int) -> Gap:  # noqa: PLR0911 - a table of rules, first match wins
        text, kinds = self.text, self.kinds
        before, after = text[i], text[i + 1]
        # With ``full``, two ems that nothing changes (clreq 5.1.1.3).
        as_one = before in "？！" and after in "？！" and self.setting.questions is Questions.FULL
        if self.joined[i + 1] or i + 1 in self.rigid or after in " \n" or before == "\n" or as_one:
            return NOTHING
        if self.by_words:
            return latin.gap_at(text, i, self.advances[i] / self.sizes[i])
        if i + 1 in self.apart:
            return HAN_GAP
        if before == " " and i:
            space = self.advances[i] / self.sizes[i]
            return space_gap(text[i - 1], after, space, (kinds[i - 1], kinds[i + 1]), self.setting.latin_gap)
        if kinds[i] is Kind.CALL:
            return call_gap(kinds[i + 1], self.sizes[i + 1] / self.sizes[i])
        if Kind.DOT in kinds[i : i + 2]:
            dot = i if kinds[i] is Kind.DOT else i + 1
            return dot_gap(kinds[i], kinds[i + 1], self.advances[dot] / self.sizes[dot])
        # 《题名》. in a list of references
        closed = kinds[i] is Kind.CLOSE and kinds[i + 1] is Kind.SIGN and after in _WESTERN_STOPS
        return NO_BLANK if closed else gap_between(kinds[i], kinds[i + 1], self.setting.latin_gap)

    def _may_break(self, i: int, places: Places) -> bool:
        text = self.text
        before, after = text[i - 1], text[i]
        if i in places.kept:
            return False
        if i in places.opened:
            return True
        if self.by_words:
            return self.western[i] and latin.may_break(text, i)
        if before == " ":
            return i > 1 and self.western[i] and may_break_at_space(text[i - 2], after)
        kinds, level = (self.kinds[i - 1], self.kinds[i]), self.setting.line_starts
        return may_break(before, after, western=self.western[i], kinds=kinds, level=level)

    def may_force(self, i: int) -> bool:
        """Whether a line may end before character ``i`` where no rule but that of starts and ends is kept."""
        if self.joined[i] or i in self.closed:
            return False
        return self.text[i] not in NO_START and self.text[i - 1] not in NO_END

    def is_final(self, following: int) -> bool:
        """Whether a line that ends at ``following`` is the last, or the last before a line feed."""
        return following == len(self.text) or self.text[following - 1] == "\n"

    def is_left_ragged(self, start: int, end: int) -> bool:
        """Whether a line holds a part of an address, for which it opens no gap."""
        return self.setting.ragged_addresses and not self.addresses.isdisjoint(range(start, end + 1))

    # ── one line ──

    def lead(self, start: int) -> float:
        """Return what the first character of a line loses: an opening bracket its blank half."""
        if start < len(self.text) and self.kinds[start] is Kind.OPEN and start not in self.apart:
            return -HALF * self.sizes[start]
        return 0.0

    def tail(self, following: int) -> tuple[int, float, float]:
        """Return where the ink of a line that breaks at ``following`` ends, what its last character loses, its reach.

        The reach counts as ``natural`` does.
        """
        if following not in self._tails:
            self._tails[following] = self._tail(following)
        return self._tails[following]

    def _tail(self, following: int) -> tuple[int, float, float]:
        text, end, trail = self.text, following, 0.0
        if end and text[end - 1] == "\n":
            end -= 1
        while end > 1 and text[end - 1] == " ":
            end -= 1
        blanks = end - len(text[:end].rstrip(_BLANK)) if text[end - 1 : end] == _BLANK else 0
        if blanks <= _HANGING_BLANKS and blanks < end and not self.is_final(following):
            end -= blanks
        if not end:
            return end, 0.0, 0.0
        last = self.kinds[end - 1]
        if last in _TRIMMED_AT_END and self.setting.line_end is not LineEnd.FULL and end not in self.apart:
            trail = -HALF * self.sizes[end - 1]
        elif end == following and self.is_hyphenated(end):
            assert self.hyphenation is not None
            trail = self.hyphenation.advance(end) - self.advances[end - 1]
        elif self.ending and last in WESTERN and self._is_kerned(end):
            trail = self.ending(end - 1) - self.advances[end - 1]
        return end, trail, self.natural[end - 1] + self.advances[end - 1] + trail

    def _is_kerned(self, end: int) -> bool:
        """Whether the Latin letter before ``end`` may be set closer to what follows it."""
        is_letter = self.text[end - 1] != OBJECT
        return is_letter and end < len(self.text) and end not in self.apart and self.kinds[end] in WESTERN

    def hang(self, following: int) -> float:
        """Return how much of a line that breaks at ``following`` may hang beyond the measure: its last stop.

        Of marks in succession none hangs (clreq 6.1.3).
        """
        if not self.setting.hanging:
            return 0.0
        end, trail, _ = self.tail(following)
        alone = end > 1 and self.kinds[end - 1] in _HANGING and self.kinds[end - 2] not in _MARKS
        return self.advances[end - 1] + trail if alone and end not in self.apart else 0.0

    def width(self, start: int, following: int) -> float:
        """Return how wide a line is with natural gaps."""
        end, _, reach = self.tail(following)
        return reach - self.natural[start] + self.lead(start) if end > start else 0.0

    def fit(self, start: int, following: int, measure: float | None, *, forced: bool = False) -> Line:
        """Return the line from ``start`` to the break at ``following``, set to ``measure``, or natural without.

        ``forced`` opens its gaps however far that is.
        """
        end, trail, _ = self.tail(following)
        end, lead, width = max(start, end), self.lead(start), self.width(start, following)
        inner = range(start, max(start, end - 1))
        gaps = [self.gaps[i].natural * self.sizes[i] for i in inner]
        if self.tracking is not None:
            for place, i in enumerate(inner):
                gaps[place] += 0.0 if self.joined[i + 1] else self.tracking[i]
        slack = 0.0 if measure is None else measure - width
        if slack < -TOLERANCE and (hang := self.hang(following)):
            trail, width, slack = trail - hang, width - hang, slack + hang
        elif trail and self.setting.line_end is LineEnd.AUTO and slack > 0:
            # The mark has what the line can spare, up to its full width.
            given = min(slack, -trail)
            trail, width, slack = trail + given, width + given, slack - given
        mine, sizes = [self.gaps[i] for i in inner], [self.sizes[i] for i in inner]
        left, loose, hole = 0.0, False, 0.0
        if slack > 0.0 and self.is_left_ragged(start, end):
            slack, hole = 0.0, slack / self.sizes[start]
        if slack > TOLERANCE and measure is not None:
            open_them = opened_words if self.by_words else opened_gaps
            opened = open_them(gaps, mine, sizes, slack, math.inf if forced else self._most(following))
            if opened is None:
                left = slack if self.by_words else open_short(gaps, mine, sizes, slack)
            gaps = opened or gaps
            told = WIDE_TOLD if measure > WIDE * self.sizes[start] else TOLD
            loose = not self.by_words and widest_han(gaps, mine, sizes) > told + TOLERANCE
        else:
            left = -close_gaps(gaps, mine, sizes, -slack)
        # A line that ends inside an address, which has no gaps to open, is nearly full at best: nobody can mend it.
        # Nor a line of a few characters, as beside a figure, one of a single word, or one that a hyphen leaves short.
        few = measure is not None and measure < FEW * self.sizes[start]
        few = few or (self.by_words and self.words[max(start, end - 1)] == self.words[start])
        hyphenated = end == following and self.is_hyphenated(end)
        ragged = (abs(left) > 1e-3 or hole > 1.0) and not (few or hyphenated or following in self.addresses)
        width += slack - left
        return Line(
            start, end, following, lead, trail, tuple(gaps), width, ragged, hyphenated, loose and not few
        )

    def _most(self, following: int) -> float:
        """Return how far a gap between Han may open in a line that ends at ``following``.

        Inside a run that is broken by force, what is left is less than a letter: it is better seen at the edge.
        """
        at_break = self.breaks[bisect_left(self.breaks, following)] == following
        at_break = at_break or following in self.weak or self.is_hyphenated(following)
        return MOST_OPEN if at_break else HAN_FIRST


def _sums(values: list[float]) -> list[float]:
    return [0.0, *accumulate(values)]
