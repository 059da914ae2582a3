"""The layout gazette: three columns on one grid, a cover of a photograph, tabs for sections at the outer edge."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2 as pdfium
import pytest
import yaml
from PIL import Image
from pypdf import PdfReader

from cstprint.job import RenderOptions
from tests.support.blank import blanks
from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.ink import Letter, grounds, read_letters
from tests.support.pages import Box, read_pages
from tests.support.placed import Placed, lay_out, problems
from tests.support.projects import REPOSITORY

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

G = TypeVar("G", Glyph, Letter)

#: In pt: the bleed of 3 mm, A4, the text and its leading, the head of the text block.
BLEED, PAPER = 3 * 72 / 25.4, (595.28, 841.89)
SIZE, LEADING, LINES, TOP = 9.5, 15.0, 46, 80.0
#: The columns, in characters: each of them, and what is between.
COLUMN, GUTTER = 15, 2
TAB = 14.0
#: The sections, and the colour of each: that of the third is its own.
SECTIONS = {"要闻": "#a5281b", "实验室": "#1d5078", "读者": "#5a2a6a"}
#: The least contrast of small text (WCAG 2.2, 1.4.3).
CONTRAST = 4.5


def laid(root: Path, *, cover: list[Any] | None = None, **keys: Any) -> Placed:
    """Lay out an issue with sections, and the picture of its cover in white: no photograph is lighter."""
    folder = root / "issues/one"
    folder.mkdir(parents=True)
    Image.new("L", (1300, 900), 255).save(folder / "white.png")
    (folder / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10H0z" fill="#0a0"/></svg>'
    )
    text = "\n\n".join(["观" * 70 + "。^[注。]", *["观" * 70 + "。"] * 24])
    sections: list[dict[str, Any]] = [
        {"section": name, "articles": [{"title": f"{name}一题", "body": text}]} for name in SECTIONS
    ]
    sections[-1]["tokens"] = {"accent": SECTIONS["读者"]}
    issue = {
        "layout": "gazette", "language": "zh-Hans", "title": "三栏周报", "publisher": "单位", "number": 1,
        "date": "2026-11", "headline": "本期要目", "sections": sections, "cover": cover or ["卷首语。"], **keys,
    }  # fmt: skip
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True), "utf-8")
    return lay_out(root, folder, RenderOptions())


def troubles(placed: Placed) -> list[str]:
    """Return what is wrong: pictures may be stand-ins, the cover's is cut, the masthead on it and above the text block.

    The blank that ends a run before a formula may be closed up on a full line: its box still has the width it had.
    """
    fine = re.compile(
        r"CST-P01[02]|CST-M023|page 1: .*(outside the text block| over a img)|page \d+: “[^”]* ” over a img"
    )
    return [one for one in problems(placed) if not fine.match(one)]


def picture(name: str) -> dict[str, Any]:
    return {"figure": name, "alt": "一片白", "caption": "封面的说明"}


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Placed:
    """An issue with a photograph on its cover, the whitest that there is."""
    return laid(tmp_path_factory.mktemp("covered"), cover=[picture("white.png")])


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Placed:
    """The same issue without a picture on its cover, and with an article after it that is short."""
    return laid(tmp_path_factory.mktemp("plain"))


def on_sheet(glyph: G) -> G:
    """Return a glyph with its place from the corner of the bleed: what reads it counts from that of the trim."""
    return replace(glyph, x=glyph.x + BLEED, y=glyph.y - BLEED)


def text_of(placed: Placed) -> list[Glyph]:
    """The running text of the pages after the cover."""
    read = map(on_sheet, read_glyphs(placed.pdf()))
    return [glyph for glyph in read if glyph.text == "观" and abs(glyph.size - SIZE) < 0.01]


def left_of(page: int) -> float:
    """Return where the text block of a page begins, in pt from its left edge with the bleed: nearer to the spine."""
    middle = (PAPER[0] - (3 * COLUMN + 2 * GUTTER) * SIZE) / 2
    return BLEED + middle + (-7 if page % 2 else 7)


# ── the columns ──


def test_text_stands_in_three_columns_of_fifteen_characters(covered: Placed) -> None:
    pitch = (COLUMN + GUTTER) * SIZE
    seen = set()
    for line in lines_of(text_of(covered)):
        for index in range(3):
            left = left_of(line[0].page) + index * pitch
            in_column = [glyph for glyph in line if left - 1 < glyph.x < left + pitch - 1]
            if len(in_column) == COLUMN and all(glyph.text == "观" for glyph in in_column):
                assert in_column[0].x == pytest.approx(left, abs=0.1)
                assert in_column[-1].end == pytest.approx(left + COLUMN * SIZE, abs=0.1)
                seen.add((line[0].page, index))
    assert {index for _, index in seen} == {0, 1, 2}
    assert len({page for page, _ in seen}) > 3


def test_the_lines_of_all_columns_and_pages_are_on_one_grid(covered: Placed) -> None:
    text = text_of(covered)
    off = {round((glyph.y - BLEED - TOP) % LEADING, 1) for glyph in text}
    assert off == {round((LEADING - SIZE) / 2 + 0.88 * SIZE, 1)}
    opened = set(covered.pages("section-title"))
    for page in {glyph.page for glyph in text} - opened:
        tops = [
            min(glyph.y for glyph in text if (glyph.page, column_of(glyph)) == (page, index))
            for index in range(3)
        ]
        assert tops == pytest.approx([tops[0]] * 3, abs=0.1)


def column_of(glyph: Glyph) -> int:
    return int((glyph.x - left_of(glyph.page) + 1) // ((COLUMN + GUTTER) * SIZE))


# ── the cover ──


def test_the_photograph_of_the_cover_fills_the_page_and_its_bleed(covered: Placed) -> None:
    first = PdfReader(io.BytesIO(covered.pdf())).pages[0]
    wide = PAPER[0] + 2 * BLEED
    assert first.bleedbox == first.mediabox
    assert float(first.bleedbox.width) == pytest.approx(wide, abs=0.1)
    assert float(first.trimbox.width) == pytest.approx(PAPER[0], abs=0.1)
    page = read_pages(covered.pdf())[0]
    box = page.pictures[0]
    assert (box.left, box.top) <= (0.1, 0.1)
    assert (box.right, box.bottom) >= (page.width - 0.1, page.height - 0.1)


def test_the_name_on_the_whitest_photograph_has_the_contrast_of_small_text(covered: Placed) -> None:
    pdf = covered.pdf()
    for text in ("三栏周报", "本期要目", "封面的说明", "2026"):
        letters = [one for one in map(on_sheet, read_letters(pdf)) if one.page == 1 and one.text in text]
        assert letters, text
        box = Box(
            min(one.x for one in letters), min(one.y - one.size * 0.8 for one in letters),
            max(one.x + one.size for one in letters), max(one.y for one in letters),
        )  # fmt: skip
        colours = {one.colour for one in letters}
        assert colours == {"#ffffff"}
        assert contrast((255, 255, 255), lightest_ground(pdf, box)) >= CONTRAST, text


def lightest_ground(pdf: bytes, box: Box) -> tuple[int, int, int]:
    """Return the lightest colour in a part of the first page that is no white letter, nor the edge of one."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0].render(scale=4).to_pil().convert("RGB")
    finally:
        document.close()
    part = page.crop(tuple(int(edge * 4) for edge in (box.left, box.top, box.right, box.bottom)))
    # The edges of letters are of many colours, each in a few dots.
    often = [colour for count, colour in part.getcolors(part.width * part.height) or () if count > part.width]
    grounds: list[tuple[int, int, int]] = [colour for colour in often if colour != (255, 255, 255)]
    return max(grounds, key=sum)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_a_picture_the_name_heads_the_first_page_of_text(plain: Placed) -> None:
    assert plain.pages("nameplate") == [1]
    assert 1 in plain.pages("article")
    width = PAPER[0] + 2 * BLEED
    assert grounds(plain.pdf(), 1, (1, 1), (width - 2, 1)) == ["#a5281b", "#a5281b"], "its ground bleeds"
    assert grounds(plain.pdf(), 1, (1, 500)) == ["#ffffff"]


