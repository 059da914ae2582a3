"""No holes: issues of one to nine figures of all shapes at random places, and ours, laid out as the command does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from cstprint import rendering
from cstprint.engine.paginate import paginate
from cstprint.job import RenderOptions
from tests.support.figure_issues import write_issue
from tests.support.placed import Area, Placed, Run, lay_out, problems
from tests.support.projects import REPOSITORY
from tests.support.samples import crossed, seeds

pytestmark = pytest.mark.render

#: The seeds of generated issues: so many in all, the first of them for every day.
COUNT, FEW = 200, range(5)
#: Those that are laid out in more than one way: a tenth of them is for CI, all for `make test-long`.
MORE = 15
#: The layouts of one column.
LAYOUTS = ("newsletter", "brief")
OURS = sorted(path.parent.name for path in REPOSITORY.glob("issues/*/issue.yaml"))
#: How much of a page may be empty; how many pages the layouts let a figure stand behind its mention.
MAX_EMPTY, DISTANCE = 0.25, {"newsletter": 2, "brief": 3}
#: Layouts that an issue may take at most.
MOST = 8


@dataclass(frozen=True)
class Laid:
    """An issue, where all of it stands, and in how many layouts that was found."""

    placed: Placed
    layouts: int
    layout: str
    groups: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def articles(self) -> list[list[Any]]:
        """The blocks of each article in the order of the text."""
        return [list(article) for article in self.placed.paged.root.iter("article")]

    @cached_property
    def pages(self) -> dict[Any, list[int]]:
        """The pages that each element stands on."""
        found: dict[Any, set[int]] = {}
        things: list[Run | Area] = [*self.placed.runs, *self.placed.pictures]
        for thing in things:
            for element in thing.elements:
                found.setdefault(element, set()).add(thing.page)
        return {element: sorted(pages) for element, pages in found.items()}

    @cached_property
    def bottoms(self) -> dict[int, float]:
        """How far down each page is filled, in pt."""
        found: dict[int, float] = {}
        things: list[Run | Area] = [*self.placed.runs, *self.placed.pictures, *self.placed.frames]
        for thing in things:
            found[thing.page] = max(found.get(thing.page, 0), thing.box.bottom)
        return found

    def figures(self, blocks: list[Any]) -> Iterator[tuple[Any, int]]:
        """Yield the groups of figures in the column in the order of the text, each with its first page."""
        for block in blocks:
            if is_figure(block):
                yield block, self.pages[block][0]

    def mention(self, figure: Any, blocks: list[Any]) -> int | None:
        """The page of the article that refers to a figure first."""
        inside = {f"#{element.get('id')}" for element in figure.iter() if element.get("id")}
        links = (element for block in blocks for element in block.iter("a"))
        pages = [self.pages[link][0] for link in links if link.get("href") in inside]
        return min(pages, default=None)


def is_figure(block: Any) -> bool:
    """Whether a block is a group of figures in the column."""
    return "figures" in kind(block) and not kind(block) & {"place-left", "place-right"}


def kind(block: Any) -> set[str]:
    return set(block.get("class", "").split())


def lay(folder: Path, options: RenderOptions = RenderOptions()) -> tuple[Placed, int]:
    """Lay out the issue in a folder, and count how often that took."""
    with patch.object(rendering, "paginate", wraps=paginate) as counted:
        placed = lay_out(folder.parents[1], folder, options)
    return placed, counted.call_count


def made(seed: int, layout: str = "newsletter") -> Laid:
    """Lay out the issue of a seed."""
    with TemporaryDirectory() as root:
        written = write_issue(Path(root), seed)
        options = RenderOptions(layout=layout, settings={"first-page": "cover"})
        return Laid(*lay(written.file.parent, options), layout, written.groups)


#: What is made of a few seeds is kept: more than one test asks for all of them.
kept = cache(made)

GENERATED = crossed(COUNT, LAYOUTS, few=len(FEW))
REPOSITORYS = [
    pytest.param((issue, layout), id=f"{issue}-{layout}", marks=[] if issue == OURS[0] else pytest.mark.slow)
    for issue in OURS
    for layout in LAYOUTS
]


@pytest.fixture(scope="module", params=[*GENERATED, *REPOSITORYS])
def laid(request: pytest.FixtureRequest, _built_in_fonts: None) -> Laid:
    """A generated issue, or one of the repository's in a layout of one column."""
    issue, layout = request.param
    if isinstance(issue, int):
        return kept(issue) if issue in FEW and layout == LAYOUTS[0] else made(issue, layout)
    return Laid(*lay(REPOSITORY / "issues" / issue, RenderOptions(layout=layout)), layout)


