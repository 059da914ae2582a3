"""The last page of an article does not hold a few lines alone: figures become lower, or facing pages a line longer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.test_starts import COVER, LEADING, LINE, laid
from tests.support.pages import read_pages
from tests.support.placed import Placed, Run, problems
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The lines of a page of newsletter, and of the title of an article.
LINES, TITLE = 34, 4


def text(lines: int) -> dict[str, Any]:
    """Return an article of one paragraph that fills so many lines."""
    return {"title": "乙", "body": "甲" * (LINE * lines - 2)}


def text_of(placed: Placed) -> list[Run]:
    return [run for run in placed.of("p") if set(run.text) == {"甲"}]


def pages_of(placed: Placed) -> list[int]:
    return sorted({run.page for run in text_of(placed)})


def foot(placed: Placed, page: int) -> float:
    return max(run.box.bottom for run in text_of(placed) if run.page == page)


def codes(placed: Placed) -> list[str]:
    return [one.code for one in placed.diagnostics]


def test_two_lines_over_stand_on_facing_pages_that_are_a_line_longer(project: SmallProject) -> None:
    whole = laid(project, text(3 * LINES - TITLE), **COVER)
    assert pages_of(whole) == [2, 3, 4]
    placed = laid(project, text(3 * LINES - TITLE + 2), **COVER)
    assert pages_of(placed) == [2, 3, 4]
    longer = [round(foot(placed, page) - foot(whole, page)) for page in (2, 3, 4)]
    assert longer == [LEADING, LEADING, 0]
    assert problems(placed) == []


def test_what_is_printed_below_longer_pages_keeps_its_distance(project: SmallProject) -> None:
    placed = laid(project, text(3 * LINES - TITLE + 2), **COVER)
    pages = read_pages(placed.pdf())
    folios = {n: line.box.top for n in (2, 3, 4) for line in pages[n - 1].lines if line.text == str(n)}
    moved = [folios[page] - folios[4] for page in (2, 3)]
    assert moved == [pytest.approx(moved[0])] * 2
    assert LEADING / 2 <= moved[0] <= LEADING


@pytest.mark.parametrize(("lines", "notes"), [(2, ["CST-E052"]), (5, [])])
def test_without_facing_pages_before_it_or_with_more_lines_the_last_page_stays(
    lines: int, notes: list[str], project: SmallProject
) -> None:
    placed = laid(project, text(LINES - TITLE + lines), **COVER)
    assert pages_of(placed) == [2, 3]
    assert codes(placed) == notes


def test_figures_before_it_become_a_little_lower_first(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))
    picture = {"figure": "a.png", "caption": "图", "alt": "图"}

    def placed(after: int) -> Placed:
        return laid(
            project, {"title": "乙", "body": [text(10)["body"], picture, text(after)["body"]]}, **COVER
        )

    whole, over = placed(LINES + 4), placed(LINES + 5)
    assert (pages_of(whole), pages_of(over)) == ([2, 3], [2, 3])
    (before,), (height,) = (
        [area.box.bottom - area.box.top for area in one.pictures] for one in (whole, over)
    )
    assert 0.85 * before < height < before
    assert problems(over) == []
