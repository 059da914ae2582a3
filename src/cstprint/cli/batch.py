"""``cstprint batch``: an archive to PDFs, a manifest and ``SHA256SUMS``; only what has changed is rendered."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cstprint.batch.executors import LocalRenderers
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import Surroundings, survey
from cstprint.batch.issues import as_found, check_trials, chosen
from cstprint.batch.manifest import Manifest
from cstprint.batch.plan import Known, Plan, Planned, State, plan
from cstprint.batch.run import Batch, Order, Outcome, not_written
from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.options import Asked, render_options
from cstprint.cli.progress import progress
from cstprint.cli.report import Reporter, Stopwatch
from cstprint.cli.verify import Proof, verified
from cstprint.diagnostics import (
    CstprintError,
    Diagnostic,
    Diagnostics,
    Message,
    diagnostic_data,
    hardened,
    msg,
    some,
    system_refusal,
)
from cstprint.project import find_project, open_project

if TYPE_CHECKING:
    from cstprint.batch.cluster import ClusterRenderers

#: So many ids are shown of those that have the same reason.
SHOWN_IDS = 6
#: So many different reasons are shown.
SHOWN_REASONS = 12


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
    help=_("The number of renders at a time; by default one for each processor."),
)
@click.option(
    "-o", "--output", metavar=_("FOLDER"), type=click.Path(path_type=Path), help=_("The folder for the PDFs.")
)
@click.option(
    "--scheduler",
    metavar=_("ADDRESS"),
    help=_("Render on a Dask cluster: tcp://host:8786 (extra `cluster`)."),
)
@click.option("--force", is_flag=True, help=_("Also render what has not changed."))
@click.option(
    "--keep-going/--fail-fast",
    default=True,
    help=_("Continue after an issue that fails (the default), or start no other issue."),
)
@click.option(
    "--verify", is_flag=True, help=_("Render nothing; compare the PDFs with the manifest and SHA256SUMS.")
)
@click.option(
    "--render",
    is_flag=True,
    help=_("With --verify: also render everything again in memory, and compare the PDFs with the result."),
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
    render: bool,
    asked: Asked,
    project_folder: Path | None,
    reporter: Reporter,
) -> int:
    """Plan, render what has to be, and say what came of it."""
    project = open_project(project_folder) if project_folder else find_project(Path.cwd())
    folder = output or project.output_folder
    if scheduler and jobs:
        raise click.UsageError(_("-j is for this machine; a cluster uses all its processes."))
    where = scheduler or jobs or _processors()
    if verify:
        paths = chosen(project, issues) if issues else {}
        proof = Proof(project, paths, asked.limits, partial(_renderers, where)) if render else None
        with Manifest(folder, to_write=False) as manifest:
            return verified(manifest, reporter, proof)
    if render:
        raise click.UsageError(_("--render can only be used with --verify."))
    if bool(issues) == every:
        raise click.UsageError(_("Name issues, or use --all, not both."))
    files = chosen(project, issues)
    trial_layout = None if output else asked.options.layout
    if trial_layout:
        check_trials(project, files, trial_layout)
    strict = asked.strict or project.configuration.strict
    order = Order(project, asked.options, asked.limits, strict, not keep_going, trial_layout)
    with Manifest(folder, to_write=True) as manifest:
        run = _Run(order, manifest, reporter, where)
        return run.carry_out(run.plan(files, force=force, every=every))


def _renderers(where: int | str, count: int, surroundings: Surroundings) -> LocalRenderers | ClusterRenderers:
    """Return who renders ``count`` issues: so many processes here, or those of the scheduler at an address."""
    if isinstance(where, int):
        return LocalRenderers(min(where, count), warm=count > where)
    from cstprint.batch.cluster import ClusterRenderers

    return ClusterRenderers(where, surroundings)


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
        self._left_out: list[Diagnostic] = []
        self._watch = Stopwatch()

    def plan(self, files: Mapping[str, Path], *, force: bool, every: bool) -> Plan:
        """Return what there is to do, and report it with the folders that give no issue."""
        if every:
            found_none = self._order.project.without_issue()
            self._left_out = [hardened(found) if self._order.strict else found for found in found_none]
            self._reporter.diagnostics(self._left_out)
        forgotten = self._manifest.forget(self._manifest.without(files)) if every else ()
        known = Known(self._manifest.records, self._manifest.sets)
        layout = self._order.options.layout
        named = [(self._manifest.name_of(i, self._order.trial_layout), path) for i, path in files.items()]
        found = as_found(named, self._manifest, self._surroundings, self._hashes, layout)
        issues = plan(found, known, self._surroundings.sets, force=force, strict=self._order.strict)
        gone = self._manifest.without(files) if every else ()
        planned = Plan(issues, tuple(gone), forgotten)
        if not self._reporter.as_json:  # there it is in the data
            for line in _plan_lines(planned):
                self._reporter.say(line)
        return planned

    def carry_out(self, planned: Plan) -> int:
        """Render what has to be, report it, and return the exit status."""
        ended: CstprintError | None = None
        try:
            if planned.to_render:
                self._render(planned.to_render)
        except KeyboardInterrupt:
            count, total = len(self._outcomes), len(planned.to_render)
            self._reporter.say(
                msg("{count} of {total} are done. The same command continues.", count=count, total=total)
            )
            raise
        except CstprintError as exception:
            ended = exception
        except OSError as exception:
            ended = CstprintError(system_refusal(exception))
        finally:
            unwritten = self._finish()
        ended = ended or unwritten
        self._summary(planned, ended.diagnostics if ended else ())
        if ended:
            return ended.exit_status
        no_issue = any(found.is_error for found in self._left_out)
        return int(no_issue or any(not outcome.good for outcome in self._outcomes))

    def _render(self, issues: Sequence[Planned]) -> None:
        with _renderers(self._where, len(issues), self._surroundings) as renderers:
            batch = Batch(self._order, renderers, self._manifest, self._surroundings, self._hashes)
            with progress(self._reporter, len(issues)) as shown:
                for outcome in batch.outcomes(issues, shown.under_way):
                    self._outcomes.append(outcome)
                    shown.ended(outcome)

    def _finish(self) -> CstprintError | None:
        """Put the manifest in order, or return why not; a run that is interrupted does this, too."""
        self._hashes.save()
        try:
            self._manifest.finish()
        except OSError as exception:
            return CstprintError(not_written(self._manifest.folder, exception))
        return None

    def _summary(self, planned: Plan, ended_by: Diagnostics) -> None:
        """Report what came of all, and ``ended_by``, which kept the run from going on."""
        self._reporter.diagnostics(ended_by)
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
                    "failed": [outcome.record.name for outcome in bad],
                    "not_begun": left,
                    "left_out": [diagnostic_data(found) for found in self._left_out],
                    "diagnostics": [diagnostic_data(problem) for problem in ended_by],
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
            parts.append(msg("not started: {count}", count=left))
        words = [part.render(_) for part in parts]
        self._reporter.result(
            "  ".join([*words, msg("{seconds} s", seconds=f"{self._watch.seconds:.1f}").render(_)])
        )


def _processors() -> int:
    """Return how many processors this process may use; macOS only knows how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _plan_lines(planned: Plan) -> Iterator[Message]:
    """Yield the plan, line by line."""
    counts = {state.value: len(planned.of(state)) for state in State}
    yield msg("Plan: {new} new, {changed} changed, {unchanged} unchanged.", **counts)
    if new := planned.of(State.NEW):
        yield msg("  new: {issues}", issues=some([issue.id for issue in new], SHOWN_IDS))
    by_reason = list(planned.by_reason().items())
    for reasons, ids in by_reason[:SHOWN_REASONS]:
        yield msg("  {reasons}: {issues}", reasons=reasons, issues=some(ids, SHOWN_IDS))
    if others := [issue for _reasons, ids in by_reason[SHOWN_REASONS:] for issue in ids]:
        yield msg("  each for its own reasons: {issues}", issues=some(others, SHOWN_IDS))
    if planned.gone:
        yield msg("  no longer in the project, PDF kept: {issues}", issues=some(planned.gone, SHOWN_IDS))
    if planned.forgotten:
        yield msg(
            "  no longer in the project, PDF removed: {issues}", issues=some(planned.forgotten, SHOWN_IDS)
        )


def _failure(outcome: Outcome) -> str:
    """Return a line that says which issue failed and why: the first error."""
    first = next((problem for problem in outcome.found if problem.is_error), None)
    reason = f"{first.code}  {first.message.render(_)}" if first else ""
    return f"{outcome.record.name}  {reason}"


def _planned_data(issue: Planned) -> dict[str, object]:
    return {"id": issue.id, "state": str(issue.state), "reasons": [str(reason) for reason in issue.reasons]}
