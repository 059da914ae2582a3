"""A Dask cluster that renders: the same work in the same workers, on other machines.

Their cstprint, fonts and layouts must be what ours are, or the PDFs would not be the same bytes: each process
compares before it renders. They read the project at the same path and write nothing but its caches; PDFs come back
as bytes.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from cstprint.batch.executors import Answer, Task, Workers
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import OPTIONS, Surroundings, survey
from cstprint.batch.plan import changes_of
from cstprint.diagnostics import CstprintError, Diagnostic, Message, Result, UsageError, error, msg
from cstprint.job import Report

#: How long (s) a scheduler may take to answer.
PATIENCE_SECONDS = 10
#: What Dask raises where a connection ends, or where it has closed its client for that.
_LOST = (CancelledError, asyncio.CancelledError, OSError, TimeoutError, RuntimeError)
#: How addresses may begin.
SCHEMES = ("tcp", "tls", "ucx", "ws", "wss")


class ClusterRenderers:
    """The processes that a Dask scheduler at ``address`` has."""

    def __init__(self, address: str, surroundings: Surroundings):
        """Connect; raises ``UsageError`` where Dask is not installed or the scheduler does not answer."""
        try:
            from distributed import Client
        except ImportError:
            problem = msg("A cluster needs dask.distributed, which is not installed.")
            hint = msg("Install cstprint with the extra `cluster`: pip install 'cstprint[cluster]'")
            raise UsageError(error("CST-B006", problem, subject="--scheduler", hint=hint)) from None
        _silence()
        scheme = address.partition("://")[0] if "://" in address else "tcp"
        try:
            if scheme not in SCHEMES:  # Dask finds out, too, but closes its client with a traceback
                raise ValueError(scheme)
            self._client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
        except (OSError, ValueError) as exception:
            raise UsageError(_no_scheduler(address, exception)) from None
        self._executor = self._client.get_executor(pure=False)
        self._address = address
        self._surroundings = surroundings

    def submit(self, task: Task) -> Future[Answer]:
        """Have a task rendered by whoever is free; where a machine is lost, by another."""
        with self._reporting_its_loss():
            future: Future[Answer] = self._executor.submit(render_there, task, self._surroundings)
        return future

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a task; raises ``CstprintError`` where the scheduler is lost."""
        from distributed import KilledWorker

        try:
            with self._reporting_its_loss():
                return future.result()
        except KilledWorker:
            problem = msg("Several processes of the cluster ended while they rendered this issue.")
            hint = msg("Render the issue here, without --scheduler, to see what happens.")
            return Answer(Report(Result(None, (error("CST-B008", problem, hint=hint),))), 0.0)

    def width(self) -> int:
        """Return how many threads the cluster has now, each with a worker of its own."""
        with self._reporting_its_loss():
            return sum(self._client.nthreads().values()) or 1

    @contextmanager
    def _reporting_its_loss(self) -> Iterator[None]:
        """Raise ``CstprintError`` for whatever Dask raises where its scheduler is gone."""
        try:
            yield
        except _LOST:
            problem = msg("The connection to the scheduler at {address} is lost.", address=self._address)
            hint = msg("Finished PDFs are kept. The same command continues when the scheduler is back.")
            raise CstprintError(error("CST-B006", problem, hint=hint)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(*_LOST):  # a scheduler that is lost gets no message
            self._executor.shutdown(wait=False)
            self._client.close(timeout=PATIENCE_SECONDS)


def _silence() -> None:
    """Let Dask and what it stands on write nothing: what it says of lost connections is reported in our own words."""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):  # some have levels of their own
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


#: The workers of a process of the cluster: they stay warm for the next batch.
_WORKERS = Workers()
#: What there is here and how it differs, by project and what was expected there.
_compared: dict[tuple[str, str], tuple[Surroundings | None, tuple[Message, ...]]] = {}


def render_there(task: Task, expected: Surroundings) -> Answer:
    """Return what came of a task, rendered in a process of the cluster that is what is expected."""
    key = (str(task.job.project.root), expected.digest)
    if key not in _compared:
        _compared[key] = _compare(task, expected)
    here, found = _compared[key]
    if here is None or found:
        return Answer(Report(Result(None, (_differs(found),))), 0.0, concerns_all=True)
    answer = _WORKERS.render(task)
    reads = answer.report.reads
    if reads is None or reads.fonts != here.fonts:
        _compared.pop(key, None)
        return answer
    # The marks of the same fonts are others on each machine: who asks compares those of its own.
    return replace(answer, report=replace(answer.report, reads=replace(reads, fonts=expected.fonts)))


def _compare(task: Task, expected: Surroundings) -> tuple[Surroundings | None, tuple[Message, ...]]:
    """Return what there is here, and what of it is different."""
    project = task.job.project
    if not project.root.is_dir():
        return None, (msg("there is no folder {folder}", folder=project.root),)
    here = survey(project, task.job.options, Hashes(project.cache_folder))
    names = sorted((expected.sets.keys() | here.sets.keys()) - {OPTIONS})
    before, now = expected.sets, here.sets
    found = (
        changes_of(name, before.get(name), now.get(name))
        for name in names
        if before.get(name) != now.get(name)
    )
    return here, tuple(found)


def _differs(found: tuple[Message, ...]) -> Diagnostic:
    problem = msg(
        "{machine} of the cluster differs from this machine: {found}.",
        machine=socket.gethostname(),
        found=found,
    )
    hint = msg(
        "Install the same version with the same fonts there, and make the project available at the same path."
    )
    return error("CST-B007", problem, subject="--scheduler", hint=hint)


def _no_scheduler(address: str, exception: Exception) -> Diagnostic:
    problem = msg(
        "No scheduler answers at {address}: {reason}.", address=address, reason=str(exception)[:200]
    )
    hint = msg(
        "Write the address as Dask prints it, for example tcp://host:8786, and check that the scheduler runs."
    )
    return error("CST-B006", problem, subject="--scheduler", hint=hint)
