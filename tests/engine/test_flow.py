"""Where the blocks of articles stand, as the planner reads it."""

from __future__ import annotations

import pytest

from cstprint.job import RenderOptions
from tests.support.placed import lay_out
from tests.support.projects import ISSUE, SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]


def test_the_area_of_the_text_ends_above_the_notes(project: SmallProject) -> None:
    project.issue(ISSUE.replace("body: 正文。", "body: 正文^[注一。]。"))
    areas = lay_out(
        project.root, project.root / "issues/one", RenderOptions(settings={"first-page": "cover"})
    ).paged.flow.areas
    with_note, without = (areas[page] for page in sorted(areas, key=lambda page: areas[page].bottom_pt)[:2])
    assert with_note.bottom_pt < without.bottom_pt - 9
