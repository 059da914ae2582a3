"""The choice of breaks: which of the places where a line may end are taken, over the whole paragraph.

A total fit in the spirit of Knuth and Plass (Breaking Paragraphs into Lines, 1981) with clreq's costs: closing gaps
(挤进) is cheaper than opening them (推出), a character alone on the last line costs most.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush

from cstprint.cjk import latin
from cstprint.cjk.characters import Kind
from cstprint.cjk.heads import balanced
from cstprint.cjk.lines import WIDE, Paragraph
from cstprint.cjk.opening import HAN_FIRST, MOST_OPEN, MOST_SHORT, MOST_SPACE, MOST_WORD, TOLERANCE
from cstprint.cjk.places import STRONG

#: Breaks that leave less than this (em) short are tried as the line's end, and one before.
WINDOW = 2.0
#: A hyphen is tried that leaves less: a line that is short by more is no better than one without.
HYPHEN_WINDOW = 10.0
#: Each line costs this much beside its badness, so that fewer lines win.
LINE_COST = 4.0
LONELY_COST = 400.0
#: A line whose gaps between Han are above the cap costs more than a lone character, so that none is saved by a line
#: that falls apart. What they are above it (in .03 em) costs more and more: where it cannot be helped, two lines with
#: gaps of .16 em are better than one of .35 (20 em, “附：本期缩略语。AI——人工智能；”).
OPEN_COST, OPEN_GROWTH = 500.0, 20.0
#: A line without a gap to open, as inside an address, costs this times the square of the ems that it is short, as far
#: as those are less than so many.
SHORT_COST, NEARLY = 20.0, 2.5
#: … and this more from an em on, which is seen at once: before that it ends between two letters.
HOLE_COST = 9000.0
#: What a line that ends inside an address costs more if it is short by more than an em: there is always a letter that
#: fills it, and one that fills it costs less, whatever that moves to the next line.
ADDRESS_HOLE_COST = 10000.0
#: So does one with no more gaps than these (em) that ends inside an address.
FEW_GAPS = 2
#: Another line that stays short costs more than one that gaps of half an em fill, and this times that square. At 20
#: a line of 12 em was left 6 em short (样机售价|¥12,800.00（含13%增值税¥1,472.57）) to spare two lines gaps of .2 em.
RAGGED_COST, RAGGED_GROWTH = 10000.0, 150.0
#: The cap (em), and that of lines of many gaps, which are those wider than so many em.
CAP, WIDE_CAP = 0.10, 0.06
#: A break in a run wider than the measure, cheaper than a short line before it; so many characters stay together.
RUN_COST, LEAST_OF_RUN = 4500.0, 4
#: A line broken where no rule allows it; one that runs over.
BROKEN_COST, OVER_COST = 1e5, 1e9
#: A hyphen in a Latin word of Chinese text, and one on the line before, too: cheaper than gaps above the cap or a
#: lone character. Words are parted in no other lines.
HYPHEN_COST, NEXT_HYPHEN_COST = 100.0, 100.0
_LETTERS = frozenset((Kind.HAN, Kind.LATIN, Kind.OTHER, Kind.FULL))


def plan_head(paragraph: Paragraph, start: int, first: float, rest: float) -> list[int]:
    """Return the starts of all lines of a head from ``start`` on, which are of about one length."""
    return balanced(paragraph, start, (first, rest), _Chooser(paragraph).broken)


def plan(paragraph: Paragraph, start: int, first: float, rest: float, *, justified: bool) -> list[int]:
    """Return the starts of all lines from ``start`` on, the first line ``first`` wide, the others ``rest``."""
    chooser = _Chooser(paragraph)
    starts = [start]
    while starts[-1] < len(paragraph.text):
        width = first if starts[-1] == start else rest
        if justified:
            starts += chooser.total_fit(starts[-1], width, rest)[1:]
        else:
            starts.append(chooser.fullest(starts[-1], width))
    return starts


def _in_number(text: str, place: int) -> bool:
    return text[place].isdecimal() and (
        text[place - 1].isdecimal() or text[place - 2 : place - 1].isdecimal()
    )


@dataclass(frozen=True)
class _Chooser:
    paragraph: Paragraph

    def _final(self, start: int) -> int:
        """Return where the lines from ``start`` on end for good."""
        p = self.paragraph
        return p.finals[bisect_right(p.finals, start)]

    def fullest(self, start: int, width: float) -> int:
        """Return the last break that fits without closing any gap, or the first there is.

        Of those that fit, a dear one is taken only where all are.
        """
        p = self.paragraph
        best, cheap = None, False
        for index in range(bisect_right(p.breaks, start), len(p.breaks)):
            following = p.breaks[index]
            if p.width(start, following) <= width + TOLERANCE:
                if not cheap or p.prices.get(following, 0.0) < STRONG:
                    best, cheap = following, p.prices.get(following, 0.0) < STRONG
            elif best is not None:
                # A mark that is trimmed at the line's end may still fit behind one that does not.
                if p.natural[following] - p.natural[start] > width + 2 * p.sizes[start]:
                    break
            else:
                return self.broken(start, following, width) or following
            if p.is_final(following):
                break
        assert best is not None  # the text's end is a break
        return best

    def broken(self, start: int, following: int, width: float) -> int | None:
        """Return where to break before ``following`` where no rule allows it, or ``None`` if that may not be."""
        p = self.paragraph
        if not p.anywhere:
            return None
        best = ruled = None
        _ = p.hyphens  # known before the width of a line that ends inside a word is asked for
        for place in range(start + 1, following):
            if p.natural[place] - p.natural[start] > width + p.sizes[start]:
                break
            if not p.joined[place] and place not in p.closed and p.width(start, place) <= width + TOLERANCE:
                best, ruled = place, place if p.may_force(place) and not _in_number(p.text, place) else ruled
        return ruled or best

    def total_fit(self, start: int, first: float, rest: float) -> list[int]:
        """Return the starts of the lines from ``start`` to where they end for good, and that end.

        The cheapest way through the breaks, by A* (Hart, Nilsson and Raphael, 1968): what is left costs at least as
        many lines as its width closed up would fill. So hardly more is looked at than lines that are nearly perfect.
        """
        final = self._final(start)
        # A line holds no more than this (em) beyond the measure: marks trimmed at both ends, a space left out.
        widest = max(first, rest) + 2 * max(self.paragraph.sizes[start:final])
        best: dict[int, tuple[float, int]] = {start: (0.0, -1)}
        done: set[int] = set()
        waiting = [(0.0, start)]
        while (place := heappop(waiting)[1]) != final:
            if place in done:
                continue
            done.add(place)
            cost = best[place][0] + LINE_COST
            for following, badness in self._ends(place, first if place == start else rest, final):
                reached = cost + badness, place
                if following not in best or reached < best[following]:
                    best[following] = reached
                    lines = math.ceil(self._least(following, final) / widest)
                    heappush(waiting, (reached[0] + LINE_COST * lines, following))
        starts = [final]
        while starts[-1] != start:
            starts.append(best[starts[-1]][1])
        return starts[::-1]

    def _least(self, start: int, final: int) -> float:
        """Return how wide the text is with all gaps closed."""
        p = self.paragraph
        return p.natural[final] - p.natural[start] - (p.shrink[final] - p.shrink[start])

    def _ends(self, start: int, width: float, final: int) -> list[tuple[int, float]]:
        """Return the breaks that may end a line from ``start``, each with its badness; at least one.

        They are those that leave less than a little short, those that the line can be closed up for, and the last
        before these that is not dear.
        """
        p = self.paragraph
        em = p.sizes[start]
        natural, shrink, breaks = p.natural, p.shrink, p.breaks
        # A line that reaches so far is as wide as the measure.
        offset = natural[start] - p.lead(start) + width
        # All that is left may fit with room to spare.
        low = min(bisect_left(natural, offset - (latin.WINDOW if p.by_words else WINDOW) * em), final)
        index = bisect_right(breaks, max(start, low - 1))
        found: list[tuple[int, float]] = []
        for at in range(self._first_tried(index, start), bisect_right(breaks, final)):
            following = breaks[at]
            end, _, reach = p.tail(following)
            slack = offset - reach
            if slack < -TOLERANCE:
                slack += p.hang(following)
            if end <= start:
                found.append((following, 0.0))  # an empty line
            elif slack >= -TOLERANCE:
                found.append(
                    (
                        following,
                        0.0 if following == final else self._looseness((start, end, following), slack, width),
                    )
                )
            else:
                room = shrink[end - 1] - shrink[start] if p.setting.push_in or p.by_words else 0.0
                if -slack <= room + TOLERANCE:
                    found.append((following, self._tightness((start, end), -slack, room)))
                elif not found:
                    broken = self.broken(start, following, width)
                    forced = (following, OVER_COST) if broken is None else (broken, BROKEN_COST)
                    return [forced] if p.by_words else [forced, *self._hyphenated(start, width)]
                elif -slack > room + 2 * em:  # a character more asks for more than it brings room
                    break
        if found[-1][0] == final:
            found[-1] = final, found[-1][1] + self._lonely_cost(start, final)
        else:
            found += self._parted(start, found, width)
        found = [(at, badness + p.prices[at]) if at in p.prices else (at, badness) for at, badness in found]
        if p.by_words and p.is_hyphenated(start):
            found = [(at, b + latin.NEXT_HYPHEN_COST * p.is_hyphenated(at)) for at, b in found]
        return found

    def _tightness(self, line: tuple[int, int], closed: float, room: float) -> float:
        """Return the badness of a line (where it starts, where its ink ends) that closes by some of its ``room``."""
        p = self.paragraph
        start, end = line
        em = p.sizes[start]
        if p.by_words:
            return latin.badness(-closed / em, (p.words[end - 1] - p.words[start]) / em)
        # Half an em of push-in is nothing to speak of; taking most of all room is.
        return 1.5 * (closed / (room or 1.0)) ** 3 + 0.5 * closed / em

    def _parted(self, start: int, found: list[tuple[int, float]], width: float) -> list[tuple[int, float]]:
        """Return where else a line from ``start`` may end if all the ends that were ``found`` are bad: in words."""
        p = self.paragraph
        least = min(badness for _, badness in found)
        if least < HYPHEN_COST:
            return []
        parted = [] if p.by_words else self._hyphenated(start, width)
        least = min([least, *(badness for _, badness in parted)])
        if p.weak and least >= HYPHEN_COST:
            parted += self._weak(start, width)
            least = min([least, *(badness for _, badness in parted)])
        if p.anywhere and least >= RAGGED_COST:
            parted += self._inside_run(start, found[-1][0], width)
        return parted

    def _weak(self, start: int, width: float) -> list[tuple[int, float]]:
        """Return where a line from ``start`` may end rather than be left short, each place with its badness."""
        p = self.paragraph
        offset = p.natural[start] - p.lead(start) + width
        found = []
        for following, price in p.weak.items():
            end, _, reach = p.tail(following)
            slack = offset - reach
            if following > start + 1 and slack >= -TOLERANCE:
                badness = self._looseness((start, end, following), slack, width)
                found.append((following, price + badness))
        return found

    def _hyphenated(self, start: int, width: float) -> list[tuple[int, float]]:
        """Return where a line of Chinese from ``start`` may end with a hyphen, each place with its badness."""
        p = self.paragraph
        offset = p.natural[start] - p.lead(start) + width
        least = bisect_left(p.natural, offset - HYPHEN_WINDOW * p.sizes[start])
        low = bisect_right(p.hyphens, max(start, least - 1))
        found = []
        for following in p.hyphens[low:]:
            end, _, reach = p.tail(following)
            slack, room = offset - reach, p.shrink[end - 1] - p.shrink[start]
            if -slack > room + 2 * p.sizes[start]:
                break
            cost = HYPHEN_COST + (NEXT_HYPHEN_COST if p.is_hyphenated(start) else 0.0)
            if slack >= -TOLERANCE:
                found.append((following, cost + self._looseness((start, end, following), slack, width)))
            elif p.setting.push_in and -slack <= room + TOLERANCE:
                found.append((following, cost + self._tightness((start, end), -slack, room)))
        return found

    def _inside_run(self, start: int, first: int, width: float) -> list[tuple[int, float]]:
        """Return where a line from ``start`` may end inside the run from ``first`` on, if that is wider than a line.

        It will be broken in any case; so it need not begin on a line of its own.
        """
        p = self.paragraph
        following = p.breaks[bisect_right(p.breaks, first)]
        if p.width(first, following) <= width + TOLERANCE:
            return []
        place = self.broken(start, following, width)
        return [] if place is None or place < first + LEAST_OF_RUN else [(place, RUN_COST)]

    def _first_tried(self, index: int, start: int) -> int:
        """Return which break before that of ``index`` is tried first: the last one, and before dear ones another."""
        p = self.paragraph
        while index and p.breaks[index - 1] > start:
            index -= 1
            if p.prices.get(p.breaks[index], 0.0) < STRONG:
                break
        return index

    def _lonely_cost(self, start: int, following: int) -> float:
        p = self.paragraph
        end = p.tail(following)[0]
        if p.by_words:
            if not start or p.text[start - 1] == "\n" or " " in p.text[start:end]:
                return 0.0
            return latin.PART_ALONE_COST if p.is_hyphenated(start) else latin.WORD_ALONE_COST
        lonely = p.setting.lonely and self._is_lonely(start, end)
        return LONELY_COST if lonely else 0.0

    def _looseness(self, line: tuple[int, int, int], slack: float, width: float) -> float:
        """Return the badness of a line (where it starts, where its ink ends, the next start) that is to be opened."""
        p = self.paragraph
        start, end, following = line
        cap = WIDE_CAP if width > WIDE * p.sizes[start] else CAP
        limited = p.stretch[end - 1] - p.stretch[start]
        left = max(0.0, slack - limited)
        han = p.han[end - 1] - p.han[start]
        both = han + p.words[end - 1] - p.words[start]
        if p.is_left_ragged(start, end):
            left, han, both = slack, 0.0, 0.0
        short = left / p.sizes[start]
        hole = max(0.0, left - MOST_SHORT * both) / p.sizes[start]
        ragged = RAGGED_COST + RAGGED_GROWTH * hole**2 + ADDRESS_HOLE_COST * (following in p.addresses)
        seen = (HOLE_COST + ADDRESS_HOLE_COST * (following in p.addresses)) * (short > 1.0)
        as_short = SHORT_COST * short**2 + seen if short < NEARLY else ragged
        if p.by_words and both:
            em = p.sizes[start]
            return latin.badness(slack / em, both / em) if slack <= MOST_WORD * both else ragged
        if not both:  # no gap to open: what is left stays open, but no character stands alone for that
            return as_short if end - start > 1 else ragged
        opened = left / han if han else left / both
        if opened > HAN_FIRST:
            opened = HAN_FIRST + (left - HAN_FIRST * han) / both
        if opened > (MOST_OPEN if han else MOST_SPACE):
            # 详见 before an address has one gap to open: as good as none.
            few = both <= FEW_GAPS * p.sizes[start] and following in p.addresses
            return as_short if few else ragged
        badness = (opened / 0.03) ** 2 + 0.3 * (min(slack, limited) / limited if limited else 0.0)
        if han and opened > cap + TOLERANCE:
            badness += OPEN_COST + OPEN_GROWTH * ((opened - cap) / 0.03) ** 2
        return badness

    def _is_lonely(self, start: int, end: int) -> bool:
        """Whether a last line, not the first, holds one character and no more than one mark (孤字)."""
        p = self.paragraph
        if not start or p.text[start - 1] == "\n":
            return False
        # 国。 is alone; 例）。 is as wide as two characters.
        return end - start <= 2 and sum(kind in _LETTERS for kind in p.kinds[start:end]) <= 1
