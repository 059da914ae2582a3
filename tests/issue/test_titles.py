"""Titles: their marks and breaks, and the one plain form in which they are repeated."""

from __future__ import annotations

import pytest

from cstprint.blocks.common.parts import Inline
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from tests.support.projects import ISSUE, SmallProject


def issue(project: SmallProject, title: str) -> Issue:
    result = read_issue(project.issue(ISSUE.replace("标题", title)))
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def title(project: SmallProject, typed: str) -> Inline:
    return issue(project, typed).articles[0].title


def breaks(run: Inline) -> int:
    return sum(token.type == "hardbreak" for token in run.tokens)


PLAIN = {
    "'关于*重要*的**事**'": "关于重要的事",
    "'读[《规则》](https://example.org)'": "读《规则》",
    "题^[注文。]目": "题目",
    "CO~2~ 与 10^-3^": "CO₂ 与 10⁻³",
    "'x^n^，第1^st^'": "xⁿ，第1st",  # half of it in Unicode's forms would not be a word
    "'`a*b` 与 <b>丙</b>'": "a*b 与 丙",
    "'![龙](a.png)年'": "龙年",
    "C:\\Users 与 \\alpha": "C:\\Users 与 \\alpha",
}


@pytest.mark.parametrize("typed", PLAIN)
def test_the_plain_form_has_no_marks_notes_or_addresses(typed: str, project: SmallProject) -> None:
    assert title(project, typed).plain == PLAIN[typed]


BROKEN = {
    "|\n      上半句\n      下半句": "上半句下半句",
    "|\n      上半句，\n      Deep\n      Learning": "上半句，Deep Learning",
    "|\n      上半句\\\n      下半句": "上半句下半句",
    "上半句\\下半句": "上半句下半句",
    "上半句：\\《书名》": "上半句：《书名》",
    "Deep Learning\\ for All": "Deep Learning for All",
    "甲<br>乙": "甲乙",
}


@pytest.mark.parametrize("typed", BROKEN)
def test_a_break_is_forced_on_the_page_and_not_there_in_the_plain_form(
    typed: str, project: SmallProject
) -> None:
    read = title(project, typed)
    assert breaks(read) == typed.strip("|\n").count("\n") or breaks(read) == 1
    assert "\\" not in "".join(token.content for token in read.tokens)
    assert read.plain == BROKEN[typed]


def test_a_heading_takes_breaks_too(project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace("正文。", "|\n      # 甲\\乙\n\n      丙\\丁")))
    assert result.value is not None
    heading, prose = result.value.articles[0].blocks
    assert isinstance(heading, Heading)
    assert isinstance(prose, Prose)
    assert (breaks(heading.content), heading.content.plain) == (1, "甲乙")
    assert prose.tokens[1].children[0].content == "丙\\丁"  # type: ignore[index]


def test_an_empty_line_in_a_title_is_an_error(project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace("标题", "|\n      甲\n\n      乙")))
    assert [problem.code for problem in result.diagnostics] == ["CST-Y024"]


def test_a_problem_in_a_title_of_two_lines_has_its_line(project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace("标题", "|\n      甲\n      乙[^x]")))
    (problem,) = result.diagnostics
    assert problem.span is not None
    assert (problem.code, problem.span.line, problem.span.column) == ("CST-M016", 10, 8)


def test_the_subject_of_the_pdf_has_the_plain_forms(project: SmallProject) -> None:
    assert issue(project, "甲\\乙^[注]").subject == "甲乙"


@pytest.mark.parametrize("typed", ["三 * 四 * 五", "a* b *c", "'*'", "注*", "1.背景", "#1 与 C#"])
def test_marks_that_mark_nothing_are_printed_and_not_told(typed: str, project: SmallProject) -> None:
    assert title(project, f"'{typed.strip(chr(39))}'").plain == typed.strip("'")


@pytest.mark.parametrize(("lost", "left"), [("date: 2020\n", "2"), ("number: 2\n", "2020")])
def test_a_date_or_a_number_alone_is_enough(lost: str, left: str, project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace(lost, "")))
    assert result.value is not None
    assert [str(one) for one in (result.value.date, result.value.number) if one is not None] == [left]


def test_without_date_and_number_an_issue_has_no_name(project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace("date: 2020\nnumber: 2\n", "")))
    assert [problem.code for problem in result.diagnostics] == ["CST-Y060"]
