"""Sections and articles go on below or open a page, as the layout says and as much of the page is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cstprint.job import RenderOptions
from tests.support.placed import Placed, lay_out, problems
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: Characters of a line of newsletter, and the distance of its lines (pt).
LINE, LEADING = 35, 20


def laid(
    project: SmallProject, *articles: dict[str, Any], settings: dict[str, str] | None = None, **keys: Any
) -> Placed:
    """Lay out an issue of these articles without contents."""
    issue = {
        "layout": "newsletter", "language": "zh-Hans", "title": "刊名", "publisher": "单位", "date": "2026-11",
        "number": 1, **({"articles": list(articles)} if articles else {}), **keys,
    }  # fmt: skip
    folder = Path(project.issue(yaml.safe_dump(issue, allow_unicode=True), "one")).parent
    return lay_out(project.root, folder, RenderOptions(settings={"contents-depth": "0"} | (settings or {})))


def article(title: str, lines: int, **keys: Any) -> dict[str, Any]:
    """Return an article whose text fills so many lines."""
    return {"title": title, "body": title * (lines * LINE - 2), **keys}


def begins(placed: Placed, title: str) -> int:
    """Return the page on which an article begins."""
    return min(run.page for run in placed.of("article-title") if run.text.strip() == title)


#: A page of its own for the first article, so that the lines above the second are known.
COVER = {"settings": {"first-page": "cover"}}


@pytest.mark.parametrize(
    ("above", "below", "page"),
    [
        (18, 30, 2),  # more than a third is left
        (22, 3, 2),  # less than a third, and all of the article has room
        (23, 30, 3),  # less than a third, and room for a few lines alone
        (29, 30, 3),  # no room for the head and three lines
    ],
)
def test_an_article_opens_a_page_where_too_little_of_one_is_left(
    above: int, below: int, page: int, project: SmallProject
) -> None:
    placed = laid(project, article("甲", above), article("乙", below), **COVER)
    assert begins(placed, "甲") == 2
    assert begins(placed, "乙") == page


@pytest.mark.parametrize(("start", "page"), [("page", 3), ("auto", 2), ("run-on", 2)])
def test_the_token_article_start_says_where_an_article_begins(
    start: str, page: int, project: SmallProject
) -> None:
    placed = laid(
        project, article("甲", 5), article("乙", 5), settings={"first-page": "cover", "article-start": start}
    )
    assert begins(placed, "乙") == page


@pytest.mark.parametrize(("start", "page"), [("page", 3), ("auto", 2), ("run-on", 2)])
def test_the_token_section_start_says_where_a_section_begins(
    start: str, page: int, project: SmallProject
) -> None:
    sections = [{"section": f"栏目{title}", "articles": [article(title, 5)]} for title in "甲乙"]
    placed = laid(project, sections=sections, settings={"first-page": "cover", "section-start": start})
    assert begins(placed, "乙") == page


@pytest.mark.slow
def test_three_lines_stand_below_the_head_of_an_article_that_goes_on_overleaf(project: SmallProject) -> None:
    pages = {}
    for above in range(20, 30):
        placed = laid(
            project,
            article("甲", above),
            article("乙", 30),
            settings={"article-start": "run-on", "first-page": "cover"},
        )
        page = begins(placed, "乙")
        pages[above] = (
            page,
            len({run.line for run in placed.of("p") if set(run.text) == {"乙"} and run.page == page}),
        )
    assert {page for page, _ in pages.values()} == {2, 3}
    assert min(lines for page, lines in pages.values() if page == 2) == 3


def test_text_goes_first_where_an_article_begins_with_a_picture_that_has_no_room(
    project: SmallProject,
) -> None:
    project.write("issues/one/a.png", picture_bytes())
    picture = {"figure": "a.png", "alt": "图", "caption": "图", "id": "one"}
    text = f"{'乙' * 5 * LINE}[@one]{'乙' * 9 * LINE}"
    placed = laid(project, article("甲", 16), {"title": "乙", "body": [picture, text]}, **COVER)
    assert begins(placed, "乙") == 2
    assert [area.page for area in placed.pictures] == [3]
    lines = {run.line for run in placed.of("p") if set(run.text) == {"乙"} and run.page == 2}
    assert len(lines) >= 3


def test_two_lines_stand_above_an_article_that_goes_on_and_none_at_the_head_of_a_page(
    project: SmallProject,
) -> None:
    placed = laid(project, article("甲", 5), article("乙", 14), article("丙", 40), **COVER)
    tops = {
        run.text.strip(): run.box.top - placed.text_blocks[run.page].top for run in placed.of("article-title")
    }
    text = [run for run in placed.of("p") if set(run.text) == {"甲"}]
    bottom = max(run.box.bottom for run in text) - placed.text_blocks[2].top
    assert tops["乙"] - bottom > 2 * LEADING
    assert begins(placed, "丙") == 3
    assert tops["丙"] == tops["甲"] < 2 * LEADING


def test_the_first_article_begins_below_the_nameplate_where_the_cover_has_no_pictures(
    project: SmallProject,
) -> None:
    assert begins(laid(project, article("甲", 5)), "甲") == 1


def test_a_cover_with_pictures_keeps_its_page(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes())
    cover = [{"figure": "a.png", "alt": "图", "caption": "图"}]
    assert begins(laid(project, article("甲", 5), cover=cover), "甲") == 2
    running_on = laid(project, article("甲", 5), cover=cover, settings={"first-page": "run-on"})
    assert begins(running_on, "甲") == 1


def test_a_short_bulletin_is_one_page(project: SmallProject) -> None:
    placed = laid(project, article("甲", 12), settings={"contents-depth": "1"})
    assert len(placed.text_blocks) == 1


def test_the_notes_of_two_sections_stand_on_the_page_that_both_share(project: SmallProject) -> None:
    """The pages of the sections have names of their own; what goes on below stays on that of the section before."""
    sections = [
        {"section": name, "articles": [{"title": name, "body": f"文{name}。^[注{name}。]"}]}
        for name in "甲乙丙"
    ]
    placed = laid(project, sections=sections, layout="bulletin")
    notes = {run.text: run.page for run in placed.of("note-text")}
    assert notes == {"注甲。": 1, "注乙。": 1, "注丙。": 1}


def test_in_brief_long_contents_begin_on_the_first_page_and_three_entries_go_on_at_least(
    project: SmallProject,
) -> None:
    articles = [article(f"甲{number}", 1) for number in range(14)]
    placed = laid(project, *articles, layout="brief", settings={"contents-depth": "1"})
    pages = [run.page for run in placed.of("entry") if run.text.startswith("甲")]
    assert sorted(set(pages)) == [1, 2]
    assert min(pages.count(1), pages.count(2)) >= 3


#: Characters of a line of brief, and the distance of its lines (pt).
WIDE, HIGH = 22, 28


def sections(above: int, second: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a section with so many lines of text in brief, and one with an article."""
    first = {"title": "甲", "body": "甲" * (above * WIDE - 2)}
    return [{"section": "首", "articles": [first]}, {"section": "次", "articles": [second]}]


