"""What a line must keep, written down a second time: nothing here is taken from the code that sets lines.

Sources: GB/T 15834—2011 § 5.1 (places of marks), clreq 6.1 to 6.3, GB/T 15835—2011 (numbers and units).
"""

from __future__ import annotations

import re
from itertools import pairwise

#: Full-width marks with a blank right half; the first are brackets and quotes.
TRAILING = "”’）》〉】〕」』，、；：。？！．"
OPENING = "“‘（《〈【〔「『"
#: Marks that begin no line, and those that end none. Dash, ellipsis, interpunct and ～ may end one.
NO_START = TRAILING + "—…·～%‰℃°)]},.;:!?′″"
NO_END = OPENING + "([{￥$€£№"

HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
#: Letters and digits of Western text, and the signs that are one with a number.
LATIN = re.compile("[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff²³¹⁰-₟%‰°]")
_WORD = re.compile(r"[!-~\u00a1-\u00ff\u0370-\u03ff‰⁰-₟−–℃]")
#: What stays with the number before it: Chinese measures, and Western units behind a space or none.
_MEASURES = (
    "年月日时分秒周天个名位人家户次种篇期届项条款章节卷册件份本页字台套座艘架辆颗组批轮场门所级类层代步岁"
    "倍成度点号亩吨米克升元亿万千百十多余剂"
)
_UNIT = re.compile(
    rf"[{_MEASURES}%‰℃°]|小时|公[里斤顷]|毫[米克升]|世纪|"
    "(?:[kcmnμ]?m|k?g|d|h|m?s|min|K|Pa|[kM]W|[GM]Hz|[KMGTP]B|dpi|n mile)(?![A-Za-z])"
)


def is_han(character: str) -> bool:
    """Return whether it is a Han character."""
    return bool(HAN.match(character))


def is_latin(character: str) -> bool:
    """Return whether it is a Western letter or digit, or a sign that is one with a number."""
    return bool(LATIN.match(character))


def is_letter(character: str) -> bool:
    """Return whether it is anything but a mark or a space: what a last line must hold two of."""
    return character not in TRAILING + OPENING + "—…·～ ,.;:!?()\"'-"


def splits_number(text: str, at: int) -> bool:
    """Return whether a line's end before ``text[at]`` parts a number, or a number from its unit."""
    before, after = text[:at].rstrip(" "), text[at:].lstrip(" ")
    if not before[-1:].isdecimal():
        return bool(re.search(r"\d[.,]$", before) and after[:1].isdecimal())
    return after[:1].isdecimal() or bool(re.match(r"[.,]\d", after)) or bool(_UNIT.match(after))


def runs(text: str) -> list[tuple[int, int]]:
    """Return the runs that a line's end may not part, as (start, end): words, numbers with units, and their marks.

    Western text may be parted at a space, and behind - and / before a letter (UAX 14).
    """
    cuts = [0, *(at for at in range(1, len(text)) if _may_part(text, at)), len(text)]
    return list(pairwise(cuts))


def _may_part(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after == " " or after in NO_START or before in NO_END or splits_number(text, at):
        return False
    if before == " ":
        return text[at - 2] not in NO_END
    if _WORD.match(before) and _WORD.match(after):
        return before in "-/" and after.isalpha()
    return before != after or before not in "—…"
