"""Holding PDFs against what their issues give now: everything is rendered again in memory, and nothing written.

The bytes of a PDF repeat. One that is not what its issue gives is of another issue, layout, font or version, or it is
forged, even where manifest and ``SHA256SUMS`` agree with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cstprint.batch.checked import Checked, wrong
from cstprint.batch.executors import SOURCE_DATE, Renderers, Task
from cstprint.batch.hashes import Hashes, digest_now
from cstprint.batch.inputs import OPTIONS, Surroundings
from cstprint.batch.issues import as_found
from cstprint.batch.manifest import Manifest, Record
from cstprint.batch.plan import Known, plan
from cstprint.batch.queue import Finished, Queue
from cstprint.diagnostics import Diagnostic, Message, UsageError, error, msg
from cstprint.job import Job, Limits, RenderOptions
from cstprint.project import Project, UncachedProject
from cstprint.reading.files import shown_path

_AGAIN = msg("Render the issue with `cstprint batch --force`, and find out who has changed the PDF.")
_MEND = msg("Run `cstprint batch` again: it renders what has changed.")


def tasks_of(manifest: Manifest, project: Project, paths: Mapping[str, Path], limits: Limits) -> list[Task]:
    """Return a task for each PDF of the manifest, with the options that it was made with.

    ``paths`` are files of issues by their ids; the others are looked for in the project.
    """
    uncached = UncachedProject(project.root, project.configuration)
    tasks = []
    for record in manifest.records.values():
        path = paths.get(record.id, project.issues_folder / record.id / "issue.yaml")
        if record.output is not None and path.is_file():
            options, source_date = _options(manifest, record)
            tasks.append(Task(record.name, Job(path, uncached, options, limits), source_date))
    return tasks


def unproved(manifest: Manifest, tasks: Sequence[Task]) -> Iterator[Diagnostic]:
    """Yield an error for each PDF whose issue is not in the project any more."""
    known = {task.id for task in tasks}
    for record in manifest.records.values():
        if record.output is not None and record.name not in known:
            message = msg("The issue {issue} is not in the project and cannot be rendered.", issue=record.id)
            yield wrong("CST-B012", message, manifest.folder / record.output.file, _MEND)


def changes(
    manifest: Manifest, tasks: Sequence[Task], surroundings: Surroundings, hashes: Hashes
) -> dict[str, tuple[Message, ...]]:
    """Return what each PDF was made of and is another now, by the ids of the issues; options are those of then."""
    found = {}
    known = Known(manifest.records, manifest.sets)
    issues = [(task.id, task.job.path) for task in tasks]
    for now in as_found(issues, manifest, surroundings, hashes, None):
        record = manifest.records[now.id]
        sets = {**now.inputs.sets, OPTIONS: record.inputs.sets.get(OPTIONS, "")}
        written = record.output.sha256 if record.output else None
        then = replace(now, inputs=replace(now.inputs, sets=sets), output_sha256=written)
        (planned,) = plan([then], known, surroundings.sets)
        found[now.id] = planned.reasons
    return found


def prove(
    manifest: Manifest,
    tasks: Sequence[Task],
    renderers: Renderers,
    changed: Mapping[str, tuple[Message, ...]],
    tell: Callable[[Sequence[str]], None],
) -> Iterator[Checked]:
    """Render ``tasks`` and yield what came of each; ``changed`` says what has changed since a PDF was written.

    Raises ``CstprintError`` where no other could be rendered either.
    """
    for finished in Queue(renderers, list(tasks), tell):
        record = manifest.records[finished.task.id]
        found = _compared(manifest.folder, record, finished, changed.get(record.name, ()))
        yield Checked(record.name, tuple(found))


def _compared(
    folder: Path, record: Record, finished: Finished, changed: tuple[Message, ...]
) -> Iterator[Diagnostic]:
    assert record.output is not None
    path = folder / record.output.file
    result = finished.answer.report.result
    if result.value is None or result.failed:
        message = msg("The issue {issue} can no longer be rendered.", issue=record.id)
        yield wrong("CST-B012", message, path, _MEND)
        yield from (problem for problem in result.diagnostics if problem.is_error)
    elif hashlib.sha256(result.value.pdf).hexdigest() != digest_now(path):
        if changed:
            message = msg("The PDF differs from what its issue gives now: {reasons}.", reasons=changed)
            yield wrong("CST-B012", message, path, _MEND)
        else:
            message = msg("The PDF differs from what its issue gives, although nothing has changed since.")
            yield wrong("CST-B012", message, path, _AGAIN)


def _options(manifest: Manifest, record: Record) -> tuple[RenderOptions, str | None]:
    """Return the options that a PDF was made with, as the manifest has them, and its ``SOURCE_DATE_EPOCH``."""
    known = manifest.sets.get(record.inputs.sets.get(OPTIONS, ""))
    if known is None:
        problem = msg(
            "The manifest does not record the options with which {issue} was rendered.", issue=record.id
        )
        hint = msg("Move it away, or name another folder with -o. Everything is rendered again then.")
        raise UsageError(error("CST-B002", problem, subject=str(shown_path(manifest.folder)), hint=hint))
    settings = {
        name.removeprefix("--set "): value for name, value in known.items.items() if name.startswith("--set ")
    }
    options = RenderOptions(
        layout=known.items.get("--layout"),
        settings=settings,
        standard=known.items.get("--standard"),
        embed_source="--embed-source" in known.items,
    )
    return options, known.items.get(SOURCE_DATE)
