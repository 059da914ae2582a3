"""What WeasyPrint fails on is told with its element and the place of its block; our own faults stay faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.engine.messages.failures import is_weasyprints
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.projects import ISSUE, SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]


def test_a_transform_of_no_area_is_told_at_its_place_and_no_fault(project: SmallProject) -> None:
    project.layout(blocks_css="p { color: red; transform: scale(0) }")
    path = project.issue(ISSUE.replace("layout: base", "layout: mine"))
    (found,) = render(path, open_project(project.root), RenderOptions()).diagnostics
    assert (found.code, str(found.span)) == ("CST-E010", f"{project.root}/layouts/mine/blocks.css:1:28")


def test_a_transform_of_no_area_by_a_custom_property_is_told_at_its_place(project: SmallProject) -> None:
    """What the property is worth is known during layout only; WeasyPrint itself would fail on it."""
    project.layout(blocks_css=":root { --none: 0 }\n.article p { transform: scale(var(--none)) }")
    path = project.issue(ISSUE.replace("layout: base", "layout: mine"))
    (found,) = render(path, open_project(project.root), RenderOptions()).diagnostics
    assert (found.code, str(found.span)) == ("CST-E041", f"{project.root}/layouts/mine/blocks.css:2:14")


def test_what_weasyprint_fails_on_while_it_paints_is_told_at_its_block_and_nothing_else(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.draw import text

    monkeypatch.setattr(text, "draw_text_decoration", None)  # its call fails, in WeasyPrint's own code
    project.layout(blocks_css=".article p { text-decoration: underline }")
    path = project.issue(ISSUE.replace("layout: base", "layout: mine"))
    (found,) = render(path, open_project(project.root), RenderOptions()).diagnostics
    assert found.code == "CST-E010"
    assert found.span is not None
    assert found.span.file.line(found.span.line).strip() == "body: 正文。"


def test_a_fault_of_ours_is_none_of_weasyprints(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstprint.engine.draw import tags

    def fail(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(tags._Builder, "build", fail)
    with pytest.raises(KeyError, match="ours"):
        render(project.issue(), open_project(project.root), RenderOptions())


def test_a_fault_of_ours_is_ours_in_a_folder_of_that_name_too() -> None:
    """A project may lie anywhere, in a copy of WeasyPrint's repository for instance."""
    import weasyprint

    def fault_in(file: str) -> BaseException:
        try:
            exec(compile("1 / 0", file, "exec"), {})
        except ZeroDivisionError as fault:
            return fault
        raise AssertionError

    assert not is_weasyprints(fault_in("/home/a/weasyprint/cstprint/engine/blocks/line_grid.py"))
    assert is_weasyprints(fault_in(str(Path(weasyprint.__file__).parent / "layout/block.py")))
