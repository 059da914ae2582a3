"""Rules between two neighbours on a line: may it break there, how far apart are they, how much may that change.

Lengths are in em of the character before the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from cstprint.cjk.characters import DIGITS, NO_END, NO_START, UNITS, Kind, kind_of

#: The blank half of a full-width mark (clreq 3.1.6, 标点挤压).
HALF = 0.5
#: Between Han and Latin (中西间距, clreq 3.2.2): a quarter em, which gives way to an eighth and opens to a third.
LATIN_GAP, LATIN_GAP_LEAST, LATIN_GAP_MOST = 1 / 4, 1 / 8, 1 / 3
#: How far a word space opens before Han and Latin do.
WORD_SPACE_ROOM = 1 / 4


class Stretch(IntEnum):
    """Which gaps open first (clreq 3.2.3): word spaces, then Han–Latin, then all between Han alike."""

    NONE = 0
    WORD = 1
    LATIN = 2
    HAN = 3


class Shrink(IntEnum):
    """Which gaps close first (clreq 3.1.6): brackets, then ，、；：, then Han–Latin, then 。？！ at last."""

    NONE = 0
    BRACKET = 1
    PAUSE = 2
    LATIN = 3
    STOP = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: what is added to the advance before it, and its room to open or close."""

    natural: float = 0.0
    stretch: Stretch = Stretch.NONE
    stretch_room: float = 0.0  #: without meaning for ``Stretch.HAN``, which has no limit of its own
    shrink: Shrink = Shrink.NONE
    shrink_room: float = 0.0


_TRAILING_BLANK = (Kind.CLOSE, Kind.PAUSE, Kind.STOP)
_AFTER_TRAILING_BLANK = (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.OPEN, Kind.DOT)
_FULL = (Kind.HAN, Kind.OPEN, Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.DOT, Kind.JOINED)
_SHRINK_OF = {Kind.CLOSE: Shrink.BRACKET, Kind.PAUSE: Shrink.PAUSE, Kind.STOP: Shrink.STOP}

NOTHING = Gap()
_HAN_GAP = Gap(stretch=Stretch.HAN)
_TRIMMED = Gap(natural=-HALF, stretch=Stretch.HAN)
_LATIN = Gap(LATIN_GAP, Stretch.LATIN, LATIN_GAP_MOST - LATIN_GAP, Shrink.LATIN, LATIN_GAP - LATIN_GAP_LEAST)


@cache
def gap_between(before: Kind, after: Kind) -> Gap:  # noqa: PLR0911 - a table of rules, first match wins
    """Return the gap between two neighbours with no typed space between them."""
    if before in _TRAILING_BLANK and after in _AFTER_TRAILING_BLANK:
        return _TRIMMED  # two marks take one em and a half (clreq 3.1.6.2)
    if before is Kind.OPEN and after is Kind.OPEN:
        return _TRIMMED
    if before in _TRAILING_BLANK:
        return Gap(stretch=Stretch.HAN, shrink=_SHRINK_OF[before], shrink_room=HALF)
    if after is Kind.OPEN and before in (*_FULL, Kind.LATIN, Kind.OTHER):
        return Gap(stretch=Stretch.HAN, shrink=Shrink.BRACKET, shrink_room=HALF)
    if (before, after) in ((Kind.HAN, Kind.LATIN), (Kind.LATIN, Kind.HAN)):
        return _LATIN
    if before is Kind.JOINED and after is Kind.JOINED:
        return NOTHING
    if before in _FULL and after in _FULL:
        return _HAN_GAP
    if before in _FULL and after is Kind.LATIN:
        return NOTHING if before is Kind.OPEN else _HAN_GAP
    return NOTHING


def space_gap(before: str, after: str, space_em: float) -> Gap:
    """Return the gap that follows a typed space between ``before`` and ``after``.

    Between Han and Latin the space *is* the gap: the same width and the same limits as where none was typed.
    """
    kinds = kind_of(before), kind_of(after)
    if kinds in ((Kind.HAN, Kind.LATIN), (Kind.LATIN, Kind.HAN)):
        return Gap(
            LATIN_GAP - space_em, _LATIN.stretch, _LATIN.stretch_room, _LATIN.shrink, _LATIN.shrink_room
        )
    if before in DIGITS and after in DIGITS:
        return NOTHING  # 1 000 is one number
    if kinds == (Kind.LATIN, Kind.LATIN):
        return Gap(stretch=Stretch.WORD, stretch_room=WORD_SPACE_ROOM)
    return NOTHING


def may_break(before: str, after: str, *, western: bool) -> bool:
    """Return whether a line may end between two neighbours (避头尾, clreq 3.1.4).

    ``western`` is what Unicode's line breaking (UAX 14) says; it holds between Latin characters and at spaces.
    """
    if after in NO_START or before in NO_END or after == " ":
        return False
    if before in DIGITS and after in UNITS:
        return False
    kinds = kind_of(before), kind_of(after)
    if Kind.JOINED in kinds and kinds[0] is kinds[1]:
        return False
    if kinds[0] in _FULL and kinds[1] in _FULL:
        return True
    if kinds[0] in _FULL or kinds[1] in _FULL:
        # Han beside Latin: UAX 14 forbids breaks beside quotes, which in Chinese are brackets.
        return western or Kind.OPEN in kinds or kinds[0] in _TRAILING_BLANK
    return western


def may_break_at_space(before: str, after: str) -> bool:
    """Return whether a line may end at a typed space: not between a number and its unit, nor inside a number."""
    if before in DIGITS and (after in UNITS or after in DIGITS):
        return False
    return after not in NO_START and before not in NO_END
