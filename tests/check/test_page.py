"""A text block that has no room on its paper is told at the token that asks for it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cstprint.check.page import check_text_block
from cstprint.diagnostics import Diagnostic
from cstprint.layout.resolve import list_layouts, resolve_layout
from cstprint.project import builtin_folder
from tests.support.projects import SmallProject

BUILT_IN = builtin_folder("layouts")


def found(
    project: SmallProject, tokens: str = "", settings: Mapping[str, str] | None = None
) -> list[Diagnostic]:
    project.layout("mine", f"title: M\nextends: newsletter\ntokens:\n  small: 9pt\n{tokens}")
    layout = resolve_layout("mine", [project.root / "layouts", BUILT_IN], settings or {}).value
    assert layout is not None
    return list(check_text_block(layout))


def test_a_measure_wider_than_the_paper_is_told_at_its_place(project: SmallProject) -> None:
    (problem,) = found(project, "  measure: 50em\n")
    assert (problem.code, str(problem.message)) == (
        "CST-L018",
        "The text block is 600 pt wide, the paper 595 pt.",
    )
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (5, 12)


def test_more_lines_than_the_paper_holds_are_told(project: SmallProject) -> None:
    assert found(project, "  lines: 37\n") == []  # 84 + 740 of 842 pt
    (problem,) = found(project, "  lines: 38\n")
    assert "ends 844 pt below the top of the paper, which is 842 pt high" in str(problem.message)


def test_what_was_set_for_this_run_is_told_there(project: SmallProject) -> None:
    (problem,) = found(project, settings={"measure": "300mm"})
    assert (problem.subject, problem.span) == ("--set", None)


@pytest.mark.parametrize("name", list_layouts([BUILT_IN]))
def test_every_built_in_layout_has_room(name: str) -> None:
    layout = resolve_layout(name, [BUILT_IN], {}).value
    assert layout is not None
    assert list(check_text_block(layout)) == []
