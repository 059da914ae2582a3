"""A figure that just does not fit on the rest of its page becomes smaller where no text could fill the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.job import RenderOptions
from tests.engine.test_starts import COVER, LEADING, article, laid
from tests.support.blank import blanks
from tests.support.placed import Placed, lay_out, problems
from tests.support.projects import SmallProject, picture_bytes
from tests.support.short_issues import photo_essay

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: A picture as wide as the measure of newsletter (pt); it is two thirds as high.
MEASURE, HEIGHT = 420, 280
PICTURE = {"figure": "a.png", "caption": "图", "alt": "图"}


def group(count: int) -> dict[str, object]:
    """Return a group of so many pictures, two by two."""
    return {"figures": [{"image": "a.png", "caption": "图", "alt": "图"} for _ in range(count)], "columns": 2}


@pytest.fixture(autouse=True)
def _picture(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))


def ended_by(project: SmallProject, lines: int, *blocks: object) -> Placed:
    """Lay out an article of so many lines and these blocks, on page 2, and another."""
    text = article("甲", lines)["body"]
    return laid(project, {"title": "甲", "body": [text, *blocks]}, article("乙", 3), **COVER)


def pictures(placed: Placed) -> list[tuple[int, int, float]]:
    """The page, the width and the height of each picture (pt)."""
    found = [(area.page, area.box) for area in placed.pictures]
    return [(page, round(box.right - box.left), box.bottom - box.top) for page, box in found]


def test_one_that_fits_keeps_its_size(project: SmallProject) -> None:
    ((page, width, height),) = pictures(ended_by(project, 12, PICTURE))
    assert (page, width) == (2, MEASURE)
    assert height == pytest.approx(HEIGHT, abs=1)


@pytest.mark.parametrize("lines", [17, 20])
def test_at_the_end_of_an_article_it_is_made_to_fit(lines: int, project: SmallProject) -> None:
    placed = ended_by(project, lines, PICTURE)
    ((page, width, height),) = pictures(placed)
    assert page == 2
    assert 0.6 * HEIGHT <= height < HEIGHT
    assert height == pytest.approx(width * 2 / 3, abs=1)
    bottom = max(run.box.bottom for run in placed.of("figcaption"))
    assert placed.text_blocks[2].bottom - bottom < 1.5 * LEADING
    assert blanks(placed.pdf(), placed.text_blocks)[2] < 0.15
    assert problems(placed) == []


def test_a_group_keeps_its_proportions(project: SmallProject) -> None:
    whole = pictures(ended_by(project, 5, group(2)))
    smaller = pictures(ended_by(project, 23, group(2)))
    assert [page for page, *_ in smaller] == [2, 2]
    (scale, *others) = [one[2] / other[2] for one, other in zip(smaller, whole, strict=True)]
    assert 0.6 <= scale < 1
    assert others == [pytest.approx(scale, abs=0.01)]


def test_one_for_which_too_little_is_left_keeps_its_size_and_goes_to_the_next_page(
    project: SmallProject,
) -> None:
    ((page, width, _),) = pictures(ended_by(project, 26, PICTURE))
    assert (page, width) == (3, MEASURE)


def test_where_text_may_go_before_it_it_keeps_its_size(project: SmallProject) -> None:
    ((page, width, _),) = pictures(ended_by(project, 20, PICTURE, "丙" * 700))
    assert (page, width) == (3, MEASURE)


def test_with_the_few_lines_after_it_it_is_made_to_fit(project: SmallProject) -> None:
    placed = ended_by(project, 15, PICTURE, "丙" * 100)
    ((page, _, height),) = pictures(placed)
    assert page == 2
    assert 0.6 * HEIGHT <= height < HEIGHT
    assert {run.page for run in placed.of("p") if set(run.text) == {"丙"}} == {2}


@pytest.mark.slow
def test_of_a_group_that_is_too_high_in_any_size_the_first_rows_stand_there(project: SmallProject) -> None:
    placed = ended_by(project, 16, group(6), "丙" * 100)
    assert sorted({page for page, *_ in pictures(placed)}) == [2, 3]
    assert blanks(placed.pdf(), placed.text_blocks)[2] < 0.25
    assert problems(placed) == []


def test_where_it_may_not_leave_its_place_it_is_made_to_fit(project: SmallProject) -> None:
    text = article("甲", 20)["body"]
    settings = {"figure-place": "here"} | COVER["settings"]
    placed = laid(project, {"title": "甲", "body": [text, PICTURE, "丙" * 700]}, settings=settings)
    ((page, width, _),) = pictures(placed)
    assert page == 2
    assert width < MEASURE


def test_the_size_that_the_editor_gives_is_kept(project: SmallProject) -> None:
    ((page, width, _),) = pictures(ended_by(project, 20, PICTURE | {"width": "100%"}))
    assert (page, width) == (3, MEASURE)


def test_on_the_cover_it_is_made_to_fit_below_the_contents(project: SmallProject) -> None:
    articles = [article("甲", 1) for _ in range(14)]
    placed = laid(project, *articles, cover=[PICTURE], settings={"contents-depth": "1"})
    ((page, _, height),) = pictures(placed)
    assert page == 1
    assert 0.6 * HEIGHT <= height < HEIGHT


def test_rather_than_leave_more_than_a_third_blank_it_becomes_half_as_high(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(600, 800)))
    heights = {}
    for lines in (1, 9):  # of 22 characters; a page of brief has 18
        body = ["甲" * (lines * 22 - 2) + "\n", PICTURE]
        placed = laid(project, {"title": "甲", "body": body}, article("乙", 3), layout="brief", **COVER)
        ((page, _, heights[lines]),) = pictures(placed)
        assert page == 2
    assert 0.5 * heights[1] <= heights[9] < 0.6 * heights[1]


@pytest.mark.slow
def test_the_groups_of_a_photo_essay_become_lower_rather_than_leave_a_page_for_the_last(
    tmp_path: Path,
) -> None:
    placed = lay_out(tmp_path, photo_essay(tmp_path), RenderOptions())
    assert max(blanks(placed.pdf(), placed.text_blocks).values()) < 0.15
    groups = [
        one
        for one in {one for area in placed.pictures for one in area.elements}
        if "group" in one.get("class", "")
    ]
    pages = [{area.page for area in placed.pictures if group in area.elements} for group in groups]
    assert [len(found) for found in pages] == [1, 1, 1]
    assert problems(placed) == []
