"""The issues of a batch: which are asked for, and what is found of each now."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import Inputs, Surroundings
from cstprint.batch.manifest import Manifest, Record, trial_name
from cstprint.batch.plan import Now
from cstprint.diagnostics import Diagnostic, UsageError, error, msg
from cstprint.project import Project, issue_id
from cstprint.reading.files import shown_path


def chosen(project: Project, names: Sequence[str]) -> dict[str, Path]:
    """Return the files of the issues named, or of all where none is, by their ids, each once.

    Raises ``UsageError`` where there is none of a name, or none at all, and where two would be written to the same
    PDF.
    """
    found: dict[str, Path] = {}
    problems = []
    named = names or project.issue_ids()
    if not named:
        problem = msg("There is no issue in {folder}.", folder=_shown(project.issues_folder))
        hint = msg("Go to the project's folder, or name it with --project. `cstprint new` makes an issue.")
        raise UsageError([*project.without_issue(), error("CST-B010", problem, subject="--all", hint=hint)])
    for name in named:
        path = Path(os.path.abspath(project.issue_file(name)))  # noqa: PTH100 - links are judged when it is read
        identity = issue_id(path)
        # A disk of macOS or Windows takes A.pdf and a.pdf for one, and an archive is copied to such disks some day.
        key = unicodedata.normalize("NFC", identity).casefold()
        other = found.setdefault(key, path)
        if other != path:
            problems.append(_same_pdf(other, path, identity))
    if problems:
        raise UsageError(problems)
    return {issue_id(path): path for path in found.values()}


def check_trials(project: Project, issues: Iterable[str], layout: str) -> None:
    """Raise ``UsageError`` where the PDF of an issue in another layout would replace that of another issue."""
    ids = set(project.issue_ids())
    clashes = [(one, name) for one in issues if (name := trial_name(one, layout)) in ids]
    if clashes:
        raise UsageError(
            [_same_pdf(project.issue_file(one), project.issue_file(name), name) for one, name in clashes]
        )


def _same_pdf(one: Path, other: Path, name: str) -> Diagnostic:
    problem = msg(
        "{first} and {second} would be written to the same PDF.", first=_shown(one), second=_shown(other)
    )
    hint = msg("Rename the folder of one issue, or render the issues into different folders with -o.")
    return error("CST-B003", problem, subject=f"{name}.pdf", hint=hint)


def as_found(
    named: Iterable[tuple[str, Path]],
    manifest: Manifest,
    surroundings: Surroundings,
    hashes: Hashes,
    layout: str | None,
) -> list[Now]:
    """Return what each issue's PDF would be made of now, and the PDF that is there.

    ``named`` are the issues' files by the names of their records.

    Which pictures an issue has, and which layout where ``layout`` is ``None``, the manifest knows from its last
    render: that follows from the YAML, and where it is another now, the issue has changed anyway.
    """
    found = []
    for name, path in named:
        record = manifest.records.get(name)
        files = {path.name: hashes.of(path)}
        sets: dict[str, str] = {}
        output = None
        if record is not None:
            files |= {file: hashes.of(path.parent / file) for file in record.inputs.files}
            sets = surroundings.of_layout(layout or record.layout)
            output = _output(record, manifest.folder, hashes)
        found.append(Now(name, path, Inputs(files, sets), output))
    return found


def _output(record: Record, folder: Path, hashes: Hashes) -> str | None:
    return hashes.of(folder / record.output.file) if record.output else None


def _shown(path: Path) -> str:
    return str(shown_path(path))
