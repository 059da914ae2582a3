"""The records of languages: the same values filled in, dates, and the record that a tag leads to."""

from __future__ import annotations

import re
from dataclasses import astuple, fields

import pytest

from cstprint.html.marks import figure_mark
from cstprint.languages.dates import date_in_words, issue_line
from cstprint.languages.known import known_languages, known_tags, language_of
from cstprint.languages.record import Words
from cstprint.languages.scripts import SCRIPTS, Lines
from cstprint.languages.tags import is_tag, is_tag_of_pdf


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_records_of_chinese_and_english() -> None:
    assert known_tags() == ("en", "zh-Hans", "zh-Hant")


def test_all_languages_fill_in_the_same_values() -> None:
    chinese = language_of("zh-Hans").words
    for language in known_languages():
        names = {field.name for field in fields(Words)} - {"more"} | language.words.more.keys()
        for name in names | chinese.more.keys():
            assert places(language.words.word(name)) == places(chinese.word(name)), (language.tag, name)


def test_a_date_names_its_day_month_and_year_in_all_languages() -> None:
    for language in known_languages():
        dates = language.dates
        assert len(dates.months) == 12
        for form, parts in ((dates.year, {"year"}), (dates.month, {"year", "month"})):
            assert {place.removesuffix("_name") for place in places(form)} == parts
        assert {place.removesuffix("_name") for place in places(dates.day)} == {"year", "month", "day"}


def test_no_tag_leads_to_two_records() -> None:
    tags = [tag.lower() for language in known_languages() for tag in language.tags]
    assert len(tags) == len(set(tags))
    assert all(language_of(tag).tag == one.tag for one in known_languages() for tag in one.tags)


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("zh", "目录"),
        ("zh-Hans", "目录"),
        ("zh-CN", "目录"),
        ("cmn-CN", "目录"),
        ("zh-Hant", "目錄"),
        ("zh-TW", "目錄"),
        ("zh-TW-x-a", "目錄"),
        ("zh-hk", "目錄"),
        ("zh_MO", "目錄"),
        ("zh-yue", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("zh-cmn-Hant", "目錄"),
        ("zh-Hans-HK", "目录"),
        ("en", "Contents"),
        ("en-GB", "Contents"),
        ("fr", "Contents"),
    ],
)
def test_a_language_has_the_nearest_words(tag: str, contents: str) -> None:
    assert language_of(tag).words.contents == contents


@pytest.mark.parametrize(
    ("tag", "script", "lines"),
    [
        ("zh-CN", "Hans", Lines.CHINESE),
        ("zh-TW-x-a", "Hant", Lines.CHINESE_CENTRED),
        ("zh-Hani", "Hans", Lines.CHINESE),
        ("zh-Latn-pinyin", "Latn", Lines.WESTERN),
        ("ja", "Jpan", Lines.PLAIN),
        ("ja-Latn", "Latn", Lines.WESTERN),
        ("ko-KR", "Kore", Lines.PLAIN),
        ("fr-CA", "Latn", Lines.WESTERN),
        ("sr", "Cyrl", Lines.WESTERN),
        ("sr-Latn", "Latn", Lines.WESTERN),
        ("ar", "Arab", Lines.WESTERN),
        ("xx", "Latn", Lines.WESTERN),
        ("", "Latn", Lines.WESTERN),
    ],
)
def test_a_tag_names_the_script_or_its_language_has_a_likely_one(tag: str, script: str, lines: Lines) -> None:
    language = language_of(tag)
    assert (language.script, language.lines) == (SCRIPTS[script.lower()], lines)


@pytest.mark.parametrize(
    ("tag", "dictionary"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("zh-TW", "en-US"),
        ("zh-CN", "en-US"),
        ("fr", "fr"),
        ("de-AT", "de-AT"),
    ],
)
def test_words_are_divided_by_the_dictionary_of_their_language(tag: str, dictionary: str) -> None:
    assert language_of(tag).dictionary == dictionary


def test_a_language_without_a_record_has_the_words_of_english_and_says_so() -> None:
    korean, english = language_of("ko"), language_of("en")
    assert (korean.tag, korean.printed, english.printed) == ("ko", "en", None)
    assert astuple(korean.words) == astuple(english.words)


@pytest.mark.parametrize(
    "text", ["Chinese", "中文", "e", "zh_Hans", "zh-", "-zh", "zh Hans", "fran-çais", ""]
)
def test_what_has_not_the_form_of_a_tag_is_none(text: str) -> None:
    assert not is_tag(text)


def test_the_standards_of_pdf_know_longer_first_subtags() -> None:
    assert is_tag_of_pdf("i-klingon")
    assert not is_tag("i-klingon")
    assert not is_tag_of_pdf("zh_Hans")


@pytest.mark.parametrize(
    ("language", "date", "line"),
    [
        ("zh-Hans", "2020", "2020 年第 2 期"),
        ("zh-Hans", "2020-02", "2020 年第 2 期　2020 年 2 月"),
        ("zh-Hans", "2020-02-09", "2020 年第 2 期　2020 年 2 月 9 日"),
        ("zh-Hant", "2020", "2020 年第 2 期"),
        ("zh-Hant", "2020-12", "2020 年第 2 期　2020 年 12 月"),
        ("zh-Hant", "2020-12-31", "2020 年第 2 期　2020 年 12 月 31 日"),
        ("en", "2020", "No. 2, 2020"),
    ],
)
def test_the_issues_line_says_as_much_as_is_known(language: str, date: str, line: str) -> None:
    assert issue_line(date, 2, language_of(language)) == line


@pytest.mark.parametrize(
    ("date", "words"), [("2020-02", "February 2020"), ("2020-12-31", "31 December 2020")]
)
def test_an_english_issues_line_has_no_chinese_space(date: str, words: str) -> None:
    line = issue_line(date, 2, language_of("en"))
    assert line.startswith("No. 2, 2020")
    assert line.rstrip(")").endswith(words)
    assert "\u3000" not in line


@pytest.mark.parametrize(
    ("date", "words"), [("2020", "2020"), ("2020-02", "February 2020"), ("2020-12-31", "31 December 2020")]
)
def test_an_english_date_names_the_month(date: str, words: str) -> None:
    assert date_in_words(date, language_of("en")) == words


@pytest.mark.parametrize(
    ("number", "mark"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)"), (0, "(0)")],
)
def test_a_figures_mark_is_its_number_in_a_circle(number: int, mark: str) -> None:
    assert figure_mark(number) == mark


def test_the_marks_are_different() -> None:
    assert len({figure_mark(number) for number in range(1, 52)}) == 51
