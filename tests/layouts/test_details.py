"""Details of the pages that a reader's eye rests on: rules, tabs, the edges of tables, the middle of a cover."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest
from PIL import Image

from cstprint.pdf.raster import draw_pages
from tests.conftest import Run
from tests.support.ink import Letter, read_letters
from tests.support.projects import SmallProject

pytestmark = pytest.mark.render

ISSUE = """\
layout: newsletter
language: zh-Hans
title: 刊名
publisher: 单位
date: 2020
number: 2
sections:
  - section: 要闻
    articles:
      - title: 首篇
        body:
          - |
            正文^[脚注文字。]。
          - table: |
              | 类别 | 宽度 | << | 位置 | << |
              |:-----|:----:|:--:|:----:|:--:|
              | ^^ | 行中 | 行末 | 行首 | 行末 |
              | 甲 | 一 | 二 | 三 | 四 |
            head_rows: 2
      - title: 次篇
        body: 末尾。
"""
#: Dots of the pictures in one pt.
SCALE = 4
#: The measures and the left margins of the two layouts, in pt.
MEASURE, LEFT = 420.0, 87.64
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Pages:
    """The pages of an issue as pictures, and their letters."""

    pictures: list[Image.Image]
    letters: list[Letter]

    def find(self, words: str) -> list[Letter]:
        """The letters of the words where they stand last."""
        at = "".join(letter.text for letter in self.letters).rfind(words)
        assert at >= 0, words
        return self.letters[at : at + len(words)]

    def across(self, page: int, y: float, least: float = 3.0) -> list[tuple[float, float, Colour]]:
        """The runs of one colour other than white, of ``least`` pt or more, across a page (from 1), in pt."""
        picture = self.pictures[page - 1]
        row = [picture.getpixel((x, round(y * SCALE))) for x in range(picture.width)]
        return list(_runs(row, least))

    def down(self, page: int, x: float, least: float = 0.3) -> list[tuple[float, float, Colour]]:
        """The same down a page."""
        picture = self.pictures[page - 1]
        column = [picture.getpixel((round(x * SCALE), y)) for y in range(picture.height)]
        return list(_runs(column, least))


def _runs(dots: Iterable[object], least: float) -> Iterator[tuple[float, float, Colour]]:
    at = 0
    for colour, run in groupby(dots):
        length = len(list(run))
        assert isinstance(colour, tuple)
        if colour != (255, 255, 255) and length >= least * SCALE:
            yield at / SCALE, (at + length) / SCALE, colour
        at += length


@pytest.fixture
def printed(project: SmallProject, run: Run) -> Callable[..., Pages]:
    """Render the issue in a layout."""

    def pages(layout: str, *options: str) -> Pages:
        project.issue(ISSUE.replace("layout: newsletter", f"layout: {layout}"))
        outcome = run("render", "one", "-o", "one.pdf", *options)
        assert (outcome.status, outcome.err) == (0, "")
        data = (project.root / "one.pdf").read_bytes()
        drawn = [Image.open(io.BytesIO(one)).convert("RGB") for one in draw_pages(data, 72 * SCALE)]
        return Pages(drawn, read_letters(data))

    return pages


def test_newsletter_has_short_note_rules_even_tabs_and_tables_with_one_edge(
    printed: Callable[..., Pages],
) -> None:
    pages = printed("newsletter")
    note = pages.find("脚注文字")[0]
    rules = {run[:2] for y in range(8, 80) for run in pages.across(note.page, note.y - y / SCALE * 2, 20)}
    ((left, right),) = {one for one in rules if one[0] == pytest.approx(LEFT, abs=0.3)}
    assert right - left == pytest.approx(MEASURE / 4, abs=0.5), "the note rule is a quarter of the measure"

    name = pages.find("要闻")[0]
    ((left, right),) = [run[:2] for run in pages.across(name.page, name.y - name.size * 1.05)]
    inside = left * SCALE, (name.y - name.size) * SCALE, right * SCALE, (name.y + 1) * SCALE
    letters = pages.pictures[name.page - 1].crop(inside).convert("L").point(lambda grey: 255 * (grey > 160))
    ink = letters.getbbox()
    assert ink is not None
    assert ink[0] == pytest.approx(letters.width - ink[2], abs=2 * SCALE), "the tab is even"

    merged, cell = pages.find("行中")[0], pages.find("甲")[0]
    above = (pages.across(merged.page, merged.y - y / SCALE, 15) for y in range(40, 64))
    spanned = next(runs for runs in above if runs)
    assert len(spanned) == 2, "each merged head has a rule of its own"
    assert spanned[1][0] - spanned[0][1] > 4
    rows = (pages.across(cell.page, cell.y - y / SCALE, 100) for y in range(20, 400))
    whole = next(runs[0] for runs in rows if runs)
    assert whole[0] == pytest.approx(cell.x, abs=0.5), "the first cells stand where the rule begins"


def test_the_cover_of_bulletin_stands_in_the_middle_and_rules_hide_those_below(
    printed: Callable[..., Pages],
) -> None:
    pages = printed("bulletin", "--set", "first-page=cover", "--set", "article-start=page")
    cover = pages.pictures[0]
    ink = Image.eval(cover.convert("L"), lambda level: 255 - level).getbbox()
    assert ink is not None
    assert ink[0] == pytest.approx(cover.width - ink[2], abs=SCALE / 2), "margins of the cover"

    title = pages.find("次篇")[0]
    assert title.page == 3
    for x in (150.0, 300.0, 450.0):
        rules = [run for run in pages.down(title.page, x) if run[0] < title.y - title.size]
        assert [colour for *_, colour in rules][-1:] == [(165, 40, 27)], "the article's rule"
        hairlines = [run for run in rules if max(run[2]) - min(run[2]) < 12 and run[1] > rules[-1][0] - 3]
        assert not hairlines, "nothing of the running head's rule is seen"
