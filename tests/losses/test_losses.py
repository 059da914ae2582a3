"""Whatever a layout does to a text of an issue, nothing of it is lost in silence."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.losses.losing import BY_CSS, BY_TEMPLATE, ISSUE
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]
MANIFEST = "title: mine\nextends: newsletter\n"


@pytest.fixture
def told(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Render the issue in a layout of the test's."""
    monkeypatch.setattr("cstprint.rendering.use_fonts", lambda _library: None)
    project.issue(ISSUE)
    project.write("issues/one/images/one.png", picture_bytes())
    return Told(project)


class Told:
    def __init__(self, project: SmallProject):
        self.project = project

    def __call__(self, css: str = "", more: str = "", **files: str) -> list[Diagnostic]:
        """Return what is told of the issue, but for notes on figures."""
        self.project.layout(manifest=MANIFEST + more, blocks_css="\n" + css, **files)
        path = self.project.root / "issues/one/issue.yaml"
        found = render(path, open_project(self.project.root), RenderOptions()).diagnostics
        return [one for one in found if one.code != "CST-E018"]


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.is_error]


def test_nothing_is_told_of_an_issue_that_is_whole(told: Told) -> None:
    assert told() == []


@pytest.mark.parametrize("css", BY_CSS)
def test_what_css_loses_is_an_error_with_the_rules_place(css: str, told: Told) -> None:
    text, code = BY_CSS[css]
    found = errors(told(css))
    for one in found:
        where = f"{one.span} {one.hint}"
        words = str(one.message) + (one.span.file.line(one.span.line) if one.span else "")
        if one.code == code and set(text[:2]) <= set(words) and "layouts/mine/blocks.css:2:" in where:
            return
    raise AssertionError("\n".join(f"{one} | {one.hint}" for one in found) or "nothing is told")


@pytest.mark.parametrize("case", BY_TEMPLATE)
def test_what_a_template_loses_is_an_error_in_the_issue(case: str, told: Told) -> None:
    template, text, name = BY_TEMPLATE[case]
    path = f"blocks/{case.partition(' ')[0]}.html.j2"
    found = [one for one in errors(told(**{path: template})) if one.code == "CST-E040"]
    mine = [one for one in found if text in str(one.message) and f"({name})" in str(one.message)]
    assert mine, "\n".join(map(str, found))
    assert mine[0].span is not None
    assert mine[0].span.file.path.name == "issue.yaml"
    assert f"layouts/mine/{path}" in str(mine[0].hint)


def test_a_style_attribute_is_told_in_its_template(told: Told) -> None:
    inside = '<p style="opacity: 0">{{ block.html }}{{ block.by }}</p>'
    template = f'<blockquote class="pull" id="{{{{ block.id }}}}">\n{inside}</blockquote>'
    found = errors(told(**{"blocks/pull.html.j2": template}))
    assert [one.code for one in found] == ["CST-E041"]
    assert str(found[0].span).endswith("layouts/mine/blocks/pull.html.j2:2:4")