@pytest.mark.parametrize(("above", "room"), [(6, 2), (7, 1)])
def test_a_section_begins_a_line_closer_rather_than_leave_a_third_of_the_page_blank(
    above: int, room: int, project: SmallProject
) -> None:
    second = {"title": "乙", "body": "乙" * (30 * WIDE)}
    placed = laid(project, sections=sections(above, second), layout="brief", **COVER)
    assert begins(placed, "乙") == 2
    (title,) = [run for run in placed.of("section-title") if run.text == "次"]
    last = max(run.box.bottom for run in placed.of("p") if set(run.text) == {"甲"})
    closest = min(run.box.top for run in placed.of("section-title") if run.text == "首")
    rule = closest - placed.text_blocks[2].top  # the title's own rule and padding
    assert (title.box.top - rule - last) // HIGH == room
    assert problems(placed) == []


def test_in_brief_the_contents_follow_the_first_figures_of_the_cover(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))
    cover = ["封面的话。\n", {"figure": "a.png", "alt": "图", "caption": "图"}]
    articles = [article(f"甲{number}", 1) for number in range(6)]
    placed = laid(project, *articles, layout="brief", cover=cover, settings={"contents-depth": "1"})
    assert placed.pictures[0].page == 1
    contents = max((run.page, run.box.top) for run in placed.of("entry"))
    (words,) = [run for run in placed.of("cover") if run.text.startswith("封面")]
    assert (words.page, words.box.top) > contents > (1, placed.pictures[0].box.top)
