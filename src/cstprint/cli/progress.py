"""How far a batch is: a bar on a terminal, otherwise a line an issue; nothing when quiet or for programs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from cstprint.batch.run import Outcome
from cstprint.cli.language import _
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Message, msg

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Shown(Protocol):
    """Hears what happens."""

    def under_way(self, ids: Sequence[str]) -> None:
        """Show what is rendered now."""

    def ended(self, outcome: Outcome) -> None:
        """Show how an issue went."""


@contextmanager
def progress(reporter: Reporter, total: int) -> Iterator[Shown]:
    """Give what shows how far a batch of ``total`` issues is."""
    if reporter.verbosity < 0 or reporter.as_json or not sys.stderr.isatty():
        yield _Lines(reporter, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}", style="dim"),
    )
    # Results go to stdout when the bar has gone; what is printed there meanwhile must not end on stderr.
    bar = Progress(*columns, console=Console(stderr=True), redirect_stdout=False)
    with bar:
        yield _Bar(reporter, bar, bar.add_task("", total=total, rate="", now=""))


class _Lines:
    """A line an issue."""

    def __init__(self, reporter: Reporter, total: int):
        self._reporter = reporter
        self._total = total
        self._done = 0

    def under_way(self, ids: Sequence[str]) -> None:
        """Say nothing: lines are for what is done."""

    def ended(self, outcome: Outcome) -> None:
        """Tell how an issue went."""
        self._done += 1
        self._reporter.diagnostics(outcome.found)
        if not self._reporter.as_json:
            width = len(str(self._total))
            self._reporter.say(
                msg(
                    "[{number}/{total}] {line}",
                    number=f"{self._done:{width}}",
                    total=self._total,
                    line=_line(outcome),
                )
            )


class _Bar:
    """A bar, with failures above it as they come."""

    def __init__(self, reporter: Reporter, bar: Progress, task: TaskID):
        self._reporter = reporter
        self._bar = bar
        self._task = task
        self._done = 0
        self._began = time.monotonic()

    def under_way(self, ids: Sequence[str]) -> None:
        """Show what is rendered now."""
        self._bar.update(self._task, now="  ".join(ids))

    def ended(self, outcome: Outcome) -> None:
        """Move on, and tell what went wrong."""
        self._done += 1
        rate = self._done / max(time.monotonic() - self._began, 0.001)
        self._bar.update(self._task, advance=1, rate=msg("{rate}/s", rate=f"{rate:.1f}").render(_))
        self._reporter.diagnostics(outcome.found)
        if not outcome.good:
            self._reporter.say(_line(outcome))


def _line(outcome: Outcome) -> Message:
    record = outcome.record
    if not outcome.good:
        return msg("{issue}: no PDF was written", issue=record.id)
    pages = msg("1 page") if record.pages == 1 else msg("{count} pages", count=record.pages)
    return msg("{issue}  {pages}  {seconds} s", issue=record.id, pages=pages, seconds=f"{record.seconds:.1f}")