def test_a_drawing_on_the_cover_is_not_cut_to_the_page(tmp_path: Path) -> None:
    placed = laid(tmp_path, cover=[picture("drawing.svg")])
    (drawing,) = placed.pictures
    assert drawing.page == 1
    assert drawing.box.right - drawing.box.left == pytest.approx((3 * COLUMN + 2 * GUTTER) * SIZE, abs=0.1)
    assert placed.pages("article")[0] == 1
    assert troubles(placed) == []


# ── the tabs ──


def test_tabs_are_at_the_outer_edge_through_the_bleed_a_step_lower_for_each_section(covered: Placed) -> None:
    pdf, step = covered.pdf(), LINES * LEADING / 8
    tabs = dict[str, set[int]]()
    for page in range(3, len(read_pages(pdf)) + 1):
        edge = PAPER[0] + 2 * BLEED - 1 if page % 2 else 1.0
        inside = PAPER[0] + BLEED - TAB + 1 if page % 2 else BLEED + TAB - 1
        beyond = PAPER[0] + BLEED - TAB - 2 if page % 2 else BLEED + TAB + 2
        middles = [BLEED + TOP + (index + 0.1) * step for index in range(8)]
        colours = grounds(pdf, page, *((edge, middle) for middle in middles))
        (number,) = (index for index, colour in enumerate(colours) if colour != "#ffffff")
        assert list(SECTIONS.values())[number] == colours[number]
        assert grounds(pdf, page, (inside, middles[number]), (beyond, middles[number])) == [
            colours[number],
            "#ffffff",
        ]
        tabs.setdefault(colours[number], set()).add(page % 2)
    assert list(tabs) == list(SECTIONS.values())
    assert set.union(*tabs.values()) == {0, 1}, "some stand on left pages, some on right ones"


