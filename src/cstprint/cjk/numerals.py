"""Numbers in characters: Chinese, Roman, in circles."""

from __future__ import annotations

#: Digits and units of running text.
DIGITS, UNITS = "零一二三四五六七八九", ("十", "百", "千")
_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc",
    50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip
#: Characters of numbers in circles: from, to, the first (Unicode has no more).
_CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))


def spelled(number: int, digits: str = DIGITS, units: tuple[str, str, str] = UNITS) -> str:
    """Return 1–9999 with each digit and its unit (一十, 一百零五); other numbers in digits."""
    if not 0 < number <= 9999:
        return str(number)
    text, gap = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + unit
        gap = not digit
    return text


def han_number(number: int) -> str:
    """Return 0–9999 in Chinese (十, 二十一, 一百零五), other numbers in digits."""
    text = spelled(number) if number else "〇"
    return text.removeprefix("一") if text.startswith("一十") else text


def roman(number: int) -> str:
    """Return 1–3999 in small Roman numerals, other numbers in digits."""
    if not 0 < number <= 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN.items():
        times, number = divmod(number, value)
        text += sign * times
    return text


def circled(number: int) -> str:
    """Return ①–⑳, ㉑–㉟, ㊱–㊿ for 1–50, nothing for other numbers."""
    return next(
        (chr(start + number - first) for first, last, start in _CIRCLED if first <= number <= last), ""
    )
