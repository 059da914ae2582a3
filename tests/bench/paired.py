"""Two ways of doing one thing, timed in turn: a ratio a pair, because a shared machine's speed drifts."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable


def paired(
    name: str,
    ours: Callable[[], object],
    other: Callable[[], object],
    goal: float,
    *,
    pairs: int = 9,
    before: Callable[[], object] = lambda: None,
) -> float:
    """Run both ``pairs`` times in turn after a warm-up, print each pair and the median ratio; return it.

    ``before`` runs before each of them and is not counted.
    """
    ours()
    other()
    ratios = []
    for _pair in range(pairs):
        a, b = _seconds(ours, before), _seconds(other, before)
        ratios.append(a / b)
        sys.stdout.write(f"{name}: {a:.2f} s beside {b:.2f} s, ratio {a / b:.2f}\n")
    median = statistics.median(ratios)
    verdict = "within" if median <= goal else "beyond"
    sys.stdout.write(f"{name}: median ratio {median:.2f}, {verdict} the goal of {goal}\n")
    return median


def _seconds(work: Callable[[], object], before: Callable[[], object]) -> float:
    before()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
