"""What a style sheet names and nothing has, values of our own properties, and places of what the page alone knows."""

from __future__ import annotations

import re

import pytest

from cstprint.diagnostics import Diagnostic, Severity, hardened
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import prepare
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

MINE = ISSUE.replace("layout: base", "layout: mine")
UNMATCHED = {
    ".hero { color: red }": ("1:2", None),
    "artcle p { color: red }": ("1:1", "article"),
    "p:is(.a, [data-sction]) { color: red }": ("1:11", "data-section"),
    "#b99 { color: red }": ("1:1", None),
    "@page fancy { margin: 0 }": ("1:7", None),
    "@page { @top-left { content: string(artikel) } }": ("1:37", "article"),
    ".box { string-set: b content(), artcle content() }": ("1:20", None),
    "@page { @top-left { content: element(nope) } }": ("1:38", None),
    ".box { position: running(nope) }": ("1:26", None),
}
MATCHED = (
    "p, td > .picture, h6 em::before, ruby rt { color: red }",
    ".box:not(.place-left) .figure, .missing-glyph, [data-section] { color: red }",
    "@page wide { margin: 0 } .cover { page: wide }",
    "@page { @top-left { content: string(article) string(mine) element(head) } }",
    ".kicker { string-set: mine content() } .headline { position: running(head) }",
    "#方法 { color: red }",
)
VALUES = {
    "--cst-columns: gird": "Did you mean “grid”?",
    "--cst-whole-lines: yess": "Did you mean “yes”?",
    "--cst-fit: 60": "Write a percentage: 60%",
    "--cst-line-starts: strickt": "Did you mean “strict”?",
    "--cst-accent: rde": "Did you mean “red”?",
    "--cst-accent: #12": "Write a colour such as #17406d, or use the colour of a token.",
    "--cst-han-latin-gap: 2em": "Write a number without a unit: 1.5",
}
RIGHT = (
    "--cst-columns: grid; --cst-columns: none; --cst-columns: inherit; --cst-whole-lines: below",
    "--cst-fit: 60%; --cst-fit: no; --cst-table-fill: 62.5%; --mine: anything at all",
    "--cst-accent: RED; --cst-accent: #abc; --cst-accent: rgb(1 2 3); --cst-accent: var(--cst-ink)",
    "--cst-han-latin-gap: .2; --cst-leading: calc(1pt * 3); --cst-columns: grid !important",
)


def told(project: SmallProject, css: str) -> list[Diagnostic]:
    """All that is said about an issue in a layout with this style sheet, before anything is laid out."""
    project.layout(blocks_css=css)
    text = MINE.replace("body: 正文。", "body: |\n      # 一 {#方法}\n\n      正文。")
    return list(prepare(project.issue(text), open_project(project.root), RenderOptions()).diagnostics)


@pytest.mark.parametrize("css", UNMATCHED)
def test_what_nothing_has_is_a_note_at_its_place_and_a_warning_with_strict(
    project: SmallProject, css: str
) -> None:
    place, meant = UNMATCHED[css]
    found = {f"{one.span.line}:{one.span.column}": one for one in told(project, css) if one.span}
    assert place in found
    one = found[place]
    assert (one.code, one.severity) == ("CST-L024", Severity.NOTE)
    assert (dict(one.hint.values)["meant"] if one.hint else None) == meant
    assert hardened(one).severity is Severity.WARNING


@pytest.mark.parametrize("css", MATCHED)
def test_what_texts_templates_or_ancestors_have_is_no_note(project: SmallProject, css: str) -> None:
    if "@page { @top-left" in css or "string-set: mine" in css:
        css = " ".join(MATCHED[3:5])
    assert told(project, css) == []


@pytest.mark.parametrize("declaration", VALUES)
def test_a_value_that_one_of_our_properties_does_not_take_is_a_warning(
    project: SmallProject, declaration: str
) -> None:
    (found,) = told(project, f"p {{\n  {declaration} }}")
    assert found.span is not None
    column = 3 + declaration.index(": ") + 2
    assert (found.code, found.is_error, found.span.line, found.span.column) == ("CST-L025", False, 2, column)
    assert str(found.hint) == VALUES[declaration]


def test_values_that_they_take_are_passed(project: SmallProject) -> None:
    assert told(project, f"p {{ {'; '.join(RIGHT)} }}") == []


# ── places ──

TEMPLATE = """\
{% extends "base/issue.html.j2" %}
{% block colophon %}
<p style="colr: red">甲</p>
<svg width="9" height="9"><use href="#a"/><g id="a"><use href="#a"/></g></svg>
{% endblock %}
"""
CSS = "p { --x: 3 }\np {\n  margin: 0 var(--x) }\n@page { @top-left { --y: 3; width: var(--y) } }\n"


@pytest.mark.render
def test_what_the_page_alone_knows_has_its_place(project: SmallProject, run: Run) -> None:
    project.layout(blocks_css=CSS, **{"issue.html.j2": TEMPLATE})
    project.issue(MINE)
    err = run("render", "one").err
    places = re.findall(r"^layouts/mine/(\S+): \w+ (CST-\w+)", err, re.MULTILINE)
    assert ("issue.html.j2:3:11", "CST-E002") in places
    assert ("blocks.css:3:3", "CST-E002") in places
    assert [line for line in err.splitlines() if re.match(r"(CSS|HTML|error|warning)\b", line)] == []


# ── ways out ──


@pytest.mark.render
@pytest.mark.parametrize(
    ("css", "way"),
    [
        ("p { position: sticky }", "WeasyPrint does not support sticky"),
        ("p { scale: 2 }", "write transform: scale(…)"),
        ("p { background: conic-gradient(red, blue) }", "WeasyPrint does not support conic-gradient"),
        ("p { background-blend-mode: multiply }", "remove the declaration"),
        ("p { color: #333 font-size: 12pt }", "Put a semicolon after “color: #333”."),
        ("p { color: #333\n  --cst-size: 12pt }", "Put a semicolon after “color: #333”."),
        ("@page { size: A44 }", "Did you mean “size: A4”?"),
        ("p { initial-letter: 3 }", "Drop cap"),
    ],
)
def test_the_way_out_fits_what_was_written(project: SmallProject, run: Run, css: str, way: str) -> None:
    project.layout(blocks_css=css)
    project.issue(MINE)
    assert way in run("render", "one").err


def test_a_new_token_in_short_form_is_told_how_to_be_declared(project: SmallProject) -> None:
    project.layout("mine", "title: 我的\nextends: base\ntokens:\n  second: '#f00'\n")
    made = prepare(project.issue(MINE), open_project(project.root), RenderOptions())
    (found,) = made.diagnostics
    assert str(found.hint) == "To declare a token of your own, give its type, default and help."
