"""``cstprint fonts``: which fonts there are, and whether their files are whole."""

from __future__ import annotations

from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, InternalError, diagnostic_data, error, msg
from cstprint.fonts import FontLibrary


@click.group(
    "fonts", options_metavar="", subcommand_metavar=_("COMMAND …"), help=_("List the fonts, or check them.")
)
def command() -> None:
    """Hold the two below."""


@command.command(
    "list",
    options_metavar=_("[OPTIONS]"),
    help=_("List the families with their faces and how many characters they cover."),
)
@shared_options
def list_fonts(project_folder: Path | None, reporter: Reporter) -> int:
    """Print a line for each family."""
    library = open_library(project_folder)
    if reporter.as_json:
        from cstprint.provenance import font_facts

        reporter.data(font_facts(library))
        return 0
    for family, faces in sorted(library.families.items()):
        styles = " ".join(f"{face.weight}{'i' if face.style == 'italic' else ''}" for face in faces)
        characters = msg("{count} characters", count=min(face.character_count for face in faces)).render(_)
        reporter.result(f"{family:18} {styles:22} {characters}")
    return 0


@command.command(
    "check", options_metavar=_("[OPTIONS]"), help=_("Compare every font file with its known hash.")
)
@shared_options
def check_fonts(project_folder: Path | None, reporter: Reporter) -> int:
    """Tell each file that is damaged or missing."""
    library = open_library(project_folder)
    found = damaged_fonts(library)
    reporter.diagnostics(found)
    if reporter.as_json:
        reporter.data([diagnostic_data(d) for d in found])
    elif not found:
        reporter.result(msg("{count} font files, all intact", count=len(library.faces)).render(_))
    return int(bool(found))


def open_library(project_folder: Path | None) -> FontLibrary:
    """Return the fonts of the project; raises ``InternalError`` where they cannot be read."""
    from cstprint.fonts import load_library
    from cstprint.project import find_project, open_project

    project = open_project(project_folder) if project_folder else find_project(Path.cwd())
    result = load_library(project.font_folders(), project.cache_folder)
    if result.value is None or result.failed:
        raise InternalError(result.diagnostics)
    return result.value


def damaged_fonts(library: FontLibrary) -> list[Diagnostic]:
    """Return an error for each font file that is not what it was."""
    hint = msg("Restore the file from the repository, or reinstall cstprint.")
    return [
        error("CST-F003", msg("The font file is damaged."), subject=str(face.path), hint=hint)
        for face in library.faces
        if not face.is_intact
    ]
