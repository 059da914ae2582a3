"""How long PDF/A-2a and PDF/UA-1 take beside the same tagged and finished PDF to no standard, warm, in one process.

Run by `make bench`.
"""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

from tests.bench.paired import paired

from cstprint.job import RenderOptions
from cstprint.project import Project, open_project
from cstprint.rendering import render

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "issue-2020-02"
GOAL = 1.3


def main() -> None:
    """Measure, and print each pair and the median."""
    project = open_project(ROOT)
    gc.disable()  # as the command does; what one render leaves behind is not the next one's affair
    paired(
        "standards, beside none",
        partial(_render, project),
        partial(_render, project, "none"),
        GOAL,
        before=gc.collect,
    )


def _render(project: Project, standard: str | None = None) -> None:
    made = render(project.issue_file(ISSUE), project, RenderOptions(standard=standard))
    assert made.value is not None, "the issue has errors: cstprint render tells them"


if __name__ == "__main__":
    main()
