"""Text ends beside its figure: one or two lines of a paragraph do not stand below it alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.test_starts import laid
from tests.support.placed import Placed, problems
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]


@pytest.fixture(autouse=True)
def _picture(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))


def beside(project: SmallProject, letters: int, place: str = "left", **keys: Any) -> Placed:
    """Lay out a figure beside a paragraph of so many letters."""
    figure = {"figure": "a.png", "caption": "图", "alt": "图", "place": place, **keys}
    return laid(project, {"title": "题", "body": [figure, "甲" * letters, "乙" * 200]})


def lefts(placed: Placed, letter: str = "甲") -> list[int]:
    """The left edges of the lines of a paragraph (pt)."""
    return [round(run.box.left) for run in placed.of("p") if set(run.text) == {letter}]


def test_of_a_paragraph_that_goes_on_below_by_many_lines_the_lines_below_are_whole(
    project: SmallProject,
) -> None:
    found = lefts(beside(project, 400))
    assert found.count(found[-1]) > 2
    assert found[-1] < found[1]


@pytest.mark.parametrize("place", ["left", "right"])
def test_one_or_two_lines_below_stay_beside_the_figure(place: str, project: SmallProject) -> None:
    for letters in range(160, 260, 10):
        placed = beside(project, letters, place)
        (picture,) = placed.pictures
        lines = [run.box for run in placed.of("p") if set(run.text) == {"甲"}]
        below = [line for line in lines if line.top > picture.box.bottom + 40]
        widths = {round(line.right - line.left) for line in lines[1:-1]}
        assert len(widths) == 1 or len(below) > 2, letters
        assert problems(placed) == []
