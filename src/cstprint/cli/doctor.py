"""``cstprint doctor``: what this installation is made of, and whether it works."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cstprint.cli.command import shared_options
from cstprint.cli.fonts import damaged_fonts, open_library
from cstprint.cli.language import _
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, diagnostic_data, error, msg, warning
from cstprint.fonts import FontLibrary
from cstprint.worker.starting import FORKS

if TYPE_CHECKING:
    from cstprint.engine.weasy.environment import NativePart


@click.command(
    "doctor",
    options_metavar=_("[OPTIONS]"),
    help=_("Show the versions and files of this installation, and whether it works."),
)
@shared_options
def command(project_folder: Path | None, reporter: Reporter) -> int:
    """Print the parts, then what is wrong with them."""
    from cstprint.provenance import installation

    library = open_library(project_folder)
    facts = {"system": platform.platform(), **installation(library)}
    facts["children"] = "fork" if FORKS else "fresh interpreter"
    found = [*_native_problems(), *damaged_fonts(library)]
    if not any(problem.is_error for problem in found):
        found += _trial(library)
    status = int(any(problem.is_error for problem in found))
    if reporter.as_json:
        reporter.data({**facts, "diagnostics": [diagnostic_data(d) for d in found]})
        return status
    _print(facts, reporter)
    reporter.diagnostics(found)
    if not found:
        reporter.result(_("No problems were found."))
    return status


def _native_problems() -> list[Diagnostic]:
    from cstprint.engine.weasy.environment import TESTED_PANGO, native_parts, untested_pango

    parts = native_parts()
    if untested := untested_pango(parts):
        message = msg(
            "Pango {version} is not one of the versions that cstprint is tested with: {tested}.",
            version=untested,
            tested=TESTED_PANGO,
        )
        hint = msg("Check the pages of an issue that you know before you render an archive with it.")
        return [warning("CST-X009", message, hint=hint), *_missing(parts)]
    return _missing(parts)


def _missing(parts: Iterable[NativePart]) -> list[Diagnostic]:
    missing = [part for part in parts if part.found is None]
    packages = " ".join(part.package for part in missing)
    way = "brew install pango" if sys.platform == "darwin" else f"sudo apt-get install {packages}"
    return [
        error(
            "CST-X003",
            msg("The native library {name} is missing.", name=part.name),
            hint=msg("Run: {command}", command=way),
        )
        for part in missing
    ]


def _trial(library: FontLibrary) -> list[Diagnostic]:
    """Import WeasyPrint with our fonts, as a render does."""
    from cstprint.engine.weasy.environment import use_fonts

    try:
        use_fonts(library)
        from cstprint.engine.weasy.compatibility import unknown_weasyprint

        return list(unknown_weasyprint())
    except (OSError, ImportError) as exception:
        return [error("CST-X004", msg("WeasyPrint cannot be loaded: {reason}.", reason=exception))]


def _print(facts: dict[str, Any], reporter: Reporter) -> None:
    reporter.result(f"cstprint {facts['cstprint']}, Python {facts['python']}, {facts['system']}")
    for name, number in facts["packages"].items():
        reporter.result(f"  {name:16} {number or '–'}")
    for name, number in facts["native"].items():
        reporter.result(f"  {name:16} {number or '–'}")
    if not FORKS:
        reporter.result(
            _("  Each render starts in a new interpreter: on this system processes cannot be forked.")
        )
    families = sorted({face["family"] for face in facts["fonts"]})
    reporter.result(
        msg("  {count} font files: {families}", count=len(facts["fonts"]), families=tuple(families)).render(_)
    )
