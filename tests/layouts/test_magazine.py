"""A magazine of plates, spreads, drop caps and side notes, with a master for each section: a layout of 60 lines.

The layout is the folder ``magazine`` beside this file; it extends the built-in layout bulletin.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.glyphs import Glyph, read_glyphs
from tests.support.ink import grounds
from tests.support.trials import KEYS, Trial, paragraphs

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUT = Path(__file__).with_name("magazine")
#: In pt: the bleed of 3 mm, A4, and what bulletin says of size, leading and columns.
BLEED, PAPER = 3 * 72 / 25.4, (595.28, 841.89)
SIZE, LEADING, TOP, LINES = 10.5, 17.0, 78.0, 41
COLUMN, PITCH = 21 * SIZE, 23 * SIZE
#: The text block of left and of right pages, in pt from the trim.
BLOCKS = {0: (73.6, 535.6), 1: (59.6, 521.6)}
INITIAL = 2 * LEADING + SIZE
PLATE, LEFT, RIGHT, FEATURE, PAPER_WHITE = "#006400", "#0000ff", "#ff0000", "#f6f0e2", "#ffffff"


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Trial:
    """An issue with a feature of a plate, a spread, a pull quote and side notes, and with letters."""
    root = tmp_path_factory.mktemp("magazine")
    shutil.copytree(LAYOUT, root / "layouts/magazine")
    folder = root / "issues/one"
    folder.mkdir(parents=True)
    Image.new("RGB", (1300, 1840), PLATE).save(folder / "plate.png")
    spread = Image.new("RGB", (2600, 1840), RIGHT)
    spread.paste(LEFT, (0, 0, 1300, 1840))
    spread.save(folder / "spread.png")
    notes = "".join(f"文文文文[{one * 12}]{{.side}}{'文' * 60}。\n\n" for one in "甲乙")
    feature = [
        "起" * 90 + "。",
        notes,
        picture("plate.png", "page", "整页图说"),
        paragraphs(110),
        {"pull": "摘句横跨两栏，比一栏要宽得多，所以排在两栏之间", "by": "作者"},
        picture("spread.png", "spread", "跨页图说"),
        paragraphs(220) + "\n\n" + notes,
    ]
    sections = [
        {"section": "专题", "articles": [{"title": "专题一篇", "body": feature}]},
        {"section": "来信", "articles": [{"title": "读者来信", "body": "承" * 90 + "。"}]},
    ]
    issue = {"layout": "magazine", **KEYS, "sections": sections}
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True), "utf-8")
    made = render(folder / "issue.yaml", open_project(root), RenderOptions())
    assert made.value is not None, [str(one) for one in made.diagnostics]
    return Trial(made.value.pdf, made.diagnostics)


def picture(name: str, place: str, caption: str) -> dict[str, Any]:
    return {"figure": name, "alt": "一种颜色", "caption": caption, "place": place, "numbered": False}


def glyphs(magazine: Trial) -> list[Glyph]:
    """Return what is printed; ``x`` and ``y`` are from the corner of the bleed and of the sheet."""
    return read_glyphs(magazine.pdf)


def test_nothing_is_wrong_with_it(magazine: Trial) -> None:
    assert magazine.codes <= {"CST-P012", "CST-E018"}


def test_the_plate_fills_its_page_and_the_bleed(magazine: Trial) -> None:
    (page,) = magazine.pages_with("整页图说")
    sheet = magazine.page(page)
    corners = [(1, 1), (sheet.width - 2, 1), (1, sheet.height - 2), (sheet.width - 2, sheet.height - 2)]
    assert (sheet.width, sheet.height) == pytest.approx((PAPER[0] + 2 * BLEED, PAPER[1] + 2 * BLEED), abs=0.1)
    assert grounds(magazine.pdf, page, *corners) == [PLATE] * 4


def test_the_spread_stands_on_two_facing_pages(magazine: Trial) -> None:
    (page,) = magazine.pages_with("跨页图说")
    assert page % 2 == 0, "the left one"
    width, middle = magazine.page(page).width, magazine.page(page).height / 2
    assert grounds(magazine.pdf, page, (1, middle), (width - BLEED - 2, middle)) == [LEFT] * 2
    assert grounds(magazine.pdf, page + 1, (BLEED + 2, middle), (width - 2, middle)) == [RIGHT] * 2


def test_a_drop_cap_is_inside_its_column_with_three_lines_beside_it(magazine: Trial) -> None:
    initials = [glyph for glyph in glyphs(magazine) if abs(glyph.size - INITIAL) < 0.01]
    assert [glyph.text for glyph in initials] == ["起", "承"]
    for initial in initials:
        left = BLOCKS[initial.page % 2][0]
        assert initial.x == pytest.approx(left, abs=0.5)
        beside = [
            glyph
            for glyph in glyphs(magazine)
            if (glyph.page, glyph.text) == (initial.page, initial.text)
            and abs(glyph.size - SIZE) < 0.01
            and initial.y - 2 * LEADING < glyph.y < initial.y + LEADING / 2
            and glyph.x < left + COLUMN
        ]
        assert len({round(glyph.y) for glyph in beside}) == 3
        assert min(glyph.x for glyph in beside) > initial.end
        assert max(glyph.end for glyph in beside) < left + COLUMN + 0.1


def test_side_notes_stand_at_the_outer_edge_of_left_and_of_right_pages(magazine: Trial) -> None:
    found = [glyph for glyph in glyphs(magazine) if glyph.text in "甲乙"]
    assert {glyph.page % 2 for glyph in found} == {0, 1}
    for glyph in found:
        left, right = BLOCKS[glyph.page % 2]
        assert glyph.x > right if glyph.page % 2 else glyph.end < left


def test_the_pull_quote_is_as_wide_as_both_columns(magazine: Trial) -> None:
    words = [
        glyph
        for glyph in glyphs(magazine)
        if abs(glyph.size - 2 * SIZE) < 0.01 and glyph.text in "摘句横跨两栏"
    ]
    (page,) = {glyph.page for glyph in words}
    left, right = BLOCKS[page % 2]
    line = [glyph for glyph in glyphs(magazine) if glyph.page == page and abs(glyph.y - words[0].y) < 1]
    assert (
        min(glyph.x for glyph in line)
        < left + COLUMN
        < left + PITCH
        < max(glyph.end for glyph in line)
        <= right
    )
    assert {glyph.size for glyph in line} == {words[0].size}, "no text stands beside it"


def test_each_section_has_its_master(magazine: Trial) -> None:
    letters = magazine.pages_with("读者来信")[-1]
    feature = [page for page in range(1, letters) if magazine.page(page).text.count("观") > 20]
    assert {colour for page in feature for colour in grounds(magazine.pdf, page, (1, 1))} == {FEATURE}
    assert grounds(magazine.pdf, letters, (1, 1)) == [PAPER_WHITE]
    heads = [glyph for glyph in glyphs(magazine) if glyph.page == letters and glyph.y < BLEED + TOP]
    assert "来信" in "".join(glyph.text for glyph in heads)
    assert "刊名" not in "".join(glyph.text for glyph in heads)
