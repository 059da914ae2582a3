"""Limits of a child that the system enforces by itself; ``activity.py`` reads what has to be watched from outside."""

from __future__ import annotations

import resource
import sys

from cstprint.job import Limits

#: Address space (MB) that a warm process has mapped and never touches: libraries, arenas, caches of fonts. Measured
#: after the first render: 1,030 MB of address space, 300 MB resident.
UNTOUCHED_MB = 1_000
#: The kernel ends a child that nobody watches any more, this long (s of processor time) after its time.
ORPHAN_SECONDS = 60
_MB = 1_000_000


def limit_this_process(limits: Limits) -> None:
    """Let the kernel refuse what goes far beyond ``limits``: one allocation may be larger than a watch can catch.

    Soft limits, so that what is left to say can still be said (:func:`lift_limits`).
    """
    _lower(resource.RLIMIT_AS, (limits.memory_mb + UNTOUCHED_MB) * _MB)
    _lower(resource.RLIMIT_CPU, int(limits.seconds) + ORPHAN_SECONDS)
    _lower(resource.RLIMIT_CORE, 0)


def lift_limits() -> None:
    """Give back the address space that :func:`limit_this_process` took."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _lower(kind: int, wanted: int) -> None:
    _, hard = resource.getrlimit(kind)
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):  # macOS knows no limit of address space: the watch is all there is
        return


def peak_mb(usage: resource.struct_rusage) -> float:
    """Return how much memory a process has had in use at most: Linux counts it in kB, macOS in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / _MB
