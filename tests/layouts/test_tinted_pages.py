"""What stands on a tinted page stands on its tint."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cstprint.pdf.raster import draw_pages
from tests.conftest import Run
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject


@pytest.mark.render
@pytest.mark.parametrize("parent", ["base", "newsletter", "brief", "bulletin", "jianbao"])
def test_notes_stand_on_the_ground_of_the_page(project: SmallProject, run: Run, parent: str) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("正文。", "正文^[注文。]。"))
    project.layout("mine", f"title: 我的\nextends: {parent}\n", page_css="@page { background: #ff0 }")
    outcome = run("render", "one", *TWO_PAGES, "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    last = list(draw_pages((project.root / "one.pdf").read_bytes(), 50))[-1]
    colours = Image.open(io.BytesIO(last)).convert("RGB")
    reds, _greens, blues = (band.histogram() for band in colours.split())
    assert sum(blues[200:]) == 0, "white below the notes"
    assert sum(reds[:128]) > 0, "no ink"
