"""``cstprint layouts copy``: a template of an ancestor, in the layout's own folder; and where trial renders go."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

MANIFEST = "title: 我的\nextends: bulletin\n"


@pytest.mark.parametrize("template", ["blocks/article", "blocks/article.html.j2", "blocks/box", "issue"])
def test_a_copied_template_prints_what_was_printed_before(
    project: SmallProject, run: Run, template: str
) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    project.layout("mine", MANIFEST)
    copied = run("layouts", "copy", "mine", template)
    assert (copied.status, copied.out.strip()) == (
        0,
        f"layouts/mine/{template.removesuffix('.html.j2')}.html.j2",
    )
    assert run("render", "one", "--strict").err == "", "nothing to be said about it"


def test_the_copy_says_how_to_keep_less_of_it(project: SmallProject, run: Run) -> None:
    folder = project.layout("mine", MANIFEST)
    run("layouts", "copy", "mine", "blocks/article")
    note = (folder / "blocks/article.html.j2").read_text("utf-8").partition("\n")[0]
    assert "Copied from base/blocks/article.html.j2." in note
    assert '{% extends "bulletin/blocks/article.html.j2" %}' in note
    assert "head, byline, standfirst, body, foot" in note


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("mine", "blocks/artcle"), "Did you mean “blocks/article”?"),
        (("mine", "../layout"), "The layout has no template"),
        (("bulletin", "issue"), "The layout “bulletin” does not belong to this project."),
        (("mien", "issue"), "There is no layout “mien”."),
        (("mine", "blocks/verse"), "The layout already has this template."),
    ],
)
def test_what_cannot_be_copied_is_said_and_nothing_written(
    project: SmallProject, run: Run, arguments: tuple[str, str], told: str
) -> None:
    folder = project.layout("mine", MANIFEST, **{"blocks/verse.html.j2": "own"})
    outcome = run("layouts", "copy", *arguments)
    assert outcome.status == 2
    assert told in outcome.err
    assert sorted(path.name for path in folder.rglob("*.j2")) == ["verse.html.j2"]
    assert (folder / "blocks/verse.html.j2").read_text("utf-8") == "own"


# ── trial renders ──


def test_a_render_in_another_layout_leaves_the_issues_own_files(project: SmallProject, run: Run) -> None:
    project.issue()
    run("render", "one", "--png")
    before = {path: (project.root / path).read_bytes() for path in project.outputs()}
    outcome = run("render", "one", "--png", "--layout", "brief")
    assert outcome.out.startswith("dist/one.brief.pdf  dist/one.brief-01.png")
    assert {path: (project.root / path).read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (("--layout", "base"), "dist/one.pdf"),
        (("--layout", "brief", "-o", "out/"), "out/one.pdf"),
        (("--layout", "brief", "-o", "a.pdf"), "a.pdf"),
    ],
)
def test_the_issues_own_layout_and_o_name_files_as_ever(
    project: SmallProject, run: Run, arguments: tuple[str, ...], written: str
) -> None:
    project.issue()
    run("render", "one", *arguments)
    assert project.outputs() == [written]
