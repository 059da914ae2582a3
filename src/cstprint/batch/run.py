"""A batch: tasks to renderers, their answers to PDFs and lines of the manifest, until all are done."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cstprint.batch.executors import SOURCE_DATE, Answer, Renderers, Task
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import Inputs, Surroundings
from cstprint.batch.manifest import UNFINISHED, Manifest, Output, Record
from cstprint.batch.plan import Planned
from cstprint.diagnostics import (
    CstprintError,
    Diagnostic,
    UsageError,
    diagnostic_data,
    error,
    hardened,
    msg,
    reason_of,
)
from cstprint.job import Job, Limits, Rendering, RenderOptions, Sources
from cstprint.output import write_whole
from cstprint.project import Project
from cstprint.reading.files import Refused, read_below, shown_path, text_of

#: A child that was ended by a signal gets another chance: the machine may have been short of memory for a moment.
_DIED = "CST-X005"
_ATTEMPTS = 2
#: Instead of a hash: what was rendered is not what stood there before and after.
OTHER_TEXT = "another text"
#: What stands in the way of every PDF to come, not of one.
_DISK_ERRORS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO))


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every issue of a batch."""

    project: Project
    options: RenderOptions = RenderOptions()
    limits: Limits = Limits()
    strict: bool = False
    fail_fast: bool = False

    def task(self, issue: Planned) -> Task:
        """Return the task of one issue."""
        job = Job(issue.path, self.project, self.options, self.limits)
        return Task(issue.id, job, os.environ.get(SOURCE_DATE))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one issue went, as its record says, and what was found, with places to show."""

    record: Record
    found: tuple[Diagnostic, ...]

    @property
    def good(self) -> bool:
        """Whether a PDF was written."""
        return self.record.output is not None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch works with: what is asked, who renders, where it is written down, what stands around."""

    order: Order
    renderers: Renderers
    manifest: Manifest
    surroundings: Surroundings
    hashes: Hashes

    def outcomes(self, issues: Sequence[Planned], tell: Callable[[Sequence[str]], None]) -> Iterator[Outcome]:
        """Render issues and yield how each went, as they end: its PDF and its line are written by then.

        ``tell`` hears the ids of those under way whenever they change. Raises ``CstprintError`` where no other could
        be rendered or written either.
        """
        queue = _Queue(self.renderers, self.hashes, [self.order.task(issue) for issue in issues], tell)
        for finished in queue:
            outcome = self._settled(finished)
            if self.order.fail_fast and not outcome.good:
                queue.drain()
            yield outcome

    def _settled(self, finished: _Finished) -> Outcome:
        """Write what came of a task, and that it did."""
        result = finished.answer.report.result
        found = [hardened(problem) if self.order.strict else problem for problem in result.diagnostics]
        output = None
        if result.value is not None and not any(problem.is_error for problem in found):
            output = self._write(finished.task.id, result.value.pdf, found)
        record = self._record(finished, result.value, output, found)
        try:
            self.manifest.add(record, self.surroundings.sets)
        except OSError as exception:
            raise CstprintError(not_written(self.manifest.folder, exception)) from None
        return Outcome(record, tuple(found))

    def _write(self, issue: str, pdf: bytes, found: list[Diagnostic]) -> Output | None:
        """Write a PDF, or add to ``found`` why it cannot be."""
        path = self.manifest.folder / output_name(issue)
        try:
            write_whole(path, pdf, UNFINISHED)
        except OSError as exception:
            problem = not_written(path, exception)
            if exception.errno in _DISK_ERRORS:
                raise CstprintError(problem) from None
            found.append(problem)
            return None
        return Output(path.name, _sha256(pdf), len(pdf))

    def _record(
        self,
        finished: _Finished,
        rendering: Rendering | None,
        output: Output | None,
        found: Sequence[Diagnostic],
    ) -> Record:
        sources = rendering.sources if rendering else Sources()
        path = finished.task.job.path
        files = {path.name: _as_rendered(path, finished.yaml_sha256, sources), **sources.pictures}
        sets = self.surroundings.of_layout(sources.layout) if rendering else {}
        return Record(
            id=finished.task.id,
            inputs=Inputs(files, sets),
            layout=sources.layout,
            output=output,
            pages=rendering.pages if rendering else 0,
            seconds=round(finished.answer.seconds, 3),
            peak_memory_mb=round(finished.answer.report.peak_memory_mb),
            attempts=finished.attempts,
            diagnostics=tuple(map(diagnostic_data, found)),
        )


def _as_rendered(path: Path, before: str | None, sources: Sources) -> str | None:
    """Return the hash of the YAML that was rendered: what it was before, or what no file has.

    A text that changed for a moment only, or a network disk that showed another machine an older one, would be taken
    for up to date for ever.
    """
    with suppress(OSError, Refused, UnicodeDecodeError):
        data = read_below(path.parent, [path.name])
        if _sha256(data) == before and sources.text_sha256 not in ("", _sha256(text_of(data).encode())):
            return OTHER_TEXT
    return before


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def output_name(issue: str) -> str:
    """Return the name of an issue's PDF."""
    return f"{issue}.pdf"


@dataclass(frozen=True, slots=True)
class _Finished:
    task: Task
    yaml_sha256: str | None
    attempts: int
    answer: Answer


@dataclass(slots=True)
class _Queue:
    """Tasks to do, as many under way as keep all workers busy, and their answers as they come."""

    renderers: Renderers
    hashes: Hashes
    waiting: list[Task]
    tell: Callable[[Sequence[str]], None]
    _under_way: dict[Future[Answer], tuple[Task, str | None, int]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[_Finished]:
        self.waiting.reverse()
        while self._fill():
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            for future in [one for one in self._under_way if one in done]:  # in the order in which they began
                task, yaml_sha256, attempts = self._under_way.pop(future)
                answer = self.renderers.answer(future)
                if answer.concerns_all:
                    raise UsageError(answer.report.result.diagnostics)
                if attempts < _ATTEMPTS and _died(answer):
                    self._submit(task, attempts + 1)
                else:
                    yield _Finished(task, yaml_sha256, attempts, answer)

    def drain(self) -> None:
        """Begin no more."""
        self.waiting.clear()

    def _fill(self) -> bool:
        """Send off as many tasks as there is room for, and one more for each; return whether any is under way."""
        while self.waiting and len(self._under_way) < 2 * self.renderers.width():
            self._submit(self.waiting.pop(), 1)
        self.tell([task.id for task, *_ in self._under_way.values()][: self.renderers.width()])
        return bool(self._under_way)

    def _submit(self, task: Task, attempt: int) -> None:
        # The YAML is hashed before it is read: if it is changed meanwhile, the next run renders it again.
        yaml_sha256 = self.hashes.of(task.job.path)
        self._under_way[self.renderers.submit(task)] = (task, yaml_sha256, attempt)


def _died(answer: Answer) -> bool:
    return any(problem.code == _DIED for problem in answer.report.result.diagnostics)


def not_written(path: Path, exception: OSError) -> Diagnostic:
    """Return the error that a file of the output folder cannot be written."""
    problem = msg("The file cannot be written: {reason}.", reason=reason_of(exception))
    hint = msg("Look at the folder's permissions and the space left on the disk.")
    return error("CST-U007", problem, subject=str(shown_path(path)), hint=hint)