def test_a_tab_has_the_name_of_the_section_down_its_middle(covered: Placed) -> None:
    tab = [
        letter
        for letter in map(on_sheet, read_letters(covered.pdf()))
        if letter.page > 2 and not BLEED + TAB < letter.x < PAPER[0] + BLEED - TAB
    ]
    page = max(letter.page for letter in tab if letter.text in "实验室")
    name = [letter for letter in tab if letter.page == page]
    assert "".join(letter.text for letter in sorted(name, key=lambda letter: letter.y)) == "实验室"
    assert len({round(letter.x, 1) for letter in name}) == 1


# ── our issues ──


@pytest.mark.parametrize(
    "issue",
    [
        "issue-2020-02",
        pytest.param("issue-specimen", marks=pytest.mark.slow),
        pytest.param(
            "issue-english", marks=pytest.mark.long
        ),  # its narrow English columns take half a minute
    ],
)
def test_no_page_but_the_last_has_a_blank_of_a_third_and_nothing_collides(issue: str) -> None:
    placed = lay_out(REPOSITORY, REPOSITORY / "issues" / issue, RenderOptions(layout="gazette"))
    assert troubles(placed) == []
    moved = {
        page: Box(box.left + BLEED, box.top + BLEED, box.right + BLEED, box.bottom + BLEED)
        for page, box in placed.text_blocks.items()
    }
    found = blanks(placed.pdf(), moved)
    del found[max(found)]
    assert {page: blank for page, blank in found.items() if blank > 1 / 3} == {}


def test_a_masthead_without_a_photograph_is_painted_before_the_text_below_it(plain: Placed) -> None:
    painted = "".join(letter.text for letter in read_letters(plain.pdf()) if letter.page == 1)
    assert painted.index("三栏周报") < painted.index("卷首语") < painted.index("观观观")
