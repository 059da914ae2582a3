"""``cstprint batch``: an archive to PDFs, a manifest and ``SHA256SUMS``; only what has changed is rendered."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cstprint.batch.executors import LocalRenderers
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import survey
from cstprint.batch.issues import as_found, chosen
from cstprint.batch.manifest import Manifest
from cstprint.batch.plan import Known, Plan, Planned, State, plan
from cstprint.batch.run import Batch, Order, Outcome, not_written
from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.options import Asked, render_options
from cstprint.cli.progress import progress
from cstprint.cli.report import Reporter, Stopwatch
from cstprint.diagnostics import CstprintError, Diagnostic, Message, diagnostic_data, hardened, msg
from cstprint.project import find_project, open_project

if TYPE_CHECKING:
    from cstprint.batch.cluster import ClusterRenderers

#: So many ids are told of those that have the same reason.
TOLD = 6
#: So many different reasons are told.
TOLD_REASONS = 12


@click.command(
    "batch",
    options_metavar=_("[OPTIONS]"),
    help=_("Render many issues, only those that are new or have changed, with a manifest and SHA256SUMS."),
)
@click.argument("issues", nargs=-1, metavar=_("[ISSUE…]"))
@click.option("--all", "every", is_flag=True, help=_("All issues of the project."))
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("So many at a time; by default one a processor."),
)
@click.option(
    "-o", "--output", metavar=_("FOLDER"), type=click.Path(path_type=Path), help=_("The folder for the PDFs.")
)
@click.option(
    "--scheduler",
    metavar=_("ADDRESS"),
    help=_("Let a Dask cluster render: tcp://host:8786 (extra `cluster`)."),
)
@click.option("--force", is_flag=True, help=_("Render what has not changed, too."))
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    help=_("Go on after an issue that fails, as usual, or begin no other."),
)
@click.option(
    "--verify", is_flag=True, help=_("Render nothing; compare the PDFs with manifest and SHA256SUMS.")
)
@render_options
@shared_options
def command(  # noqa: PLR0913 - the options of the command line
    *,
    issues: tuple[str, ...],
    every: bool,
    jobs: int | None,
    output: Path | None,
    scheduler: str | None,
    force: bool,
    keep_going: bool,
    verify: bool,
    asked: Asked,
    project_folder: Path | None,
    reporter: Reporter,
) -> int:
    """Plan, render what has to be, and say what came of it."""
    project = open_project(project_folder) if project_folder else find_project(Path.cwd())
    folder = output or project.output_folder
    if verify:
        with Manifest(folder, to_write=False) as manifest:
            return _verify(manifest, reporter)
    if bool(issues) == every:
        raise click.UsageError(_("Name either issues or --all."))
    if scheduler and jobs:
        raise click.UsageError(_("-j is for this machine; a cluster has as many processes as it has."))
    files = chosen(project, issues)
    order = Order(
        project, asked.options, asked.limits, asked.strict or project.configuration.strict, not keep_going
    )
    with Manifest(folder, to_write=True) as manifest:
        run = _Run(order, manifest, reporter, scheduler or jobs or _processors())
        left_out = (
            [hardened(found) if order.strict else found for found in project.without_issue()] if every else []
        )
        return run.carry_out(run.plan(files, force=force, every=every), left_out)


def _verify(manifest: Manifest, reporter: Reporter) -> int:
    from cstprint.batch.verify import verify

    verified = verify(manifest)
    reporter.diagnostics(verified.found)
    if reporter.as_json:
        found = [diagnostic_data(problem) for problem in verified.found]
        reporter.data({"good": verified.good, "diagnostics": found})
    else:
        reporter.result(msg("{count} PDFs are as they were written.", count=verified.good).render(_))
    return int(any(problem.is_error for problem in verified.found))


class _Run:
    """One run of the command: the plan, the renders, the summary."""

    def __init__(self, order: Order, manifest: Manifest, reporter: Reporter, where: int | str):
        self._order = order
        self._manifest = manifest
        self._reporter = reporter
        self._where = where  # how many processes here, or a scheduler's address
        self._hashes = Hashes(order.project.cache_folder)
        self._surroundings = survey(order.project, order.options, self._hashes)
        self._outcomes: list[Outcome] = []
        self._watch = Stopwatch()

    def plan(self, files: Mapping[str, Path], *, force: bool, every: bool) -> Plan:
        """Return what there is to do, and tell it."""
        forgotten = self._manifest.forget(self._manifest.records.keys() - files.keys()) if every else ()
        known = Known(self._manifest.records, self._manifest.sets)
        layout = self._order.options.layout
        found = as_found(files.items(), self._manifest, self._surroundings, self._hashes, layout)
        issues = plan(found, known, self._surroundings.sets, force=force, strict=self._order.strict)
        gone = sorted(known.records.keys() - files.keys()) if every else ()
        planned = Plan(issues, tuple(gone), forgotten)
        if not self._reporter.as_json:  # there it is in the data
            for line in _told(planned):
                self._reporter.say(line)
        return planned

    def carry_out(self, planned: Plan, left_out: Sequence[Diagnostic]) -> int:
        """Render what has to be, report it and the folders that are left out, and return the exit status."""
        self._reporter.diagnostics(left_out)
        try:
            if planned.to_render:
                self._render(planned.to_render)
        except KeyboardInterrupt:
            count, total = len(self._outcomes), len(planned.to_render)
            self._reporter.say(
                msg("{count} of {total} are done. The same command goes on.", count=count, total=total)
            )
            raise
        finally:
            self._finish()
        self._summary(planned, left_out)
        bad = any(not outcome.good for outcome in self._outcomes) or any(found.is_error for found in left_out)
        return int(bad)

    def _render(self, issues: Sequence[Planned]) -> None:
        with self._renderers(len(issues)) as renderers:
            batch = Batch(self._order, renderers, self._manifest, self._surroundings, self._hashes)
            with progress(self._reporter, len(issues)) as shown:
                for outcome in batch.outcomes(issues, shown.under_way):
                    self._outcomes.append(outcome)
                    shown.ended(outcome)

    def _renderers(self, count: int) -> LocalRenderers | ClusterRenderers:
        """Return who renders ``count`` issues."""
        if isinstance(self._where, int):
            return LocalRenderers(min(self._where, count), warm=count > self._where)
        from cstprint.batch.cluster import ClusterRenderers

        return ClusterRenderers(self._where, self._surroundings)

    def _finish(self) -> None:
        """Put the manifest in order; a run that is interrupted does this, too."""
        self._hashes.save()
        try:
            self._manifest.finish()
        except OSError as exception:
            raise CstprintError(not_written(self._manifest.folder, exception)) from None

    def _summary(self, planned: Plan, left_out: Sequence[Diagnostic]) -> None:
        bad = [outcome for outcome in self._outcomes if not outcome.good]
        unchanged = len(planned.of(State.UNCHANGED))
        left = len(planned.to_render) - len(self._outcomes)
        if self._reporter.as_json:
            self._reporter.data(
                {
                    "plan": [_planned_data(issue) for issue in planned.issues],
                    "gone": planned.gone,
                    "forgotten": planned.forgotten,
                    "issues": [outcome.record.line() for outcome in self._outcomes],
                    "rendered": len(self._outcomes) - len(bad),
                    "unchanged": unchanged,
                    "failed": [outcome.record.id for outcome in bad],
                    "not_begun": left,
                    "left_out": [diagnostic_data(found) for found in left_out],
                    "seconds": round(self._watch.seconds, 3),
                }
            )
            return
        for outcome in bad:
            self._reporter.result(_failure(outcome))
        parts = [
            msg("rendered: {count}", count=len(self._outcomes) - len(bad)),
            msg("unchanged: {count}", count=unchanged),
            msg("failed: {count}", count=len(bad)),
        ]
        if left:
            parts.append(msg("not begun: {count}", count=left))
        words = [part.render(_) for part in parts]
        self._reporter.result(
            "  ".join([*words, msg("{seconds} s", seconds=f"{self._watch.seconds:.1f}").render(_)])
        )


def _processors() -> int:
    """Return how many processors this process may use; macOS only knows how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _told(planned: Plan) -> Iterator[Message]:
    """Yield the plan, line by line."""
    counts = {state.value: len(planned.of(state)) for state in State}
    yield msg("Plan: {new} new, {changed} changed, {unchanged} unchanged.", **counts)
    if new := planned.of(State.NEW):
        yield msg("  new: {issues}", issues=_some([issue.id for issue in new]))
    by_reason = list(planned.by_reason().items())
    for reasons, ids in by_reason[:TOLD_REASONS]:
        yield msg("  {reasons}: {issues}", reasons=reasons, issues=_some(ids))
    if others := [issue for _reasons, ids in by_reason[TOLD_REASONS:] for issue in ids]:
        yield msg("  each for reasons of its own: {issues}", issues=_some(others))
    if planned.gone:
        yield msg("  no longer in the project, PDF kept: {issues}", issues=_some(planned.gone))
    if planned.forgotten:
        yield msg("  no longer in the project, PDF taken away: {issues}", issues=_some(planned.forgotten))


def _some(ids: Sequence[str]) -> tuple[object, ...]:
    """Return some ids, and how many more there are."""
    more = (msg("and {count} more", count=len(ids) - TOLD),) if len(ids) > TOLD else ()
    return (*ids[:TOLD], *more)


def _failure(outcome: Outcome) -> str:
    """Return a line that says which issue failed and why: the first error."""
    first = next((problem for problem in outcome.found if problem.is_error), None)
    reason = f"{first.code}  {first.message.render(_)}" if first else ""
    return f"{outcome.record.id}  {reason}"


def _planned_data(issue: Planned) -> dict[str, Any]:
    return {"id": issue.id, "state": str(issue.state), "reasons": [str(reason) for reason in issue.reasons]}
