"""Numbers as Word writes them in its formats (ECMA-376, part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """Return a number in one of Word's formats; in figures where the format is not known, or has no such number."""
    if form == "none":
        return ""
    write = _FORMS.get(form)
    return (write(number) if write else "") or str(number)


def _roman(number: int) -> str:
    text = ""
    if not 0 < number < 4000:
        return text
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """Return a to z, then aa, bb, and so on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else ""


def _counted(number: int, digits: str = _HAN, units: tuple[str, str, str] = ("十", "百", "千")) -> str:
    """Return 一, 十, 十一, 二十, 一百零一."""
    if not 0 <= number < 10_000:
        return ""
    if number < 10:
        return digits[number]
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("" if not gap else digits[0]) + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = bool(text) and number % 10**place > 0
    short = digits is _HAN and 10 <= number < 20
    return text[1:] if short else text


def _from(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else ""


def _run(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= count else ""


def _circled(number: int) -> str:
    rows = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
    return next((chr(code + number - first) for first, last, code in rows if first <= number <= last), "")


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)) if number >= 0 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": str,
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(abs(number))),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _run(0x2474, 20),
    "decimalEnclosedFullstop": _run(0x2488, 20),
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseDigitalTenThousand": _digits,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL, ("拾", "佰", "仟")),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographEnclosedCircle": _run(0x3280, 10),
}
