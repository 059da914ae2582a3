"""Columns on the page's grid: full, level, whole, in reading order, and without holes where something may move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from cstprint.diagnostics import Result
from cstprint.job import Rendering, RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.glyphs import Glyph, read_glyphs
from tests.support.pages import Page, read_pages, structure

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The grid of the layout bulletin, in pt from the page's top: where it begins, its unit, the baseline in a line
#: (half the leading, and .88 em of our fonts), and how many lines a page has.
TOP, LINE, BASELINE, LINES = 78.0, 17.0, (17 - 10.5) / 2 + 0.88 * 10.5, 41
#: A paragraph of one line.
PARAGRAPH = "观" * 10 + "。"


@dataclass(frozen=True)
class Pages:
    """What came of an issue; pages count from 1, columns and lines from 0."""

    pdf: bytes
    notes: list[str]

    def pages_with(self, text: str) -> list[int]:
        """Return the pages that have a text."""
        return [number for number, page in enumerate(self.pages, start=1) if text in page.text]

    @cached_property
    def glyphs(self) -> list[Glyph]:
        return read_glyphs(self.pdf)

    @cached_property
    def pages(self) -> list[Page]:
        return read_pages(self.pdf)

    def lines(self, page: int, column: int, size: float = 10.5) -> dict[int, str]:
        """Return the texts of a column's lines of running text by their numbers, counted from the grid's first."""
        left = 595.28 / 2 + (7 if page % 2 == 0 else -7)
        found: dict[int, str] = {}
        for glyph in self.glyphs:
            inside = glyph.page == page and TOP < glyph.y < TOP + LINES * LINE
            if inside and abs(glyph.size - size) < 0.1 and (glyph.x > left) == bool(column):
                number = (glyph.y - TOP - BASELINE) / LINE
                assert size != 10.5 or number == pytest.approx(round(number), abs=0.02), glyph
                found[round(number)] = found.get(round(number), "") + glyph.text
        return found


def laid_out(root: Path, *body: Any, settings: Mapping[str, str] | None = None, **keys: Any) -> Pages:
    """Lay out an issue of one article in ``bulletin``, or one of these ``keys``."""
    folder = root / "issues/one"
    folder.mkdir(parents=True)
    for name, size in {"wide.png": (1800, 900), "square.png": (900, 900), "flat.png": (1800, 300)}.items():
        Image.new("L", size, 120).save(folder / name)
    issue = {
        "layout": "bulletin",
        "language": "zh-Hans",
        "title": "刊名",
        "publisher": "单位",
        "date": "2026-11",
        "number": 1,
        **(keys or {"articles": [{"title": "标题", "body": list(body)}]}),
    }
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True), "utf-8")
    made: Result[Rendering] = render(
        folder / "issue.yaml",
        open_project(root),
        RenderOptions(settings={"first-page": "cover"} | dict(settings or {})),
    )
    assert made.value is not None, [str(d) for d in made.diagnostics]
    moved = [one for one in made.diagnostics if one.code != "CST-E023"]  # how often it was laid out
    assert {str(one.code) for one in moved} <= {"CST-E018", "CST-E053"}
    return Pages(made.value.pdf, [str(told.message) for told in moved])


def text(lines: int) -> str:
    """So many paragraphs of a line each."""
    return "\n\n".join([PARAGRAPH] * lines)


def figure(name: str, **keys: Any) -> dict[str, Any]:
    """A figure without a caption."""
    return {"figure": name, "alt": "一块灰色", "numbered": False, **keys}


# ── text ──


def below_each_other(number: int) -> dict[str, Any]:
    """A group of pictures twice as wide as high below each other, with captions of their own."""
    pictures = [{"image": "wide.png", "alt": "一块灰色", "caption": "说明。"} for _ in range(number)]
    return {"figures": pictures, "columns": 1}


def test_columns_are_full_to_the_last_line_and_level_at_the_end(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(120))
    first = pages.lines(2, 0)
    assert sorted(first) == list(range(min(first), LINES))
    assert sorted(pages.lines(2, 1)) == sorted(first)
    left, right = pages.lines(3, 0), pages.lines(3, 1)
    assert sorted(left) == list(range(len(left)))
    assert 0 <= len(left) - len(right) <= 1
    assert len(first) * 2 + len(left) + len(right) == 120


def test_columns_are_level_where_what_must_not_be_parted_fits_in_lower_ones_only(tmp_path: Path) -> None:
    """Four terms with explanations of two lines, the last of three: lines 2, 5, 8 and 11 begin one."""
    terms = "\n".join(f"甲\n: {'观' * 30}\n" for _ in range(3)) + f"\n甲\n: {'观' * 50}\n"
    pages = laid_out(tmp_path, terms)
    ends = [max(pages.lines(2, column)) for column in (0, 1)]
    assert abs(ends[0] - ends[1]) <= 2


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, "".join(chr(0x4E00 + number) for number in range(21 * 120)))
    order = [(2, 0), (2, 1), (3, 0), (3, 1)]
    read = "".join("".join(dict(sorted(pages.lines(*place).items())).values()) for place in order)
    assert read == "".join(chr(0x4E00 + number) for number in range(21 * 120))


def test_lines_are_as_wide_as_the_column(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, "观" * 21 * 20)
    for column in (0, 1):
        for number, line in pages.lines(2, column).items():
            assert len(line) in (19, 21) or number == max(pages.lines(2, column)), (column, number)


def test_facing_pages_are_mirrored(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, "观" * 21 * 100)
    left, right = (
        [glyph for glyph in pages.glyphs if glyph.page == page and glyph.text == "观"] for page in (2, 3)
    )
    inner = 595.276 - (max(g.x + g.advance for g in left)), min(g.x for g in right)
    outer = min(g.x for g in left), 595.276 - max(g.x + g.advance for g in right)
    assert inner == pytest.approx((59.64, 59.64), abs=0.3)
    assert outer == pytest.approx((73.64, 73.64), abs=0.3)
    folios = [[glyph for glyph in pages.glyphs if glyph.page == page and glyph.y > 780] for page in (2, 3)]
    assert (folios[0][0].text, folios[1][-1].text) == ("2", "3")
    assert folios[0][0].x == pytest.approx(outer[0], abs=0.1)
    assert folios[1][-1].x + folios[1][-1].advance == pytest.approx(595.276 - outer[1], abs=0.1)


# ── heads ──


@pytest.mark.parametrize("before", range(28, 34))
def test_a_head_never_ends_a_column(before: int, tmp_path: Path) -> None:
    pages = laid_out(tmp_path, f"{text(before)}\n\n# 小标题\n\n{text(60)}")
    assert any("小" in line for column in (0, 1) for line in pages.lines(2, column, size=12).values())
    for column in (0, 1):
        heads = [n for n, line in pages.lines(2, column, size=12).items() if "小" in line]
        assert all(number + 3 in pages.lines(2, column) for number in heads)


def test_a_head_at_the_head_of_a_column_has_no_room_above(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, f"{text(37)}\n\n## 小标题\n\n{text(60)}")
    right = pages.lines(2, 1)
    assert right[min(right)] == "小标题"
    assert min(right) == min(pages.lines(2, 0))


def test_the_head_of_an_article_is_not_left_without_text(tmp_path: Path) -> None:
    for before in range(60, 66):
        articles = [{"title": "甲", "body": text(before)}, {"title": "乙", "body": text(20)}]
        sections = [{"section": "栏目", "articles": articles}]
        pages = laid_out(tmp_path / str(before), sections=sections)
        page = next(glyph.page for glyph in pages.glyphs if glyph.text == "乙" and glyph.page > 1)
        head = next(glyph.y for glyph in pages.glyphs if glyph.text == "乙" and glyph.page == page)
        below = [g for g in pages.glyphs if g.page == page and g.text == "观" and g.y > head]
        assert len({round(g.y) for g in below}) >= 3, before


# ── notes ──


def test_notes_stand_at_the_foot_of_the_page_of_their_calls_and_below_all_text(tmp_path: Path) -> None:
    called = [f"{PARAGRAPH}[^{n}]" for n in range(1, 31)]
    notes = [f"[^{n}]: 注文{'甲乙丙丁戊己庚辛壬癸'[n % 10]}，第{n}条。" for n in range(1, 31)]
    pages = laid_out(tmp_path, "\n\n".join([*called, *notes]))
    small = [glyph for glyph in pages.glyphs if glyph.text == "注" and abs(glyph.size - 9) < 0.1]
    assert len(small) == 30
    for number in range(2, len(pages.pages) + 1):
        calls = [g for g in pages.glyphs if g.page == number and abs(g.size - 10.5 * 0.65) < 0.1]
        found = [g for g in small if g.page == number]
        lowest = max(g.y for g in pages.glyphs if g.page == number and g.text == "观")
        assert len(found) == len({(g.x, g.y) for g in calls if "①" <= g.text <= "㊿"})
        assert all(glyph.y > lowest + 9 for glyph in found)


def test_a_note_longer_than_half_a_page_is_not_lost(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, f"{text(36)}[^1]\n\n[^1]: {'注' * 2000}")
    assert sum(glyph.text == "注" for glyph in pages.glyphs) == 2000


# ── what may move ──


def test_a_figure_that_does_not_fit_heads_the_next_column_and_text_fills_its_own(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(30), figure("square.png"), text(60))
    (picture,) = pages.pages[1].pictures
    left, right = pages.lines(2, 0), pages.lines(2, 1)
    assert sorted(left) == list(range(min(left), LINES))
    assert picture.left > 300 - 7
    assert picture.top < TOP + (min(left) + 1) * LINE
    assert picture.bottom < TOP + min(right) * LINE


def test_a_figure_that_fits_stays_where_it_is(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(6), figure("wide.png"), text(60))
    (picture,) = pages.pages[1].pictures
    assert picture.right < 300
    above = [number for number in pages.lines(2, 0) if TOP + number * LINE < picture.top]
    assert len(above) == 6


def test_a_figure_keeps_its_place_where_columns_are_nearly_as_low_then(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(1), figure("square.png"), text(1))
    (picture,) = pages.pages[1].pictures
    (above,) = pages.lines(2, 0)
    (behind,) = pages.lines(2, 1)
    assert picture.right < 300
    assert picture.top > TOP + above * LINE
    assert behind == above


def test_nothing_moves_where_the_layout_says_so(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(30), figure("square.png"), text(60), settings={"figure-place": "here"})
    assert max(pages.lines(2, 0)) < LINES - 5
    assert pages.pages[1].pictures[0].top < TOP + (min(pages.lines(2, 1)) + 1) * LINE


def test_figures_keep_their_order(tmp_path: Path) -> None:
    several = [part for _ in range(9) for part in (text(6), figure("square.png"), figure("flat.png"))]
    pages = laid_out(tmp_path, *several, text(3))
    places = [
        (number, box.left > 290, box.top, round((box.right - box.left) / (box.bottom - box.top)))
        for number, page in enumerate(pages.pages, start=1)
        for box in page.pictures
    ]
    assert [shape for *_, shape in sorted(places)] == [1, 6] * 9


def test_a_spanning_figure_at_once_behind_the_head_stands_there(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, figure("flat.png", place="full"), text(60))
    (picture,) = pages.pages[1].pictures
    assert picture.bottom < TOP + min(pages.lines(2, 0)) * LINE
    assert picture.right - picture.left == pytest.approx(462, abs=0.5)


def test_a_spanning_figure_goes_to_the_foot_of_the_page_and_text_past_it(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(9), figure("flat.png", place="full"), text(120))
    (picture,) = pages.pages[1].pictures
    last = [max(pages.lines(2, column)) for column in (0, 1)]
    assert last[0] == last[1]
    assert picture.top > TOP + (last[0] + 1) * LINE - 1
    assert picture.top < TOP + (last[0] + 2) * LINE
    assert picture.bottom > TOP + (LINES - 1.5) * LINE


def test_a_spanning_figure_without_room_heads_the_next_page(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(66), figure("square.png", place="full"), text(20))
    assert [len(page.pictures) for page in pages.pages] == [0, 0, 1]
    for column in (0, 1):
        assert max(pages.lines(2, column)) == LINES - 1
    assert pages.pages[2].pictures[0].top < TOP + LINE


def test_what_waits_behind_the_last_line_is_printed(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(66), figure("square.png", place="full"), figure("wide.png"))
    assert sum(len(page.pictures) for page in pages.pages) == 2


def test_what_has_no_room_beside_others_that_waited_waits_on(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(40), below_each_other(2), figure("square.png"), text(30))
    assert [len(page.pictures) for page in pages.pages] == [0, 0, 2, 1]
    assert len(pages.lines(2, 0)) + len(pages.lines(2, 1)) == 70


def test_a_group_higher_than_a_page_begins_behind_its_text_and_text_goes_on_below_its_rows(
    tmp_path: Path,
) -> None:
    pages = laid_out(tmp_path, text(18), below_each_other(4), text(90))
    assert [len(page.pictures) for page in pages.pages] == [0, 1, 2, 1]
    (picture,) = pages.pages[1].pictures
    for column in (0, 1):
        above = [line for line in pages.lines(2, column) if TOP + line * LINE < picture.top]
        assert len(above) == 9
        assert max(pages.lines(2, column)) == LINES - 1
    assert min(pages.lines(4, 0)) == min(pages.lines(4, 1)) > 10


def test_a_group_higher_than_a_page_passes_none_that_waits(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(66), figure("square.png"), below_each_other(4), text(90))
    places = [
        (number, box.right - box.left)
        for number, page in enumerate(pages.pages, start=1)
        for box in page.pictures
    ]
    assert places[0][1] < 230 < min(width for _, width in places[1:])
    assert len(places) == 5


# ── how far figures stand behind their mentions ──


#: A figure that takes most of a page.
HIGH = {"place": "full", "numbered": True}


def three_high(lines: int, mention: str) -> list[Any]:
    """Text and three figures of which each takes most of a page, the last one behind what mentions it, and text."""
    two = [part for _ in range(2) for part in (figure("square.png", **HIGH), text(1))]
    return [text(lines), *two, mention, figure("square.png", id="third", **HIGH), text(60)]


def test_the_line_that_mentions_a_figure_waits_where_that_would_be_too_far(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, *three_high(40, PARAGRAPH * 60 + "见[@third]。"))
    assert [len(page.pictures) for page in pages.pages] == [0, 0, 1, 1, 1]
    assert pages.pages_with("见图") == [3]
    for column in (0, 1):  # the lines above it fill the page before
        assert max(pages.lines(2, column)) >= LINES - 3


def test_columns_above_a_line_that_waits_are_level(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, *three_high(50, PARAGRAPH * 7 + "见[@third]。"))
    assert pages.pages_with("见图") == [3]
    ends = [max(pages.lines(2, column)) for column in (0, 1)]
    assert 0 <= ends[0] - ends[1] <= 1


def test_text_behind_a_figure_without_mention_waits_where_that_would_be_too_far(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, *three_high(50, PARAGRAPH), "后文。")
    assert [len(page.pictures) for page in pages.pages[:5]] == [0, 0, 1, 1, 1]
    assert len(pages.lines(2, 0)) + len(pages.lines(2, 1)) == 53
    assert min(pages.pages_with("后文")) >= 3


def test_a_group_that_goes_on_over_pages_counts_as_many(tmp_path: Path) -> None:
    body = text(72), below_each_other(4), "见[@last]。", figure("square.png", id="last", **HIGH), text(40)
    pages = laid_out(tmp_path, *body)
    assert [len(page.pictures) for page in pages.pages] == [0, 0, 2, 2, 1]
    assert pages.pages_with("见图") == [3]


def test_a_figure_at_the_head_of_a_column_keeps_its_room_above_a_line_that_waits(tmp_path: Path) -> None:
    """The text ends early, not the columns."""
    column = figure("square.png", numbered=True)
    body = text(38), column, *three_high(20, PARAGRAPH * 4 + "见[@third]。")[1:]
    pages = laid_out(tmp_path, *body)
    assert [len(page.pictures) for page in pages.pages][:2] == [0, 1]
    assert pages.pages_with("见图") == [3]


def test_a_page_is_rather_more_than_half_full_and_that_is_told(tmp_path: Path) -> None:
    high = [figure("square.png", **HIGH) for _ in range(4)]
    pages = laid_out(tmp_path, text(34), *high[:3], "见[@fourth]。", {**high[3], "id": "fourth"}, text(60))
    assert len(pages.lines(2, 0)) + len(pages.lines(2, 1)) > LINES
    assert any(
        "pages after the text that refers to it: too many figures are waiting" in note for note in pages.notes
    )


def test_text_passes_a_spanning_figure_and_one_of_a_column_that_follows_it(tmp_path: Path) -> None:
    body = text(40), figure("square.png", place="full"), figure("square.png"), text(60)
    pages = laid_out(tmp_path, *body, settings={"lines": "33"})
    for column in (0, 1):
        assert len(pages.lines(2, column)) == 30


def test_a_figure_never_stands_before_the_page_of_its_mention(tmp_path: Path) -> None:
    body = text(60), figure("flat.png", id="early", numbered=True), text(30), "见[@early]。", text(20)
    pages = laid_out(tmp_path, *body)
    assert pages.pages_with("见图") == [3]
    assert [len(page.pictures) for page in pages.pages] == [0, 0, 1]


def test_it_is_told_that_a_figure_has_left_its_page(tmp_path: Path) -> None:
    pages = laid_out(tmp_path, text(66), figure("square.png", place="full"), text(20))
    assert pages.notes == [
        "This does not fit on page 2. It was moved to page 3, after text that follows it in the source."
    ]


def test_where_a_layout_allows_no_distance_no_figure_moves(tmp_path: Path) -> None:
    body = text(30), figure("square.png"), text(60)
    pages = laid_out(tmp_path, *body, settings={"figure-distance": "0"})
    assert max(pages.lines(2, 0)) < LINES - 5
    assert pages.pages[1].pictures[0].top < TOP + (min(pages.lines(2, 1)) + 1) * LINE


@pytest.mark.parametrize(("barrier", "page"), [("section", 3), ("article", 2)])
def test_a_figure_leaves_its_section_only_if_the_layout_says_so(
    barrier: str, page: int, tmp_path: Path
) -> None:
    body = text(60), figure("square.png", place="full"), "# 又一节", text(40)
    pages = laid_out(tmp_path, *body, settings={"figure-barrier": barrier})
    assert pages.pages_with("又一节")[-1:] == [page]
    assert [len(page.pictures) for page in pages.pages[:3]] == [0, 0, 1]


def test_a_wide_table_spans_and_a_narrow_one_does_not(tmp_path: Path) -> None:
    row = "| 甲 | 乙 | 丙 | 丁 | 戊 |\n|---|---|---|---|---|\n| 一 | 二 | 三 | 四 | 五 |\n"
    pages = laid_out(tmp_path, row, text(2), "| 己 | 庚 |\n|---|---|\n| 一 | 二 |\n", text(3))
    at = {glyph.text: glyph.x for glyph in pages.glyphs if glyph.page == 2}
    assert at["甲"] < 297 < at["戊"]  # in the middle of the page
    assert at["庚"] - at["己"] < 200


# ── tags ──


def test_columns_are_read_one_after_the_other_and_are_no_elements(tmp_path: Path) -> None:
    names = "甲乙丙丁戊己庚辛"
    pages = laid_out(tmp_path, "\n\n".join(name + PARAGRAPH for name in names))
    read = [glyph.text for glyph in pages.glyphs if glyph.page == 2 and glyph.text in names]
    assert read == list(names)
    kinds = [kind for _, kind, _ in structure(pages.pdf)]
    assert kinds.count("/Art") == 1
    assert kinds.count("/P") >= len(names)
