"""What would make a claim of PDF/A or PDF/UA false is reported at its place, and the claim is not made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject, picture_bytes
from tests.support.square_font import write_square_font

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")


def found(run: Run, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit status and diagnostics of a render."""
    outcome = run("render", "one", "--json", *arguments)
    return outcome.status, json.loads(outcome.stdout)["issues"][0]["diagnostics"]


def test_inks_are_refused_where_they_stand(project: SmallProject, run: Run) -> None:
    project.issue(MINE)
    project.layout(blocks_css="p { margin: 0 }\np { color: device-cmyk(0 .9 .8 .1) }")
    status, diagnostics = found(run)
    (told,) = [one for one in diagnostics if one["code"] == "CST-E030"]
    assert status == 1
    assert (told["location"]["line"], told["location"]["column"]) == (2, 12)
    assert found(run, "--standard", "ua-1")[0] == 0


def test_inks_of_a_template_are_refused_with_their_page(project: SmallProject, run: Run) -> None:
    project.issue(MINE)
    project.layout()
    inner = "{% block cover %}<p style='color: device-cmyk(0 .9 .8 .1)'>文</p>{% endblock %}"
    project.write("layouts/mine/issue.html.j2", '{% extends "base/issue.html.j2" %}' + inner)
    status, diagnostics = found(run)
    assert status == 1
    assert [one["page"] for one in diagnostics if one["code"] == "CST-E030"] == [1]


@pytest.mark.parametrize("language", ["zh_CN", "Chinese language", "", "en-", "toolonglanguage"])
def test_a_language_that_is_none_is_refused_where_it_stands(
    project: SmallProject, run: Run, language: str
) -> None:
    project.issue(MINE)
    project.layout()
    inner = f'{{% block cover %}}\n<p lang="{language}">文</p>{{% endblock %}}'
    project.write("layouts/mine/issue.html.j2", '{% extends "base/issue.html.j2" %}' + inner)
    status, diagnostics = found(run)
    (told,) = [one for one in diagnostics if one["code"] == "CST-E031"]
    assert status == 1
    assert (told["location"]["line"], told["location"]["column"]) == (2, 10)


@pytest.mark.parametrize("table", [b"glyf", b"hmtx", b"head", b"cmap", b"loca"])
def test_a_damaged_font_is_refused(project: SmallProject, run: Run, table: bytes) -> None:
    project.issue()
    data = bytearray(write_square_font(project.root / "square.ttf", "文字").read_bytes())
    entry = data.index(table, 12)
    begin = int.from_bytes(data[entry + 8 : entry + 12], "big")
    data[begin + 4] ^= 0x55
    project.write("fonts/square.ttf", bytes(data))
    status, diagnostics = found(run)
    (told,) = [one for one in diagnostics if one["code"] == "CST-F001"]
    assert status == 1
    assert f"square.ttf is damaged in its table “{table.decode()}”" in told["message"]


def test_a_font_that_is_cut_off_is_refused(project: SmallProject, run: Run) -> None:
    project.issue()
    data = write_square_font(project.root / "square.ttf", "文字").read_bytes()
    project.write("fonts/square.ttf", data[:-200])
    status, diagnostics = found(run)
    assert status == 1
    assert "is damaged" in " ".join(one["message"] for one in diagnostics if one["code"] == "CST-F001")


def test_an_address_that_is_printed_and_is_no_link_is_noted(project: SmallProject, run: Run) -> None:
    project.issue(MINE)
    project.layout()
    inner = (
        "{% block cover %}<p>见 https://example.org/a。</p><p><a href='https://example.org/b'>https://example.org/b</a>"
        "<code>https://example.org/c</code> 甲@乙</p>{% endblock %}"
    )
    project.write("layouts/mine/issue.html.j2", '{% extends "base/issue.html.j2" %}' + inner)
    status, diagnostics = found(run, "-v")
    assert status == 0
    told = [one for one in diagnostics if one["code"] == "CST-E032"]
    assert [one["severity"] for one in told] == ["note"]
    assert "“https://example.org/a”" in told[0]["message"]


def test_a_page_that_is_painted_in_another_order_is_a_warning(project: SmallProject, run: Run) -> None:
    project.issue(MINE)
    css = "header, .article-title { position: relative; z-index: 1 }"
    project.layout(blocks_css=css)
    project.issue(MINE.replace("body: 正文。", "body: |\n      " + "\n\n      ".join("甲乙丙丁")))
    status, diagnostics = found(run)
    assert status == 0
    assert [one["severity"] for one in diagnostics if one["code"] == "CST-E033"] == ["warning"]


@pytest.mark.parametrize(
    "part",
    [
        "甲![图](images/one.png)乙![图](images/one.png)丙",
        "甲$x^2$乙$y^2$丙",
        '- <span class="clips">甲</span>',
        "| 甲 | 乙 |\n      |--|--|\n      | 丙 | 丁 |",
    ],
)
def test_what_only_clips_is_painted_where_it_stands(part: str, project: SmallProject, run: Run) -> None:
    """``overflow`` makes no stacking context (CSS 2.2, appendix E)."""
    project.write("issues/one/images/one.png", picture_bytes())
    project.layout(blocks_css=".table, td, li { overflow: hidden } img { overflow: hidden }")
    text = "\n\n      ".join((part, "正文。", part, "正文。", part, "正文。"))
    project.issue(MINE.replace("body: 正文。", f"body: |\n      {text}"))
    status, diagnostics = found(run)
    assert (status, [one["code"] for one in diagnostics if one["severity"] != "note"]) == (0, [])
