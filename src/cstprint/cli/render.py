"""``cstprint render``: issues to PDFs."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.files import names_folder
from cstprint.cli.language import _
from cstprint.cli.options import Asked, render_options
from cstprint.cli.order import Order, Outcome, Workers
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, UsageError, error, msg

#: One page of A4 is as high as a screen of 1,200 pixels; a page with 34 lines takes 40 ms and 200 kB.
PICTURE_DPI = 100


@click.command(
    "render",
    options_metavar=_("[OPTIONS]"),
    help=_("Render issues, named by id, folder or YAML file, to PDF."),
)
@click.argument("issues", nargs=-1, required=True, metavar=_("ISSUE…"))
@click.option(
    "-o", "--output", metavar=_("PATH"), help=_("The PDF's path, or a folder that ends in /; - is stdout.")
)
@click.option("--draft", is_flag=True, help=_("Print marked boxes for missing pictures and characters."))
@click.option("--watch", is_flag=True, help=_("Render again on every save, until Ctrl-C."))
@click.option(
    "--png", is_flag=True, help=_("Also write the pages as pictures, NAME-01.png … beside the PDF.")
)
@click.option(
    "--png-dpi",
    type=click.IntRange(10, 1200),
    metavar=_("DPI"),
    help=_("The resolution of these pictures in pixels per inch, by default 100."),
)
@render_options
@shared_options
def command(  # noqa: PLR0913, PLR0917 - the options of the command line
    issues: tuple[str, ...],
    output: str | None,
    draft: bool,
    watch: bool,
    png: bool,
    png_dpi: int | None,
    asked: Asked,
    project_folder: Path | None,
    reporter: Reporter,
) -> int:
    """Render each issue; one that fails does not keep the others from being made."""
    from cstprint.project import find_project, open_project

    if output and len(issues) > 1 and not names_folder(output):
        problem = msg("{count} issues cannot be written to one file.", count=len(issues))
        raise UsageError(
            error("CST-U005", problem, subject="--output", hint=msg("Name a folder that ends in /."))
        )
    dpi = png_dpi or (PICTURE_DPI if png else None)
    if output == "-" and (dpi or watch):
        raise UsageError(_not_to_stdout("--watch" if watch else "--png"))
    options = replace(asked.options, draft=draft, picture_dpi=dpi)

    def order(name: str) -> Order:
        start = Path(name).parent if os.path.lexists(name) else Path.cwd()
        project = open_project(project_folder) if project_folder else find_project(start)
        return Order(name, project, options, asked.limits, output, asked.strict)

    if watch:
        from cstprint.cli.watch import watch as render_at_every_save

        return render_at_every_save([order(name) for name in issues], reporter)
    outcomes = []
    status = 0
    with Workers(warm=len(issues) > 1) as workers:
        for name in issues:
            try:
                outcome = order(name).run(workers, reporter)
                outcome.tell(reporter)
            except UsageError as exception:  # it costs this issue, not the others
                reporter.diagnostics(exception.diagnostics)
                outcome = Outcome(name, None, None, list(exception.diagnostics), 0.0)
                status = exception.exit_status
            outcomes.append(outcome)
    if reporter.as_json and output != "-":
        reporter.data({"issues": [outcome.data() for outcome in outcomes]})
    return status or int(not all(outcome.good for outcome in outcomes))


def _not_to_stdout(option: str) -> Diagnostic:
    problem = msg("{option} and -o - cannot be combined: standard output takes one PDF.", option=option)
    return error("CST-U021", problem, subject=option, hint=msg("Name a file, or a folder that ends in /."))
