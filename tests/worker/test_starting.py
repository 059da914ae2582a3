"""A child starts so that it can work: nothing with a thread crosses a fork, and a child that is stuck is replaced.

The server under test runs a ``sitecustomize`` of the test's own (Python's ``site``) before anything else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cstprint.diagnostics import Result
from cstprint.job import Job, Rendering, Stage
from cstprint.project import open_project
from cstprint.worker import activity
from cstprint.worker.activity import Activity, Idleness, activity_from_proc, activity_from_ps
from cstprint.worker.client import Worker
from tests.support.processes import children_of, linux
from tests.support.projects import SmallProject

pytestmark = pytest.mark.render

#: A mutex that is locked when the server forks, and that the child waits for in native code.
LOCK_HELD_AT_THE_FORK = """
    import ctypes, os
    import cstprint.worker.server as server

    server.IDLE_SECONDS = 2
    pthread = ctypes.CDLL(None)
    mutex = ctypes.create_string_buffer(64)
    pthread.pthread_mutex_init(mutex, None)
    pthread.pthread_mutex_lock(mutex)
    os.register_at_fork(after_in_child=lambda: pthread.pthread_mutex_lock(mutex))
"""
#: The same in every child, however it starts: a render can never be done.
LOCK_IN_EVERY_CHILD = (
    LOCK_HELD_AT_THE_FORK
    + """
    import sys

    if "cstprint.worker.child" in sys.orig_argv:
        pthread.pthread_mutex_lock(mutex)
"""
)
#: A thread that Python knows nothing of.
NATIVE_THREAD = """
    import ctypes

    pthread = ctypes.CDLL(None)
    thread = ctypes.c_ulong()
    pthread.pthread_create(ctypes.byref(thread), None, pthread.pause, None)
"""
PYTHON_THREAD = """
    import threading

    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
MACOS = """
    import cstprint.worker.starting as starting

    starting.FORKS = False
"""


@contextmanager
def worker_with(code: str, folder: Path) -> Iterator[Worker]:
    """A worker whose server runs ``code`` first."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(textwrap.dedent(code), "utf-8")
    with Worker({**os.environ, "PYTHONPATH": str(folder)}) as worker:
        yield worker


def rendered(worker: Worker, project: SmallProject) -> tuple[Result[Rendering], list[str]]:
    """Render the project's issue; return what came of it and the command of each child, as it began to read."""
    opened = open_project(project.root)
    commands = []

    def see(stage: Stage) -> None:
        if stage is Stage.READ:
            (child,) = children_of(worker._process.pid)
            commands.append(Path(f"/proc/{child}/cmdline").read_text())

    return worker.render(Job(opened.issue_file("one"), opened), see), commands


def is_fresh(command: str) -> bool:
    return "cstprint.worker.child" in command


@linux
def test_a_child_stuck_in_native_code_is_ended_and_its_issue_rendered(
    project: SmallProject, tmp_path: Path
) -> None:
    project.issue()
    with worker_with(LOCK_HELD_AT_THE_FORK, tmp_path / "site") as worker:
        result, commands = rendered(worker, project)
        assert [found.code for found in result.diagnostics] == ["CST-X007"]
        assert result.value is not None
        assert list(map(is_fresh, commands)) == [True]  # the forked child never began to read
        again, commands = rendered(worker, project)
        assert again == Result(result.value)  # at once, without another fork
        assert list(map(is_fresh, commands)) == [True]


@linux
def test_a_render_that_is_stuck_twice_is_an_error(project: SmallProject, tmp_path: Path) -> None:
    project.issue()
    with worker_with(LOCK_IN_EVERY_CHILD, tmp_path / "site") as worker:
        result, _ = rendered(worker, project)
    assert [found.code for found in result.diagnostics] == ["CST-X008"]


