"""The template that ``cstprint layouts copy`` puts into a layout's folder, to be changed there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cstprint.cli.language import _
from cstprint.diagnostics import Diagnostic, UsageError, error, msg, reason_of, suggest
from cstprint.layout.files import SUFFIX, templates_of
from cstprint.layout.resolve import Layout, resolve_layout
from cstprint.output import write_whole
from cstprint.project import Project
from cstprint.reading.files import Refused, link_below, linked_folder, read_below, shown_path


def copy_template(name: str, template: str, project: Project) -> Path:
    """Copy a template that the layout ``name`` takes from one that it extends into its own folder; return the copy.

    ``template`` is its name, ``blocks/article``. Raises ``UsageError`` where there is no such template, where the
    layout has one already or is none of the project's, or where nothing can be written.
    """
    found = resolve_layout(name, project.layout_folders(), {})
    layout = found.value
    if layout is None:
        raise UsageError(found.diagnostics)
    own = project.root / "layouts" / name
    if layout.parts[-1].folder != own:
        problem = msg("The layout “{name}” does not belong to this project.", name=name)
        hint = msg("Start one that builds on it: cstprint layouts new NAME --extends {name}", name=name)
        raise UsageError(error("CST-L023", problem, subject=name, hint=hint))
    if link := link_below(project.root, own):
        raise UsageError(linked_folder(link))
    file, text = _found(layout, template.removesuffix(SUFFIX))
    path = own / file
    try:
        if os.path.lexists(path):
            raise UsageError(_there_already(path))
        write_whole(path, text.encode("utf-8"))
    except OSError as exception:
        problem = msg("The file cannot be written: {reason}.", reason=reason_of(exception))
        hint = msg("Check the folder's permissions and the free space of the disk.")
        raise UsageError(error("CST-U007", problem, subject=str(shown_path(path)), hint=hint)) from None
    return shown_path(path)


def _found(layout: Layout, template: str) -> tuple[str, str]:
    """Return the path of a template, and the text of the copy: a note, and what the layout takes now."""
    templates = templates_of(layout)
    file = template + SUFFIX
    if file not in templates:
        problem = msg("The layout has no template “{name}”.", name=template)
        names = [known.removesuffix(SUFFIX) for known in templates]
        raise UsageError(error("CST-L023", problem, subject=layout.name, hint=suggest(template, names)))
    part = templates[file][0]
    if part is layout.parts[-1]:
        raise UsageError(_there_already(part.folder / file))
    try:
        text = read_below(part.folder, file.split("/")).decode("utf-8")
    except (Refused, OSError, ValueError):
        problem = msg("The template cannot be read.")
        raise UsageError(error("CST-L023", problem, subject=str(shown_path(part.folder / file)))) from None
    return file, _note(layout.parts[-2].name, part.name, file, text) + text


def _note(parent: str, origin: str, file: str, text: str) -> str:
    blocks = tuple(dict.fromkeys(re.findall(r"\{%-?\s*block\s+(\w+)", text)))
    said = [msg("Copied from {place}.", place=f"{origin}/{file}").render(_)]
    if blocks:
        way = f'{{% extends "{parent}/{file}" %}}'
        example = f"{{% block {blocks[0]} %}} … {{% endblock %}}"
        shorter = msg(
            "To change only a part, keep {way} and that part: {example}. The parts are {blocks}.",
            way=way,
            example=example,
            blocks=blocks,
        )
        said.append(shorter.render(_))
    return "{# " + " ".join(said) + " #}\n"


def _there_already(path: Path) -> Diagnostic:
    problem = msg("The layout already has this template.")
    hint = msg("Edit it, or move it away first.")
    return error("CST-L023", problem, subject=str(shown_path(path)), hint=hint)
