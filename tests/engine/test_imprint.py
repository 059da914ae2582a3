"""The imprint stands alone on a page only where no other page has room for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.test_starts import article, laid
from tests.support.pages import read_pages
from tests.support.placed import Placed
from tests.support.projects import SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

PEOPLE = {"主编": "张明", "编辑": "李红", "印数": "2000 册"}
#: Lines of text that leave page 2 no room for the imprint, and room for it.
FULL, NEARLY_FULL = 29, 20
#: The last line of the imprint stands so much (pt) above the foot of the page at most.
FOOT = 30


def with_imprint(project: SmallProject, lines: int, **keys: Any) -> Placed:
    settings = {"first-page": "cover"} | keys.pop("settings", {})
    return laid(project, article("甲", lines), colophon=PEOPLE, settings=settings, **keys)


def test_the_imprint_stands_at_the_foot_of_the_last_page(project: SmallProject) -> None:
    placed = with_imprint(project, NEARLY_FULL)
    assert placed.pages("colophon") == [2]
    block = placed.text_blocks[2]
    assert max(run.box.bottom for run in placed.of("colophon")) == pytest.approx(block.bottom, abs=FOOT)


def test_the_imprint_goes_to_the_foot_of_the_cover_where_the_last_page_is_full(project: SmallProject) -> None:
    placed = with_imprint(project, FULL)
    assert len(placed.text_blocks) == 2
    assert placed.pages("colophon") == [1]
    assert max(run.box.bottom for run in placed.of("colophon")) > placed.text_blocks[1].bottom - FOOT
    assert placed.pages("article-title") == [2]


@pytest.mark.slow
def test_the_imprint_is_set_tight_before_it_leaves_the_last_page(project: SmallProject) -> None:
    heights = {}
    for lines in range(NEARLY_FULL, FULL):
        placed = with_imprint(project, lines)
        runs = placed.of("colophon")
        heights[lines] = runs[0].page, max(r.box.bottom for r in runs) - min(r.box.top for r in runs)
    last = [height for page, height in heights.values() if page == 2]
    assert len({round(height) for height in last}) == 2
    assert min(last) < 0.8 * max(last)


def test_the_imprint_ends_the_issue_where_the_layout_says_so_on_a_page_without_running_heads(
    project: SmallProject,
) -> None:
    placed = with_imprint(project, FULL, settings={"colophon-place": "last"})
    assert placed.pages("colophon") == [3]
    pages = read_pages(placed.pdf())
    assert [page.text.count("刊名") for page in pages] == [1, 1, 1]  # on page 3 that of the imprint itself
    assert [page.text.count("2026 年第 1 期") for page in pages] == [1, 1, 1]
