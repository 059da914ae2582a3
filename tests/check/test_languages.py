"""A language that is set by what is made for another is reported at its tag, with what will be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.check.languages import check_languages
from cstprint.diagnostics import Diagnostic
from cstprint.fonts import FontLibrary, load_library
from cstprint.issue.reader import read_issue
from cstprint.layout.resolve import resolve_layout
from cstprint.project import open_project
from tests.support.projects import ISSUE, REPOSITORY, SmallProject
from tests.support.square_font import write_square_font

SOURCE_HAN = '"Source Han Serif TW"'
MAINLAND = "Han have the forms of mainland China (骨, 角, 直), not those of "


def library(*folders: Path) -> FontLibrary:
    """Our own fonts, those of ``folders`` first."""
    project = open_project(REPOSITORY)
    found = load_library([*folders, *project.font_folders()], project.cache_folder).value
    assert found is not None
    return found


def found(
    project: SmallProject, text: str, settings: dict[str, str] | None = None, fonts: Path | None = None
) -> list[Diagnostic]:
    """What is reported of an issue."""
    issue = read_issue(project.issue(text)).value
    layout = resolve_layout("base", open_project(REPOSITORY).layout_folders(), settings or {}, None).value
    assert issue is not None
    assert layout is not None
    return list(check_languages(issue, layout, library(*([fonts] if fonts else []))))


def in_language(language: str) -> str:
    return ISSUE.replace("zh-Hans", language)


def with_text(text: str, language: str = "zh-Hans") -> str:
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return in_language(language).replace("正文。\n", f"|\n{lines}")


@pytest.mark.parametrize("language", ["zh-Hans", "zh", "zh-CN", "en", "en-GB"])
def test_nothing_is_reported_of_a_language_that_is_supported(project: SmallProject, language: str) -> None:
    assert found(project, in_language(language)) == []


ENGLISH = "contents, dates and labels are in English"
HYPHENS = "no word is divided at the end of a line"


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("zh-Hant", f"“zh-Hant” is supported in part: {MAINLAND}Taiwan and Hong Kong."),
        ("zh-HK", f"“zh-HK” is supported in part: {MAINLAND}Taiwan and Hong Kong."),
        ("ja", f"“ja” is supported in part: {MAINLAND}Japan; lines do not follow its rules; {ENGLISH}."),
        (
            "ko",
            f"“ko” is supported in part: no font of the layout has Hangul; {MAINLAND}Korea; "
            f"quotes and dashes are as wide as Han; lines do not follow its rules; {ENGLISH}.",
        ),
        ("fr-CA", f"“fr-CA” is supported in part: {ENGLISH}."),
        ("de", f"“de” is supported in part: {ENGLISH}."),
        ("ru", f"“ru” is supported in part: {ENGLISH}."),
        ("fi", f"“fi” is supported in part: {ENGLISH}; {HYPHENS}."),
        ("zh-Latn", f"“zh-Latn” is supported in part: {ENGLISH}; {HYPHENS}."),
        (
            "ar",
            "“ar” is supported in part: no font of the layout has the Arabic script; paragraphs begin at the left; "
            f"{ENGLISH}.",
        ),
    ],
)
def test_what_will_be_wrong_is_reported_where_the_language_is_written(
    project: SmallProject, language: str, wrong: str
) -> None:
    (one,) = found(project, in_language(language))
    assert (one.code, str(one.severity), str(one.message)) == ("CST-F025", "warning", wrong)
    assert one.span is not None
    assert (one.span.line, one.span.column) == (2, 11)
    assert one.hint is not None


def test_with_faces_of_its_own_traditional_chinese_is_supported(project: SmallProject) -> None:
    assert found(project, in_language("zh-Hant"), {"song": SOURCE_HAN}) == []


def test_a_font_that_the_layout_names_has_the_letters(project: SmallProject) -> None:
    write_square_font(project.root / "fonts" / "hangul.ttf", "한글", "Hangul")
    named = {"song": '"Hangul", "CST Song"'}
    (one,) = found(project, in_language("ko"), named, project.root / "fonts")
    assert "Hangul" not in str(one.message)
    assert MAINLAND in str(one.message)


@pytest.mark.parametrize(
    ("text", "place", "wrong"),
    [
        (
            "见[骨]{lang=zh-Hant}。",
            (10, 17),
            f"“zh-Hant” is supported in part: {MAINLAND}Taiwan and Hong Kong.",
        ),
        ("见[骨]{.a lang='ja'}。", (10, 21), f"“ja” is supported in part: {MAINLAND}Japan."),
        (
            "{lang=ja}\n骨。",
            (10, 13),
            f"“ja” is supported in part: {MAINLAND}Japan; lines do not follow its rules.",
        ),
        (
            "# 题 {lang=ja}",
            (10, 17),
            f"“ja” is supported in part: {MAINLAND}Japan; lines do not follow its rules.",
        ),
        ('见<span lang="ja">骨</span>。', (10, 20), f"“ja” is supported in part: {MAINLAND}Japan."),
    ],
)
def test_a_passage_is_reported_where_its_language_is_written(
    project: SmallProject, text: str, place: tuple[int, int], wrong: str
) -> None:
    (one,) = found(project, with_text(text))
    assert one.span is not None
    assert (str(one.message), (one.span.line, one.span.column)) == (wrong, place)


@pytest.mark.parametrize("language", ["en", "fr", "de", "fi", "ru", "zh-Latn", "zh-Hans"])
def test_nothing_is_reported_of_a_passage_in_letters_that_are_set_well(
    project: SmallProject, language: str
) -> None:
    assert found(project, with_text(f"见[x]{{lang={language}}}。\n\n{{lang={language}}}\nx")) == []


def test_many_passages_in_a_language_are_one_warning(project: SmallProject) -> None:
    (one,) = found(project, with_text("见[骨]{lang=ja}和[角]{lang=ja}。\n\n{lang=ja}\n直。"))
    assert "lines do not follow its rules" in str(one.message)
    assert "3 places, lines 10, 12" in str(one.message)


def test_a_passage_in_the_language_of_the_issue_is_not_reported_again(project: SmallProject) -> None:
    (one,) = found(project, with_text("見[骨]{lang=zh-TW}。", "zh-Hant"))
    assert one.span is not None
    assert one.span.line == 2


def test_the_path_of_the_issue_is_in_the_report(project: SmallProject) -> None:
    (one,) = found(project, in_language("ja"))
    assert one.span is not None
    assert Path(str(one.span.file.path)).name == "issue.yaml"
