"""Rules between two neighbours on a line: may it break there, how far apart are they, how much may that change.

Lengths are in em of the character before the gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache, lru_cache

from cstprint.cjk.characters import (
    DIGITS,
    MAY_END,
    MAY_START,
    NO_END,
    NO_START,
    UNTAILORED,
    WESTERN,
    Kind,
    LineStarts,
    kind_of,
)

#: The blank half of a full-width mark (clreq 6.3.2.1, 标点挤压).
HALF = 0.5
#: What an interpunct takes (GB/T 15834 § 5.1.7).
DOT_WIDTH = 0.5
#: Between Han and Latin (中西间距, clreq 6.3.3): a quarter em; it gives way to half of that and opens by a third.
LATIN_GAP = 1 / 4
#: What follows the call of a note after a mark, in em of the text.
CALL_GAP = 1 / 4
#: How far a word space opens before Han and Latin do.
WORD_SPACE_ROOM = 1 / 4
#: How much of a word space may close in a Western paragraph, as in TeX and Typst.
WORD_SPACE_SHRINK = 1 / 3


class LineEnd(StrEnum):
    """How wide a mark is that ends a line (行末标点)."""

    HALF = "half"  #: always half an em: the edge is optically even (GB/T 15834 § 5.1.10)
    FULL = "full"  #: as wide as anywhere
    AUTO = "auto"  #: half where the line needs it, full elsewhere


class Questions(StrEnum):
    """How wide ？！, ！！ and ？？？ are."""

    FULL = "full"  #: an em each, which nothing changes (clreq 5.1.1.3)
    CLOSED = "closed"  #: as other marks that stand together: an em and a half for two

    # GB/T 15834 § 5.1.2 has one em for two of them and two for three: that asks for glyphs of half an em.


@dataclass(frozen=True, slots=True)
class Setting:
    """What a designer may choose."""

    latin_gap: float = LATIN_GAP  #: em; 0 for none
    line_end: LineEnd = LineEnd.HALF
    lonely: bool = True  #: a paragraph does not end with one character on a line (孤字)
    push_in: bool = True  #: a line may close its marks to take one more character (挤进)
    line_starts: LineStarts = LineStarts.STRICT
    hanging: bool = (
        False  #: a pause or stop that does not fit hangs beyond the measure (行尾点号悬挂, clreq 6.1.3)
    )
    questions: Questions = Questions.FULL
    ragged_addresses: bool = False  #: a line with an address is not opened to the measure


#: clreq's own choices.
CLREQ = Setting()


class Stretch(IntEnum):
    """Which gaps open first (clreq 6.2.2.4): word spaces, then Han–Latin, then all between Han alike.

    The letters of a long string open before Han, by what nobody sees: a line inside it has no other gap.
    """

    NONE = 0
    WORD = 1
    LATIN = 2
    HAN = 3
    LETTER = 4


class Shrink(IntEnum):
    """Which gaps close first (clreq 6.2.2.3): brackets, ，、；：, then Han–Latin, then 。？！ at last.

    Interpuncts, which clreq closes before all, are half an em already. Word spaces close in Western paragraphs only.
    """

    NONE = 0
    BRACKET = 1
    PAUSE = 2
    LATIN = 3
    STOP = 4
    WORD = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: what is added to the advance before it, and its room to open or close."""

    natural: float = 0.0
    stretch: Stretch = Stretch.NONE
    stretch_room: float = 0.0  #: without meaning for ``Stretch.HAN``, which has no limit of its own
    shrink: Shrink = Shrink.NONE
    shrink_room: float = 0.0


#: Marks with a blank half after their ink.
TRAILING_BLANK = (Kind.CLOSE, Kind.PAUSE, Kind.STOP)
_AFTER_TRAILING_BLANK = (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.OPEN, Kind.DOT)
_FULL = (
    Kind.HAN,
    Kind.OPEN,
    Kind.CLOSE,
    Kind.PAUSE,
    Kind.STOP,
    Kind.DOT,
    Kind.JOINED,
    Kind.FULL,
)
_SHRINK_OF = {Kind.CLOSE: Shrink.BRACKET, Kind.PAUSE: Shrink.PAUSE, Kind.STOP: Shrink.STOP}

NOTHING = Gap()
#: Between Han; also where an inline box begins or ends with a border or padding, which is gap enough.
HAN_GAP = Gap(stretch=Stretch.HAN)
#: Between two letters of a long string.
LETTER_GAP = Gap(stretch=Stretch.LETTER, stretch_room=0.075)
#: Beside a sign of a formula.
SIGN_GAP = Gap(stretch=Stretch.LETTER, stretch_room=0.25)
#: Two marks together stay together, however wide the line is opened.
NO_BLANK = Gap(natural=-HALF)


@cache
def _latin(gap: float, taken: float = 0.0) -> Gap:
    """Return the gap between Han and Latin, ``taken`` of which a typed space has."""
    return Gap(gap - taken, Stretch.LATIN, gap / 3, Shrink.LATIN, gap / 2)


