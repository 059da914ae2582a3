"""Dates, and the line that names an issue, in a language."""

from __future__ import annotations

from cstprint.languages.record import Language


def date_in_words(date: str, language: Language) -> str:
    """Return ``2020``, ``2020-02`` or ``2020-02-29`` as it is printed."""
    year, *rest = (int(part) for part in date.split("-"))
    dates = language.dates
    form = (dates.year, dates.month, dates.day)[len(rest)]
    month = rest[0] if rest else 1
    day = rest[1] if len(rest) > 1 else 1
    return form.format(year=year, month=month, day=day, month_name=dates.months[month - 1])


def issue_line(date: str | None, number: int | None, language: Language) -> str:
    """Return the line that names an issue: ``2020 年第 2 期``, with month and day where they are known.

    Where there is a date or a number alone, the line is that.
    """
    words = language.words
    if date is None:
        return "" if number is None else words.issue_number.format(number=number)
    if number is None:
        return date_in_words(date, language)
    form = words.issue_of_year if len(date) == 4 else words.issue_of_date
    return form.format(year=date[:4], number=number, date=date_in_words(date, language))
