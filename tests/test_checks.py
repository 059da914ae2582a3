"""What a render checks is checked by the tests that look at laid-out issues, too: nothing is listed twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from cstprint import rendering
from cstprint.job import RenderOptions
from cstprint.project import open_project
from tests.support.batches import WITH_PICTURE
from tests.support.placed import lay_out, problems
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

CHECKS = {
    name for name, value in vars(rendering).items() if name.startswith("check_") and inspect.isfunction(value)
}


def watched(name: str, run: set[str]) -> Callable[..., Any]:
    original = getattr(rendering, name)

    def check(*arguments: Any, **options: Any) -> Any:
        run.add(name)
        return original(*arguments, **options)

    return check


def test_all_checks_of_a_render_are_made_of_placed_issues(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.issue(WITH_PICTURE)
    project.write("issues/one/a.png", picture_bytes())
    run: set[str] = set()
    for name in CHECKS:
        monkeypatch.setattr(rendering, name, watched(name, run))
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    assert rendering.render(path, open_project(project.root), RenderOptions()).value is not None
    rendered, run_placed = set(run), run
    run_placed.clear()
    assert problems(lay_out(project.root, path.parent, RenderOptions())) == []
    assert rendered == CHECKS
    assert run_placed == CHECKS
