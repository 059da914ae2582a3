"""Limits of a child: what the system enforces by itself, and what has to be watched from outside."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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


def resident_mb(pid: int) -> float:
    """Return how much memory a process has in use, 0 where it has ended."""
    return _READ_RESIDENT(pid)


def _from_proc(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * _PAGE_BYTES / _MB


def _from_ps(pid: int) -> float:
    told = subprocess.run(
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return int(told.stdout.strip() or 0) * 1024 / _MB


_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_READ_RESIDENT: Callable[[int], float] = _from_proc if sys.platform.startswith("linux") else _from_ps
#: How often (s) a child is looked at. At 1 GB/s, which is what memory is filled with, it takes 20 MB meanwhile.
WATCH_SECONDS = 0.02 if sys.platform.startswith("linux") else 0.25
