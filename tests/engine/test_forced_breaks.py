"""Forced breaks and named pages in columns on the grid."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.support.pages import Page
from tests.support.trials import Layout, Trial, paragraphs, tried

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: What stands before and after a break: ten paragraphs of a line each.
BEFORE, AFTER = paragraphs(10, "前"), paragraphs(10, "后")
#: A page with a name of its own.
OWN = '@page own { @bottom-center { content: "※" } }'


def pulled(root: Path, css: str) -> Trial:
    """An article with a quotation between two passages, whose style is this."""
    layout = Layout(blocks=f".pull {{ {css} }}", page=OWN)
    return tried(root, layout, BEFORE, {"pull": "摘句"}, AFTER)


def tops(page: Page, text: str) -> list[int]:
    """Return where the lines with a text stand on a page, in whole pt from its top."""
    return [round(line.box.top) for line in page.lines if text in line.text]


@pytest.mark.parametrize("spans", ["none", "all"])
def test_a_block_begins_a_page_and_ends_it(tmp_path: Path, spans: str) -> None:
    made = pulled(tmp_path, f"column-span: {spans}; break-before: page; break-after: page")
    assert [made.pages_with(text) for text in ("前前", "摘句", "后后")] == [[2], [3], [4]]
    assert not made.codes
    lines = tops(made.page(2), "前前")
    assert len(lines) == 2 * len(set(lines)), "columns are level above a forced break"


@pytest.mark.parametrize(("side", "page"), [("right", 3), ("verso", 4)])
def test_a_block_begins_a_page_of_its_side(tmp_path: Path, side: str, page: int) -> None:
    made = pulled(tmp_path, f"break-before: {side}")
    assert made.pages_with("摘句") == made.pages_with("后后") == [page]


@pytest.mark.parametrize("spans", ["none", "all"])
def test_a_block_stands_on_the_page_that_it_names_and_nothing_else_does(tmp_path: Path, spans: str) -> None:
    made = pulled(tmp_path, f"column-span: {spans}; page: own")
    assert [made.pages_with(text) for text in ("前前", "摘句", "后后")] == [[2], [3], [4]]
    assert made.pages_with("※") == [3]
    assert not made.codes


def test_a_block_begins_a_column(tmp_path: Path) -> None:
    made = pulled(tmp_path, "break-before: column")
    assert made.pages_with("后后") == [2]
    page = made.page(2)
    assert {line.box.left > page.width / 2 for line in page.lines if "前前" in line.text} == {False}
    assert {line.box.left > page.width / 2 for line in page.lines if "后后" in line.text} == {True}
    assert not made.codes


def test_a_block_that_spans_all_columns_begins_none_and_that_is_reported(tmp_path: Path) -> None:
    made = pulled(tmp_path, "column-span: all; break-before: column")
    assert (made.pages_with("后后"), made.codes) == ([2], {"CST-E050"})


@pytest.mark.parametrize("moves", ["yes", "no"])
def test_a_break_inside_a_block_begins_a_page(tmp_path: Path, moves: str) -> None:
    css = f".box {{ break-inside: auto; --cst-may-move: {moves} }} .box p:last-child {{ break-before: page }}"
    box = {"box": "框名", "body": ["内内内。", "外外外。"]}
    made = tried(tmp_path, Layout(blocks=css), BEFORE, box, AFTER)
    assert [made.pages_with(text) for text in ("前前", "内内", "外外", "后后")] == [[2], [2], [3], [3]]


def test_a_figure_that_waits_stands_before_a_forced_break(tmp_path: Path) -> None:
    figure = {"figure": "wide.png", "alt": "灰色", "caption": "图说", "place": "full"}
    body = (paragraphs(70, "前"), figure, paragraphs(2, "中"), {"pull": "摘句"}, AFTER)
    grey = {"wide.png": Image.new("L", (1800, 900), 120)}
    made = tried(tmp_path, Layout(blocks=".pull { break-before: page }"), *body, pictures=grey)
    assert [made.pages_with(text) for text in ("中中", "图说", "摘句", "后后")] == [[2], [3], [4], [4]]
