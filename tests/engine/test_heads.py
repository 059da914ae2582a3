"""Heads on the page: titles, entries of the contents, the name of a periodical, running heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.pages import read_pages
from tests.support.set_lines import to_pdf
from tests.support.small_issues import rendered

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUTS = ("newsletter", "brief", "bulletin")
#: From one that just fits in a line of newsletter to one that is five characters longer.
TITLES = [("国际科技合作项目管理办法实施细则试行草案审议" * 2)[:length] for length in range(19, 25)]
A4, A5 = 595.3, 419.5
#: The measure of each layout and the size of its name, in pt.
MEASURES = {"newsletter": (420.0, 54.0), "brief": (352.0, 50.0), "bulletin": (462.0, 64.0)}


def texts(glyphs: list[Glyph]) -> list[str]:
    """The letters of each line, of each column by itself."""
    found = []
    for line in lines_of(glyphs):
        text, last = "", line[0]
        for glyph in line:
            if glyph.x - last.end > 1.5 * glyph.size:
                found.append(text)
                text = ""
            text, last = text + "".join(filter(str.isalnum, glyph.text)), glyph
        found.append(text)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_title_heading_or_pull_quote_leaves_a_character_or_two_on_a_line(
    layout: str, tmp_path: Path
) -> None:
    text = "编辑部把稿件分给各组，逐篇核对事实、数字与引文。"
    articles = [
        {
            "title": one,
            "subtitle": one * 2,
            "body": [f"# {one}\n\n{text}\n\n## {one}\n\n{text}", {"pull": one}],
        }
        for one in TITLES
    ]
    glyphs = [
        one for one in read_glyphs(rendered(tmp_path, layout, articles).pdf) if one.page > 1 and one.y > 80
    ]
    heads = [line for line in texts(glyphs) if line and not line.isdigit() and line[0] in "".join(TITLES)]
    assert len(heads) > 30
    assert [line for line in heads if len(line) <= 2] == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_entry_of_the_contents_keeps_more_than_two_characters_with_its_number(
    layout: str, tmp_path: Path
) -> None:
    titles = ["国际科技合作项目管理办法实施细则试行草案审议意见"[:length] * 2 for length in range(8, 24)]
    glyphs = read_glyphs(rendered(tmp_path, layout, [{"title": one, "body": "文。"} for one in titles]).pdf)
    entries = [line for line in texts(glyphs) if line and line[-1].isdigit() and line[0] in titles[-1]]
    assert [line for line in entries if len(line.rstrip("0123456789")) <= 2] == []
    ends = {
        (line[0].page, round(line[-1].end, 1))
        for line in lines_of(glyphs)
        if line[0].text in titles[-1] and line[-1].text.isdigit()
    }
    assert len(ends) == len({page for page, _ in ends})


def test_an_entry_of_the_contents_has_the_gaps_of_its_title(tmp_path: Path) -> None:
    glyphs = read_glyphs(
        rendered(tmp_path, "newsletter", [{"title": "企业18家", "body": "# 节\n\n文。"}]).pdf
    )
    for page in (1, 2):
        line = [one for one in glyphs if one.page == page and one.text in "企业18家"]
        at = next(i for i in range(len(line)) if [one.text for one in line[i : i + 5]] == list("企业18家"))
        gaps = (line[at + 2].x - line[at + 1].end, line[at + 4].x - line[at + 3].end)
        assert [gap / line[at].size for gap in gaps] == pytest.approx([0.25, 0.25], abs=0.01)


def test_the_numbers_of_all_levels_of_the_contents_end_on_one_line(tmp_path: Path) -> None:
    article = {"title": "甲的题目", "body": "# 甲的节\n\n文。"}
    sections = [{"section": "栏目", "articles": [article]}]
    glyphs = read_glyphs(rendered(tmp_path, "newsletter", [], sections=sections).pdf)
    ends = [line[-1].end for line in lines_of(glyphs) if line[0].page == 1 and line[0].text == "甲"]
    assert len(ends) == 2
    assert ends[0] == pytest.approx(ends[1], abs=0.05)


def test_the_second_line_of_a_head_hangs_after_its_number(tmp_path: Path) -> None:
    title = "一、国际科技合作项目管理办法实施细则试行草案"
    glyphs = read_glyphs(rendered(tmp_path, "bulletin", [{"title": "题", "body": f"# {title}\n\n文。"}]).pdf)
    lines = [
        line
        for line in lines_of(glyphs)
        if line[0].page == 2 and line[0].size > 11.5 and line[0].text in title
    ]
    assert len(lines) == 2
    assert lines[1][0].x == pytest.approx(lines[0][2].x, abs=0.05)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("城乡建设工作通讯", 1),
        ("国家重点实验室建设工作快报通讯刊", 2),
        ("Newsletter of the Chinese Society for Cell Biology", 2),
    ],
)
def test_the_name_of_a_periodical_fits_on_one_line_or_on_two_even_ones(
    name: str, on: int, layout: str, tmp_path: Path
) -> None:
    glyphs = read_glyphs(rendered(tmp_path, layout, [{"title": "题", "body": "文。"}], title=name).pdf)
    measure, size = MEASURES[layout]
    large = max(one.size for one in glyphs if one.page == 1)
    lines = lines_of([one for one in glyphs if one.page == 1 and one.size > 0.99 * large])
    widths = [line[-1].end - line[0].x for line in lines]
    assert len(lines) == on
    assert max(widths) <= measure + 0.1
    assert min(widths) > 0.7 * max(widths)
    if on == 1:
        assert 0.6 * size < large < size
    else:
        assert large <= 0.6 * size + 0.1
    # The height of its lines follows.
    if on > 1:
        assert (lines[1][0].y - lines[0][0].y) / large == pytest.approx(1.3, abs=0.1)


def heads_of_page(pdf: bytes, page: int, below: float = 70.0) -> str:
    """What stands at the head of a page."""
    glyphs = [one for one in read_glyphs(pdf) if one.page == page and one.y < below]
    return "".join(one.text for one in sorted(glyphs, key=lambda one: one.x)).replace(" ", "")


LONG_TEXT = "编辑部把稿件分给各组，逐篇核对事实、数字与引文，再交排版。" * 80


@pytest.mark.parametrize("layout", LAYOUTS)
def test_running_heads_never_leave_the_paper(layout: str, tmp_path: Path) -> None:
    title = (
        "ATGCGTACGTTAGCCTAGGCTAACGTAGCTAGCTAACGGATCGATTACGGCTAGCTTAGC序列与Pneumonoultramicroscopicsilico研究"
    )
    pdf = rendered(tmp_path, layout, [{"title": title, "body": LONG_TEXT}]).pdf
    width = A5 if layout == "brief" else A4
    assert max(one.end for one in read_glyphs(pdf)) < width - 20
    assert "…" in heads_of_page(pdf, 3)


def test_a_running_head_takes_the_room_that_the_other_leaves(tmp_path: Path) -> None:
    title = "关于进一步加强科学技术普及工作推动新时代科普事业发展的意见"
    pdf = rendered(tmp_path, "newsletter", [{"title": title, "body": LONG_TEXT}]).pdf
    head = heads_of_page(pdf, 3)
    assert head.endswith(title)
    assert "2026年第1期" in head
    # Both rules are still one.
    assert "…" not in head


def test_the_name_of_the_periodical_is_shortened_before_the_date_and_the_title(tmp_path: Path) -> None:
    name = "某某大学某某学院某某研究中心与某某科学技术协会联合主办工作通讯"
    title = "关于进一步加强科学技术普及工作推动"
    pdf = rendered(tmp_path, "newsletter", [{"title": title, "body": LONG_TEXT}], title=name).pdf
    head = heads_of_page(pdf, 3)
    assert head.startswith("某某大学某某学院")
    assert "…\u20032026年第1期" in head
    assert head.endswith(title)
    # Where even that has no room, the title is.
    pdf = rendered(tmp_path, "newsletter", [{"title": title * 2, "body": LONG_TEXT}], title=name).pdf
    head = heads_of_page(pdf, 3)
    assert head.startswith("某某大学某某学院…\u20032026年第1期")
    assert head.endswith("…")


@pytest.mark.parametrize("layout", ["newsletter", "bulletin"])
def test_a_picture_that_is_all_that_a_heading_has_stays_under_it(layout: str, tmp_path: Path) -> None:
    folder = tmp_path / "issues/one"
    folder.mkdir(parents=True)
    body: list[Any] = []
    for number, name in enumerate("甲乙丙丁"):
        Image.new("RGB", (600, 600 + 150 * number), (90, 60, 150)).save(folder / f"{number}.png")
        body += [f"# {name}群", {"figure": f"{number}.png", "alt": "码"}]
    pdf = rendered(tmp_path, layout, [{"title": "加群", "body": body}]).pdf
    headings = [one for one in read_glyphs(pdf) if one.page > 1 and one.text in "甲乙丙丁"]
    assert len(headings) == 4
    for heading in headings:
        below = [
            picture.top - heading.y
            for picture in read_pages(pdf)[heading.page - 1].pictures
            if picture.left < heading.x + 250 and picture.right > heading.x and picture.top > heading.y
        ]
        assert min(below) < 60


def test_english_in_chinese_text_has_the_letters_of_the_companion_and_quotes_of_its_own() -> None:
    style = (
        "body { font: 10pt/18pt 'CST Latin Serif', 'CST Song' } p { margin: 0 }"
        "span[lang] { --cst-latin-marks: 'CST Serif' }"
    )
    page = f"<html lang=zh-Hans><meta charset=utf-8><title>t</title><style>{style}</style>"
    glyphs = read_glyphs(to_pdf(f"{page}<p>在Nature上</p><p>在<span lang=en>Nature “it”</span>上</p>"))
    first, second = lines_of(glyphs)
    letters = [[one.advance for one in line if one.text in "Nature"] for line in (first, second)]
    assert letters[1][:6] == letters[0]
    assert max(one.advance for one in second if one.text in "“”") < 6
