"""A batch: tasks to renderers, their answers to PDFs and lines of the manifest, until all are done."""

from __future__ import annotations

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cstprint.batch.executors import SOURCE_DATE, Renderers, Task
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import Inputs, Surroundings, survey
from cstprint.batch.manifest import UNFINISHED, Manifest, Output, Record
from cstprint.batch.plan import Planned
from cstprint.batch.queue import Finished, Queue
from cstprint.diagnostics import (
    CstprintError,
    Diagnostic,
    diagnostic_data,
    error,
    hardened,
    msg,
    reason_of,
)
from cstprint.job import Job, Limits, Reads, Rendering, RenderOptions, Sources
from cstprint.output import write_whole
from cstprint.project import Project, issue_id
from cstprint.reading.files import shown_path

#: An issue is rendered again so often at most because layouts or fonts have changed and changed back under it.
MOST_AGAIN = 3
#: So many of the files that changed are named.
MOST_NAMED = 4
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
    #: The layout that is asked for, where PDFs in it are to stand beside the issues' own.
    trial_layout: str | None = None

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


@dataclass(slots=True)
class Batch:
    """What a batch works with: what is asked, who renders, where it is written down, what stands around now."""

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
        queue = Queue(self.renderers, [self.order.task(issue) for issue in issues], tell)
        again: Counter[str] = Counter()
        for finished in queue:
            changed = self._changed(finished.answer.report.reads)
            if changed and again[finished.task.id] < MOST_AGAIN:
                again[finished.task.id] += 1
                queue.repeat(finished.task)
                continue
            outcome = self._settled(finished, changed)
            if self.order.fail_fast and not outcome.good:
                queue.drain()
            yield outcome

    def _changed(self, reads: Reads | None) -> tuple[str, ...]:
        """Return which files a render found otherwise than they are known to be, and are now.

        Where they have only changed since they were looked at, what stands around is looked at again: what was made
        of it is as good as what the next run would make.
        """
        if reads is None or not self.surroundings.differing(reads):
            return ()
        self.surroundings = survey(self.order.project, self.order.options, self.hashes)
        return self.surroundings.differing(reads)

    def _settled(self, finished: Finished, changed: Sequence[str]) -> Outcome:
        """Write what came of a task, and that it did; not where files have ``changed`` under each attempt."""
        result = finished.answer.report.result
        found = [hardened(problem) if self.order.strict else problem for problem in result.diagnostics]
        if changed and not result.failed:
            found.append(_never_at_rest(changed))
        output = None
        record = self._record(finished, result.value)
        if result.value is not None and not any(problem.is_error for problem in found):
            output = self._write(record.name, result.value.pdf, found)
        diagnostics = tuple(map(diagnostic_data, found))
        record = replace(record, output=output, diagnostics=diagnostics)
        try:
            self.manifest.add(record, self.surroundings.sets)
        except OSError as exception:
            raise CstprintError(not_written(self.manifest.folder, exception)) from None
        return Outcome(record, tuple(found))

    def _write(self, name: str, pdf: bytes, found: list[Diagnostic]) -> Output | None:
        """Write a PDF, or add to ``found`` why it cannot be."""
        path = self.manifest.folder / f"{name}.pdf"
        try:
            write_whole(path, pdf, UNFINISHED)
        except OSError as exception:
            problem = not_written(path, exception)
            if exception.errno in _DISK_ERRORS:
                raise CstprintError(problem) from None
            found.append(problem)
            return None
        return Output(path.name, _sha256(pdf), len(pdf))

    def _record(self, finished: Finished, rendering: Rendering | None) -> Record:
        """Return how a task went, before anything is written or reported."""
        sources = rendering.sources if rendering else Sources()
        path = finished.task.job.path
        issue = issue_id(path)
        asked = self.order.trial_layout
        is_trial = asked is not None and (
            sources.issue_layout is not None if rendering else finished.task.id != issue
        )
        reads = finished.answer.report.reads
        read = reads.issue_sha256 if reads else self.hashes.of(path)
        files = {path.name: read, **sources.pictures}
        sets = self.surroundings.of_layout(sources.layout) if rendering else {}
        return Record(
            id=issue,
            inputs=Inputs(files, sets),
            layout=sources.layout or ((asked or "") if is_trial else ""),
            output=None,
            pages=rendering.pages if rendering else 0,
            seconds=round(finished.answer.seconds, 3),
            peak_memory_mb=round(finished.answer.report.peak_memory_mb),
            attempts=finished.attempts,
            diagnostics=(),
            is_trial=is_trial,
        )


def _never_at_rest(changed: Sequence[str]) -> Diagnostic:
    message = msg(
        "These files changed during every render of the issue: {files}.",
        files=tuple(changed[:MOST_NAMED]),
    )
    hint = msg("Run the batch again when nobody is editing these files.")
    return error("CST-B011", message, hint=hint)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def not_written(path: Path, exception: OSError) -> Diagnostic:
    """Return the error that a file of the output folder cannot be written."""
    problem = msg("The file cannot be written: {reason}.", reason=reason_of(exception))
    hint = msg("Check the folder's permissions and the free space of the disk.")
    return error("CST-U007", problem, subject=str(shown_path(path)), hint=hint)
