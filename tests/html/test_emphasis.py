"""Emphasis in Chinese text: what is Latin in it is set apart, for it has italics."""

from __future__ import annotations

import pytest

from cstprint.html.emphasis import with_latin
from cstprint.html.markdown import render_inline
from cstprint.issue.markdown.grammar import parse_inline
from cstprint.languages.known import language_of
from tests.support.frames import PlainFrame


@pytest.mark.parametrize(
    "marked",
    [
        "[Escherichia coli]",
        "大肠杆菌（[E. coli]）",
        "《自然》（[Nature]）",
        "变量[x]和[α]",
        "[p<0.05]，共2020年",
        "[Alzheimer’s disease]病",
        "[COVID-19]疫情",
        "2020年第3期",
        "只有汉字",
        "（3.5%）",
        "[O157:H7]与[H7N9]",
    ],
)
def test_words_of_latin_letters_are_set_apart_and_numbers_are_not(marked: str) -> None:
    html = str(with_latin(marked.replace("[", "").replace("]", "")))
    found = html.replace('<span class="latin">', "[").replace("</span>", "]").replace("&lt;", "<")
    assert found == marked


def inline(source: str, language: str) -> str:
    return str(render_inline(parse_inline(source).children or [], PlainFrame(language_of(language))))


def test_only_what_is_emphasised_is_set_apart() -> None:
    assert inline("Nature与*Science*", "zh-Hans") == 'Nature与<em><span class="latin">Science</span></em>'
    assert inline("**Nature**", "zh-Hans") == "<strong>Nature</strong>"


def test_in_english_emphasis_is_whole() -> None:
    assert inline("the *species Homo*", "en") == "the <em>species Homo</em>"
