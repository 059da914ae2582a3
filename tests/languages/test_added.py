"""A language is added by one file: an issue in it prints its words, and the lists of languages have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.package_copy import copy_package, run_python, write_issue_of
from tests.support.pages import read_pages
from tests.support.projects import REPOSITORY
from tests.support.square_font import write_square_font

RECORD = """\
from cstprint.languages.record import Dates, Language, Words
from cstprint.languages.scripts import SCRIPTS, Lines

LANGUAGE = Language(
    tags=("ko",),
    name="Korean",
    own_name="한국어",
    script=SCRIPTS["kore"],
    lines=Lines.PLAIN,
    list_marks=("digits", "digits-brackets", "circled"),
    note_marks="digits",
    dates=Dates(year="{year}년", month="{year}년 {month}월", day="{year}년 {month}월 {day}일"),
    words=Words(
        contents="차례",
        figure="그림",
        figure_label="그림 {number}",
        table_label="표 {number}",
        question="문",
        answer="답",
        speaker="{speaker}: ",
        names_separator=", ",
        authors_separator=", ",
        affiliations_separator="; ",
        credit_line="{role}: {names}",
        credits_separator=" · ",
        by="— {by}",
        address=" ({address})",
        page_reference="{page}쪽",
        title_reference="「{title}」",
        section_reference="「{title}」",
        key_colon=": ",
        key_separator="; ",
        key_end=".",
        source="(출처: {source})",
        missing_picture="그림 없음: ",
        words_in_picture="{alt} (그림 속 글: {words})",
        picture_words_separator="; ",
        credit="({credit})",
        issue_of_year="{year}년 제{number}호",
        issue_of_date="{year}년 제{number}호 ({date})",
        issue_number="제{number}호",
        headline="{issue}: {headline}",
    ),
)
"""
ISSUE = """\
layout: newsletter
language: ko
title: 한글
publisher: 한글
date: 2020-02-29
number: 3
articles:
  - title: 글
    body: 글.
  - title: 쪽
    body: 글.
"""
LISTS = "from tests.guide.languages import table; print(table('en') + table('zh'))"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with a record of Korean, and a project whose font has Hangul."""
    root = tmp_path_factory.mktemp("added")
    package = copy_package(root)
    for data in ("layouts", "fonts"):
        (root / data).symlink_to(REPOSITORY / data)
    (package / "languages" / "records" / "ko.py").write_text(RECORD, "utf-8")
    write_issue_of(root, ISSUE)
    hangul = "".join(sorted({sign for sign in RECORD + ISSUE if "가" <= sign <= "힣"}))
    write_square_font(root / "project" / "fonts" / "hangul.ttf", f" {hangul}", "Hangul")
    return root


@pytest.mark.render
def test_an_issue_prints_its_words_and_dates(copy: Path) -> None:
    families = '"CST Latin Serif", "Hangul", "CST Song"'
    named = [part for token in ("song", "hei", "kai") for part in ("--set", f"{token}={families}")]
    done = run_python(copy, "-m", "cstprint", "--language", "en", "render", "one", "-o", "one.pdf", *named)
    assert done.returncode == 0, done.stderr
    text = "".join(page.text for page in read_pages((copy / "project" / "one.pdf").read_bytes()))
    squeezed = "".join(text.split())
    assert "차례" in squeezed
    assert "2020년제3호(2020년2월29일)" in squeezed
    assert "Contents" not in text
    assert "CST-F025" in done.stderr
    assert "in English" not in done.stderr


def test_the_schema_and_the_lists_of_the_readmes_have_it(copy: Path) -> None:
    schema = json.loads(run_python(copy, "-m", "cstprint", "schema").stdout)
    assert "ko" in schema["properties"]["language"]["description"]
    lists = run_python(copy, "-c", LISTS)
    assert lists.stdout.count("`ko` (한국어)") == 2, lists.stderr
    (row,) = [line for line in lists.stdout.splitlines() if "`ko`" in line and "Han have" in line]
    assert "English" not in row
