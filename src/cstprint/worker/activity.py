"""What a process is doing, seen from outside: its memory, and whether it works at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: How often (s) the memory of a child is read. Memory is filled with at most 1 GB/s: 20 MB between two looks.
WATCH_SECONDS = 0.02 if sys.platform.startswith("linux") else 0.25
#: States of threads that wait for another thread or process, by the letters of proc(5) and ps(1): neither
#: running (R), nor in an uninterruptible wait, as for a disk (D; in macOS U), nor stopped (T, t).
_ASLEEP = frozenset("SI")
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Activity:
    """What a process has done until now (processor time, bytes read), and whether all its threads wait for something.

    Two equal ``done`` say that nothing was done between them; their form is the system's.
    """

    done: tuple[str, ...]
    asleep: bool


class Idleness:
    """How long a process has done nothing, found by looking at it now and then."""

    #: How often (s) to look.
    LOOK_SECONDS = 1.0
    #: The most (s) that one look counts: a server that was stopped itself has not seen what the child did meanwhile.
    MOST_SECONDS = 2.0

    def __init__(self, pid: int, now: float) -> None:
        self._pid = pid
        self._looked = now
        self._known: Activity | None = None
        self._seconds = 0.0

    def seconds(self, now: float) -> float:
        """Return for how long (s) the process has used no processor time and read nothing, with all threads asleep.

        ``now`` is monotonic time (s). A process that is stopped, or waits for a disk, is not idle.
        """
        passed = now - self._looked
        if passed < self.LOOK_SECONDS:
            return self._seconds
        self._looked = now
        activity = read_activity(self._pid)
        if activity is None or not activity.asleep or activity != self._known:
            self._seconds = 0.0
        else:
            self._seconds += min(passed, self.MOST_SECONDS)
        self._known = activity
        return self._seconds


def resident_mb(pid: int) -> float:
    """Return how much memory a process has in use, 0 where it has ended."""
    return _READ_RESIDENT(pid)


def read_activity(pid: int) -> Activity | None:
    """Return what a process is doing, ``None`` where it has ended or nothing is known of it."""
    return _READ_ACTIVITY(pid)


def resident_from_proc(pid: int) -> float:
    """Return a process's memory in use (MB) as Linux has it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * _PAGE_BYTES / _MB


def resident_from_ps(pid: int) -> float:
    """Return a process's memory in use (MB) as ``ps`` prints it."""
    return int((_ps(pid, "rss=") or ["0"])[0]) * 1024 / _MB


def activity_from_proc(pid: int) -> Activity | None:
    """Return what a process is doing as Linux has it (proc(5)): ticks of user and system time, bytes read."""
    process = Path("/proc", str(pid))
    try:
        ticks = _fields(process / "stat")[11:13]
        states = [_fields(task / "stat")[0] for task in (process / "task").iterdir()]
    except (OSError, IndexError):
        return None
    return Activity((*ticks, _bytes_read(process)), all(state in _ASLEEP for state in states))


def activity_from_ps(pid: int) -> Activity | None:
    """Return what a process is doing as ``ps`` prints it: processor time; what it reads is not known."""
    words = _ps(pid, "state=,time=")
    return Activity((words[1],), words[0][0] in _ASLEEP) if len(words) == 2 else None


def _fields(stat: Path) -> list[str]:
    """Return the fields of a ``stat`` file from the state on; a command's name before it may hold anything."""
    return stat.read_text(errors="replace").rpartition(")")[2].split()


def _bytes_read(process: Path) -> str:
    try:
        return (process / "io").read_text().splitlines()[0]
    except (OSError, IndexError):  # not every kernel counts it, nor shows it to everyone
        return ""


def _ps(pid: int, columns: str) -> list[str]:
    command = ["/bin/ps", "-o", columns, "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_LINUX = sys.platform.startswith("linux")
_READ_RESIDENT: Callable[[int], float] = resident_from_proc if _LINUX else resident_from_ps
_READ_ACTIVITY: Callable[[int], Activity | None] = activity_from_proc if _LINUX else activity_from_ps
