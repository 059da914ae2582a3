"""What a layout's pages refer to: links to the web and within, nothing that a printed page cannot have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject, picture_bytes

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")


def errors(project: SmallProject, run: Run, html: str, css: str = "") -> list[tuple[str, str]]:
    """Code and address of each error that a layout with ``html`` after the articles gives."""
    head = '{% extends "base/issue.html.j2" %}{% block articles %}{{ super() }}'
    project.layout("mine", **{"issue.html.j2": f"{head}{html}{{% endblock %}}"}, blocks_css=css)
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == (1 if "error" in outcome.err else 0)
    assert bool(project.outputs()) == (outcome.status == 0)
    return re.findall(r"error (CST-\w+): [^“\n(]*[“(]([^”)\n]*)[”)]", outcome.err)


@pytest.mark.parametrize(
    "address", ["https://example.org/a.pdf", "http://example.org", "mailto:a@example.org", "#a1"]
)
def test_links_to_the_web_to_a_mailbox_and_within_the_page_are_printed(
    address: str, project: SmallProject, run: Run
) -> None:
    assert errors(project, run, f'<p><a href="{address}">甲</a></p>') == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert", "javascript:alert"),
        ("data:text/html,x", "data:text/html,x"),
        ("a.pdf", "cst://render/a.pdf"),
        ("//a/b", "cst://a/b"),
    ],
)
def test_a_link_to_anywhere_else_is_one_error(
    address: str, told: str, project: SmallProject, run: Run
) -> None:
    html = f'<p><a href="{address}">甲<b>乙</b></a></p><p><a href="{address}">丙</a></p>'
    assert errors(project, run, html) == [("CST-L007", told)]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="attachment" href="{}">',
        '<link rel="Stylesheet ATTACHMENT" type="text/plain" href="{}">',
        '<p><a rel="attachment" href="{}">甲</a></p>',
    ],
)
def test_a_file_is_never_attached(html: str, project: SmallProject, run: Run) -> None:
    project.write("layouts/mine/a.png", picture_bytes())
    (code, address), *_ = errors(project, run, html.format("layout/mine/a.png"))
    assert code == "CST-L007"
    assert address.endswith("layout/mine/a.png")


def test_an_attachment_of_nothing_is_told(project: SmallProject, run: Run) -> None:
    assert ("CST-L007", "") in errors(project, run, '<link rel="attachment">')


def test_a_field_of_a_form_is_told(project: SmallProject, run: Run) -> None:
    html = '<form action="https://example.org"><input name="x"><button>甲</button></form>'
    assert errors(project, run, html) == []
    (project.root / "dist" / "one.pdf").unlink()
    found = errors(project, run, html, "input, button { appearance: auto }")
    assert found == [("CST-L007", "input"), ("CST-L007", "button")]


def test_what_a_drawing_uses_must_be_in_it(project: SmallProject, run: Run) -> None:
    title, shape = "<title>甲</title>", '<defs><circle id="c" r="3"/></defs>'
    whole = f'<svg width="9" height="9">{title}{shape}<svg><use href="#c"/></svg><use xlink:href="#c"/></svg>'
    assert errors(project, run, whole) == []
    (project.root / "dist" / "one.pdf").unlink()
    other = f'{whole}<svg width="9" height="9">{title}<use href="#c"/><use href="a.svg#x"/></svg>'
    assert errors(project, run, other) == [("CST-L007", "#c"), ("CST-L007", "a.svg#x")]


def test_a_picture_that_is_refused_while_the_pages_are_written_is_told(
    project: SmallProject, run: Run, tmp_path: Path
) -> None:
    image = f'<image href="file://{tmp_path}/a.png" width="9" height="9"/>'
    found = errors(project, run, f'<svg width="9" height="9"><title>甲</title>{image}</svg>')
    assert found == [("CST-E003", f"file://{tmp_path}/a.png")]
