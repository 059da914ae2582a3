"""A block that is higher than a page begins where it stands, and no line of it is lost."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

LAYOUTS = ["newsletter", "brief", "bulletin"]
LINES = [f"第{n}段写第{n}件事，与别的各段都不相同。" for n in range(1, 101)]
ROWS = [f"| 第{n}行 | 乙[^{n}] |" for n in range(1, 41)]
NOTES = [f"[^{n}]: 第{n}行的注，说明出处。" for n in range(1, 41)]


def printed(project: SmallProject, run: Run, layout: str, block: str) -> list[str]:
    """The text of each page of an issue in which a block stands between two lines."""
    body = f"    body:\n      - 前面的一行。\n      - {block}\n      - 后面的一行。\n"
    project.issue(ISSUE.replace("layout: base", f"layout: {layout}").replace("    body: 正文。\n", body))
    outcome = run("render", "one")
    assert outcome.status == 0, outcome.err
    assert "CST-E009" not in outcome.err
    reader = PdfReader(BytesIO((project.root / "dist/one.pdf").read_bytes()))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def indented(lines: list[str], gap: str = "\n") -> str:
    """The lines as a text in YAML, as deep as a block in an issue."""
    return "|\n" + gap.join(" " * 14 + line for line in lines)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["box", "notice"])
def test_it_begins_on_the_page_of_what_is_before_it(
    kind: str, layout: str, project: SmallProject, run: Run
) -> None:
    pages = printed(project, run, layout, f"{kind}: 题目\n        body: {indented(LINES, chr(10) * 2)}")
    text = "".join(pages)
    assert [line for line in LINES if text.count(line) != 1] == []
    (before,) = (page for page in pages if "前面的一行" in page)
    assert LINES[3] in before
    assert "后面的一行" in pages[-1]


def test_in_columns_it_goes_on_in_each(project: SmallProject, run: Run) -> None:
    pages = printed(project, run, "bulletin", f"box: 题目\n        body: {indented(LINES, chr(10) * 2)}")
    assert sum(line in pages[1] for line in LINES) > 30  # a column has room for half as many


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_with_notes_loses_no_row(layout: str, project: SmallProject, run: Run) -> None:
    table = indented(["| 甲 | 丙 |", "|--|--|", *ROWS, "", *NOTES])
    text = "".join(printed(project, run, layout, f"box: 题目\n        body: {table}"))
    assert [n for n in range(1, 41) if text.count(f"第{n}行") != 2] == []


@pytest.mark.slow
def test_a_notice_in_a_box_loses_no_row_and_leaves_no_title_alone(project: SmallProject, run: Run) -> None:
    table = indented(["| 甲 | 丙 |", "|--|--|", *ROWS[:20], "", *NOTES[:20]])
    block = f"{'正文。' * 540}\n      - box: 框题\n        body:\n          - notice: 启事\n            body: {table}"
    pages = printed(project, run, "bulletin", block)
    text = "".join(pages)
    assert [n for n in range(1, 21) if text.count(f"第{n}行") != 2] == []
    (begun,) = (page for page in pages if "框题" in page)
    assert "第1行" in begun


@pytest.mark.slow
def test_what_stands_beside_the_text_takes_the_column_with_notes_that_leave_it_no_room(
    project: SmallProject, run: Run
) -> None:
    table = indented(["| 甲 | 丙 |", "|--|--|", *ROWS[:20], "", *NOTES[:20]])
    text = "".join(
        printed(project, run, "newsletter", f"box: 题目\n        place: right\n        body: {table}")
    )
    assert [n for n in range(1, 21) if text.count(f"第{n}行") != 2] == []


def test_what_fits_on_a_page_is_kept_whole(project: SmallProject, run: Run) -> None:
    filler = "正文。" * 500
    pages = printed(
        project,
        run,
        "newsletter",
        f"{filler}\n      - box: 题目\n        body: {indented(LINES[:12], chr(10) * 2)}",
    )
    assert sum("段写第" in page for page in pages) == 1
