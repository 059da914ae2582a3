"""A language that is not supported is reported once, at the place in the issue where it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.check.languages import check_language
from cstprint.diagnostics import Diagnostic
from cstprint.issue.reader import read_issue
from cstprint.layout.resolve import resolve_layout
from cstprint.project import open_project
from tests.support.projects import ISSUE, REPOSITORY, SmallProject

SOURCE_HAN = '"Source Han Serif TW"'


def found(project: SmallProject, language: str, settings: dict[str, str] | None = None) -> list[Diagnostic]:
    """What is reported of an issue in a language."""
    path = project.issue(ISSUE.replace("zh-Hans", language))
    issue = read_issue(path).value
    layout = resolve_layout("base", open_project(REPOSITORY).layout_folders(), settings or {}, None).value
    assert issue is not None
    assert layout is not None
    return list(check_language(issue, layout))


@pytest.mark.parametrize("language", ["zh-Hans", "zh", "zh-CN", "en", "en-GB"])
def test_nothing_is_reported_of_a_language_that_is_supported(project: SmallProject, language: str) -> None:
    assert found(project, language) == []


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("zh-Hant", "Taiwan"),
        ("zh-TW", "Taiwan"),
        ("zh-HK", "Taiwan"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("pt", "“pt”"),
        ("fr-CA", "“fr-CA”"),
    ],
)
def test_a_language_that_is_not_is_reported_where_it_is_written(
    project: SmallProject, language: str, word: str
) -> None:
    (one,) = found(project, language)
    assert (one.code, str(one.severity)) == ("CST-F025", "warning")
    assert word in str(one.message)
    assert one.span is not None
    assert (one.span.line, one.span.column) == (2, 11)
    assert one.hint is not None


def test_with_faces_of_its_own_traditional_chinese_is_supported(project: SmallProject) -> None:
    assert found(project, "zh-Hant", {"song": SOURCE_HAN}) == []


def test_the_path_of_the_issue_is_in_the_report(project: SmallProject) -> None:
    (one,) = found(project, "ja")
    assert one.span is not None
    assert Path(str(one.span.file.path)).name == "issue.yaml"
