"""The words that layouts print themselves, by language: one column a language, looked up by its tag."""

from __future__ import annotations

from collections.abc import Mapping

from cstprint.cjk.numerals import circled

#: Language → word → text. ``{…}`` are filled in by the filters below; ``list_marks`` are the forms of the marks of
#: ordered lists, level by level (:mod:`cstprint.html.marks`), ``emphasis`` says whether Latin in it is set apart.
WORDS: dict[str, dict[str, str]] = {
    "zh-Hans": {
        "contents": "目录",
        "list_marks": "digits digits-brackets circled",
        "emphasis": "parted",
        "figure": "图",
        "figure_label": "图 {number}",
        "table_label": "表 {number}",
        "question": "问",
        "answer": "答",
        "speaker": "{speaker}：",
        "names_separator": "、",
        "authors_separator": "\u3000",
        "affiliations_separator": "；",
        "credit_line": "{role}：{names}",
        "credits_separator": "\u3000",
        "by": "——{by}",
        "note_marks": "circled",
        "address": "（{address}）",
        "page_reference": "第 {page} 页",
        "title_reference": "《{title}》",
        "section_reference": "“{title}”",
        "key_colon": "：",
        "key_separator": "；",
        "key_end": "。",
        "source": "（来源：{source}）",
        "missing_picture": "缺图：",
        "words_in_picture": "{alt}（图中文字：{words}）",
        "picture_words_separator": "；",
        "credit": "（{credit}）",
        "issue_of_year": "{year} 年第 {number} 期",
        "issue_of_date": "{year} 年第 {number} 期\u3000{date}",
        "issue_number": "第 {number} 期",
        "headline": "{issue}：{headline}",
        "year": "{year} 年",
        "month": "{year} 年 {month} 月",
        "day": "{year} 年 {month} 月 {day} 日",
    },
    "zh-Hant": {
        "contents": "目錄",
        "list_marks": "digits digits-brackets circled",
        "emphasis": "parted",
        "figure": "圖",
        "figure_label": "圖 {number}",
        "table_label": "表 {number}",
        "question": "問",
        "answer": "答",
        "speaker": "{speaker}：",
        "names_separator": "、",
        "authors_separator": "\u3000",
        "affiliations_separator": "；",
        "credit_line": "{role}：{names}",
        "credits_separator": "\u3000",
        "by": "——{by}",
        "note_marks": "circled",
        "address": "（{address}）",
        "page_reference": "第 {page} 頁",
        "title_reference": "〈{title}〉",
        "section_reference": "「{title}」",
        "key_colon": "：",
        "key_separator": "；",
        "key_end": "。",
        "source": "（來源：{source}）",
        "missing_picture": "缺圖：",
        "words_in_picture": "{alt}（圖中文字：{words}）",
        "picture_words_separator": "；",
        "credit": "（{credit}）",
        "issue_of_year": "{year} 年第 {number} 期",
        "issue_of_date": "{year} 年第 {number} 期\u3000{date}",
        "issue_number": "第 {number} 期",
        "headline": "{issue}：{headline}",
        "year": "{year} 年",
        "month": "{year} 年 {month} 月",
        "day": "{year} 年 {month} 月 {day} 日",
    },
    "en": {
        "contents": "Contents",
        "list_marks": "digits letters roman",
        "emphasis": "whole",
        "figure": "Figure",
        "figure_label": "Figure {number}",
        "table_label": "Table {number}",
        "question": "Q",
        "answer": "A",
        "speaker": "{speaker}: ",
        "names_separator": ", ",
        "authors_separator": ", ",
        "affiliations_separator": "; ",
        "credit_line": "{role}: {names}",
        "credits_separator": " · ",
        "by": "— {by}",
        "note_marks": "digits",
        "address": " ({address})",
        "page_reference": "page {page}",
        "title_reference": "“{title}”",
        "section_reference": "“{title}”",
        "key_colon": ": ",
        "key_separator": "; ",
        "key_end": ".",
        "source": "(Source: {source})",
        "missing_picture": "Picture missing: ",
        "words_in_picture": "{alt} (text in the picture: {words})",
        "picture_words_separator": "; ",
        "credit": "({credit})",
        "issue_of_year": "No. {number}, {year}",
        "issue_of_date": "No. {number}, {year} ({date})",
        "issue_number": "No. {number}",
        "headline": "{issue}: {headline}",
        "year": "{year}",
        "month": "{month_name} {year}",
        "day": "{day} {month_name} {year}",
    },
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def words_for(language: str) -> Mapping[str, str]:
    """Return the words of the nearest language there is: zh-TW and zh-HK read zh-Hant, zh reads zh-Hans."""
    tag = language.lower()
    if tag.startswith("zh"):
        traditional = "hant" in tag or ("hans" not in tag and tag.endswith(("-tw", "-hk", "-mo")))
        return WORDS["zh-Hant" if traditional else "zh-Hans"]
    return WORDS["en"]


def date_in_words(date: str, words: Mapping[str, str]) -> str:
    """Return ``2020``, ``2020-02`` or ``2020-02-29`` as it is printed."""
    year, *rest = (int(part) for part in date.split("-"))
    form = ("year", "month", "day")[len(rest)]
    month = rest[0] if rest else 1
    day = rest[1] if len(rest) > 1 else 1
    return words[form].format(year=year, month=month, day=day, month_name=_MONTHS[month - 1])


def issue_line(date: str | None, number: int | None, words: Mapping[str, str]) -> str:
    """Return the line that names an issue: ``2020 年第 2 期``, with month and day where they are known.

    Where there is a date or a number alone, the line is that.
    """
    if date is None:
        return "" if number is None else words["issue_number"].format(number=number)
    if number is None:
        return date_in_words(date, words)
    form = words["issue_of_year" if len(date) == 4 else "issue_of_date"]
    return form.format(year=date[:4], number=number, date=date_in_words(date, words))


def figure_mark(number: int) -> str:
    """Return a number in a circle, or in brackets beyond 50."""
    return circled(number) or f"({number})"
