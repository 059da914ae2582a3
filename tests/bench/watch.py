"""How long a whole PDF takes from saving a style sheet, with `--watch`, beside the warm render itself, in turn.

Run by `make bench`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.paired import paired

from cstprint.job import Job
from cstprint.project import Project, open_project
from cstprint.worker.client import Worker

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "issue-2020-02"
GOAL = 1.3
SAVES = 10


def main() -> None:
    """Measure ten saves, and print each pair and the median."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "issues" / ISSUE, root / "issues" / ISSUE)
        sheet = root / "layouts/newsletter/blocks.css"
        shutil.copytree(ROOT / "layouts/newsletter", sheet.parent)
        command = subprocess.Popen(
            [sys.executable, "-m", "cstprint", "render", ISSUE, "--watch", "--json"],
            cwd=root,
            env={**os.environ, "LANGUAGE": "en"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert command.stdout is not None
        readline = command.stdout.readline
        try:
            _hear(readline)  # the first render
            project = open_project(root)
            with Worker() as worker:
                worker.warm_up(project)
                paired(
                    "watching, from the save to the PDF, beside a warm render",
                    lambda: _save(sheet, readline),
                    lambda: _render(project, worker),
                    GOAL,
                    pairs=SAVES,
                )
        finally:
            command.send_signal(signal.SIGINT)
            command.wait()


def _save(sheet: Path, readline: Callable[[], str]) -> None:
    with sheet.open("a", encoding="utf-8") as stream:
        stream.write("/* saved */\n")
    _hear(readline)


def _hear(readline: Callable[[], str]) -> None:
    built = json.loads(readline())
    assert built["output"] is not None, built


def _render(project: Project, worker: Worker) -> None:
    made = worker.render(Job(project.issue_file(ISSUE), project), lambda _: None)
    assert made.value is not None


if __name__ == "__main__":
    main()
