"""The marks of ordered lists, by form: 1. （1） ① 一、 （一） (a) (i)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from unicodedata import east_asian_width

from cstprint.html.words import figure_mark

#: What a list with the class ``han`` has, level by level: the order of official documents (GB/T 9704, 7.3.3).
HAN = ("han", "han-brackets", "digits", "digits-brackets")


def han_number(number: int) -> str:
    """Return 0–9999 in Chinese (二十一, 一百零五), other numbers in digits."""
    if not 0 < number <= 9999:
        return "〇" if number == 0 else str(number)
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap and text else "") + "〇一二三四五六七八九"[digit] + unit
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def letters(number: int) -> str:
    """Return a–z, aa, ab … for 1 and up, 0 in digits."""
    text, rest = "", number
    while rest > 0:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("a") + letter) + text
    return text or str(number)


def roman(number: int) -> str:
    """Return 1–3999 in small Roman numerals, other numbers in digits."""
    if not 0 < number <= 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN.items():
        times, number = divmod(number, value)
        text += sign * times
    return text


_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc",
    50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip

#: Names of forms, as :data:`cstprint.html.words.WORDS` has them. A mark ends with the room before the text.
FORMS: Mapping[str, Callable[[int], str]] = {
    "digits": lambda number: f"{number}. ",
    "digits-brackets": lambda number: f"（{number}）",
    "circled": lambda number: f"{figure_mark(number)} ",
    "letters": lambda number: f"({letters(number)}) ",
    "roman": lambda number: f"({roman(number)}) ",
    "han": lambda number: f"{han_number(number)}、",
    "han-brackets": lambda number: f"（{han_number(number)}）",
}


def indent_em(marks: Iterable[str]) -> int:
    """Return how many whole em the text beside the widest of the marks is indented: 2 at least.

    Digits and Latin letters take some half an em; the left half of a bracket that begins a mark is blank.
    """
    widths = (
        sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in mark) - 0.5 * mark.startswith("（")
        for mark in marks
    )
    return max(2, ceil(max(widths, default=0)))
