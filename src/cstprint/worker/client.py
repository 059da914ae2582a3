"""The client: a worker as those see it who have something to render."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from multiprocessing.connection import Pipe
from types import TracebackType
from typing import NoReturn

from cstprint.diagnostics import (
    CstprintError,
    Diagnostic,
    InternalError,
    Result,
    UsageError,
    error,
    msg,
)
from cstprint.job import Job, Limits, Rendering, Report, Stage
from cstprint.project import Project
from cstprint.worker.messages import Answer, Cancel, Death, Done, Fault, Limit, Refusal, WarmUp

#: How often (s) a render is asked whether it is still wanted.
ASK_SECONDS = 0.02


class RenderCancelledError(Exception):
    """The render was ended before its time because nobody wanted it any more."""


class Worker:
    """A process that renders one issue at a time, each in a child of its own; closed, it ends what it is doing.

    Without :meth:`warm_up` each child loads what it needs by itself, as is best for a single issue.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the process, with this process's environment or another."""
        self._socket, theirs = Pipe()
        with theirs:
            # -P: a project's folder is no place to import modules from. A session of its own: Ctrl-C is the client's.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cstprint.worker", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )

    def warm_up(self, project: Project) -> None:
        """Load, once for all renders to come, what those of ``project`` need; returns at once."""
        self._socket.send(WarmUp(project))

    def render(
        self, job: Job, progress: Callable[[Stage], None], is_stale: Callable[[], bool] | None = None
    ) -> Result[Rendering]:
        """Return what came of a job, as :meth:`report` does."""
        return self.report(job, progress, is_stale).result

    def report(
        self, job: Job, progress: Callable[[Stage], None], is_stale: Callable[[], bool] | None = None
    ) -> Report:
        """Return what came of a job and what it took; a limit reached and a child that died are errors of that job.

        As soon as ``is_stale`` says so the child is ended, and ``RenderCancelledError`` raised. Raises ``UsageError``
        as :func:`cstprint.rendering.render` does, and ``InternalError`` for a fault of ours.
        """
        try:
            self._socket.send(job)
            while isinstance(answer := self._hear(is_stale), Stage):
                progress(answer)
        except (EOFError, ConnectionError):
            raise InternalError(error("CST-X005", msg("The render process has ended."))) from None
        if isinstance(answer, Refusal):
            raise _raised(answer)
        if isinstance(answer, Fault):
            raise _fault(answer)
        if isinstance(answer, Death):
            return Report(Result(None, (_death(answer, job.limits),)), answer.peak_mb)
        assert isinstance(answer, Done), answer
        return Report(answer.result, answer.peak_mb, answer.reads)

    def _hear(self, is_stale: Callable[[], bool] | None) -> Answer:
        while is_stale is not None and not self._socket.poll(ASK_SECONDS):
            if is_stale():
                self._cancel()
        answer: Answer = self._socket.recv()
        return answer

    def _cancel(self) -> NoReturn:
        """End the render and hear its last answer, whatever it is: the next one's come after it."""
        self._socket.send(Cancel())
        while isinstance(self._socket.recv(), Stage):
            pass
        raise RenderCancelledError

    def close(self) -> None:
        """End the process, and a render that it is busy with."""
        self._socket.close()
        self._process.wait()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _raised(refusal: Refusal) -> CstprintError:
    for kind in (UsageError, InternalError):
        if kind.exit_status == refusal.exit_status:
            return kind(refusal.diagnostics)
    return CstprintError(refusal.diagnostics)


def _fault(fault: Fault) -> InternalError:
    hint = msg("Please report this, with the issue's folder and the output of `--debug`.")
    exception = InternalError(
        error("CST-X002", msg("An internal error of cstprint: {reason}", reason=fault.reason), hint=hint)
    )
    exception.add_note(fault.traceback)
    return exception


def _death(death: Death, limits: Limits) -> Diagnostic:
    if death.limit is Limit.TIME:
        message = msg(
            "The render took longer than {seconds} s and was stopped.", seconds=f"{limits.seconds:g}"
        )
        hint = msg("If the issue really is that large, raise the limit with --limit-time.")
        return error("CST-E011", message, hint=hint)
    if death.limit is Limit.MEMORY:
        message = msg(
            "The render needs more than {megabytes} MB of memory and was stopped.", megabytes=limits.memory_mb
        )
        hint = msg("If the issue really is that large, raise the limit with --limit-memory.")
        return error("CST-E012", message, hint=hint)
    if death.limit is Limit.IDLE:
        message = msg("The render process stopped responding twice and was ended.")
        hint = msg("Please report this, with the issue's folder and the output of `cstprint doctor`.")
        return error("CST-X008", message, hint=hint)
    name = signal.Signals(death.signal).name if death.signal else "exit"
    said = death.said.splitlines()[-1] if death.said else ""
    message = msg("The render process was ended by {signal}. {said}", signal=name, said=said)
    hint = msg(
        "Render the issue again. If the process ends again, please report this with the issue's folder."
    )
    return error("CST-X005", message, hint=hint)
