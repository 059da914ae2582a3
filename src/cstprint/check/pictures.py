"""Pictures of an issue: each must be there and whole; stand-ins are counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.issue.model import Issue
from cstprint.pictures import inspect_picture


def check_pictures(issue: Issue, cache_folder: Path) -> Iterator[tuple[str, Diagnostic]]:
    """Yield, with the figure's id, an error for each picture that cannot be printed and a note for each stand-in."""
    for figure in issue.figures():
        for problem in inspect_picture(figure.image, issue.folder, cache_folder).diagnostics:
            yield figure.id, problem
        if figure.stand_in:
            told = note(
                "CST-P010",
                msg("“{name}” is a stand-in: the photograph is still to come.", name=str(figure.image)),
                span=figure.image.place(0, 0, len(figure.image)),
                hint=msg("Replace the file and delete stand_in: true."),
            )
            yield figure.id, told