@cache
def gap_between(before: Kind, after: Kind, latin_gap: float = LATIN_GAP) -> Gap:  # noqa: PLR0911 - a table of rules, first match wins
    """Return the gap between two neighbours with no typed space between them."""
    if before in TRAILING_BLANK and after in _AFTER_TRAILING_BLANK:
        return NO_BLANK  # two marks take one em and a half (clreq 6.3.2.2)
    if before is Kind.OPEN and after is Kind.OPEN:
        return NO_BLANK
    if before in TRAILING_BLANK and after is Kind.CALL:
        return NO_BLANK  # the blank half of the mark would part the call from what it is about
    if before in TRAILING_BLANK:
        return Gap(stretch=Stretch.HAN, shrink=_SHRINK_OF[before], shrink_room=HALF)
    if after is Kind.OPEN and before in (*_FULL, *WESTERN, Kind.OTHER):
        return Gap(stretch=Stretch.HAN, shrink=Shrink.BRACKET, shrink_room=HALF)
    if (before, after) in ((Kind.HAN, Kind.LATIN), (Kind.LATIN, Kind.HAN)):
        return _latin(latin_gap) if latin_gap else HAN_GAP
    if before is Kind.JOINED and after is Kind.JOINED:
        return NOTHING
    if (before in _FULL and after in _FULL) or (before, after) == (Kind.SIGN, Kind.HAN):
        return HAN_GAP
    if before in _FULL and after in WESTERN:
        return NOTHING if before in (Kind.OPEN, Kind.DOT) else HAN_GAP
    return NOTHING


def call_gap(after: Kind, scale: float) -> Gap:
    """Return the gap after a call; ``scale`` is how large the text after it is, for one em of the call."""
    if after is Kind.OPEN:  # its blank half is gap enough
        return Gap(stretch=Stretch.HAN, shrink=Shrink.BRACKET, shrink_room=HALF * scale)
    if after is Kind.CALL or after in TRAILING_BLANK:
        return NOTHING
    return Gap(CALL_GAP * scale, Stretch.HAN)


@cache
def word_gap(space_em: float) -> Gap:
    """Return the gap that follows a typed space, ``space_em`` wide, in a paragraph of a Western language."""
    return Gap(0.0, Stretch.WORD, WORD_SPACE_ROOM, Shrink.WORD, round(space_em * WORD_SPACE_SHRINK, 4))


def dot_gap(before: Kind, after: Kind, advance: float) -> Gap:
    """Return the gap beside an interpunct whose glyph is ``advance`` (em) wide: half of what that has too little."""
    return _padded(gap_between(before, after), round((DOT_WIDTH - advance) / 2, 4))


@cache
def _padded(gap: Gap, pad: float) -> Gap:
    return replace(gap, natural=gap.natural + pad) if pad else gap


def space_gap(
    before: str,
    after: str,
    space_em: float,
    kinds: tuple[Kind, Kind] | None = None,
    latin_gap: float = LATIN_GAP,
) -> Gap:
    """Return the gap that follows a typed space between ``before`` and ``after``.

    Between Han and Latin the space *is* the gap: the same width and the same limits as where none was typed.
    """
    kinds = kinds or (kind_of(before), kind_of(after))
    if kinds in ((Kind.HAN, Kind.LATIN), (Kind.LATIN, Kind.HAN)) and latin_gap:
        return _latin(latin_gap, space_em)
    if before in DIGITS and after in DIGITS:
        return NOTHING  # 1 000 is one number
    western = [kind in WESTERN for kind in kinds]
    # In a list of references (张三, 李四. 题名[J]) the spaces open beside Han, too.
    if all(western) or set(kinds) == {Kind.HAN, Kind.SIGN}:
        return Gap(stretch=Stretch.WORD, stretch_room=WORD_SPACE_ROOM)
    return NOTHING


@lru_cache(maxsize=1 << 16)
def may_break(
    before: str,
    after: str,
    *,
    western: bool,
    kinds: tuple[Kind, Kind] | None = None,
    level: LineStarts = LineStarts.STRICT,
) -> bool:
    """Return whether a line may end between two neighbours (避头尾, clreq 6.1.1).

    ``western`` is what Unicode's line breaking (UAX 14) says; it holds wherever no rule of Chinese overrides it.
    """
    if before in UNTAILORED or after in UNTAILORED:
        return western
    kinds = kinds or (kind_of(before), kind_of(after))
    starts = after in MAY_START[level] and kinds[1] not in WESTERN
    ends = before in MAY_END[level] and kinds[0] not in WESTERN
    if (after in NO_START and not starts) or (before in NO_END and not ends) or after in " \n":
        return False
    if Kind.JOINED in kinds and kinds[0] is kinds[1]:
        return False
    if starts or ends:  # UAX 14 forbids what this level allows
        return True
    # UAX 14 forbids breaks beside quotes, which in Chinese are brackets.
    quotes = (kinds[0] is Kind.CLOSE and before in "”’") or (kinds[1] is Kind.OPEN and after in "“‘")
    return western or quotes


def may_break_at_space(before: str, after: str) -> bool:
    """Return whether a line may end at a typed space: not inside a number."""
    if before in DIGITS and after in DIGITS:
        return False
    return before == "\u200b" or (after not in NO_START and before not in NO_END - {"#"})
