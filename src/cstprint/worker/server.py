"""The server: takes a job at a time, starts a child for it and watches that child."""

from __future__ import annotations

import gc
import os
import signal
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait

from cstprint.diagnostics import Diagnostic, Result, msg, system_refusal, warning
from cstprint.job import Job, Limits, Stage
from cstprint.worker.activity import WATCH_SECONDS, Idleness, resident_mb
from cstprint.worker.child import STDERR
from cstprint.worker.limits import peak_mb
from cstprint.worker.messages import Answer, Cancel, Cancelled, Death, Done, Limit, Order, WarmUp
from cstprint.worker.starting import FORKS, Child, may_fork, started

#: GLib's last words where memory ran out: it ends the process instead of raising anything.
_OUT_OF_MEMORY = ("failed to allocate", "bad_alloc", "out of memory")
#: How long (s) a child may do nothing at all: a render computes or reads from its first moment to its last.
IDLE_SECONDS = 20.0


class _ClientLeftError(Exception):
    """Nobody waits for what is done here."""


class Server:
    """Does what a client orders, until the client closes its end of the connection."""

    def __init__(self, client: Connection) -> None:
        self._client = client
        #: Whether children are forked; not any more once a forked child has stopped working.
        self._forks = FORKS

    def serve(self) -> None:
        """Take orders until there are no more."""
        gc.disable()  # what is imported and warmed up lives as long as the server, what a child makes ends with it
        try:
            while True:
                order: Order = self._client.recv()
                if isinstance(order, WarmUp):
                    self._warm_up(order)
                elif isinstance(order, Job):
                    try:
                        self._run(order)
                    except ConnectionError:
                        raise
                    except (
                        OSError
                    ) as exception:  # no room for a folder, a pipe or a process: for another job perhaps
                        self._client.send(Done(Result(None, (system_refusal(exception),))))
                # A Cancel that is read here came too late: its render is over, and the client has its answer.
        except (EOFError, ConnectionError, _ClientLeftError):
            return

    def _warm_up(self, order: WarmUp) -> None:
        if not self._forks:
            return  # a fresh interpreter inherits nothing
        from cstprint.worker.warming import warm_up

        with suppress(Exception):  # a render meets the same, and tells it
            warm_up(order.project)
        gc.collect()  # nothing that has a thread may live on: see starting.py
        gc.freeze()

    def _run(self, job: Job) -> None:
        """Render a job in a child; once more in a fresh interpreter where the child stops working."""
        fork = self._forks and may_fork()
        death = self._attempt(job, fork=fork)
        if death is not None and death.limit is Limit.IDLE:
            self._forks = False  # what one forked child has met the next one meets, too
            death = self._attempt(job, fork=False, before=(_stopped_working(),))
        if death is not None:
            self._client.send(death)

    def _attempt(self, job: Job, *, fork: bool, before: tuple[Diagnostic, ...] = ()) -> Death | None:
        """Pass on what a child says until it ends; return why, where it ended before its render did.

        A child at its limit, or that nobody waits for, is killed. ``before`` is added to what the render found.
        """
        with started(job, self._client, fork=fork) as child:
            answer: Answer | Limit | None = None
            try:
                answer = self._listen(child, job.limits)
                if answer is not None and not isinstance(answer, Limit):
                    # Sent before the child has gone, which takes a while.
                    self._client.send(_with_found(answer, (*before, *_said_found(child))))
            finally:
                status, peak = _end(child.pid)
            if answer is not None and not isinstance(answer, Limit):
                return None
            said = _said(child)
            if answer is None and any(words in said for words in _OUT_OF_MEMORY):
                answer = Limit.MEMORY
            return Death(answer, max(0, -os.waitstatus_to_exitcode(status)), said, peak)

    def _listen(self, child: Child, limits: Limits) -> Answer | Limit | None:
        """Return a child's last answer, the limit that it has reached, or ``None`` where it ended without either."""
        begun = time.monotonic()
        idleness = Idleness(child.pid, begun)
        while True:
            ready = wait([child.answers, self._client], timeout=WATCH_SECONDS)
            if self._client in ready:
                self._hear_cancel()
                return Cancelled()
            if child.answers in ready:
                try:
                    heard: Answer = child.answers.recv()
                except (EOFError, ConnectionError):
                    return None
                if not isinstance(heard, Stage):
                    return heard
                self._client.send(heard)
            now = time.monotonic()
            if now > begun + limits.seconds:
                return Limit.TIME
            if idleness.seconds(now) >= IDLE_SECONDS:
                return Limit.IDLE
            if resident_mb(child.pid) > limits.memory_mb:
                return Limit.MEMORY

    def _hear_cancel(self) -> None:
        """Read the one order that may come while a child renders; raises where it is the end of the connection."""
        try:
            order: Order = self._client.recv()
        except (EOFError, ConnectionError):
            raise _ClientLeftError from None
        assert isinstance(order, Cancel), order


def _with_found(answer: Answer, found: tuple[Diagnostic, ...]) -> Answer:
    """Add to what came of a render what was found beside it."""
    if not isinstance(answer, Done) or not found:
        return answer
    result = Result(answer.result.value, (*answer.result.diagnostics, *found))
    return replace(answer, result=result)


def _said_found(child: Child) -> list[Diagnostic]:
    """Return what native libraries have written, as a warning."""
    said = _said(child)
    return [warning("CST-X006", msg("Output of native libraries: {text}", text=said))] if said else []


def _stopped_working() -> Diagnostic:
    """Return what is reported of a child that was ended because it did nothing."""
    message = msg(
        "The render process did nothing for {seconds} s and was ended. The issue was rendered "
        "again in a new process.",
        seconds=f"{IDLE_SECONDS:g}",
    )
    return warning("CST-X007", message, hint=msg("Please report this, with the output of `cstprint doctor`."))


def _end(pid: int) -> tuple[int, float]:
    """End a child, however far it is; return its status, and the memory (MB) that it had at most."""
    os.kill(pid, signal.SIGKILL)  # without effect on one that has ended
    _, status, usage = os.wait4(pid, 0)
    return status, peak_mb(usage)


def _said(child: Child) -> str:
    """Return the end of what native libraries wrote."""
    try:
        return (child.folder / STDERR).read_bytes()[-2000:].decode("utf-8", errors="replace").strip()
    except OSError:
        return ""
