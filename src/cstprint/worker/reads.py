"""What a render reads, noted while it does: a batch holds it against what it has planned with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cstprint.fonts import first_font_marks, font_marks
from cstprint.job import Job, Reads
from cstprint.project import Project
from cstprint.reading.files import Marks
from cstprint.reading.journal import ABSENT, Journal, journal


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read for a job, and the fonts as they were before."""

    project: Project
    issue: str
    journal: Journal
    folders: tuple[Path, ...]
    fonts: Mapping[str, Marks]

    def reads(self) -> Reads:
        """Return what was read up to now."""
        files = dict(self.journal.read)
        issue = files.pop(self.issue, ABSENT)
        same = font_marks(self.folders) == self.fonts
        return Reads(issue, files, named_marks(self.project, self.fonts) if same else None)


@contextmanager
def noted(job: Job) -> Iterator[Reading]:
    """Note what is read for ``job``; raises ``UsageError`` where a folder of fonts is a link."""
    issue = os.path.abspath(job.path)  # noqa: PTH100 - links are judged when it is read

    named = job.project.namer()

    def name_of(path: str) -> str | None:
        return issue if path == issue else named(path)

    folders = job.project.font_folders()
    fonts = first_font_marks(folders)
    with journal(name_of) as kept:
        yield Reading(job.project, issue, kept, folders, fonts)


def named_marks(project: Project, marks: Mapping[str, Marks]) -> dict[str, Marks]:
    """Return the marks of font files by the names that these have on every machine."""
    named = project.namer()
    return {named(path) or path: found for path, found in marks.items()}
