"""A designer's mistakes in templates: each is told at its file, line and column, with a way out, never a traceback."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import prepare
from tests.support.projects import ISSUE, SmallProject

PAGE, PROSE = "issue.html.j2", "blocks/prose.html.j2"
EXTENDS = '{% extends "newsletter/issue.html.j2" %}\n'

#: The template and its text, where it is told (line:column), and what the way out says.
FAILS = {
    "unknown name": (PAGE, "<p>\n{{ isue.title }}", "2:4", "Did you mean “issue”?"),
    "unknown part of a name": (PAGE, "<p>\n{{ issue.titel }}", "2:10", "Did you mean “title”?"),
    "unknown part in a loop": (
        PAGE,
        "{% for s in sections %}\n{{ s.artcles }}{% endfor %}",
        "2:6",
        "Did you mean “articles”?",
    ),
    "unknown word of the frame": (PAGE, "{{ words.contens }}", "1:10", "Did you mean “contents”?"),
    "unknown token": (PAGE, "{{ tokens.acent }}", "1:11", "Did you mean “accent”?"),
    "unknown name in a block": (PROSE, "{{ block.html }}\n{{ blok.id }}", "2:4", "Did you mean “block”?"),
    "unknown part of a block": (PROSE, "<p>{{ block.htm }}</p>", "1:13", "Did you mean “html”?"),
    "unknown function": (PAGE, "{{ formt('a') }}", "1:4", "Known here: issue"),
    "unknown filter": (PAGE, "{{ issue.title | uper }}", "1:18", "Did you mean “upper”?"),
    "unknown test": (PAGE, "{% if issue is defind %}{% endif %}", "1:16", "Did you mean “defined”?"),
    "unknown tag": (PAGE, "{% inclde 'a' %}", "1:4", "Did you mean “include”?"),
    "if without its end": (
        PAGE,
        EXTENDS + "{% block cover %}\n  {% if cover %}甲\n{% endblock %}",
        "3:3",
        "Close it with {% endif %}",
    ),
    "block without its end": (
        PAGE,
        EXTENDS + "{% block cover %}\n甲\n",
        "2:1",
        "Close it with {% endblock %}",
    ),
    "for without its end": (
        PROSE,
        "{% for a in 'b' %}\n{{ block.html }}",
        "1:1",
        "Close it with {% endfor %}",
    ),
    "end without its beginning": (PAGE, "<p>\n{% endif %}", "2:4", "Delete it, or open above"),
    "end of another": (PAGE, "{% if cover %}\n{% endfor %}", "2:4", "Delete it, or open above"),
    "brace too few": (PAGE, "<p>\n{{ issue.title }", "2:1", "Close it with }}"),
    "braces that are missing": (PAGE, "{{ issue.title", "1:1", "Close it with }}"),
    "note without its end": (PROSE, "{{ block.html }}\n{# note", "2:1", "Close it with #}"),
    "one sign for a comparison": (
        PAGE,
        "{% if issue.number = 2 %}{% endif %}",
        "1:20",
        "two equals signs: ==",
    ),
    "Chinese quotes": (PAGE, "{{ “甲” }}", "1:4", 'half-width character: "'),
    "missing include": (
        PAGE,
        '<p>\n{% include "blocks/nameplat.html.j2" %}',
        "2:13",
        "“blocks/nameplate.html.j2”",
    ),
    "missing import": (PAGE, '{% import "blocks/boxs.html.j2" as m %}', "1:12", "“blocks/box.html.j2”"),
    "missing parent": (PAGE, '{% extends "newsleter/issue.html.j2" %}', "1:13", "“newsletter/issue.html.j2”"),
    "extends itself": (PAGE, '{% extends "issue.html.j2" %}', "1:1", "name it: “newsletter/issue.html.j2”"),
    "includes itself": (
        PROSE,
        '{% include "blocks/prose.html.j2" %}',
        "1:1",
        "“newsletter/blocks/prose.html.j2”",
    ),
    "division by nothing": (PAGE, "<p>\n  {{ 1 / 0 }}", "2:3", "Compare it with the same template"),
}
#: The same of what Jinja2 passes over in silence, and its code.
SILENT = {
    "in the wrong folder": ("figures.html.j2", "甲", "1:1 CST-L014", "Rename it to blocks/figures.html.j2"),
    "a name that nobody asks for": (
        "blocks/figure.html.j2",
        "甲",
        "1:1 CST-L014",
        "Rename it to blocks/figures.html.j2",
    ),
    "another ending": ("blocks/quote.html", "甲", "1:1 CST-L014", "Rename it to blocks/quote.html.j2"),
    "an ending too short": ("blocks/quote.j2", "甲", "1:1 CST-L014", "Rename it to blocks/quote.html.j2"),
    "a folder misspelt": ("block/quote.html.j2", "甲", "1:1 CST-L014", "Rename it to blocks/quote.html.j2"),
    "a block misspelt": (
        PAGE,
        EXTENDS + "{% block covr %}甲{% endblock %}",
        "2:10 CST-L015",
        "Did you mean “cover”?",
    ),
    "text outside of blocks": (
        PAGE,
        EXTENDS + "{% block cover %}甲{% endblock %}\n\n<p>乙</p>\n",
        "4:1 CST-L015",
        "Put it into a block",
    ),
}
RIGHT = {
    "a block in a block": (PAGE, EXTENDS + "{% block cover %}{% block own %}甲{% endblock %}{% endblock %}"),
    "a note before the parent": (PAGE, "{# note #}\n" + EXTENDS + "\n\n{% block colophon %}{% endblock %}\n"),
    "a template beside": (PROSE, '{% include "newsletter/blocks/prose.html.j2" %}'),
}


def found_in(project: SmallProject, template: str, text: str) -> list[Diagnostic]:
    """All that is told about an issue in a layout with this template, before pages are made."""
    project.layout("mine", "title: M\nextends: newsletter\n", **{template: text})
    path = project.issue(ISSUE.replace("layout: base", "layout: mine"))
    return list(prepare(path, open_project(project.root), RenderOptions()).diagnostics)


def place_of(found: Diagnostic, template: str) -> str:
    """Where something is told in the template."""
    assert found.span is not None, str(found)
    assert str(found.span.file.path).endswith(f"layouts/mine/{template}")
    return f"{found.span.line}:{found.span.column}"


@pytest.mark.parametrize("mistake", FAILS)
def test_a_template_that_fails_is_told_at_its_place(mistake: str, project: SmallProject) -> None:
    template, text, place, way_out = FAILS[mistake]
    (found,) = found_in(project, template, text)
    assert (found.code, found.is_error, place_of(found, template)) == ("CST-L005", True, place)
    assert found.hint is not None
    assert way_out in str(found.hint)


@pytest.mark.parametrize("mistake", SILENT)
def test_what_of_a_template_is_not_printed_is_told(mistake: str, project: SmallProject) -> None:
    template, text, place_and_code, way_out = SILENT[mistake]
    (found,) = found_in(project, template, text)
    assert f"{place_of(found, template)} {found.code}" == place_and_code
    assert not found.is_error
    assert way_out in str(found.hint)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_passed_without_a_word(name: str, project: SmallProject) -> None:
    assert found_in(project, *RIGHT[name]) == []


def test_a_template_that_another_asks_for_may_have_any_name(project: SmallProject) -> None:
    project.write("layouts/mine/parts/mark.html.j2", "{% macro mark() %}甲{% endmacro %}")
    text = '{% from "parts/mark.html.j2" import mark %}{{ mark() }}{{ block.html }}'
    assert found_in(project, PROSE, text) == []


def test_a_block_that_a_layout_adds_may_be_filled_by_its_child(project: SmallProject) -> None:
    text = EXTENDS + "{% block cover %}{% block own %}甲{% endblock %}{% endblock %}"
    project.layout("between", "title: B\nextends: newsletter\n", **{PAGE: text})
    project.layout("mine", "title: M\nextends: between\n")
    project.write(
        f"layouts/mine/{PAGE}", '{% extends "between/issue.html.j2" %}{% block own %}乙{% endblock %}'
    )
    path = project.issue(ISSUE.replace("layout: base", "layout: mine"))
    assert prepare(path, open_project(project.root), RenderOptions()).diagnostics == ()


@pytest.mark.parametrize("odd", ["{{ " + "9" * 5000 + " }}", "{{ " + "(" * 50_000, "{% if 1 %}" * 500])
def test_a_template_that_python_cannot_read_is_told_and_no_failure(odd: str, project: SmallProject) -> None:
    (found,) = found_in(project, PAGE, odd)
    assert found.code == "CST-L005"


def test_templates_that_use_each_other_in_a_circle_are_told(project: SmallProject) -> None:
    project.write("layouts/mine/a.html.j2", '{% include "b.html.j2" %}')
    project.write("layouts/mine/b.html.j2", '{% include "a.html.j2" %}')
    (found,) = found_in(project, PAGE, '{% include "a.html.j2" %}')
    assert str(found.message) == "The templates extend or include each other in a circle."
    assert found.span is not None
    assert found.span.file.path.name in ("a.html.j2", "b.html.j2")
    assert found.hint is not None
