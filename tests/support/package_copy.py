"""A copy of the package, to which a test adds a file: what has to be touched for that, and what comes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import cstprint
from tests.support.projects import REPOSITORY


def copy_package(root: Path) -> Path:
    """Copy the package to ``src/cstprint`` in a folder, and return where it is."""
    package = root / "src" / "cstprint"
    shutil.copytree(Path(cstprint.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def write_issue_of(root: Path, issue: str) -> None:
    """Write an issue into the project beside the copy."""
    file = root / "project/issues/one/issue.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(issue, "utf-8")


def run_python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copy of the package in the project beside it, and return what it did."""
    path = os.pathsep.join((str(root / "src"), str(REPOSITORY)))
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root / "project",
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
