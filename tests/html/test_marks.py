"""The marks of ordered lists: forms by level and language, numbers in Chinese, room for wide marks."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest

from cstprint.blocks.prose import Prose
from cstprint.check.numbers import chinese_number
from cstprint.cjk.numerals import han_number, roman
from cstprint.html.markdown import render_prose
from cstprint.html.marks import FORMS, HAN, indent_em, letters
from cstprint.issue.markdown import Notes, read_blocks
from cstprint.languages.known import known_languages, language_of
from cstprint.source import SourceFile, SourceText, Span
from tests.support.frames import PlainFrame


def rendered(text: str, language: str = "zh-Hans") -> str:
    """The HTML of a text that is one block."""
    file = SourceFile(Path("a.md"), text)
    source = SourceText.at(text, Span.point(file, 1, 1), 1, 1, block=True)
    found = read_blocks(source, (f"b{n}" for n in count(1)), Notes())
    assert found.diagnostics == []
    (block,) = found.blocks
    assert isinstance(block, Prose)
    return str(render_prose(block.tokens, block.id, PlainFrame(language_of(language))))


def marks(text: str, language: str = "zh-Hans") -> list[str]:
    return [mark.strip() for mark in re.findall("--cst-mark: '(.*?)'", rendered(text, language))]


DEEP = "\n".join("   " * depth + "1. 甲" for depth in range(6))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-Hans", ["1.", "（1）", "①", "1.", "（1）", "①"]),
        ("zh-Hant", ["1.", "（1）", "①", "1.", "（1）", "①"]),
        ("en", ["1.", "(a)", "(i)", "1.", "(a)", "(i)"]),
    ],
)
def test_a_list_six_deep_has_the_languages_forms_in_turn(language: str, expected: list[str]) -> None:
    assert marks(DEEP, language) == expected


def test_a_han_list_has_the_forms_of_official_documents() -> None:
    assert marks("{.han}\n" + DEEP)[:5] == ["一、", "（一）", "1.", "（1）", "一、"]


def test_a_list_that_is_not_ordered_takes_no_form() -> None:
    assert marks("- 甲\n  1. 乙\n     - 丙\n       1. 丁") == ["1.", "（1）"]


def test_a_list_goes_on_from_the_number_it_begins_with() -> None:
    assert marks("98. 甲\n99. 乙\n1. 丙") == ["98.", "99.", "100."]
    assert marks("{.han}\n9. 甲\n10. 乙") == ["九、", "十、"]
    assert marks("0. 甲") == ["0."]


def test_after_an_inner_list_the_outer_goes_on() -> None:
    assert marks("1. 甲\n   1. 乙\n   2. 丙\n2. 丁\n   1. 戊") == ["1.", "（1）", "（2）", "2.", "（1）"]


def test_every_number_reads_back_from_chinese() -> None:
    assert [chinese_number(han_number(n)) for n in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "〇"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (999, "九百九十九"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"), (10000, "10000"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_chinese(number: int, text: str) -> None:
    assert han_number(number) == text


def test_letters_and_roman_numerals() -> None:
    assert [letters(n) for n in (0, 1, 26, 27, 52, 53, 703)] == ["0", "a", "z", "aa", "az", "ba", "aaa"]
    assert [roman(n) for n in (0, 4, 9, 14, 1999, 4000)] == ["0", "iv", "ix", "xiv", "mcmxcix", "4000"]


@pytest.mark.parametrize("number", [0, 1, 999_999_999])
def test_every_form_marks_any_number_that_a_list_may_begin_with(number: int) -> None:
    for form in FORMS.values():
        assert form(number).strip()
        assert "'" not in form(number)


@pytest.mark.parametrize(
    ("given", "em"),
    [(["1. "], 2), (["10. "], 2), (["100. "], 3), (["（1）"], 2), (["一、", "十一、"], 3), ([], 2)],
)
def test_the_indent_has_room_for_the_widest_mark(given: list[str], em: int) -> None:
    assert indent_em(given) == em


def test_the_levels_of_official_documents_step_by_two_and_begin_where_paragraphs_do() -> None:
    four = "{.han}\n1. 甲\n   1. 乙\n      1. 丙\n         1. 丁"
    assert re.findall("--cst-mark-indent: (.*?)em", rendered(four)) == ["4", "2", "2", "2"]


def test_each_list_says_the_indent_that_its_marks_need() -> None:
    assert re.findall("--cst-mark-indent: (.*?)em", rendered("100. 甲\n     1. 乙")) == ["3", "2"]


def test_every_language_names_forms_that_there_are() -> None:
    for language in known_languages():
        assert {*language.list_marks, language.note_marks} <= set(FORMS)
    assert set(HAN) <= set(FORMS)
