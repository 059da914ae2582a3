"""Characters on the way from the issue to the PDF: what no font has, line ends, blanks behind rare Han."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cstprint.pdf.inspect import PdfFacts
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, Outcome, SmallProject
from tests.support.square_font import write_square_font

pytestmark = pytest.mark.render

Run = Callable[..., Outcome]
KAI = 'song="CST Latin Serif", "CST Quotes", "CST Kai", "CST Song Ext", "CST Song Rare", "CST Symbols"'


def body(text: str) -> str:
    """An issue with these lines as its text."""
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return ISSUE.replace("    body: 正文。\n", f"    body: |\n{lines}")


def printed(project: SmallProject) -> list[str]:
    pages = read_pages((project.root / "dist/one.pdf").read_bytes())
    return [line.strip() for page in pages for line in page.text.splitlines()]


def test_a_draft_prints_a_box_with_the_code_of_what_no_font_has(project: SmallProject, run: Run) -> None:
    project.issue(body("前\ue001后，한국。"))
    outcome = run("render", "one")
    assert re.findall(r":(\d+:\d+): error (CST-\w+)", outcome.err) == [
        ("10:8", "CST-F010"),
        ("10:11", "CST-F010"),
    ]
    assert project.outputs() == []

    outcome = run("render", "one", "--draft")
    assert outcome.status == 0
    assert outcome.err.count("warning CST-F010") == 2
    assert any(re.sub(r"\s", "", line) == "前U+E001后，U+D55CU+AD6D。" for line in printed(project))


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b"], ids=["LS", "PS", "NEL", "VT"])
def test_a_line_end_of_another_program_ends_a_line_on_the_page(
    end: str, project: SmallProject, run: Run
) -> None:
    project.issue(body(f"第一行{end}第二行"))
    outcome = run("render", "one", "--strict", "-v")
    assert outcome.status == 0
    assert "note CST-F023" in outcome.err
    assert {"第一行", "第二行"} <= set(printed(project))


def test_a_line_end_in_a_title_ends_its_line_and_is_a_blank_in_the_metadata(
    project: SmallProject, run: Run
) -> None:
    project.issue(ISSUE.replace("title: 刊名", "title: 刊\u2028名"))
    assert run("render", "one").status == 0
    assert {"刊", "名"} <= set(printed(project))
    assert PdfFacts((project.root / "dist/one.pdf").read_bytes()).info["/Title"].startswith("刊 名")


@pytest.mark.parametrize("settings", [(), ("--set", KAI)], ids=["Song", "Kai"])
def test_a_blank_behind_a_rare_han_or_a_mark_of_another_face_is_printed(
    settings: tuple[str, ...], project: SmallProject, run: Run
) -> None:
    text = "亖 B，㑚 A，売\u3000J，𠮷\u2003K。\n\n> 甲” 乙—— 丙\n\n一 *丙—— 丁* 二"
    project.issue(body(text).replace("    body:", "    standfirst: 甲“A” B\n    body:"))
    outcome = run("render", "one", "--strict", *settings)
    assert (outcome.status, outcome.err) == (0, "")


def test_a_glyph_that_only_a_font_of_the_project_lacks_has_a_place(project: SmallProject, shell: Run) -> None:
    (project.root / "fonts").mkdir()
    write_square_font(project.root / "fonts/square.ttf", "正文", "Square")
    project.layout("mine", **{"blocks.css": "p { font-family: Square, 'CST Song' }"})
    project.issue(body("正 文").replace("layout: base", "layout: mine"))
    outcome = shell("render", "one")
    assert outcome.status == 1
    assert re.findall(r"issue.yaml:(\d+:\d+): error (CST-\w+): (.*)", outcome.err) == [
        ("10:7", "CST-F010", "No font has a glyph for “ ” (U+0020).")
    ]
