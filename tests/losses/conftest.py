"""An issue with every part that a layout might lose, rendered in a layout of the test's."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.losses.losing import ISSUE
from tests.support.projects import SmallProject, picture_bytes

MANIFEST = "title: mine\nextends: newsletter\n"


class Reported:
    """Renders the issue and returns its diagnostics, without the notes about moved figures and blanks."""

    def __init__(self, project: SmallProject):
        self.project = project

    def __call__(self, css: str = "", more: str = "", issue: str = ISSUE, **files: str) -> list[Diagnostic]:
        self.project.issue(issue)
        self.project.layout(manifest=MANIFEST + more, blocks_css="\n" + css, **files)
        path = self.project.root / "issues/one/issue.yaml"
        found = render(path, open_project(self.project.root), RenderOptions()).diagnostics
        return [one for one in found if one.code not in ("CST-E018", "CST-E053")]


@pytest.fixture
def reported(project: SmallProject, monkeypatch: pytest.MonkeyPatch, _built_in_fonts: None) -> Reported:
    """Render the issue in a layout of the test's."""
    monkeypatch.setattr("cstprint.rendering.use_fonts", lambda _library: None)
    project.write("issues/one/images/one.png", picture_bytes(size=(1200, 800)))
    return Reported(project)
