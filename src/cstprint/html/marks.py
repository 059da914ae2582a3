"""The marks of ordered lists, by form: 1. （1） ① 一、 （一） (a) (i)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from unicodedata import east_asian_width

from cstprint.cjk.numerals import circled, han_number, roman

#: What a list with the class ``han`` has, level by level: the order of official documents (GB/T 9704, 7.3.3).
HAN = ("han", "han-brackets", "digits", "digits-brackets")


def figure_mark(number: int) -> str:
    """Return a number in a circle, or in brackets beyond 50."""
    return circled(number) or f"({number})"


def letters(number: int) -> str:
    """Return a–z, aa, ab … for 1 and up, 0 in digits."""
    text, rest = "", number
    while rest > 0:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("a") + letter) + text
    return text or str(number)


#: Names of forms, as the records of languages have them (:mod:`cstprint.languages.record`). A mark ends with the room
#: before the text.
FORMS: Mapping[str, Callable[[int], str]] = {
    "digits": lambda number: f"{number}. ",
    "digits-brackets": lambda number: f"（{number}）",
    "circled": lambda number: f"{figure_mark(number)} ",
    "letters": lambda number: f"({letters(number)}) ",
    "roman": lambda number: f"({roman(number)}) ",
    "han": lambda number: f"{han_number(number)}、",
    "han-brackets": lambda number: f"（{han_number(number)}）",
}


def indent_em(marks: Iterable[str], room: float = 0.0) -> int:
    """Return how many whole em the text beside the widest of the marks is indented: 2 at least.

    ``room`` is how far, in em, marks may stand out to the left of what is around the list. Digits and Latin letters
    take some half an em; the left half of a bracket that begins a mark is blank.
    """
    widths = (
        sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in mark) - 0.5 * mark.startswith("（")
        for mark in marks
    )
    return max(2, ceil(max(widths, default=0) - room))
