"""Blocks that are to be whole lines high: the text behind them is on the grid again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cstprint.engine.blocks.line_grid import missing
from tests.conftest import Run
from tests.support.glyphs import read_glyphs
from tests.support.projects import ISSUE, SmallProject

#: The leading of the layout base, in pt.
LINE = 18
#: The baseline of a page's first line in the layout base, in pt from the page's top.
FIRST = 82 + (LINE - 10.5) / 2 + 0.88 * 10.5

BODY = """\
    body:
      - 甲
      - box: 乙
        body: 丙
      - 丁
"""


def baselines(project: SmallProject, run: Run, css: str, body: str = BODY) -> dict[str, float]:
    """Return the baseline of each character that is printed once, in pt from the page's top."""
    project.layout(blocks_css=css)
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("    body: 正文。\n", body))
    outcome = run("render", "one", "--set", "contents-depth=0")
    assert (outcome.status, outcome.err) == (0, "")
    return {glyph.text: glyph.y for glyph in read_glyphs((project.root / "dist/one.pdf").read_bytes())}


@pytest.mark.parametrize(
    ("height", "lacks"), [(0, 0), (18, 0), (18.01, -0.01), (17.99, 0.01), (19, 17), (30, 6), (54, 0)]
)
def test_a_height_lacks_what_it_takes_to_be_whole_lines(height: float, lacks: float) -> None:
    assert missing(height, 18) == pytest.approx(lacks)


def test_lines_without_height_make_no_grid() -> None:
    assert missing(30, 0) == 0


@pytest.mark.render
@pytest.mark.parametrize(("layout", "lines"), [("base", 37), ("newsletter", 34), ("brief", 18)])
def test_a_page_of_text_has_all_its_lines(layout: str, lines: int, project: SmallProject, run: Run) -> None:
    project.issue(ISSUE.replace("正文。", "字" * (lines * 120)))
    assert run("render", "one", "--layout", layout, "-o", "dist/one.pdf").status == 0
    glyphs = read_glyphs((project.root / "dist/one.pdf").read_bytes())
    baselines = {(glyph.page, round(glyph.y, 1)) for glyph in glyphs if glyph.text == "字"}
    pages = [page for page, _ in baselines]
    assert pages.count(max(pages) - 1) == lines


@pytest.mark.render
@pytest.mark.parametrize("layout", ["base", "newsletter", "brief", "bulletin"])
def test_a_rule_takes_a_whole_line_at_the_top_of_a_page_too(
    layout: str, project: SmallProject, run: Run
) -> None:
    lines = "\n\n      ".join(("甲", "乙", "---")[n % 3] for n in range(200))
    project.issue(ISSUE.replace("body: 正文。", f"body: |\n      {lines}"))
    assert run("render", "one", "--layout", layout, "-o", "dist/one.pdf").status == 0
    glyphs = read_glyphs((project.root / "dist/one.pdf").read_bytes())
    found = sorted({(glyph.page, round(glyph.y, 1)) for glyph in glyphs if glyph.text in "甲乙"})
    line = min(below - y for (page, y), (other, below) in pairwise(found) if page == other)
    heights = {round((y - found[0][1]) / line, 2) % 1 for _, y in found}
    assert heights == {0.0}


@pytest.mark.render
@pytest.mark.parametrize("height", [1, 17, 18, 19, 30, 100.5])
def test_text_behind_a_block_of_any_height_is_on_the_grid(
    height: float, project: SmallProject, run: Run
) -> None:
    found = baselines(project, run, f".box-inside {{ padding: 0; border: 0; height: {height}pt }}")
    lines = (found["丁"] - found["甲"]) / LINE
    assert lines == pytest.approx(round(lines), abs=0.01)


@pytest.mark.render
def test_a_block_grows_above_and_below_alike(project: SmallProject, run: Run) -> None:
    css = ".box { padding: 0 } .box-inside { padding: 0; border: 0; height: 26pt } .box-title { margin: 0 }"
    found = baselines(project, run, css)
    assert found["丁"] - found["甲"] == pytest.approx(3 * LINE, abs=0.01)  # 26 pt are two lines
    assert found["乙"] - found["甲"] == pytest.approx(LINE + (36 - 26) / 2, abs=0.01)


@pytest.mark.render
def test_a_block_that_asks_for_it_grows_below_only(project: SmallProject, run: Run) -> None:
    css = (
        ".box { --cst-whole-lines: below; padding: 0 } .box-title { margin: 0 }"
        " .box-inside { padding: 0; border: 0; height: 26pt }"
    )
    found = baselines(project, run, css)
    assert found["乙"] - found["甲"] == pytest.approx(LINE, abs=0.01)
    assert found["丁"] - found["甲"] == pytest.approx(3 * LINE, abs=0.01)


@pytest.mark.render
@pytest.mark.parametrize("height", [100.5, 110])
def test_what_begins_a_page_begins_at_one_height(height: float, project: SmallProject, run: Run) -> None:
    css = f".box {{ break-before: page; padding: 0 }} .box-inside {{ padding: 0; border: 0; height: {height}pt }}"
    found = baselines(project, run, css)
    assert found["乙"] == pytest.approx(FIRST, abs=0.05)


