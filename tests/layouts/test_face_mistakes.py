"""A bold or an italic that does not exist is told where it is asked for; so is a family that lacks it under a bold."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.projects import ISSUE, SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

MINE = ISSUE.replace("layout: base", "layout: mine").replace("正文。", '"正文**重**，word。"')

WRONG = {
    "a bold of Kai": (
        "p { color: navy }\nstrong { font-family: 'CST Kai' }",
        "2:10",
        "CST Kai",
        "font-weight: 700",
    ),
    "a bold of Kai, both said": (
        "strong { font-weight: 700; font-family: var(--cst-kai) }",
        "1:28",
        "CST Kai",
        "font-weight: 700",
    ),
    "a heading in Kai, which is bold by itself": (
        ".article-title { color: navy;\n  font-family: var(--cst-kai) }",
        "2:3",
        "CST Kai",
        "font-weight: 700",
    ),
    "a black": ("h1.title { font-weight: 900 }", "1:12", "CST Song", "font-weight: 900"),
    "a thin, inherited": ("body { font-weight: 100 }", "1:8", "CST Song", "font-weight: 100"),
    "an italic of Chinese": ("p { font-style: italic }", "1:5", "CST Song", "font-style: italic"),
    "an oblique by shorthand": (
        "h1.title { font: oblique 12pt 'CST Song' }",
        "1:12",
        "CST Song",
        "font-style: italic",
    ),
}
RIGHT = {
    "a bold that is there": "p { font-weight: 700 }",
    "a weight that is near": "p { font-weight: 500 } h1.title { font-weight: 800 }",
    "a heading in Kai": ".article-title { font-family: var(--cst-kai); font-weight: 400 }",
}


def found_in(project: SmallProject, css: str, issue: str = MINE) -> list[Diagnostic]:
    project.layout("mine", "title: M\nextends: newsletter\n", blocks_css=css)
    found = render(project.issue(issue), open_project(project.root), RenderOptions()).diagnostics
    return [one for one in found if one.code != "CST-E006"]


@pytest.mark.parametrize("mistake", WRONG)
def test_a_face_that_is_not_there_is_told_where_it_is_asked_for(mistake: str, project: SmallProject) -> None:
    css, place, family, wanted = WRONG[mistake]
    found = [one for one in found_in(project, css) if f"“{family}” has no {wanted}" in str(one.message)]
    (one,) = found
    assert one.span is not None
    assert (one.code, one.is_error, one.span.file.path.parent.name) == ("CST-F013", False, "mine")
    assert f"{one.span.line}:{one.span.column}" == place
    assert one.place is not None
    assert one.hint is not None


def test_the_weights_that_there_are_are_named(project: SmallProject) -> None:
    (one,) = found_in(project, "strong { font-family: 'CST Kai' }")
    assert str(one.hint) == "Its weights are 400. Use one of these, or another family."


@pytest.mark.parametrize("case", RIGHT)
def test_a_face_that_is_there_is_passed_without_a_word(case: str, project: SmallProject) -> None:
    assert found_in(project, RIGHT[case]) == []


def test_a_chinese_name_in_english_italics_is_no_mistake(project: SmallProject) -> None:
    english = MINE.replace("zh-Hans", "en").replace("正文**重**，word。", "A *word 中文 word*.")
    assert found_in(project, "p { color: #111 }", english) == []


def test_emphasis_within_bold_type_asks_for_no_face_that_is_not_there(project: SmallProject) -> None:
    issue = MINE.replace('"正文**重**，word。"', "前文**粗*斜***后")
    assert found_in(project, "p { color: #111 }", issue) == []


def test_bold_emphasis_is_reported_where_it_is_asked_for(project: SmallProject) -> None:
    issue = MINE.replace('"正文**重**，word。"', "前文**粗*斜***后")
    (one,) = found_in(project, "em { font-weight: inherit }", issue)
    assert one.code == "CST-F013"
    assert one.span is not None
    assert one.span.file.path.parent.name == "mine"
