"""How long a render takes whose figures leave their places, beside the same issue with every figure where it stands.

Both warm, in one process. Run by `make bench`.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.paired import paired
from tests.support.figure_issues import write_issue

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render

#: Generated issues in which figures move.
SEEDS = (4, 9, 12, 17, 18)
GOAL = 2.5


def main() -> None:
    """Measure each issue, and print the median of all."""
    gc.disable()  # as the command does; what one render leaves behind is not the next one's affair
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in SEEDS:
            file = write_issue(Path(folder), seed).file
            moving, still = (partial(_render, file, place) for place in ("head", "here"))
            ratios.append(paired(f"moves, issue {seed}", moving, still, GOAL, pairs=5, before=gc.collect))
    sys.stdout.write(f"moves: median ratio {statistics.median(ratios):.2f}, goal {GOAL}\n")


def _render(file: Path, place: str) -> None:
    options = RenderOptions(settings={"figure-place": place})
    made = render(file, open_project(file.parents[2]), options)
    assert made.value is not None, "the issue has errors: cstprint render tells them"


if __name__ == "__main__":
    main()
