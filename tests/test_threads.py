"""Threads that render at the same time: each gets what it would get alone, and nothing of WeasyPrint stays replaced."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.projects import REPOSITORY

#: WeasyPrint and the fonts are of a whole process: in one of its own, nothing before spoils the trial.
PROGRAM = """
import inspect, pathlib, sys, threading
from cstprint import open_project, render

project = open_project(pathlib.Path.cwd())
ids = sorted(project.issue_ids())
alone = {one: render(project.issue_file(one), project).value.pdf for one in ids}
import weasyprint.layout.block, weasyprint.layout.inline, weasyprint.draw
modules = (weasyprint.layout.block, weasyprint.layout.inline, weasyprint.draw)
own = [dict(vars(module)) for module in modules]
together = {}

def work(one):
    together[one] = render(project.issue_file(one), project).value.pdf

threads = [threading.Thread(target=work, args=(one,)) for one in ids]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert together == alone, [one for one in ids if together.get(one) != alone[one]]
assert [dict(vars(module)) for module in modules] == own
print(len(ids), "issues")
"""


@pytest.mark.slow
def test_three_threads_render_what_each_renders_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3 issues\n"
