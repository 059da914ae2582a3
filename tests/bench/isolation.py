"""What a child of its own costs a render: a warm worker beside the same render in a warm process, in turn.

Run by `make bench`. In milliseconds, not as a ratio: the price is the same for every issue.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cstprint.job import Job
from cstprint.project import open_project
from cstprint.rendering import render
from cstprint.worker.client import Worker

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS = 40
PAIRS = 15


def main(name: str = "issue-2020-02") -> None:
    """Measure, and print each pair and the median difference."""
    project = open_project(ROOT)
    job = Job(project.issue_file(name), project)
    gc.disable()  # as the command does
    with Worker() as worker:
        worker.warm_up(project)

        def isolated() -> None:
            assert worker.render(job, lambda _: None).value is not None

        def here() -> None:
            assert render(job.path, job.project).value is not None

        for _warm in range(3):
            isolated()
            here()
        differences = [_milliseconds(isolated) - _milliseconds(here) for _pair in range(PAIRS)]
    for difference in differences:
        sys.stdout.write(f"isolation: {difference:+.0f} ms\n")
    median = statistics.median(differences)
    verdict = "within" if median <= GOAL_MS else "beyond"
    sys.stdout.write(f"isolation: median {median:+.0f} ms, {verdict} the goal of {GOAL_MS} ms\n")


def _milliseconds(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
