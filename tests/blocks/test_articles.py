"""Articles, sections and contents: their ordinary and their hardest cases."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.blocks.conftest import LONG, LayOut
from tests.blocks.test_frames import SIXTY
from tests.support.glyphs import read_glyphs

pytestmark = pytest.mark.render

TITLES = ["二字", SIXTY, "internationalization" * 5, "“引号”开头的标题（附注）——破折号"]


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_2_and_of_60_characters(lay: LayOut, layout: str, title: str) -> None:
    article = {
        "title": title,
        "kicker": title,
        "subtitle": title,
        "standfirst": title,
        "source": title,
        "body": LONG,
    }
    # Five heads of 60 characters leave no room for text on a small page: there, four.
    first = {"title": title, "body": LONG} if layout == "brief" else article
    placed = lay(
        sections=[{"section": title, "articles": [first, article]}],
        title=title,
        publisher=title,
        title_en=title,
    )
    assert placed.text("article-title").replace("\n", "") == title * 2
    assert placed.text("section-title").replace("\n", "") == title


@pytest.mark.parametrize("layout", ["newsletter", "brief"])
def test_running_heads_of_60_characters_are_cut_to_their_room(lay: LayOut) -> None:
    placed = lay({"title": SIXTY, "body": LONG * 20}, title=SIXTY)
    last = max(placed.text_blocks)
    block = placed.text_blocks[last]
    head = [glyph for glyph in read_glyphs(placed.pdf()) if glyph.page == last and glyph.y < block.top - 8]
    assert "六十个字" in "".join(glyph.text for glyph in head)
    assert all(block.left - 0.5 < glyph.x < block.right + 0.5 for glyph in head)
    ordered = sorted(head, key=lambda glyph: glyph.x)
    assert all(right.x - left.x > 1 for left, right in itertools.pairwise(ordered))


@pytest.mark.parametrize("layout", ["newsletter"])
def test_letters_that_are_wider_apart_stand_in_the_middle(lay: LayOut) -> None:
    placed = lay({"title": "标题", "kicker": "眉题", "body": "文"}, title_en="MONTHLY")
    for head in ("publisher", "title", "title-en", "kicker"):
        (run,) = (run for run in placed.of(head) if "header" in run.within)
        edge = placed.text_blocks[run.page]
        assert (run.box.left + run.box.right) / 2 == pytest.approx((edge.left + edge.right) / 2, abs=0.1), (
            head
        )


def test_a_byline_of_12_names_with_5_affiliations(lay: LayOut) -> None:
    authors = [
        {"name": f"示例姓名{n}", "affiliation": f"示例单位第{n % 5}研究所印刷字体研究室"} for n in range(12)
    ]
    placed = lay({"title": "标题", "byline": authors, "body": LONG})
    assert placed.text("affiliation").count("示例单位") == 5
    assert [run.text for run in placed.of("author", "sup")][:6] == ["1", "2", "3", "4", "5", "1"]


@pytest.mark.parametrize("name", ["一个四十字的姓名" * 5, "Wolfeschlegelsteinhausenbergerdorff" * 2])
def test_a_byline_of_one_long_name(lay: LayOut, name: str) -> None:
    placed = lay({"title": "标题", "byline": name, "body": LONG})
    assert placed.text("author").replace("\n", "") == name


def test_an_empty_section_is_told_and_left_out(lay: LayOut) -> None:
    placed = lay(
        told="CST-Y034",
        sections=[
            {"section": "空栏目", "articles": []},
            {"section": "栏目", "articles": [{"title": "题", "body": LONG}]},
            {"section": "末栏目", "articles": []},
        ],
    )
    assert placed.text("section-title").replace("\n", "") == "栏目"


def test_an_article_of_one_word(lay: LayOut) -> None:
    assert lay("字").text("article").endswith("字")


def test_40_articles(lay: LayOut) -> None:
    articles: list[Any] = [{"title": f"第 {n} 篇", "body": "短文。"} for n in range(40)]
    placed = lay(*articles)
    assert placed.text("article-title").count("篇") == 40
    assert placed.text("contents").count("篇") == 40


def test_40_articles_in_sections(lay: LayOut) -> None:
    articles: list[Any] = [{"title": f"第 {n} 篇", "byline": "示例", "body": LONG} for n in range(40)]
    placed = lay(
        sections=[{"section": f"栏目{n}", "articles": articles[n * 10 : n * 10 + 10]} for n in range(4)]
    )
    assert placed.text("contents").count("篇") == 40


def test_no_contents(lay: LayOut) -> None:
    assert lay("正文。", settings={"contents-depth": "0"}).text("contents") == ""


@pytest.mark.parametrize("count", [1, 30, 120])
@pytest.mark.parametrize("title", ["小标题", SIXTY])
def test_contents_of_any_length(lay: LayOut, count: int, title: str) -> None:
    body = "\n\n".join(f"# {title}{n}\n\n段" for n in range(count))
    placed = lay(body, settings={"contents-depth": "2"})
    assert placed.text("contents").replace("\n", "").count(title) == count
    numbers = [
        run
        for run in placed.runs
        if run.generated and "contents" in run.within and run.text.strip()[-1:].isdigit()
    ]
    assert len(numbers) == count + 1
    edges = {round(placed.text_blocks[run.page].right - run.box.right, 1) for run in numbers}
    assert len(edges) == 1
