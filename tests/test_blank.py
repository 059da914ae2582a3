"""Pages need no apology: how much of each is blank, from its ink, in hard issues and in many of short articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import pytest

from cstprint.job import RenderOptions
from tests.support.blank import blanks
from tests.support.placed import lay_out
from tests.support.samples import drawn
from tests.support.short_issues import STRESS, short_articles

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUTS = ("newsletter", "bulletin", "brief")
#: No page but the last is blank by more than this part of its text block.
MOST = 1 / 3


def parts(folder: Path, layout: str) -> dict[int, float]:
    """Return the blank part of each page but the last; each that is large is explained by a note."""
    placed = lay_out(folder.parents[1], folder, RenderOptions(layout=layout))
    found = blanks(placed.pdf(), placed.text_blocks)
    noted = {one.place.page for one in placed.diagnostics if one.code == "CST-E053" and one.place}
    assert {page for page, part in found.items() if part > MOST and page < max(found)} <= noted
    return {page: part for page, part in found.items() if page < max(found)}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", STRESS)
def test_no_page_of_a_hard_issue_but_the_last_is_blank_by_more_than_a_third(
    name: str, layout: str, tmp_path: Path
) -> None:
    found = parts(STRESS[name](tmp_path), layout)
    assert {page: part for page, part in found.items() if part > MOST} == {}


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(sorted(drawn(60)), marks=pytest.mark.slow),
        pytest.param(range(60), marks=pytest.mark.long),
    ],
    ids=["tenth", "all"],
)
def test_many_short_articles_leave_about_an_eighth_of_their_pages_blank(
    seeds: Sequence[int], tmp_path: Path
) -> None:
    found: list[float] = []
    for seed in seeds:
        folder = short_articles(tmp_path / str(seed), seed)
        for layout in LAYOUTS:
            found += parts(folder, layout).values()
    assert mean(found) < 0.126
    assert sum(part > MOST for part in found) <= 0.01 * len(found)
    assert max(found) < 0.45
