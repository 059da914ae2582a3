"""The folder that ``cstprint layouts new`` makes: it states nothing yet, and shows where everything goes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from cstprint.cli.language import half
from cstprint.cli.new import STARTERS
from cstprint.diagnostics import UsageError, error, msg, reason_of
from cstprint.layout.resolve import Layout, list_layouts, resolve_layout
from cstprint.output import write_folder
from cstprint.project import Project
from cstprint.reading.files import link_below, linked_folder, shown_path


def start_layout(name: str, base: str, project: Project, language: str) -> tuple[Path, tuple[str, ...]]:
    """Make the folder of a layout ``name`` that extends ``base``; return it and the files in it.

    Raises ``UsageError`` where there is such a layout already, where ``base`` is none, or nothing can be written.
    """
    if not re.fullmatch(r"[^\W_][\w-]{0,60}", name):
        problem = msg("“{name}” cannot be the name of a layout.", name=name)
        raise UsageError(
            error("CST-L008", problem, hint=msg("Use letters, digits and hyphens: spring-issue"))
        )
    folders = project.layout_folders()
    path = project.root / "layouts" / name
    if os.path.lexists(path) or name in list_layouts(folders):
        problem = msg("There is already a layout “{name}”.", name=name)
        hint = msg("Choose another name.")
        raise UsageError(error("CST-L009", problem, subject=str(shown_path(path)), hint=hint))
    if link := link_below(project.root, path.parent):
        raise UsageError(linked_folder(link))
    parent = resolve_layout(base, folders, {})
    if parent.value is None:
        raise UsageError(parent.diagnostics)
    files = dict(_files(name, parent.value, language))
    try:
        write_folder(path, {file: text.encode("utf-8") for file, text in files.items()})
    except OSError as exception:
        problem = msg("The layout's folder cannot be made: {reason}.", reason=reason_of(exception))
        hint = msg("Check the folder's permissions and the free space of the disk.")
        raise UsageError(error("CST-U007", problem, subject=str(shown_path(path)), hint=hint)) from None
    return shown_path(path), tuple(files)


def _files(name: str, base: Layout, language: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file."""
    folder = STARTERS / f"layout.{language}"
    pages = next((part.manifest.pages for part in reversed(base.parts) if part.manifest.pages), "")
    words = {"NAME": name, "BASE": base.name, "PAGES": half(pages, language)}
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        text = re.sub("NAME|BASE|PAGES", lambda found: words[found[0]], path.read_text("utf-8"))
        inner = path.relative_to(folder).as_posix()
        yield inner, text + "".join(_notes(base, language)) if inner == "layout.yaml" else text


def _notes(base: Layout, language: str) -> Iterator[str]:
    """Yield each token with its value as a comment, what it does after it."""
    values = {name: _yaml(value) for name, value in base.values.items()}
    width = max((len(f"{name}: {value}") for name, value in values.items() if len(value) < 24), default=0)
    for name, value in values.items():
        said = half(base.tokens[name].help, language)
        yield f"  # {f'{name}: {value}':{width}}  # {said}\n"


def _yaml(value: str) -> str:
    """Return a token's value as YAML: in quotes where it would be a note or a quotation without."""
    return value if re.fullmatch(r"[\w.-]+", value) else f"'{value}'"