@pytest.mark.render
@pytest.mark.parametrize("alone", [False, True])
def test_a_block_stands_at_the_foot_of_its_page(alone: bool, project: SmallProject, run: Run) -> None:
    css = "* { --cst-page-foot: no } .box { --cst-page-foot: yes; --cst-whole-lines: no; padding: 0 }"
    css += " .box-inside { padding: 0; border: 0; height: 36pt }" + " .box { break-before: page }" * alone
    found = baselines(project, run, css, BODY.removesuffix("      - 丁\n"))
    assert found["乙"] == pytest.approx(FIRST + 35 * LINE, abs=0.05)


@pytest.mark.render
def test_what_is_left_of_a_torn_block_begins_its_page(project: SmallProject, run: Run) -> None:
    css = (
        "* { --cst-page-foot: no } .box { --cst-page-foot: yes; --cst-whole-lines: no; break-inside: auto }"
        " .box, .box-inside { padding: 0; border: 0 } .box-title { height: 650pt }"
    )
    found = baselines(project, run, css, BODY.removesuffix("      - 丁\n"))
    assert found["丙"] == pytest.approx(FIRST, abs=0.05)


@pytest.mark.render
def test_a_float_of_whole_lines_has_no_line_more_beside_it(project: SmallProject, run: Run) -> None:
    css = ".box { padding: 0 } .box-inside { padding: 0; border: 0; height: 76.5pt }"  # with its margins five lines
    body = BODY.replace("乙\n", "乙\n        place: right\n").replace("- 丁", "- " + "丁" * 250)
    baselines(project, run, css, body)
    glyphs = read_glyphs((project.root / "dist/one.pdf").read_bytes())
    ends: dict[float, float] = {}
    for glyph in (glyph for glyph in glyphs if glyph.text == "丁"):
        ends[round(glyph.y, 1)] = max(ends.get(round(glyph.y, 1), 0), glyph.end)
    widest = max(ends.values())
    assert sum(end < widest - 100 for end in list(ends.values())[:-1]) == 5


@pytest.mark.render
def test_a_block_that_does_not_ask_stays_as_it_is(project: SmallProject, run: Run) -> None:
    css = ".box { --cst-whole-lines: no; padding: 0 } .box-inside { padding: 0; border: 0; height: 26pt }"
    found = baselines(project, run, css)
    assert found["丁"] - found["甲"] == pytest.approx(LINE + 26, abs=0.01)


@pytest.mark.render
def test_what_stands_in_a_block_does_not_grow_as_well(project: SmallProject, run: Run) -> None:
    css = ".box { padding: 0 } .box-inside { padding: 0; border: 0 } .box-title { padding-bottom: 2pt }"
    found = baselines(project, run, css)
    assert found["丙"] - found["乙"] == pytest.approx(LINE + 2, abs=0.01)


@pytest.mark.render
def test_text_cleared_of_a_float_is_on_the_grid(project: SmallProject, run: Run) -> None:
    css = ".box-inside { height: 100.5pt } .after { clear: both }"
    body = BODY.replace("乙\n", "乙\n        place: right\n").replace(
        "- 丁", "- |\n        {.after}\n        丁"
    )
    found = baselines(project, run, css, body)
    lines = (found["丁"] - found["甲"]) / LINE
    assert lines > 5
    assert lines == pytest.approx(round(lines), abs=0.01)


@pytest.mark.render
def test_a_block_at_the_end_of_a_page_does_not_grow_beyond_it(project: SmallProject, run: Run) -> None:
    css = (
        "@page { size: 595pt 800pt; margin: 79pt 28mm } p:has(+ .box) { break-before: page } .box { padding: 0 }"
        " .box-inside { padding: 0; border: 0; height: 617pt }"  # of 624 pt below a line, 630 pt would be whole lines
    )
    asked = baselines(project, run, css)
    stays = baselines(project, run, css + " .box { --cst-whole-lines: no }")
    assert asked["乙"] - stays["乙"] == pytest.approx((624 - 617) / 2, abs=0.01)


@pytest.mark.render
def test_text_behind_a_block_that_the_end_of_a_page_tears_is_on_the_grid(
    project: SmallProject, run: Run
) -> None:
    css = (
        "@page { size: 595pt 800pt; margin: 80pt 28mm } .box { break-inside: auto; padding: 0 }"
        " .box-title { height: 400pt } .box-inside { padding: 0; border: 0 } .box-inside p { padding-bottom: 250.5pt }"
    )
    found = baselines(project, run, css)
    top = 80 + (LINE - 10.5) / 2 + 0.88 * 10.5
    assert (found["丁"] - top) / LINE == pytest.approx(round((found["丁"] - top) / LINE), abs=0.01)


@pytest.mark.render
def test_blocks_in_columns_grow_too(project: SmallProject, run: Run) -> None:
    css = "article { columns: 2; column-fill: auto } .box { padding: 0 } .box-inside { padding: 0; height: 25pt }"
    found = baselines(project, run, css)
    lines = (found["丁"] - found["甲"]) / LINE
    assert lines == pytest.approx(3, abs=0.01)
