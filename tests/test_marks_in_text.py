"""Marks that Chinese editors put into Markdown, from the issue to the page, in the layouts that come with cstprint."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.ink import read_letters
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, SmallProject
from tests.support.strokes import read_strokes

pytestmark = pytest.mark.render

BODY = """\
    body: |
      昔者[屈原]{.proper}[放逐]{.proper}，乃赋[离骚]{.book}；名单：[张三]{.deceased}。

      大肠杆菌（*Escherichia coli*）和*强调*。

      ### 背景 {.run-in}

      这一段接着标题排。

      ### 方法。 {.run-in}

      这一段的标题有句号。
"""


@pytest.fixture(params=["newsletter", "brief", "bulletin"])
def pdf(request: pytest.FixtureRequest, project: SmallProject, run: Run) -> bytes:
    """The page of these marks in a layout."""
    project.issue(ISSUE.replace("    body: 正文。\n", BODY))
    outcome = run("render", "one", "--layout", request.param, "-o", "one.pdf")
    assert (outcome.status, outcome.err.count("CST-M031")) == (0, 0)
    return (project.root / "one.pdf").read_bytes()


def page_with(pdf: bytes, text: str) -> int:
    """The number of the page where a text stands."""
    pages = [re.sub(r"\\s", "", page.text) for page in read_pages(pdf)]
    return next(number for number, page in enumerate(pages, start=1) if text in page)


def test_names_and_titles_have_their_lines(pdf: bytes) -> None:
    number = page_with(pdf, "昔者屈原放逐")
    drawn = [stroke for stroke in read_strokes(pdf, number) if stroke.kind == "stroke" and stroke.artifact]
    assert sum(stroke.curved for stroke in drawn) == 1
    straight = [stroke for stroke in drawn if not stroke.curved and stroke.top == stroke.bottom]
    name = next(two for two in pairwise(straight) if abs(two[0].top - two[1].top) < 0.01)
    assert name[1].left > name[0].right


def test_latin_in_emphasis_is_italic_and_han_is_kai(pdf: bytes) -> None:
    letters = read_letters(pdf)
    text = "".join(letter.text for letter in letters)
    faces = {part: letters[text.index(part)].font for part in ("Escherichia", "coli", "强调")}
    assert faces["Escherichia"] == faces["coli"] == "CST-Latin-Serif-Italic"
    assert faces["强调"].startswith("CST-Kai")


def test_a_run_in_heading_is_a_heading_on_the_line_of_its_paragraph(pdf: bytes) -> None:
    letters = [letter for letter in read_letters(pdf) if letter.page == page_with(pdf, "这一段接着标题排")]
    text = "".join(letter.text for letter in letters)
    heading, first = letters[text.rindex("背景这一段")], letters[text.rindex("这一段接着")]
    assert heading.y == pytest.approx(first.y, abs=0.1)
    assert first.x - heading.x == pytest.approx(3 * heading.size, abs=0.2 * heading.size)  # 背景 and a blank
    closed, after = letters[text.rindex("方法。")], letters[text.rindex("这一段的标题")]
    assert after.x - closed.x == pytest.approx(3 * closed.size, abs=0.1 * closed.size)  # 方法。
    assert "CST-Hei" in heading.font
    reader = PdfReader(io.BytesIO(pdf))
    assert {"背景", "方法。"} <= set(_titles(reader.outline))
    root: Any = reader.trailer["/Root"]
    assert sum(kind in ("/H3", "/H4") for kind in _kinds(root["/StructTreeRoot"])) >= 2


def _titles(entries: Any) -> list[str]:
    return [
        title for entry in entries for title in (_titles(entry) if isinstance(entry, list) else [entry.title])
    ]


def _kinds(node: Any) -> list[str]:
    """The kinds of all elements below one."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [kind for kid in node for kind in _kinds(kid)]
    if not hasattr(node, "get"):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (_kinds(node["/K"]) if "/K" in node else [])
