"""How long layout and writing take with our lines beside WeasyPrint's own, warm, in turn in one process.

Run by `make bench`.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from cstprint.engine.environment import use_fonts
from cstprint.engine.paginate import paginate, write
from cstprint.project import open_project
from cstprint.rendering import RenderOptions, prepare

ROOT = Path(__file__).resolve().parents[2]
GOAL = 1.25


def main(pairs: int = 9) -> None:
    """Measure, and print each pair and the median."""
    project = open_project(ROOT)
    ready = prepare(project.issue_file("issue-2020-02"), project, RenderOptions()).value
    assert ready is not None
    use_fonts(ready.library, project.cache_folder)

    def seconds(*, stock: bool) -> float:
        assert ready is not None
        start = time.perf_counter()
        paged = paginate(ready.html, ready.issue.folder, ready.layout_folders(), stock_lines=stock).value
        assert paged is not None
        write(paged)
        return time.perf_counter() - start

    seconds(stock=False)
    seconds(stock=True)
    ratios = []
    for _pair in range(pairs):
        ours, stock = seconds(stock=False), seconds(stock=True)
        ratios.append(ours / stock)
        sys.stdout.write(f"our lines {ours:.2f} s   stock {stock:.2f} s   ratio {ours / stock:.2f}\n")
    median = statistics.median(ratios)
    verdict = "within" if median <= GOAL else "beyond"
    sys.stdout.write(f"median ratio {median:.2f}, {verdict} the goal of {GOAL} with ActualText\n")


if __name__ == "__main__":
    main()
