"""What stands on a tinted page stands on its tint."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cstprint.pdf.raster import draw_pages
from tests.conftest import Run
from tests.guide.page import recipes
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject


@pytest.mark.render
@pytest.mark.parametrize("parent", ["base", "newsletter", "brief", "bulletin", "jianbao"])
def test_notes_stand_on_the_ground_of_the_page(project: SmallProject, run: Run, parent: str) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("正文。", "正文^[注文。]。"))
    project.layout("mine", f"title: 我的\nextends: {parent}\n", page_css="@page { background: #ff0 }")
    outcome = run("render", "one", *TWO_PAGES, "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    no_white(project)


def no_white(project: SmallProject) -> None:
    """Hold that the last page has ink, and that nothing on it is white."""
    last = list(draw_pages((project.root / "one.pdf").read_bytes(), 50))[-1]
    colours = Image.open(io.BytesIO(last)).convert("RGB")
    reds, _greens, blues = (band.histogram() for band in colours.split())
    assert sum(blues[200:]) == 0, "white on the page"
    assert sum(reds[:128]) > 0, "no ink"


@pytest.mark.render
def test_the_notes_of_the_guides_recipe_stand_on_the_ground_of_the_page(
    project: SmallProject, run: Run
) -> None:
    recipe = next(one for one in recipes() if one.number == 12)
    css = recipe.files["layouts/mine/page.css"] + "@page { background: #ff0 }"
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("正文。", "正文^[注文。]。"))
    project.layout("mine", recipe.files["layouts/mine/layout.yaml"], page_css=css)
    assert run("render", "one", *TWO_PAGES, "-o", "one.pdf").status == 0
    no_white(project)


@pytest.mark.render
def test_marks_on_pictures_have_the_colour_that_the_layout_gives_the_paper(
    project: SmallProject, run: Run
) -> None:
    body = (
        "\n      - figures:\n          - {image: a.png, caption: 甲, alt: 甲}\n"
        "          - {image: b.png, caption: 乙, alt: 乙}\n        captions: keyed"
    )
    for name in ("a.png", "b.png"):
        stream = io.BytesIO()
        Image.new("RGB", (900, 600), "#804000").save(stream, "PNG")
        project.write(f"issues/one/{name}", stream.getvalue())
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace(" 正文。", body))
    project.layout(
        "mine",
        "title: 我的\nextends: newsletter\ntokens: {paper: '#ffff00'}\n",
        page_css="@page { background: #ff0 }",
    )
    outcome = run("render", "one", *TWO_PAGES, "-o", "one.pdf")
    assert outcome.status == 0, outcome.err
    no_white(project)
