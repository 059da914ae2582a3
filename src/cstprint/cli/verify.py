"""``cstprint batch --verify``: PDFs held against manifest and sums, with ``--render`` against their issues, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cstprint.batch.checked import Checked
from cstprint.batch.manifest import Manifest
from cstprint.batch.verify import verify, verify_folder
from cstprint.cli.language import _
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, diagnostic_data, msg
from cstprint.job import Limits, RenderOptions
from cstprint.project import Project

if TYPE_CHECKING:
    from cstprint.batch.cluster import ClusterRenderers
    from cstprint.batch.executors import LocalRenderers
    from cstprint.batch.inputs import Surroundings

#: How many issues there are, what stands around them → who renders them.
MakeRenderers = Callable[[int, "Surroundings"], "LocalRenderers | ClusterRenderers"]


@dataclass(frozen=True)
class Proof:
    """What rendering again needs: the project, where issues are that are not in it, limits, who renders."""

    project: Project
    paths: Mapping[str, Path]
    limits: Limits
    renderers: MakeRenderers


def verified(manifest: Manifest, reporter: Reporter, proof: Proof | None) -> int:
    """Compare, with ``proof`` render all again, report what is wrong, and return the exit status."""
    good, found = _counted(verify(manifest))
    found += verify_folder(manifest)
    reporter.diagnostics(found)
    proved = None
    if proof is not None:
        proved, different = _proved(manifest, reporter, proof)
        reporter.diagnostics(different)
        found += different
    if reporter.as_json:
        data = {"good": good, "diagnostics": [diagnostic_data(problem) for problem in found]}
        reporter.data(data if proved is None else {**data, "proved": proved})
    else:
        reporter.result(msg("{count} PDFs are unchanged.", count=good).render(_))
        if proved is not None:
            reporter.result(
                msg("{count} PDFs are the same as a new render of their issues.", count=proved).render(_)
            )
    return int(any(problem.is_error for problem in found))


def _counted(checked: Iterable[Checked]) -> tuple[int, list[Diagnostic]]:
    """Return how many PDFs are good, and what is wrong with the others."""
    all_checked = list(checked)
    found = [problem for one in all_checked for problem in one.found]
    return sum(not one.found for one in all_checked), found


def _proved(manifest: Manifest, reporter: Reporter, proof: Proof) -> tuple[int, list[Diagnostic]]:
    """Return how many PDFs are what their issues give, and what is wrong with the others."""
    from cstprint.batch import proof as rendered_again
    from cstprint.batch.hashes import Hashes
    from cstprint.batch.inputs import survey

    tasks = rendered_again.tasks_of(manifest, proof.project, proof.paths, proof.limits)
    missing = list(rendered_again.unproved(manifest, tasks))
    if not tasks:
        return 0, missing
    hashes = Hashes(proof.project.cache_folder)  # read, and not saved: nothing is written
    surroundings = survey(proof.project, RenderOptions(), hashes)
    changed = rendered_again.changes(manifest, tasks, surroundings, hashes)

    def tell(ids: Sequence[str]) -> None:
        reporter.progress(msg("rendering again: {issues}", issues=tuple(ids)))

    with proof.renderers(len(tasks), surroundings) as renderers:
        good, found = _counted(rendered_again.prove(manifest, tasks, renderers, changed, tell))
    return good, missing + found
