"""Pages need no apology: how much of each is blank, from its ink, in hard issues and in many of short articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.job import RenderOptions
from tests.support.blank import blanks
from tests.support.placed import lay_out
from tests.support.short_issues import STRESS

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUTS = ("newsletter", "bulletin", "brief")
#: No page but the last is blank by more than this part of its text block.
MOST = 1 / 3


def parts(folder: Path, layout: str) -> dict[int, float]:
    """Return the blank part of each page but the last."""
    placed = lay_out(folder.parents[1], folder, RenderOptions(layout=layout))
    found = blanks(placed.pdf(), placed.text_blocks)
    return {page: part for page, part in found.items() if page < max(found)}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", STRESS)
def test_no_page_of_a_hard_issue_but_the_last_is_blank_by_more_than_a_third(
    name: str, layout: str, tmp_path: Path
) -> None:
    found = parts(STRESS[name](tmp_path), layout)
    assert {page: part for page, part in found.items() if part > MOST} == {}
