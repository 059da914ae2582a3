"""Pictures of a layout: named in templates by their files, drawings too, as safe as those of issues."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.projects import ISSUE, Outcome, SmallProject, picture_bytes

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'
DRAWING = SVG.format('<rect width="40" height="20" fill="#00ff00"/>')
GREEN = b"0 1 0 rg"


def printed(project: SmallProject, run: Run, source: str, **files: str) -> Outcome:
    """Print an issue whose section template has a picture."""
    template = '{% extends "base/issue.html.j2" %}{% block colophon %}' + source + "{% endblock %}"
    project.layout(**{"issue.html.j2": template, **files})
    project.issue(MINE)
    return run("render", "one", "-o", "one.pdf")


def drawn(project: SmallProject) -> bytes:
    """All that is drawn on the pages, in forms, too."""
    reader = PdfReader(io.BytesIO((project.root / "one.pdf").read_bytes()))
    pages = [page.get_contents() for page in reader.pages]
    forms = [x for page in reader.pages for x in page.get("/Resources", {}).get("/XObject", {}).values()]
    return b"".join(
        one.get_data() for one in (*pages, *(form.get_object() for form in forms)) if one is not None
    )


@pytest.mark.parametrize("name", ["logo.png", "图/标志.png", "./logo.png", "two words.png"])
def test_a_template_names_a_picture_of_its_layout_by_its_file(
    project: SmallProject, run: Run, name: str
) -> None:
    project.write(f"layouts/mine/{name}", picture_bytes(size=(90, 60)))
    outcome = printed(project, run, f'<img src="{name}" alt="标志">')
    assert (outcome.status, outcome.err) == (0, "")
    assert len(PdfReader(project.root / "one.pdf").pages[-1].images) == 1


def test_a_child_has_the_pictures_of_its_parent_and_may_replace_them(project: SmallProject, run: Run) -> None:
    template = (
        '{% extends "base/issue.html.j2" %}{% block colophon %}<img src="a.svg" alt="标">{% endblock %}'
    )
    project.layout(
        "parent", **{"issue.html.j2": template, "a.svg": SVG.format('<rect width="9" height="9"/>')}
    )
    project.layout("mine", "title: 我的\nextends: parent\n")
    project.issue(MINE)
    assert run("render", "one", "-o", "one.pdf").err == ""
    assert GREEN not in drawn(project)
    project.write("layouts/mine/a.svg", DRAWING)
    assert run("render", "one", "-o", "one.pdf").err == ""
    assert GREEN in drawn(project)


@pytest.mark.parametrize("way", ['<img src="pic.svg" alt="标志">', '<p class="ground">地</p>'])
def test_a_layout_may_have_drawings(project: SmallProject, run: Run, way: str) -> None:
    css = ".ground { height: 20pt; background: url(pic.svg) no-repeat }"
    outcome = printed(project, run, way, **{"pic.svg": DRAWING, "blocks.css": css})
    assert (outcome.status, outcome.err) == (0, "")
    assert GREEN in drawn(project)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="https://example.org/a.png" width="9" height="9"/>',
        '<image href="../../issues/one/images/a.png" width="9" height="9"/>',
        '<use href="other.svg#a"/>',
        '<rect width="9" height="9" fill="url(https://example.org/a.svg#b)"/>',
        "<foreignObject><p>甲</p></foreignObject>",
        '<text x="2" y="9">甲</text>',
    ],
)
def test_a_drawing_that_reaches_out_or_has_text_is_refused(
    project: SmallProject, run: Run, inside: str
) -> None:
    outcome = printed(project, run, '<img src="pic.svg" alt="标志">', **{"pic.svg": SVG.format(inside)})
    assert outcome.status == 1
    assert "CST-E003" in outcome.err
    assert "pic.svg" in outcome.err


@pytest.mark.parametrize("name", ["../base/a.png", "/etc/passwd", "https://example.org/a.png", "lgo.png"])
def test_what_is_not_in_the_layout_is_an_error_at_its_place(
    project: SmallProject, run: Run, name: str
) -> None:
    project.write("layouts/mine/logo.png", picture_bytes(size=(90, 60)))
    outcome = printed(project, run, f'\n<img src="{name}" alt="标志">')
    assert outcome.status == 1
    assert re.search(r"layouts/mine/issue\.html\.j2:2:11: error CST-E003", outcome.err), outcome.err
    assert name in outcome.err
    assert "cst://" not in outcome.err
    if name == "lgo.png":
        assert "Did you mean “logo.png”?" in outcome.err


def test_another_kind_of_file_is_refused_with_those_that_there_are(project: SmallProject, run: Run) -> None:
    outcome = printed(project, run, '<img src="a.gif" alt="标志">', **{"a.gif": "GIF89a"})
    assert "Pictures of layouts are PNG, JPEG or SVG." in outcome.err
