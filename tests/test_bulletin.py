"""The layout bulletin: lines on one grid in both columns and on all pages, and no holes in columns.

Lines are measured from the origins of the glyphs in the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from cstprint.job import RenderOptions
from tests.support.figure_issues import write_issue
from tests.support.glyphs import Glyph, read_glyphs
from tests.support.pages import letters
from tests.support.placed import TOLERANCE_PT, Area, Placed, Run, lay_out, problems
from tests.support.projects import REPOSITORY
from tests.support.samples import seeds

pytestmark = pytest.mark.render

ISSUES = sorted(path.parent.name for path in REPOSITORY.glob("issues/*/issue.yaml"))
#: The generated issues of one to nine figures: so many in all, the first of them for every day.
COUNT, FEW = 200, 3
#: The grid in pt from the page's top: 41 lines of 17 pt; a baseline stands half the leading and .88 em into its line.
TOP, LINE, LINES, SIZE = 78.0, 17.0, 41, 10.5
BASELINE = (LINE - SIZE) / 2 + 0.88 * SIZE
#: How near is on the grid, in pt, and what part of the lines is to be that near.
NEAR, MOST = 0.5, 0.98
#: How much of a page may be empty while there is text for it; how many pages a figure may stand behind its mention.
MAX_EMPTY, DISTANCE = 0.25, 2
#: Letters of text that may wait beside a hole, above the line that waits: two lines and a half in each column.
FEW_LETTERS = 105


@dataclass(frozen=True)
class Baseline:
    """A line of a column; ``y`` in pt from the page's top."""

    page: int
    column: int
    y: float
    text: str

    @property
    def off(self) -> float:
        """How far it is from the next line of the grid, in pt."""
        over = (self.y - TOP - BASELINE) % LINE
        return min(over, LINE - over)


@dataclass(frozen=True)
class Bulletin:
    """An issue in the layout, and where all of it stands."""

    placed: Placed

    @cached_property
    def baselines(self) -> list[Baseline]:
        """The lines of running text in the columns: as large as it, and no marks on pictures."""
        lines: dict[tuple[int, int, float], str] = {}
        for glyph in read_glyphs(self.placed.pdf()):
            if glyph.page > 1 and abs(glyph.size - SIZE) < 0.01 and TOP < glyph.y < TOP + LINES * LINE:
                at = glyph.page, column_of(glyph), round(glyph.y, 2)
                lines[at] = lines.get(at, "") + glyph.text
        heads = self.heads()
        found = (Baseline(*at, re.sub("[①-⑳]", "", text)) for at, text in sorted(lines.items()))
        return [line for line in found if letters(line.text) and letters(line.text) not in heads]

    def heads(self) -> set[str]:
        """The letters of the lines in heads of articles that are as large as the text; they span both columns."""
        inside = [
            run for run in self.placed.runs if "article-head" in run.within and abs(run.size - SIZE) < 0.01
        ]
        return {
            letters("".join(run.text for run in inside if run.line == line))
            for line in {run.line for run in inside}
        }

    def articles(self) -> Iterator[list[Any]]:
        """Yield the blocks of each article in the order of the text."""
        for article in self.placed.paged.root.iter("article"):
            yield list(article)

    @cached_property
    def things(self) -> list[Run | Area]:
        """All text and pictures."""
        return [*self.placed.runs, *self.placed.pictures]

    def pages_of(self, block: Any) -> list[int]:
        """The pages that a block stands on."""
        return sorted({thing.page for thing in self.things if block in thing.elements})

    def empty(self, page: int) -> float:
        """The part of a page's text area that is empty below its columns."""
        area = self.placed.text_blocks[page]
        middle = (area.left + area.right) / 2
        columns = (area.left, middle - TOLERANCE_PT), (middle + TOLERANCE_PT, area.right)
        ends = [
            [
                thing.box.bottom
                for thing in self.things
                if thing.page == page
                and thing.box.left < right
                and thing.box.right > left
                and thing.box.bottom < area.bottom + 1
            ]
            for left, right in columns
        ]
        below = [area.bottom - max(bottoms, default=area.top) for bottoms in ends]
        return sum(below) / 2 / (area.bottom - area.top)

    def running(self, blocks: list[Any]) -> list[Run]:
        """The runs of the blocks that text may flow in, in its order."""
        text = {block for block in blocks if not is_figure(block)}
        return [run for run in self.placed.runs if not run.generated and text & run.elements]

    def anchor(self, figure: Any, blocks: list[Any]) -> Run | None:
        """The first run that mentions a figure; else the first behind it; nothing, if it ends its article."""
        inside = {f"#{element.get('id')}" for element in figure.iter() if element.get("id")}
        running = self.running(blocks)
        mentions = (run for run in running if any(element.get("href") in inside for element in run.elements))
        later = set(blocks[blocks.index(figure) + 1 :])
        return next(mentions, None) or next((run for run in running if later & run.elements), None)


