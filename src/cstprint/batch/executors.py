"""Who renders: worker processes of this machine.

Each thread has a worker of its own and waits for it, one job at a time. Answers are bytes: only who asked for them
writes into the output folder.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from cstprint.diagnostics import CstprintError, Result, UsageError, system_refusal
from cstprint.fonts import font_marks
from cstprint.job import Job, Report, Stage
from cstprint.reading.files import Marks
from cstprint.worker.client import Worker
from cstprint.worker.reads import named_marks

SOURCE_DATE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and the ``SOURCE_DATE_EPOCH`` that it is to be rendered with."""

    id: str
    job: Job
    source_date: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task, and how long (s) it took.

    ``concerns_all`` says that no other task can be rendered so either: surroundings or options are wrong.
    """

    report: Report
    seconds: float
    concerns_all: bool = False


class Renderers(Protocol):
    """Something that renders several tasks at a time."""

    def submit(self, task: Task) -> Future[Answer]:
        """Render a task some time."""

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a task that has ended; raises ``CstprintError`` where nobody renders any more."""

    def width(self) -> int:
        """Return how many tasks are rendered at a time now."""


class LocalRenderers:
    """Worker processes of this machine, ``count`` of them; warm ones pay where each renders several issues."""

    def __init__(self, count: int, *, warm: bool):
        self._count = count
        self._stopped = threading.Event()
        self._workers = Workers(self._stopped.is_set, warm=warm)
        self._threads = ThreadPoolExecutor(count)

    def submit(self, task: Task) -> Future[Answer]:
        """Render a task as soon as a worker is free."""
        return self._threads.submit(self._workers.render, task)

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a task."""
        return future.result()

    def width(self) -> int:
        """Return how many workers there are."""
        return self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopped.set()  # what is under way is ended, what waits is not begun
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._workers.close()


class Workers:
    """A worker for each thread: one takes one job at a time, and fonts can be named only once in a process."""

    def __init__(self, is_stale: Callable[[], bool] | None = None, *, warm: bool = True):
        self._is_stale = is_stale
        self._warm = warm
        self._own = threading.local()
        self._all: list[Worker] = []

    def render(self, task: Task) -> Answer:
        """Return what came of a task."""
        began = time.perf_counter()
        try:
            report = self._worker(task).report(task.job, _silent, self._is_stale)
        except CstprintError as problem:
            # A fault of ours, or the worker has died: it costs this issue, and the next one gets a worker of its own.
            self._own.worker = None
            failed = Report(Result(None, problem.diagnostics))
            return Answer(failed, time.perf_counter() - began, concerns_all=isinstance(problem, UsageError))
        except OSError as exception:  # there is no room for another process
            failed = Report(Result(None, (system_refusal(exception),)))
            return Answer(failed, time.perf_counter() - began)
        if report.reads is not None and report.reads.fonts != _fonts_now(task):
            self._own.worker.close()  # it has read fonts that are others now
            self._own.worker = None
        return Answer(report, time.perf_counter() - began)

    def _worker(self, task: Task) -> Worker:
        surroundings = (task.job.project.root, task.source_date)
        if getattr(self._own, "worker", None) is None or self._own.surroundings != surroundings:
            if getattr(self._own, "worker", None) is not None:
                self._own.worker.close()
            self._own.worker = Worker(_environment(task.source_date))
            self._own.surroundings = surroundings
            if self._warm:
                self._own.worker.warm_up(task.job.project)
            self._all.append(self._own.worker)
        worker: Worker = self._own.worker
        return worker

    def close(self) -> None:
        """End all workers."""
        for worker in self._all:
            worker.close()


def _fonts_now(task: Task) -> dict[str, Marks]:
    project = task.job.project
    return named_marks(project, font_marks(project.font_folders()))


def _environment(source_date: str | None) -> dict[str, str]:
    """Return what a worker's environment is: this process's, with the date of who asked."""
    environment = {name: value for name, value in os.environ.items() if name != SOURCE_DATE}
    return environment if source_date is None else {**environment, SOURCE_DATE: source_date}


def _silent(_: Stage) -> None:
    """Tell nobody."""
