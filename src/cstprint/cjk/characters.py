"""Classes of characters: what a character is on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum, StrEnum
from functools import cache

from cstprint.languages.known import language_of
from cstprint.languages.scripts import Lines


class Kind(IntEnum):
    """What a character is on a line of Simplified Chinese (clreq 5.1 and appendix A)."""

    HAN = 0  #: Han, kana, bopomofo and all else that stands in an em square
    OPEN = 1  #: opening brackets and quotes: blank half before the ink
    CLOSE = 2  #: closing brackets and quotes: blank half after the ink
    PAUSE = 3  #: ，、；： pause or stop within a sentence
    STOP = 4  #: 。．？！ end of a sentence
    DOT = 5  #: · interpunct (间隔号) beside Han: half an em, however wide its glyph is
    JOINED = 6  #: — … ～ connectors and ellipsis: full width, never trimmed
    LATIN = 7  #: letters and digits of Western text, and what is one with them: %, ‰, °, $
    SPACE = 8  #: a typed space
    OTHER = 9  #: no rule of ours: symbols, emoji, other scripts
    FULL = 10  #: full width and never trimmed: marks centred in their em, objects in the line
    SIGN = 11  #: marks of Western text: , . / ( ) + @, and quotes that are as narrow as letters
    CALL = 12  #: what is raised after a mark: the call of a note (。①)


#: What stands in Western text, apart from spaces.
WESTERN = (Kind.LATIN, Kind.SIGN)


OPENING = "（《〈「『【〔〖〘〚“‘［｛｟"
CLOSING = "）》〉」』】〕〗〙〛”’］｝｠"
PAUSES = "，、；："
STOPS = "。．？！"
DOTS = "·‧・"

#: Never begin a line (避头, clreq 6.1.1 and GB/T 15834 § 5.1): closing marks, pauses, stops, interpunct,
#: connectors, ellipsis, iteration marks, small kana, and what belongs to the number before it.
NO_START = frozenset(
    CLOSING
    + PAUSES
    + STOPS
    + "·‧・—…～‥⋯∶、。々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    + ")]}%‰℃°,.!?;:’”′″"
    # The rest of UAX 14's classes CJ, NS, CL, EX, IN and PO in East Asian text (CSS Text, line-break: strict).
    + "․‵‼⁇⁈⁉℉〜〼ゕゖ゛゜ゝゞ゠ヽヾㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ︙﹔﹕﹪％･ｧｨｩｪｫｬｭｮｯｰﾞﾟ￠"
)
#: Never end a line (避尾): opening marks and what belongs to the number after it.
NO_END = frozenset(OPENING + "([{￥¥$€￡£№±＄﹩￦＃#")


class LineStarts(StrEnum):
    """How strict the rules for starts and ends of lines are (clreq 6.1.1)."""

    STRICT = "strict"  #: nor ellipses and dashes begin a line
    GB = "gb"  #: nor does a solidus beside Han end or begin one (GB/T 15834 § 5.1.9)
    BASIC = "basic"  #: closing marks, pauses, stops, interpuncts and connectors begin no line, opening marks end none
    NONE = "none"  #: no rule for Chinese marks


_CONNECTORS = "—…⋯‥"
_NONE_FORBIDDEN = frozenset(CLOSING + PAUSES + STOPS + DOTS + "～" + _CONNECTORS)
#: What each level lets begin a line that the strictest does not, and what it lets end one.
MAY_START: dict[LineStarts, frozenset[str]] = {
    LineStarts.STRICT: frozenset(),
    LineStarts.GB: frozenset(_CONNECTORS),
    LineStarts.BASIC: frozenset(_CONNECTORS),
    LineStarts.NONE: _NONE_FORBIDDEN,
}
MAY_END: dict[LineStarts, frozenset[str]] = {level: frozenset() for level in LineStarts} | {
    LineStarts.NONE: frozenset(OPENING)
}

#: Spaces and joiners whose breaks UAX 14 lets nobody tailor (LB8, LB11, LB12 and their kin).
UNTAILORED = frozenset("\u200b\u00a0\u202f\u180e\u034f\u2007\u2011\u0f08\u0f0c\u0f12\u2060\ufeff")

#: Stands for a box that is set as one character (UAX 14, class CB).
OBJECT = "\ufffc"

_HAN = re.compile(
    "[\u2e80-\u2fff\u3005-\u3007\u3012\u3013\u3020-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9d\U00020000-\U0003ffff①-⑳㈠-㈩㊀-㊉\u3200-\u33ff]"
)
#: A quarter em parts Han from letters and digits (CSS Text 4, text-autospace: ideograph-alpha, ideograph-numeric) and
#: from what is read as one with them; Typst, too, leaves none beside other marks.
_LATIN = re.compile(
    "[0-9A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
    "\u0370-\u04ff\u1d00-\u1fff\u2070-\u209f\u2150-\u218f%‰°$€£¥§№]"
)
_SIGN = re.compile("[!-/:-@\\[-`{-~±×÷−™©®]")


@cache
def kind_of(character: str) -> Kind:  # noqa: PLR0911 - a table of classes, first match wins
    """Return the kind of a character in Simplified Chinese text."""
    if character in OPENING:
        return Kind.OPEN
    if character in CLOSING:
        return Kind.CLOSE
    if character in PAUSES:
        return Kind.PAUSE
    if character in STOPS:
        return Kind.STOP
    if character in DOTS:
        return Kind.DOT
    if character in "—…～‥⋯―":
        return Kind.JOINED
    if character in " \u00a0":
        return Kind.SPACE
    if _HAN.match(character):
        return Kind.HAN
    if _LATIN.match(character):
        return Kind.LATIN
    return Kind.SIGN if _SIGN.match(character) else Kind.OTHER


DIGITS = frozenset("0123456789")
#: Between a number and its unit: 3 万元 is one thing.
MULTIPLIERS = frozenset("十百千万亿")

#: ’ between two Latin letters is an apostrophe (Alzheimer’s), however wide its glyph is.
APOSTROPHE = re.compile("(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")
LETTER_APOSTROPHE = "\u02bc"
_AMBIGUOUS = re.compile(f"[“”‘’{DOTS}—…]")
#: A glyph narrower than this (em) is proportional: its character is Western here, whatever its code point.
_PROPORTIONAL = 0.7
#: A digit or a sign as a picture: keycaps, © and its kin with the selector of pictures (UTS #51).
_PICTURE = re.compile(".(?:\ufe0f\u20e3?|\u20e3)")
#: What stands in the middle of its em in Taiwan and Hong Kong (clreq 5.1.1.2).
CENTRED_IN_HANT = re.compile(f"[{PAUSES}{STOPS}{DOTS}]")
#: A ratio's colon between Han, and the full-width signs of equations, stand in the middle of their em as other marks
#: do, and open with them; a colon beside a digit stays as it is.
_EQUATION = re.compile("[＝＋－＜＞]|(?<=[\u3400-\u9fff“”（）《》])∶(?=[\u3400-\u9fff“”（）《》])")
#: A sign of a number is one with it.
_SIGNED = re.compile("[±−](?=[0-9])")
#: An address with Han in it. A Han that follows a letter there may as well be the text's.
_ADDRESS = re.compile("(?:https?|ftp)://[!-~]*(?:(?<=[-/=&_?#])[\u4e00-\u9fff]+[!-~]*)+")


def kinds_of(text: str, language: str, advances: Sequence[float], size: float) -> list[Kind]:
    """Return the kinds of the characters of ``text``, written in ``language``; ``size`` is an em of its advances.

    In zh-Hant ，。· and their kin stand in the middle of their em (clreq 5.1.1.2) and are not trimmed. In a language
    of Latin letters, marks are Western; so is any quote that the font gives no full width, as the ’ of “it’s”.
    """
    kinds = list(map(kind_of, text))
    lines = language_of(language).lines
    if lines is Lines.CHINESE_CENTRED:
        for mark in CENTRED_IN_HANT.finditer(text):
            kinds[mark.start()] = Kind.FULL
    for sign in _EQUATION.finditer(text):
        kinds[sign.start()] = Kind.FULL
    for picture in _PICTURE.finditer(text):
        kinds[picture.start() : picture.end()] = [Kind.OTHER] * len(picture[0])
    for sign in _SIGNED.finditer(text):
        kinds[sign.start()] = Kind.LATIN
    for mark in _AMBIGUOUS.finditer(text):
        place = mark.start()
        if lines is Lines.WESTERN or advances[place] < _PROPORTIONAL * size:
            # The second half of a ligature (——) has no width of its own: it goes with the first.
            second = not advances[place] and place and text[place - 1] == mark[0]
            kinds[place] = kinds[place - 1] if second else _kind_of_narrow(text, place, lines)
    for apostrophe in APOSTROPHE.finditer(text):
        kinds[apostrophe.start()] = Kind.LATIN
    for address in _ADDRESS.finditer(text):
        first, last = address.start() + 1, address.end() - 1
        kinds[first:last] = [Kind.SIGN if kind is Kind.LATIN else kind for kind in kinds[first:last]]
    return kinds


def _kind_of_narrow(text: str, place: int, lines: Lines) -> Kind:
    """Return the kind of a mark that the font gives the width of a letter."""
    if text[place] not in DOTS or lines is Lines.WESTERN:
        return Kind.SIGN
    around = [kind_of(one) for one in (*text[max(0, place - 1) : place], *text[place + 1 : place + 2])]
    if around and all(kind in (*WESTERN, Kind.SPACE) for kind in around):
        return Kind.SIGN
    # In Taiwan and Hong Kong an interpunct takes a whole em (clreq A.2): a quarter more at both sides.
    return Kind.LATIN if lines is Lines.CHINESE_CENTRED else Kind.DOT
