"""``cstprint render``: issues to PDFs."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.report import Reporter, Stopwatch, diagnostic_data
from cstprint.diagnostics import Diagnostic, Message, Severity, UsageError, error, msg, reason_of
from cstprint.job import MAX_PAGES, Job, Limits, RenderOptions
from cstprint.pdf.standard import STANDARDS, choose_standard
from cstprint.project import issue_id

if TYPE_CHECKING:
    from cstprint.job import Rendering, Stage
    from cstprint.project import Project
    from cstprint.worker.client import Worker


LIMITS = Limits()


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
    choose_standard(standard, with_files=embed_source)  # what does not go together is told once
    options = RenderOptions(layout, _settings(settings), draft, standard, embed_source, limit_pages)
    limits = Limits(limit_memory, limit_time)
    outcomes = []
    status = 0
    with _Workers(warm=len(issues) > 1) as workers:
        for name in issues:
            try:
                start = Path(name).parent if os.path.lexists(name) else Path.cwd()
                project = open_project(project_folder) if project_folder else find_project(start)
                hard = strict or project.configuration.strict
                outcome = _Order(name, project, options, limits, output, hard).run(workers, reporter)
            except UsageError as exception:  # it costs this issue, not the others
                reporter.diagnostics(exception.diagnostics)
                outcome = _Outcome(name, None, None, list(exception.diagnostics), 0.0)
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


@dataclass(frozen=True)
class _Outcome:
    """What came of one issue: the PDF and where it was written, or neither; what was found; how long it took."""

    issue: str
    rendering: Rendering | None
    written: str | None
    found: list[Diagnostic]
    seconds: float

    @property
    def good(self) -> bool:
        """Whether a PDF was written."""
        return self.written is not None

    def line(self) -> str:
        """Return the one line of result."""
        tallies = _tallies(self.found)
        if self.rendering is None or self.written is None:
            return "  ".join((msg("{issue}: no PDF was written", issue=self.issue).render(_), *tallies))
        size = f"{len(self.rendering.pdf) / 1e6:.1f} MB"
        count = self.rendering.pages
        pages = (msg("1 page") if count == 1 else msg("{count} pages", count=count)).render(_)
        seconds = msg("{seconds} s", seconds=f"{self.seconds:.1f}").render(_)
        return "  ".join((self.written, pages, size, seconds, *tallies))

    def data(self) -> dict[str, Any]:
        """Return the same for machines."""
        return {
            "issue": self.issue,
            "output": self.written,
            "pages": self.rendering.pages if self.rendering else None,
            "bytes": len(self.rendering.pdf) if self.rendering else None,
            "seconds": round(self.seconds, 3),
            "stand_ins": _count(self.found, code="CST-P010"),
            "diagnostics": [diagnostic_data(d) for d in self.found],
        }


class _Workers:
    """A worker a project: fonts can be named only once in a process."""

    def __init__(self, *, warm: bool):
        self._warm = warm
        self._known: dict[Path, Worker] = {}
        self._stack = ExitStack()

    def of(self, project: Project) -> Worker:
        """Return the worker of a project, started when first asked for."""
        from cstprint.worker.client import Worker

        if project.root not in self._known:
            worker = self._known[project.root] = self._stack.enter_context(Worker())
            if self._warm:
                worker.warm_up(project)
        return self._known[project.root]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()


@dataclass(frozen=True)
class _Order:
    """One issue to render, and where its PDF goes."""

    name: str
    project: Project
    options: RenderOptions
    limits: Limits
    output: str | None
    strict: bool

    def run(self, workers: _Workers, reporter: Reporter) -> _Outcome:
        """Render, write and report."""
        watch = Stopwatch()
        path = self.project.issue_file(self.name)
        identity = issue_id(path)

        def show(stage: Stage) -> None:
            reporter.progress(Message(_STAGES[stage].template, (("issue", identity),)))

        job = Job(path, self.project, self.options, self.limits)
        result = workers.of(self.project).render(job, show)
        found = [_hardened(d) if self.strict else d for d in result.diagnostics]
        written = None
        if result.value is not None and not _count(found, severity=Severity.ERROR):
            written = self._write(result.value.pdf, identity, found, reporter)
        outcome = _Outcome(identity, result.value, written, found, watch.seconds)
        reporter.diagnostics(found)
        if not reporter.as_json:
            # Where the PDF itself goes to stdout, the line about it must not.
            tell = reporter.result if outcome.good and self.output != "-" else reporter.tell
            tell(outcome.line())
        return outcome

    def _write(self, pdf: bytes, identity: str, found: list[Diagnostic], reporter: Reporter) -> str | None:
        """Write the PDF and return where, or add an error to ``found``."""
        from cstprint.output import write_whole
        from cstprint.reading.files import shown_path

        if self.output == "-":
            reporter.raw(pdf)
            return "-"
        path = self.project.output_folder / f"{identity}.pdf"
        if self.output:
            given = Path(self.output)
            path = given / f"{identity}.pdf" if self.output.endswith("/") or given.is_dir() else given
        if _is_something_else(path):
            problem = msg("There is a file of that name that is no PDF.")
            found.append(
                error("CST-U012", problem, subject=str(path), hint=msg("Choose another name with -o."))
            )
            return None
        try:
            write_whole(path, pdf)
        except OSError as exception:
            problem = msg("The PDF cannot be written: {reason}.", reason=reason_of(exception))
            hint = msg("Look at the folder's permissions and the space left on the disk.")
            found.append(error("CST-U007", problem, subject=str(path), hint=hint))
            return None
        return str(shown_path(path))


def _hardened(diagnostic: Diagnostic) -> Diagnostic:
    """Return a warning as the error that ``--strict`` makes of it."""
    warned = diagnostic.severity is Severity.WARNING
    return replace(diagnostic, severity=Severity.ERROR) if warned else diagnostic


def _is_something_else(path: Path) -> bool:
    """Whether a file is there that a PDF must not replace, such as the issue's own."""
    if not path.is_file():
        # A pipe or a device is something else; a folder is told when writing.
        return os.path.lexists(path) and not path.is_dir()
    try:
        with path.open("rb") as stream:
            head = stream.read(5)
    except OSError:
        return False
    return bool(head) and head != b"%PDF-"


_STAGES = {
    "reading": msg("{issue}: reading"),
    "composing": msg("{issue}: composing"),
    "paginating": msg("{issue}: making pages"),
    "writing": msg("{issue}: writing the PDF"),
}

_ERRORS, _WARNINGS = msg("errors: {count}"), msg("warnings: {count}")
_STAND_INS = msg("stand-in pictures: {count}")


def _count(found: list[Diagnostic], severity: Severity | None = None, code: str | None = None) -> int:
    return sum((severity in (None, d.severity)) and (code in (None, d.code)) for d in found)


def _tallies(found: list[Diagnostic]) -> list[str]:
    """Return how many errors, warnings and stand-ins there were, those that there were."""
    counted = (
        (_count(found, severity=Severity.ERROR), _ERRORS),
        (_count(found, severity=Severity.WARNING), _WARNINGS),
        (_count(found, code="CST-P010"), _STAND_INS),
    )
    return [Message(m.template, (("count", count),)).render(_) for count, m in counted if count]
