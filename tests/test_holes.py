"""No holes: issues of one to nine figures of all shapes at random places, laid out as the command does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import pytest

from cstprint import rendering
from cstprint.engine.paginate import paginate
from cstprint.job import RenderOptions
from tests.support.figure_issues import FigureIssue, write_issue
from tests.support.placed import Area, Placed, Run, lay_out, problems

pytestmark = pytest.mark.render

#: The seeds of the issues: some for every day, all of them for the slow tests.
FEW, ALL = range(15), range(200)
SEEDS = [pytest.param(seed, marks=() if seed in FEW else pytest.mark.slow) for seed in ALL]
#: How much of a page may be empty; how many pages the layouts let a figure stand behind its mention.
MAX_EMPTY, DISTANCE = 0.25, 2
#: Layouts that an issue may take at the median, and at most.
USUAL, MOST = 4, 8


@dataclass(frozen=True)
class Laid:
    """An issue of figures, where all of it stands, and in how many layouts it was found."""

    written: FigureIssue
    placed: Placed
    layouts: int

    @cached_property
    def article(self) -> list[Any]:
        """The blocks of the article in the order of the text."""
        return list(self.placed.paged.root.find(".//article"))

    @cached_property
    def bottoms(self) -> dict[int, float]:
        """How far down each page is filled, in pt."""
        things = [(run.page, run.box.bottom) for run in self.placed.runs]
        things += [(area.page, area.box.bottom) for area in self.placed.pictures]
        return {page: max(bottom for at, bottom in things if at == page) for page, _ in things}

    def pages_of(self, block: Any) -> list[int]:
        """The pages that a block stands on."""
        things: list[Run | Area] = [*self.placed.runs, *self.placed.pictures]
        return sorted({thing.page for thing in things if block in thing.elements})

    def figures(self) -> Iterator[tuple[Any, int]]:
        """Yield the groups of figures in the order of the text, each with its page."""
        for block in self.article:
            if is_figure(block):
                (page,) = self.pages_of(block)
                yield block, page

    def first_mention(self, figure: Any) -> int | None:
        """The page that refers to a figure first."""
        inside = {f"#{element.get('id')}" for element in figure.iter() if element.get("id")}
        pages = [
            run.page
            for run in self.placed.of("reference")
            for element in run.elements
            if element.tag == "a" and element.get("href") in inside
        ]
        return min(pages, default=None)


def is_figure(block: Any) -> bool:
    return "figures" in block.get("class", "").split()


def lay(root: Path, seed: int) -> Laid:
    """Lay out the issue of a seed."""
    written = write_issue(root, seed)
    with patch.object(rendering, "paginate", wraps=paginate) as counted:
        placed = lay_out(root, written.file.parent, RenderOptions())
    return Laid(written, placed, counted.call_count)


#: In how many layouts each issue was found so far.
LAYOUTS: dict[int, int] = {}


@pytest.fixture(scope="module", params=SEEDS)
def laid(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None
) -> Laid:
    found = lay(tmp_path_factory.mktemp("figures"), request.param)
    LAYOUTS[request.param] = found.layouts
    return found


def test_nothing_collides_is_cut_lost_or_printed_twice(laid: Laid) -> None:
    assert problems(laid.placed) == []


def test_no_page_is_more_than_a_quarter_empty_while_text_could_fill_it(laid: Laid) -> None:
    pages = sorted(
        laid.pages_of(laid.article[0]) + [page for block in laid.article for page in laid.pages_of(block)]
    )
    for page in range(pages[0], pages[-1]):
        area = laid.placed.text_blocks[page]
        if (area.bottom - laid.bottoms[page]) / (area.bottom - area.top) > MAX_EMPTY:
            rest = [
                block for block in laid.article if not is_figure(block) and laid.pages_of(block)[-1] > page
            ]
            assert not rest or "level-1" in rest[0].get("class", ""), (
                f"page {page} has a hole before {rest[0].text}"
            )


def test_figures_stand_on_the_page_that_mentions_them_or_soon_after(laid: Laid) -> None:
    for figure, page in laid.figures():
        mention = laid.first_mention(figure)
        if mention is None:
            index = laid.article.index(figure)
            behind = [laid.pages_of(block)[0] for block in laid.article[index:] if not is_figure(block)]
            mention = min(page, behind[0])
        assert mention <= page <= mention + DISTANCE


def test_figures_keep_their_order(laid: Laid) -> None:
    tops = []
    for figure, page in laid.figures():
        tops.append((page, min(area.box.top for area in laid.placed.pictures if figure in area.elements)))
    assert tops == sorted(tops)


def test_all_pictures_are_printed_in_their_groups(laid: Laid) -> None:
    printed = [
        tuple(
            str(area.element.get("src")).removeprefix("issue/")
            for area in laid.placed.pictures
            if figure in area.elements
        )
        for figure, _ in laid.figures()
    ]
    assert printed == list(laid.written.groups)


def test_places_are_found_in_few_layouts(laid: Laid) -> None:
    assert laid.layouts <= MOST


def test_half_of_the_issues_take_no_more_than_four_layouts() -> None:
    assert len(LAYOUTS) >= len(FEW)
    assert median(LAYOUTS.values()) <= USUAL


@pytest.mark.parametrize("seed", [11, 12])
@pytest.mark.usefixtures("_built_in_fonts")
def test_two_layouts_give_the_same_pages(seed: int, tmp_path: Path) -> None:
    first, second = (lay(tmp_path / name, seed).placed for name in ("first", "second"))
    assert [(run.page, run.box, run.text) for run in first.runs] == [
        (run.page, run.box, run.text) for run in second.runs
    ]
    assert first.pdf() == second.pdf()
