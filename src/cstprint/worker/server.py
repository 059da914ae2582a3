"""The server: takes a job at a time, forks a child for it and watches that child."""

from __future__ import annotations

import gc
import os
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

from cstprint.diagnostics import Result, msg, system_refusal, warning
from cstprint.job import Job, Limits, Stage
from cstprint.passing import passing_folder
from cstprint.worker.child import STDERR, render_and_end
from cstprint.worker.limits import WATCH_SECONDS, peak_mb, resident_mb
from cstprint.worker.messages import Answer, Cancel, Cancelled, Death, Done, Limit, Order, WarmUp

#: GLib's last words where memory ran out: it ends the process instead of raising anything.
_OUT_OF_MEMORY = ("failed to allocate", "bad_alloc", "out of memory")


class _ClientLeftError(Exception):
    """Nobody waits for what is done here."""


def serve(client: Connection) -> None:
    """Do what ``client`` orders until it closes its end."""
    gc.disable()  # what is imported and warmed up lives as long as the server, what a child makes ends with it
    try:
        while True:
            order: Order = client.recv()
            if isinstance(order, WarmUp):
                from cstprint.worker.warming import warm_up

                with suppress(Exception):  # a render meets the same, and tells it
                    warm_up(order.project)
                gc.freeze()
            elif isinstance(order, Job):
                _run(order, client)
            # A Cancel that is read here came too late: its render is over, and the client has its answer.
    except (EOFError, ConnectionError, _ClientLeftError):
        return


def _run(job: Job, client: Connection) -> None:
    """Render a job in a child; the folder for what it leaves in passing goes with it."""
    try:
        with passing_folder() as folder:
            answers, write_end = Pipe(duplex=False)
            with answers:
                pid = os.fork()
                if not pid:
                    client.close()
                    answers.close()
                    render_and_end(job, write_end, folder)
                write_end.close()
                _follow(pid, answers, client, job.limits, folder)
    except ConnectionError:
        raise
    except OSError as exception:  # no room for a folder, a pipe or a process: another job may find some
        client.send(Done(Result(None, (system_refusal(exception),))))


def _follow(pid: int, answers: Connection, client: Connection, limits: Limits, folder: Path) -> None:
    """Pass on what a child says until it ends; a child at its limit, or that nobody waits for, is killed."""
    answer: Answer | Limit | None = None
    try:
        answer = _listen(pid, answers, client, limits)
        if answer is not None and not isinstance(answer, Limit):
            client.send(_with_said(answer, _said(folder)))  # before the child has gone: that takes a while
    finally:
        status, peak = _end(pid)
    if answer is None or isinstance(answer, Limit):
        said = _said(folder)
        if answer is None and any(words in said for words in _OUT_OF_MEMORY):
            answer = Limit.MEMORY
        client.send(Death(answer, max(0, -os.waitstatus_to_exitcode(status)), said, peak))


def _with_said(answer: Answer, said: str) -> Answer:
    """Add to what came of a render what native libraries have said beside it."""
    if not isinstance(answer, Done) or not said:
        return answer
    found = warning("CST-X006", msg("Parts of the layout engine say: {text}", text=said))
    return Done(Result(answer.result.value, (*answer.result.diagnostics, found)), answer.peak_mb)


def _listen(pid: int, answers: Connection, client: Connection, limits: Limits) -> Answer | Limit | None:
    """Return a child's last answer, the limit that it has reached, or ``None`` where it ended without either."""
    deadline = time.monotonic() + limits.seconds
    while True:
        ready = wait([answers, client], timeout=WATCH_SECONDS)
        if client in ready:
            _hear_cancel(client)
            return Cancelled()
        if answers in ready:
            try:
                heard: Answer = answers.recv()
            except EOFError:
                return None
            if not isinstance(heard, Stage):
                return heard
            client.send(heard)
        if time.monotonic() > deadline:
            return Limit.TIME
        if resident_mb(pid) > limits.memory_mb:
            return Limit.MEMORY


def _hear_cancel(client: Connection) -> None:
    """Read the one order that may come while a child renders; raises where it is the end of the connection."""
    try:
        order: Order = client.recv()
    except (EOFError, ConnectionError):
        raise _ClientLeftError from None
    assert isinstance(order, Cancel), order


def _end(pid: int) -> tuple[int, float]:
    """End a child, however far it is; return its status, and the memory (MB) that it had at most."""
    os.kill(pid, signal.SIGKILL)  # without effect on one that has ended
    _, status, usage = os.wait4(pid, 0)
    return status, peak_mb(usage)


def _said(folder: Path) -> str:
    """Return the end of what native libraries wrote."""
    try:
        return (folder / STDERR).read_bytes()[-2000:].decode("utf-8", errors="replace").strip()
    except OSError:
        return ""
