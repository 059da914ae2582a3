"""The gaps of a line, opened and closed in clreq's order by what the line has to spare or to give."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cstprint.cjk.rules import Gap, Shrink, Stretch

#: Gaps between Han open by at most this much (em) before word spaces open with them.
HAN_FIRST = 0.1
#: A gap between Han opens by at most this (em), a word space in a line without such gaps by more; where that does not
#: do, as before a run that cannot be broken, the line stays ragged. Tried without: 28 em, 所以甲∶乙∶丙＝8∶12∶15 had
#: .93 em between 所 and 以, and 21 em 3.28 between 详 and 见 before an address.
MOST_OPEN, MOST_SPACE = 0.5, 1.0
#: … and a word space in a Western paragraph.
MOST_WORD = 1.5
#: In a line that stays short they open by this (em): it looks less short, and no gap strikes the eye. Where it lacks
#: less than a character, it looks full, and they open by no more than :data:`HAN_FIRST`.
MOST_SHORT = 0.25
#: Less is rounding.
TOLERANCE = 1e-6
_FIRST = (Stretch.WORD, Stretch.LATIN, Stretch.LETTER)
_EITHER = (Stretch.HAN, Stretch.WORD)


def opened_words(
    natural: list[float], mine: Sequence[Gap], sizes: Sequence[float], slack: float, most: float
) -> list[float] | None:
    """Return the gaps of a Western line, as :func:`opened_gaps` does: its word spaces alone open."""
    gaps = list(natural)
    spaces = {k: sizes[k] for k, gap in enumerate(mine) if gap.stretch is Stretch.WORD}
    opened = slack / (sum(spaces.values()) or 1e-9)
    if opened > (MOST_WORD if most < math.inf else math.inf):
        return None
    share(gaps, slack, {k: size * opened for k, size in spaces.items()})
    return gaps


def opened_gaps(
    natural: list[float], mine: Sequence[Gap], sizes: Sequence[float], slack: float, most: float
) -> list[float] | None:
    """Return the gaps opened in order by ``slack``, ``None`` where that would open one by more than ``most`` (em)."""
    gaps, kinds = list(natural), [gap.stretch for gap in mine]
    slack = _opened_first(gaps, mine, sizes, slack)
    han = {k: HAN_FIRST * sizes[k] for k, kind in enumerate(kinds) if kind is Stretch.HAN}
    slack = share(gaps, slack, han)
    if slack <= TOLERANCE:
        return gaps
    both = {k: sizes[k] for k, kind in enumerate(kinds) if kind in _EITHER}
    opened = slack / (sum(both.values()) or 1e-9) + HAN_FIRST
    if not both or opened > (most if han else max(most, MOST_SPACE)):
        return None
    share(gaps, slack, {k: size * opened for k, size in both.items()})
    return gaps


def open_short(gaps: list[float], mine: Sequence[Gap], sizes: Sequence[float], slack: float) -> float:
    """Open the gaps of a line that stays short all the same; return what is left."""
    slack = _opened_first(gaps, mine, sizes, slack)
    most = HAN_FIRST if slack < max(sizes, default=0.0) else MOST_SHORT
    return share(gaps, slack, {k: most * sizes[k] for k, g in enumerate(mine) if g.stretch in _EITHER})


def widest_han(gaps: Sequence[float], mine: Sequence[Gap], sizes: Sequence[float]) -> float:
    """Return by how much (em) the widest gap between Han has been opened."""
    opened = [
        gap / size - own.natural
        for gap, own, size in zip(gaps, mine, sizes, strict=True)
        if own.stretch is Stretch.HAN
    ]
    return max(opened, default=0.0)


def close_gaps(gaps: list[float], mine: Sequence[Gap], sizes: Sequence[float], need: float) -> float:
    """Close the gaps in order by ``need``; return what is left."""
    if need <= TOLERANCE:
        return need
    for kind in sorted({gap.shrink for gap in mine} - {Shrink.NONE}):
        rooms = {k: g.shrink_room * sizes[k] for k, g in enumerate(mine) if g.shrink is kind}
        need = share(gaps, need, rooms, -1)
    return need


def _opened_first(gaps: list[float], mine: Sequence[Gap], sizes: Sequence[float], slack: float) -> float:
    """Open the gaps that have limits of their own, in their order; return what is left."""
    kinds = {gap.stretch for gap in mine}
    for kind in _FIRST:
        if kind in kinds:
            rooms = {k: g.stretch_room * sizes[k] for k, g in enumerate(mine) if g.stretch is kind}
            slack = share(gaps, slack, rooms)
    return slack


def share(gaps: list[float], amount: float, rooms: dict[int, float], sign: int = 1) -> float:
    """Share ``amount`` among the gaps by their rooms; return what does not fit."""
    total = sum(rooms.values())
    if amount <= TOLERANCE or not total:
        return amount
    used = min(amount, total)
    factor = sign * used / total
    for place, room in rooms.items():
        gaps[place] += factor * room
    return amount - used
