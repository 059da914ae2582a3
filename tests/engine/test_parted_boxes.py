"""A block that is kept whole is parted where it would leave too much of a page blank."""

from __future__ import annotations

import pytest

from tests.engine.test_starts import COVER, LEADING, article, laid
from tests.support.placed import Placed, problems
from tests.support.projects import SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: More than a line of a box has room for.
ENTRIES = [f"第{number}条，与别的各条都不相同。" for number in range(10, 34)]
BLOCKS = {
    "box": {"box": "题", "body": "\n\n".join(ENTRIES)},
    "quote": {"quote": "\n\n".join(ENTRIES)},
    "code": "~~~\n" + "\n".join(ENTRIES) + "\n~~~",
}


def after(project: SmallProject, lines: int, block: object, layout: str = "newsletter") -> Placed:
    """Lay out an article of so many lines and a block, on page 2."""
    text = article("甲", lines)["body"]
    return laid(project, {"title": "甲", "body": [text, block, "丙"]}, layout=layout, **COVER)


def entries(placed: Placed) -> list[int]:
    """How many entries of the block stand on each page."""
    pages = [run.page for run in placed.runs if run.text.startswith("第")]
    return [pages.count(page) for page in sorted(placed.text_blocks)][1:]


@pytest.mark.parametrize("kind", BLOCKS)
def test_it_begins_where_it_stands_if_more_than_a_third_of_the_page_is_left(
    kind: str, project: SmallProject
) -> None:
    placed = after(project, 14, BLOCKS[kind])
    here, following = entries(placed)
    assert here >= 2
    assert following >= 2
    bottom = max(run.box.bottom for run in placed.runs if run.page == 2)
    assert placed.text_blocks[2].bottom - bottom < 2 * LEADING
    assert problems(placed) == []


def test_with_less_left_it_is_kept_whole(project: SmallProject) -> None:
    assert entries(after(project, 21, BLOCKS["box"])) == [0, len(ENTRIES)]


@pytest.mark.slow
def test_no_line_of_it_stands_alone(project: SmallProject) -> None:
    found = {}
    for count in range(13, 19):
        box = {"box": "题", "body": "\n\n".join(ENTRIES[:count])}
        found[count] = entries(after(project, 15, box))
    assert [one for one in found.values() if 1 in one] == []
    assert [one for one in found.values() if all(one)]


def test_a_layout_says_how_much_may_be_blank(project: SmallProject) -> None:
    project.write("layouts/own/layout.yaml", "title: 自有\nextends: newsletter\n")
    project.write("layouts/own/blocks.css", ".box { --cst-whole-gap: 80% }\n")
    assert entries(after(project, 14, BLOCKS["box"], "own")) == [0, len(ENTRIES)]
