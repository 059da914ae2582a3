"""What stands on no page is told, whatever it was that lost it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cstprint.check.lost import check_lost
from cstprint.engine.pages.text import TextFact
from cstprint.source import SourceFile, Span
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")


def codes(err: str) -> list[str]:
    return re.findall(r"(?:error|warning) (CST-\w+)", err)


def test_what_the_layout_hides_is_told_at_its_place(project: SmallProject, run: Run) -> None:
    project.layout(blocks_css="strong { display: none }")
    project.issue(MINE.replace("正文。", "'甲**乙丙**丁。'"))
    outcome = run("render", "one")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-E016"])
    assert "issues/one/issue.yaml:9" in outcome.err
    assert "2 characters of this text are on no page: “乙丙”" in outcome.err


@pytest.mark.parametrize("css", ["top: 2000pt", "left: -2000pt", "left: 2000pt", "top: -2000pt"])
def test_what_stands_beside_the_paper_is_told(css: str, project: SmallProject, run: Run) -> None:
    project.layout(blocks_css=f"strong {{ position: relative; {css} }}")
    project.issue(MINE.replace("正文。", "'甲**乙丙**丁。'"))
    outcome = run("render", "one")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-E016"])


def fact(text: str, block: str | None) -> TextFact:
    return TextFact(1, 0, 0, 0, 0, text, (), block)


def test_letters_are_counted_wherever_they_stand() -> None:
    span = Span.point(SourceFile(Path("a.yaml"), ""), 1, 1)
    sources, spans = {"b1": "甲乙乙 丙", "nav": "目录"}, {"b1": span}
    assert not list(check_lost(sources, [fact("乙丙", "b1"), fact("③甲", "b1"), fact("乙", "b1")], spans))
    (lost,) = check_lost(sources, [fact("甲乙", "b1"), fact("乙丙", "b2"), fact("丙", None)], spans)
    assert (lost.code, lost.span) == ("CST-E016", span)
    assert "2 characters of this text are on no page: “乙丙”" in str(lost.message)


def test_the_lost_end_of_a_text_is_told_as_it_reads() -> None:
    spans = {"b1": Span.point(SourceFile(Path("a.yaml"), ""), 1, 1)}
    (lost,) = check_lost({"b1": "中国人和中国科学人"}, [fact("中国人和", "b1")], spans)
    assert "5 characters of this text are on no page: “中国科学人”" in str(lost.message)


@pytest.mark.parametrize(
    "css",
    [
        "body { text-transform: uppercase }",
        "p { hyphens: auto }",
        "p::first-letter { float: left; font-size: 200% }",
        "p { white-space: pre-wrap }",
        "p { columns: 2 }",
    ],
)
def test_what_is_printed_otherwise_is_not_lost(css: str, project: SmallProject, run: Run) -> None:
    project.layout(blocks_css=css)
    project.issue(
        MINE.replace("正文。", "'甲 Typesetting **b** straße fi `c` 乙[丙](https://example.org)^[丁]。'")
    )
    outcome = run("render", "one")
    assert outcome.status == 0, outcome.err