def column_of(glyph: Glyph) -> int:
    """Return the column of a glyph: the text block is 7 pt nearer to the spine."""
    return int(glyph.x > 595.28 / 2 + (7 if glyph.page % 2 == 0 else -7))


def is_figure(block: Any) -> bool:
    return "figures" in block.get("class", "").split()


def may_move(block: Any) -> bool:
    return not {"figures", "table", "box"}.isdisjoint(block.get("class", "").split())


GENERATED = seeds(COUNT, few=FEW)


@pytest.fixture(
    scope="module",
    params=[*GENERATED, ISSUES[0], *(pytest.param(issue, marks=pytest.mark.slow) for issue in ISSUES[1:])],
)
def bulletin(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None
) -> Bulletin:
    if isinstance(request.param, str):
        root, folder = REPOSITORY, REPOSITORY / "issues" / request.param
    else:
        root = tmp_path_factory.mktemp("figures")
        folder = write_issue(root, request.param, "bulletin").file.parent
    return Bulletin(lay_out(root, Path(folder), RenderOptions(layout="bulletin")))


@pytest.mark.parametrize("bulletin", GENERATED, indirect=True)  # of ours, tests/test_issues.py holds it
def test_nothing_collides_is_cut_lost_or_printed_twice(bulletin: Bulletin) -> None:
    assert problems(bulletin.placed) == []


def test_lines_of_text_are_on_the_grid_of_the_page(bulletin: Bulletin) -> None:
    off = [line for line in bulletin.baselines if line.off > NEAR]
    assert len(off) <= len(bulletin.baselines) * (1 - MOST), off[:10]


def test_lines_of_facing_columns_meet(bulletin: Bulletin) -> None:
    for page in {line.page for line in bulletin.baselines}:
        left, right = (
            [line.y for line in bulletin.baselines if (line.page, line.column) == (page, column)]
            for column in (0, 1)
        )
        facing = [
            min(abs(y - other) for other in right)
            for y in left
            if right and min(right) - 1 < y < max(right) + 1
        ]
        beside_text = [distance for distance in facing if distance < LINE / 2]
        assert sum(distance <= NEAR for distance in beside_text) >= MOST * len(beside_text), page


def test_no_page_is_more_than_a_quarter_empty_while_text_could_fill_it(bulletin: Bulletin) -> None:
    for blocks in bulletin.articles():
        pages = sorted({page for block in blocks for page in bulletin.pages_of(block)})
        text = [block for block in blocks if not may_move(block)]
        for page in pages[:-1]:
            if any(bulletin.pages_of(block)[-1:] > [page] for block in text):
                assert bulletin.empty(page) <= MAX_EMPTY or text_has_to_wait(bulletin, blocks, page), page


def text_has_to_wait(bulletin: Bulletin, blocks: list[Any], page: int) -> bool:
    """Whether the text behind a page would bring a figure too far from its mention, if it stood on that page."""
    following = [run for run in bulletin.running(blocks) if run.page > page]
    for figure in filter(is_figure, blocks):
        anchor = bulletin.anchor(figure, blocks)
        if anchor in following and bulletin.pages_of(figure)[0] > page + DISTANCE:
            above = "".join(run.text for run in following[: following.index(anchor)])
            if len(above) <= FEW_LETTERS:
                return True
    return False


def test_figures_keep_their_order(bulletin: Bulletin) -> None:
    for blocks in bulletin.articles():
        pages = [bulletin.pages_of(block)[0] for block in blocks if is_figure(block)]
        assert pages == sorted(pages)


def test_figures_stand_on_the_page_that_mentions_them_or_soon_after(bulletin: Bulletin) -> None:
    for blocks in bulletin.articles():
        for figure in filter(is_figure, blocks):
            page = bulletin.pages_of(figure)[0]
            anchor = bulletin.anchor(figure, blocks)
            if anchor is not None:
                assert page <= anchor.page + DISTANCE
                mentioned = "reference" in anchor.within
                assert page >= anchor.page or not mentioned