@linux
@pytest.mark.parametrize("thread", [NATIVE_THREAD, PYTHON_THREAD], ids=["native", "python"])
def test_a_server_with_a_second_thread_does_not_fork(
    thread: str, project: SmallProject, tmp_path: Path
) -> None:
    project.issue()
    with worker_with(thread, tmp_path / "site") as worker:
        worker.warm_up(open_project(project.root))
        result, commands = rendered(worker, project)
    assert (result.value is not None, result.diagnostics) == (True, ())
    assert list(map(is_fresh, commands)) == [True]


@linux
def test_forked_and_fresh_children_make_the_same_bytes(project: SmallProject, tmp_path: Path) -> None:
    project.issue()
    results = []
    for name, code in (("linux", ""), ("macos", MACOS)):
        with worker_with(code, tmp_path / name) as worker:
            worker.warm_up(open_project(project.root))
            result, commands = rendered(worker, project)
            assert list(map(is_fresh, commands)) == [name == "macos"]
            results.append(result)
    assert results[0] == results[1]
    assert results[0].value is not None


@linux
def test_no_font_map_and_no_thread_is_left_when_a_server_is_warm(tmp_path: Path) -> None:
    counted = """
        import gc, sys
        from pathlib import Path
        from cstprint.project import open_project
        from cstprint.worker.starting import may_fork, thread_count
        from cstprint.worker.warming import warm_up

        warm_up(open_project(Path(sys.argv[1])))
        gc.collect()
        from weasyprint.text.fonts import FontConfiguration

        left = sum(isinstance(one, FontConfiguration) for one in gc.get_objects())
        print(left, may_fork(), thread_count())
    """
    command = [sys.executable, "-c", textwrap.dedent(counted), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True", "1"]


class Clock:
    """What a process does in each second that it is looked at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.activity: Activity | None = Activity(("1",), asleep=True)
        monkeypatch.setattr(activity, "read_activity", lambda _pid: self.activity)
        self.idleness = Idleness(1, self.now)

    def after(self, seconds: float) -> float:
        self.now += seconds
        return self.idleness.seconds(self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def idle_after(clock: Clock, change: Callable[[int], Activity | None], seconds: int = 10) -> float:
    """How long the process has been idle after some seconds in which it did what ``change`` returns for each."""
    idle = 0.0
    for second in range(seconds):
        clock.activity = change(second)
        idle = clock.after(1)
    return idle


def test_a_process_that_does_nothing_is_idle_from_the_second_look_on(clock: Clock) -> None:
    assert idle_after(clock, lambda _: Activity(("1",), asleep=True)) == 9


def test_a_process_that_works_reads_or_is_not_asleep_is_not_idle(clock: Clock) -> None:
    assert idle_after(clock, lambda second: Activity((str(second),), asleep=True)) == 0
    assert idle_after(clock, lambda _: Activity(("1",), asleep=False)) == 0
    assert idle_after(clock, lambda _: None) == 0


def test_a_server_that_was_stopped_does_not_take_its_own_absence_for_idleness(clock: Clock) -> None:
    clock.after(1)
    assert clock.after(3600) == Idleness.MOST_SECONDS


@linux
def test_a_stopped_process_is_not_asleep_and_a_waiting_one_is() -> None:
    with subprocess.Popen(["/bin/sleep", "60"]) as process:
        try:
            time.sleep(0.2)
            assert activity_from_proc(process.pid) == activity_from_proc(process.pid)
            for read in (
                (activity_from_proc, activity_from_ps) if Path("/bin/ps").exists() else [activity_from_proc]
            ):
                process.send_signal(signal.SIGSTOP)
                time.sleep(0.2)
                stopped = read(process.pid)
                process.send_signal(signal.SIGCONT)
                time.sleep(0.2)
                waiting = read(process.pid)
                assert (stopped and stopped.asleep, waiting and waiting.asleep) == (False, True)
        finally:
            process.kill()
    assert activity_from_proc(process.pid) is None
