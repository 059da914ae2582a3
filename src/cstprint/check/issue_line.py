"""The date and the number of an issue, as layouts may print them: in digits or in Chinese, in any order."""

from __future__ import annotations

import re

from cstprint.cjk.numerals import han_number, roman
from cstprint.languages.dates import date_in_words
from cstprint.languages.known import language_of

_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_HAN = "〇零一二三四五六七八九十百千"


def year_of(date: str) -> re.Pattern[str]:
    """Return what the year of an issue's date looks like: the group ``it`` of what is found."""
    year = date[:4]
    han = year.translate(_HAN_DIGITS).replace("〇", "[〇零○]")
    return re.compile(rf"(?P<it>(?<!\d){year}(?=(\d\d){{0,2}}(?!\d))|{han})")


def number_of(number: int, date: str | None, language: str) -> re.Pattern[str]:
    """Return the pattern of an issue's number: the group ``it``.

    The pattern of the date comes first, so that a month is not taken for the number.
    """
    dates = [] if date is None else _dates(date, language)
    it = [
        rf"(?<!\d)0*{number}(?!\d)",
        rf"(?<![{_HAN}]){han_number(number)}(?![{_HAN}])",
        rf"(?<![A-Za-z])(?i:{roman(number)})(?![A-Za-z])",
    ]
    return re.compile("|".join([*dates, f"(?P<it>{'|'.join(it)})"]))


def _dates(date: str, language: str) -> list[str]:
    """Return the ways in which a date is written, as regular expressions."""
    parts = [part.lstrip("0") for part in date.split("-")]
    in_digits = r"\s*[-./年月]?\s*0*".join(parts)
    in_words = re.escape(date_in_words(date, language_of(language)))
    return [in_words, rf"(?<!\d){in_digits}(?!\d)"]