@pytest.mark.parametrize("laid", GENERATED, indirect=True)  # of ours, tests/test_issues.py holds it
def test_nothing_collides_is_cut_lost_or_printed_twice(laid: Laid) -> None:
    assert problems(laid.placed) == []


def test_no_page_is_more_than_a_quarter_empty_while_text_could_fill_it(laid: Laid) -> None:
    for blocks in laid.articles:
        pages = [page for block in blocks for page in laid.pages.get(block, [])]
        for page in range(min(pages), max(pages)):
            area = laid.placed.text_blocks[page]
            if (area.bottom - laid.bottoms[page]) / (area.bottom - area.top) > MAX_EMPTY:
                later = [block for block in blocks if laid.pages.get(block, [0])[-1] > page]
                figures = list(takewhile(is_figure, later))
                # Behind a group higher than a page others would be too far.
                torn = any(len(laid.pages[figure]) > 1 for figure in figures)
                assert torn or not could_fill(later), f"page {page} has a hole before {later[0].get('id')}"


def could_fill(later: list[Any]) -> bool:
    """Whether text of the same section may go on before the figures that come first of what stands on later pages."""
    text = [block for block in later if not is_figure(block)]
    return bool(text) and is_figure(later[0]) and text[0].tag in ("p", "ul", "ol")


def test_figures_stand_on_the_page_that_mentions_them_or_soon_after(laid: Laid) -> None:
    for blocks in laid.articles:
        for figure, page in laid.figures(blocks):
            mention = laid.mention(figure, blocks)
            if mention is None:
                behind = [
                    laid.pages[block][0]
                    for block in blocks[blocks.index(figure) + 1 :]
                    if block in laid.pages
                ]
                mention = min([page, *behind[:1]])
            assert mention <= page <= mention + DISTANCE[laid.layout]


def test_figures_keep_their_order(laid: Laid) -> None:
    places = []
    for blocks in laid.articles:
        for figure, _ in laid.figures(blocks):
            own = [(area.page, area.box.top) for area in laid.placed.pictures if figure in area.elements]
            places += [min(own), max(own)]
    assert places == sorted(places)


@pytest.mark.parametrize("seed", seeds(MORE, few=len(FEW)))
@pytest.mark.usefixtures("_built_in_fonts")
def test_all_pictures_are_printed_in_their_groups(seed: int) -> None:
    laid = kept(seed)
    (blocks,) = laid.articles
    printed = [
        tuple(
            str(area.element.get("src")).removeprefix("issue/")
            for area in laid.placed.pictures
            if figure in area.elements
        )
        for figure, _ in laid.figures(blocks)
    ]
    assert [sorted(group) for group in printed] == [sorted(group) for group in laid.groups]


def test_places_are_found_in_few_layouts(laid: Laid) -> None:
    assert laid.layouts <= MOST


@pytest.mark.slow
@pytest.mark.usefixtures("_built_in_fonts")
def test_most_issues_are_laid_out_once() -> None:
    assert median(kept(seed).layouts for seed in range(MORE)) == 1


@pytest.mark.parametrize("seed", seeds(MORE, few=len(FEW)))
@pytest.mark.usefixtures("_built_in_fonts")
def test_holes_that_a_layout_mends_by_itself_give_the_pages_that_the_planner_gives(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unmended(*arguments: Any, original: Any = paginate, **options: Any) -> Any:
        return original(*arguments, **{**options, "fills_gaps": False})

    at_once = kept(seed).placed
    monkeypatch.setitem(globals(), "paginate", unmended)
    assert what_stands_where(made(seed).placed) == what_stands_where(at_once)


@pytest.mark.parametrize("seed", [11, 12])
@pytest.mark.usefixtures("_built_in_fonts")
def test_two_layouts_give_the_same_pages(seed: int) -> None:
    assert what_stands_where(kept(seed).placed) == what_stands_where(made(seed).placed)


def what_stands_where(placed: Placed) -> list[Any]:
    """The texts and pictures of all pages, each with its place."""
    texts = [(run.page, run.box, run.text) for run in placed.runs]
    return [*texts, *((picture.page, picture.box) for picture in placed.pictures)]
