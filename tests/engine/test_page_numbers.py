"""Numbers of pages that are printed elsewhere are right, or the issue fails."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Run
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

#: Page 2 is a long number: what it is printed before goes to page 3, which is a short one.
_RESTLESS = """\
@counter-style restless { system: cyclic; symbols: "一" "%s" "三" "四" }
@page { size: 60mm 60mm; margin: 10mm; @bottom-center { content: none } }
body { width: 9em }
.contents { display: none }
.numbered { white-space: normal }
.page-number::before { content: target-counter(attr(data-target), page, restless) }
"""
#: The article has a page of its own, and contents, though it is but one.
SETTINGS = ("--set", "first-page=cover", "--set", "contents-depth=2")
_TEXT = "body: |\n      见[@here page]。\n\n      # 标题 {#here}\n\n      正文。\n"


def rendered(project: SmallProject, run: Run, long: str) -> tuple[int, list[str]]:
    project.layout(page_css=_RESTLESS % long)
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("body: 正文。\n", _TEXT))
    outcome = run("render", "one", *SETTINGS)
    return outcome.status, re.findall(r"(?:error|warning) (CST-\w+)", outcome.err)


def test_a_number_that_moves_its_own_target_for_ever_is_told(project: SmallProject, run: Run) -> None:
    assert rendered(project, run, "二" * 70) == (1, ["CST-E017"])


def test_a_number_that_leaves_its_target_where_it_is_comes_to_rest(project: SmallProject, run: Run) -> None:
    assert rendered(project, run, "二") == (0, [])


def test_a_number_of_han_characters_is_no_text_that_stands_twice(project: SmallProject, run: Run) -> None:
    css = ".contents .entry::after { content: target-counter(attr(data-target), page, cjk-decimal) }"
    project.layout(blocks_css=css)
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    outcome = run("render", "one", *SETTINGS)
    assert (outcome.status, outcome.err) == (0, "")
    assert "二" in read_pages((project.root / "dist/one.pdf").read_bytes())[0].text


@pytest.mark.parametrize("display", ["inline", "inline-block", "block", "table-cell"])
def test_a_number_in_a_box_of_its_own_is_right(display: str, project: SmallProject, run: Run) -> None:
    css = (
        f".contents .entry::after {{ content: target-counter(attr(data-target), page); display: {display} }}"
    )
    project.layout(blocks_css=css)
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    outcome = run("render", "one", *SETTINGS)
    assert (outcome.status, outcome.err) == (0, "")
    first = read_pages((project.root / "dist/one.pdf").read_bytes())[0]
    assert re.search(r"标题\s*2", first.text)
