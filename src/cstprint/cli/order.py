"""One issue to render as the command line sees it: where it stands, where its files go, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cstprint.cli.language import _
from cstprint.cli.report import Reporter, Stopwatch
from cstprint.diagnostics import Diagnostic, Message, Severity, diagnostic_data, hardened, msg
from cstprint.job import Job, Limits, RenderOptions
from cstprint.project import issue_id

if TYPE_CHECKING:
    from cstprint.job import Rendering, Stage
    from cstprint.project import Project
    from cstprint.worker.client import Worker


@dataclass(frozen=True)
class Outcome:
    """What came of one issue: the PDF and where it was written, or neither; what was found; how long it took."""

    issue: str
    rendering: Rendering | None
    written: str | None
    found: list[Diagnostic]
    seconds: float
    pictures: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether a PDF was written."""
        return self.written is not None

    def line(self) -> str:
        """Return the one line of result."""
        tallies = _tallies(self.found)
        if self.rendering is None or self.written is None:
            return "  ".join((msg("{issue}: no PDF was written", issue=self.issue).render(_), *tallies))
        ends = dict.fromkeys((self.pictures[0], self.pictures[-1])) if self.pictures else ()
        names = (self.written, " … ".join(ends)) if ends else (self.written,)
        size = f"{len(self.rendering.pdf) / 1e6:.1f} MB"
        count = self.rendering.pages
        pages = (msg("1 page") if count == 1 else msg("{count} pages", count=count)).render(_)
        seconds = msg("{seconds} s", seconds=f"{self.seconds:.1f}").render(_)
        return "  ".join((*names, pages, size, seconds, *tallies))

    def tell(self, reporter: Reporter, changed: str = "") -> None:
        """Tell what was found and what came of it; ``changed`` stands in front where a change led to it."""
        reporter.diagnostics(self.found)
        if not reporter.as_json:
            # Where the PDF itself goes to stdout, the line about it must not.
            tell = reporter.result if self.good and self.written != "-" else reporter.tell
            tell(f"{changed} → {self.line()}" if changed else self.line())

    def data(self) -> dict[str, object]:
        """Return the same for machines."""
        return {
            "issue": self.issue,
            "output": self.written,
            "pictures": list(self.pictures),
            "pages": self.rendering.pages if self.rendering else None,
            "bytes": len(self.rendering.pdf) if self.rendering else None,
            "seconds": round(self.seconds, 3),
            "stand_ins": _count(self.found, code="CST-P010"),
            "diagnostics": [diagnostic_data(d) for d in self.found],
        }


class Workers:
    """A worker a project: fonts can be named only once in a process."""

    def __init__(self, *, warm: bool):
        self._warm = warm
        self._known: dict[Path, Worker] = {}

    def of(self, project: Project) -> Worker:
        """Return the worker of a project, started when first asked for."""
        from cstprint.worker.client import Worker

        if project.root not in self._known:
            worker = self._known[project.root] = Worker()
            if self._warm:
                worker.warm_up(project)
        return self._known[project.root]

    def renew(self, project: Project) -> None:
        """End the worker of a project; when it is asked for again another is started."""
        if worker := self._known.pop(project.root, None):
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        with ExitStack() as stack:
            for worker in self._known.values():
                stack.callback(worker.close)


@dataclass(frozen=True)
class Order:
    """One issue to render, and where its PDF goes."""

    name: str
    project: Project
    options: RenderOptions
    limits: Limits
    output: str | None
    strict: bool

    def run(
        self,
        workers: Workers,
        reporter: Reporter,
        is_stale: Callable[[], bool] | None = None,
        is_outdated: Callable[[], bool] | None = None,
    ) -> Outcome:
        """Render and write; raises ``RenderCancelledError`` as soon as ``is_stale`` says so.

        ``is_stale`` is asked often while the render goes on, ``is_outdated`` once, before anything is written.
        """
        stopwatch = Stopwatch()
        path = self.project.issue_file(self.name)
        identity = issue_id(path)

        def show(stage: Stage) -> None:
            reporter.progress(Message(_STAGES[stage].template, (("issue", identity),)))

        job = Job(path, self.project, self.options, self.limits)
        result = workers.of(self.project).render(job, show, is_stale)
        if is_outdated is not None and is_outdated():
            from cstprint.worker.client import RenderCancelledError

            raise RenderCancelledError  # errors of a file that was half written are not worth telling
        strict = self.strict or self.project.configuration.strict
        found = [hardened(d) if strict else d for d in result.diagnostics]
        written: str | None = None
        pictures: tuple[str, ...] = ()
        if result.value is not None and not _count(found, severity=Severity.ERROR):
            written, pictures = self._write(result.value, identity, found, reporter)
        return Outcome(identity, result.value, written, found, stopwatch.seconds, pictures)

    def _write(
        self, rendering: Rendering, identity: str, found: list[Diagnostic], reporter: Reporter
    ) -> tuple[str | None, tuple[str, ...]]:
        """Write the files and return where the PDF and the pictures are, or add errors to ``found``."""
        from cstprint.cli.files import pdf_path, picture_paths, write_files
        from cstprint.reading.files import shown_path

        if self.output == "-":
            reporter.raw(rendering.pdf)
            return "-", ()
        sources = rendering.sources
        layout = sources.layout if sources.issue_layout else None
        path = pdf_path(self.output, self.project, identity, layout)
        problems = write_files(path, rendering)
        found += problems
        if problems:
            return None, ()
        pictures = picture_paths(path, len(rendering.pictures))
        return str(shown_path(path)), tuple(str(shown_path(picture)) for picture in pictures)


_STAGES = {
    "reading": msg("{issue}: reading"),
    "composing": msg("{issue}: composing"),
    "paginating": msg("{issue}: laying out pages"),
    "writing": msg("{issue}: writing the PDF"),
}

_ERRORS, _WARNINGS = msg("errors: {count}"), msg("warnings: {count}")
_STAND_INS = msg("placeholder pictures: {count}")


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
