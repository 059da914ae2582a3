"""``cstprint render``: issues to PDFs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.order import Order, Outcome, Workers
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, UsageError, error, msg
from cstprint.job import MAX_PAGES, Limits, RenderOptions
from cstprint.pdf.standard import STANDARDS, choose_standard

LIMITS = Limits()
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
@click.option("--layout", metavar=_("NAME"), help=_("Another layout than the issue's own."))
@click.option(
    "--set", "settings", multiple=True, metavar=_("TOKEN=VALUE"), help=_("Set a design token for this run.")
)
@click.option(
    "--standard",
    type=click.Choice(tuple(STANDARDS)),
    help=_("The standards that the PDF is made to and claims: PDF/A-2a and PDF/UA-1 unless set otherwise."),
)
@click.option(
    "--embed-source",
    is_flag=True,
    help=_("Put the issue's files and a list of all versions inside the PDF, which is PDF/A-3a then."),
)
@click.option("--draft", is_flag=True, help=_("Draw marked gaps for missing pictures."))
@click.option("--strict", is_flag=True, help=_("Warnings fail the run too."))
@click.option("--png", is_flag=True, help=_("Write the pages as pictures too, NAME-01.png … beside the PDF."))
@click.option(
    "--png-dpi",
    type=click.IntRange(10, 1200),
    metavar=_("DPI"),
    help=_("Pixels to the inch of these pictures, 100 unless set otherwise."),
)
@click.option(
    "--limit-memory",
    type=click.IntRange(min=100),
    default=LIMITS.memory_mb,
    show_default=True,
    metavar=_("MB"),
    help=_("How much memory one issue may take."),
)
@click.option(
    "--limit-time",
    type=click.FloatRange(min=0, min_open=True),
    default=LIMITS.seconds,
    show_default=True,
    metavar=_("SECONDS"),
    help=_("How long one issue may take."),
)
@click.option(
    "--limit-pages",
    type=click.IntRange(min=1),
    default=MAX_PAGES,
    show_default=True,
    metavar=_("PAGES"),
    help=_("How many pages one issue may have."),
)
@shared_options
def command(  # noqa: PLR0913, PLR0917 - the options of the command line
    issues: tuple[str, ...],
    output: str | None,
    layout: str | None,
    settings: tuple[str, ...],
    standard: str | None,
    embed_source: bool,
    draft: bool,
    strict: bool,
    png: bool,
    png_dpi: int | None,
    limit_memory: int,
    limit_time: float,
    limit_pages: int,
    project_folder: Path | None,
    reporter: Reporter,
) -> int:
    """Render each issue; one that fails does not keep the others from being made."""
    from cstprint.project import find_project, open_project

    if output and len(issues) > 1 and not (output.endswith("/") or Path(output).is_dir()):
        problem = msg("{count} issues cannot go to one file.", count=len(issues))
        raise UsageError(
            error("CST-U005", problem, subject="--output", hint=msg("Name a folder that ends in /."))
        )
    dpi = png_dpi or (PICTURE_DPI if png else None)
    if output == "-" and dpi:
        raise UsageError(_not_to_stdout("--png"))
    choose_standard(standard, with_files=embed_source)  # what does not go together is told once
    options = RenderOptions(layout, _settings(settings), draft, standard, embed_source, limit_pages, dpi)
    limits = Limits(limit_memory, limit_time)
    outcomes = []
    status = 0
    with Workers(warm=len(issues) > 1) as workers:
        for name in issues:
            try:
                start = Path(name).parent if os.path.lexists(name) else Path.cwd()
                project = open_project(project_folder) if project_folder else find_project(start)
                hard = strict or project.configuration.strict
                outcome = Order(name, project, options, limits, output, hard).run(workers, reporter)
                outcome.tell(reporter)
            except UsageError as exception:  # it costs this issue, not the others
                reporter.diagnostics(exception.diagnostics)
                outcome = Outcome(name, None, None, list(exception.diagnostics), 0.0)
                status = exception.exit_status
            outcomes.append(outcome)
    if reporter.as_json and output != "-":
        reporter.data({"issues": [outcome.data() for outcome in outcomes]})
    return status or int(not all(outcome.good for outcome in outcomes))


def _settings(pairs: tuple[str, ...]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(
                error("CST-U006", msg("“{pair}” is not TOKEN=VALUE.", pair=pair), subject="--set")
            )
        settings[name.strip().removeprefix("--cst-")] = value.strip()
    return settings


def _not_to_stdout(option: str) -> Diagnostic:
    problem = msg("{option} and -o - do not go together: stdout takes one PDF.", option=option)
    return error("CST-U021", problem, subject=option, hint=msg("Name a file, or a folder that ends in /."))
