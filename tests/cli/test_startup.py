"""Commands that lay out nothing load neither WeasyPrint nor pypdf, and answer at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.projects import ISSUE, REPOSITORY, SmallProject

_TELL_MODULES = """
import sys
from cstprint.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    loaded = [name for name in ("weasyprint", "pypdf", "pypdfium2", "fontTools", "PIL", "watchfiles") if name in sys.modules]
    print("\\nSTATUS", end.code, "LOADED", *loaded)
"""


def start(folder: Path, *arguments: str) -> str:
    """The last line of a run in a process of its own: exit status and heavy packages."""
    done = subprocess.run(
        [sys.executable, "-c", _TELL_MODULES, *arguments],
        cwd=folder,
        env={**os.environ, "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        "--version",
        "--help",
        "render --help",
        "batch --help",
        "new --help",
        "explain CST-Y020",
        "explain",
        "schema",
        "fonts list",
        "layouts list",
        "layouts show newsletter",
        "layouts new mine --extends newsletter",
        "new x",
    ],
)
def test_a_command_that_lays_out_nothing_loads_nothing_heavy(arguments: str, project: SmallProject) -> None:
    assert start(project.root, *arguments.split()) == "STATUS 0 LOADED"


def test_an_issue_that_cannot_be_read_is_told_before_anything_heavy_is_loaded(project: SmallProject) -> None:
    project.issue(ISSUE.replace("title: 刊名", "title：刊名"))
    assert start(project.root, "render", "one") == "STATUS 1 LOADED"


def test_an_issue_with_a_wrong_key_is_told_before_anything_heavy_is_loaded(project: SmallProject) -> None:
    project.issue(ISSUE.replace("title: 刊名", "titel: 刊名"))
    assert start(project.root, "render", "one") == "STATUS 1 LOADED"


def test_an_unknown_issue_is_told_before_anything_heavy_is_loaded(project: SmallProject) -> None:
    project.issue()
    assert start(project.root, "render", "two") == "STATUS 2 LOADED"


def test_preparing_an_issue_loads_no_layout_engine_and_no_pdf_library() -> None:
    program = (
        "import sys, cstprint\n"
        "from pathlib import Path\n"
        "project = cstprint.open_project(Path(sys.argv[1]))\n"
        "path = project.issue_file('issue-2020-02')\n"
        "assert cstprint.prepare(path, project, cstprint.RenderOptions()).value is not None\n"
        "print([name for name in ('weasyprint', 'pypdf', 'fontTools', 'click') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(REPOSITORY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "[]\n"
