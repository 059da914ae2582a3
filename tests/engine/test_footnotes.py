"""Notes stand on the page of their calls, wherever that page ends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cstprint.job import RenderOptions
from tests.support.pages import letters, read_pages
from tests.support.placed import lay_out
from tests.support.projects import SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

ISSUE = """\
layout: newsletter
language: zh-Hans
title: 刊名
publisher: 单位
date: 2026-11
number: 1
articles:
  - title: 标题
    body: {body}
"""
#: Characters of a line.
LINE = 35


@pytest.mark.parametrize("lines", range(23, 32))
def test_a_note_stays_where_the_page_ends_with_the_first_line_of_a_paragraph(
    lines: int, project: SmallProject
) -> None:
    noted = "甲" * (LINE * lines - 3) + "^[脚注。]"
    body = yaml.safe_dump(
        f"{noted}\n\n{'乙' * LINE * 6}", allow_unicode=True, default_style='"', width=10_000
    )
    folder = Path(project.issue(ISSUE.format(body=body.strip()), "one")).parent
    placed = lay_out(project.root, folder, RenderOptions())
    last = max((run for run in placed.of("p") if set(run.text) == {"甲"}), key=lambda run: run.line)
    assert placed.pages("note-text") == [last.page]


def test_notes_of_a_layouts_own_keep_the_numbers_of_css_beside_composed_ones(project: SmallProject) -> None:
    project.layout(page_css=".aside { float: footnote }")
    body = yaml.safe_dump("甲[旁注]{.aside}乙^[脚注。]丙", allow_unicode=True, default_style='"')
    issue = ISSUE.format(body=body.strip()).replace("layout: newsletter", "layout: mine")
    pdf = lay_out(project.root, Path(project.issue(issue, "one")).parent, RenderOptions()).pdf()
    text = letters("".join(page.text for page in read_pages(pdf)))
    assert "甲1乙①丙" in text
    assert "1. 旁注".replace(" ", "") in text
    assert "①脚注。" in text
