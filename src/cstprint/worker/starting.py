"""How a child starts: forked from this process where that is safe, otherwise as a fresh interpreter.

A fork copies memory, not threads. A lock that another thread holds at that moment is never released in the child, and
a queue that another thread serves is never emptied: the child waits forever (POSIX.1-2017, ``fork``). Newer Pango
(1.56, not 1.50) loads fonts in a thread of each font map, so no font map is alive when the server forks
(``warming.py``), and a server that has a second thread, whatever started it, does not fork. Under macOS no child is
forked: what GLib and CoreFoundation have set up may not be used between ``fork`` and ``exec`` there.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from cstprint.job import Job
from cstprint.temporary import temporary_folder
from cstprint.worker.child import render_and_end

#: Whether a child may be forked on this system at all.
FORKS = sys.platform != "darwin"
#: How long (s) the server waits for a thread that has been asked to end.
ENDING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process that renders one job: its id, what it answers, the folder of its temporary files."""

    pid: int
    answers: Connection
    folder: Path


def thread_count() -> int:
    """Return how many threads this process has; outside Linux only those that Python knows."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are enough
    except OSError:
        return threading.active_count()


def may_fork() -> bool:
    """Return whether a child of this process, forked now, is safe: the process has one thread."""
    if not FORKS:
        return False
    end = time.monotonic() + ENDING_SECONDS
    while (count := thread_count()) > 1 and time.monotonic() < end:
        time.sleep(0.005)
    return count == 1


@contextmanager
def started(job: Job, server: Connection, *, fork: bool) -> Iterator[Child]:
    """Start a child for ``job``; its temporary files are removed at the end.

    ``server`` is the connection of this process to its client, which a forked child closes.
    """
    with temporary_folder() as folder:
        ours, theirs = Pipe()
        with ours:
            with theirs:
                pid = _forked(job, folder, theirs, (ours, server)) if fork else _spawned(theirs)
            if not fork:
                _hand_over(job, folder, ours)
            yield Child(pid, ours, folder)


def _forked(job: Job, folder: Path, answers: Connection, not_theirs: tuple[Connection, ...]) -> int:
    pid = os.fork()
    if not pid:
        for connection in not_theirs:
            connection.close()
        render_and_end(job, answers, folder)
    return pid


def _spawned(answers: Connection) -> int:
    """Start a fresh interpreter, which inherits ``answers`` and nothing else."""
    os.set_inheritable(answers.fileno(), True)
    command = [sys.executable, "-P", "-m", "cstprint.worker.child", str(answers.fileno())]
    return os.posix_spawn(sys.executable, command, os.environ)


def _hand_over(job: Job, folder: Path, child: Connection) -> None:
    try:
        child.send((job, folder))
    except ConnectionError:
        return  # the child has ended already, which its side of the connection reports
