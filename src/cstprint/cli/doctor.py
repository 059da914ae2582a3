"""``cstprint doctor``: what this installation is made of, and whether it works."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Any

import click

from cstprint.cli.command import shared_options
from cstprint.cli.fonts import damaged_fonts, open_library
from cstprint.cli.language import _
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, diagnostic_data, error, msg
from cstprint.fonts import FontLibrary


@click.command(
    "doctor",
    options_metavar=_("[OPTIONS]"),
    help=_("Say what this installation is made of, and whether it works."),
)
@shared_options
def command(project_folder: Path | None, reporter: Reporter) -> int:
    """Print the parts, then what is wrong with them."""
    from cstprint.provenance import installation

    library = open_library(project_folder)
    facts = {"system": platform.platform(), **installation(library)}
    found = [*_native_problems(), *damaged_fonts(library)]
    if not found:
        found += _trial(library)
    if reporter.as_json:
        reporter.data({**facts, "diagnostics": [diagnostic_data(d) for d in found]})
        return int(bool(found))
    _print(facts, reporter)
    reporter.diagnostics(found)
    if not found:
        reporter.result(_("Everything is in order."))
    return int(bool(found))


def _native_problems() -> list[Diagnostic]:
    from cstprint.engine.environment import native_parts

    missing = [part for part in native_parts() if part.found is None]
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
    from cstprint.engine.environment import use_fonts

    try:
        use_fonts(library)
        from cstprint.engine.paginate import unknown_weasyprint

        return list(unknown_weasyprint())
    except (OSError, ImportError) as exception:
        return [error("CST-X004", msg("WeasyPrint cannot be loaded: {reason}.", reason=exception))]


def _print(facts: dict[str, Any], reporter: Reporter) -> None:
    reporter.result(f"cstprint {facts['cstprint']}, Python {facts['python']}, {facts['system']}")
    for name, number in facts["packages"].items():
        reporter.result(f"  {name:16} {number or '–'}")
    for name, number in facts["native"].items():
        reporter.result(f"  {name:16} {number or '–'}")
    families = sorted({face["family"] for face in facts["fonts"]})
    reporter.result(
        msg("  {count} font files: {families}", count=len(facts["fonts"]), families=tuple(families)).render(_)
    )
