"""The words that layouts print: the same in all languages, filled in by the issue."""

from __future__ import annotations

import re

import pytest

from cstprint.html.words import WORDS, date_in_words, figure_mark, issue_line, words_for


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_all_languages_have_the_same_words() -> None:
    keys = [set(words) for words in WORDS.values()]
    assert all(found == keys[0] for found in keys)


def test_all_languages_fill_in_the_same_values() -> None:
    for key, text in WORDS["zh-Hans"].items():
        for language, words in WORDS.items():
            given = {place.removesuffix("_name") for place in places(words[key])}
            assert given == {place.removesuffix("_name") for place in places(text)}, (language, key)


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        ("zh", "目录"),
        ("zh-Hans", "目录"),
        ("zh-CN", "目录"),
        ("zh-Hant", "目錄"),
        ("zh-TW", "目錄"),
        ("zh-hk", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("zh-Hans-HK", "目录"),
        ("en", "Contents"),
        ("en-GB", "Contents"),
        ("fr", "Contents"),
    ],
)
def test_a_language_reads_the_nearest_words(language: str, contents: str) -> None:
    assert words_for(language)["contents"] == contents


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
    assert issue_line(date, 2, words_for(language)) == line


@pytest.mark.parametrize(
    ("date", "words"), [("2020-02", "February 2020"), ("2020-12-31", "31 December 2020")]
)
def test_an_english_issues_line_has_no_chinese_space(date: str, words: str) -> None:
    line = issue_line(date, 2, words_for("en"))
    assert line.startswith("No. 2, 2020")
    assert line.rstrip(")").endswith(words)
    assert "\u3000" not in line


@pytest.mark.parametrize(
    ("date", "words"), [("2020", "2020"), ("2020-02", "February 2020"), ("2020-12-31", "31 December 2020")]
)
def test_an_english_date_names_the_month(date: str, words: str) -> None:
    assert date_in_words(date, words_for("en")) == words


@pytest.mark.parametrize(
    ("number", "mark"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)"), (0, "(0)")],
)
def test_a_figures_mark_is_its_number_in_a_circle(number: int, mark: str) -> None:
    assert figure_mark(number) == mark


def test_the_marks_are_different() -> None:
    assert len({figure_mark(number) for number in range(1, 52)}) == 51
