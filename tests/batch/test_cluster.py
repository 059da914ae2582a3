"""A process of a cluster that is not what is expected renders nothing; what a cluster loses is told."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import KilledWorker

from cstprint.batch import cluster
from cstprint.batch.cluster import ClusterRenderers, render_there
from cstprint.batch.executors import Answer, Task
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import InputSet, Surroundings, survey
from cstprint.diagnostics import CstprintError, Result
from cstprint.job import Job, RenderOptions, Report
from cstprint.project import Project, open_project
from tests.support.projects import SmallProject

GOOD = Answer(Report(Result(None)), 0.1)


class Workers:
    """Renders nothing."""

    def render(self, _: Task) -> Answer:
        return GOOD


@pytest.fixture
def task(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A task whose process has compared nothing yet."""
    monkeypatch.setattr(cluster, "_WORKERS", Workers())
    monkeypatch.setattr(cluster, "_compared", {})
    opened = open_project(project.root)
    return Task("one", Job(project.issue(), opened), None)


def expected(task: Task, **changed: str) -> Surroundings:
    """What there is here, with an item of some sets changed."""
    here = survey(task.job.project, RenderOptions(), Hashes(task.job.project.cache_folder))
    sets = {name: InputSet(name, {**here.sets[name].items, item: "9.9"}) for name, item in changed.items()}
    return replace(here, sets={**here.sets, **sets})


def test_a_process_that_is_the_same_renders(task: Task) -> None:
    assert render_there(task, expected(task)) == GOOD


def test_other_options_are_no_difference(task: Task) -> None:
    asked = replace(task, job=replace(task.job, options=RenderOptions(settings={"ink": "#222222"})))
    assert render_there(asked, expected(task)) == GOOD


def test_another_version_is_named_and_ends_the_batch(task: Task) -> None:
    answer = render_there(task, expected(task, versions="weasyprint", fonts="New.ttf"))
    (found,) = answer.report.result.diagnostics
    assert answer.concerns_all
    assert found.code == "CST-B007"
    assert "weasyprint 9.9 → 70" in str(found.message)
    assert "fonts changed: New.ttf removed" in str(found.message)


def test_a_project_that_is_not_seen_there_is_told(task: Task) -> None:
    elsewhere = Project(Path("/nowhere/archive"))
    answer = render_there(replace(task, job=replace(task.job, project=elsewhere)), expected(task))
    assert "there is no folder /nowhere/archive" in str(answer.report.result.diagnostics[0].message)


def answered(exception: BaseException) -> Answer:
    renderers = ClusterRenderers.__new__(ClusterRenderers)  # one that is connected to nothing
    renderers._address = "tcp://host:8786"
    future: Future[Answer] = Future()
    future.set_exception(exception)
    return renderers.answer(future)


def test_an_issue_that_its_processes_did_not_survive_is_listed() -> None:
    (found,) = answered(KilledWorker("task", "worker", 3)).report.result.diagnostics
    assert found.code == "CST-B008"


@pytest.mark.parametrize("exception", [CancelledError(), OSError("closed"), TimeoutError()])
def test_a_scheduler_that_is_lost_ends_the_batch(exception: BaseException) -> None:
    with pytest.raises(CstprintError) as raised:
        answered(exception)
    assert [found.code for found in raised.value.diagnostics] == ["CST-B006"]


@pytest.mark.parametrize(
    "lost", [OSError("closed"), RuntimeError("client is closed"), asyncio.CancelledError()]
)
def test_whatever_dask_raises_without_its_scheduler_ends_the_batch_in_one_line(lost: BaseException) -> None:
    class Gone:
        def submit(self, *_: object) -> None:
            raise lost

        def nthreads(self) -> None:
            raise lost

    renderers = ClusterRenderers.__new__(ClusterRenderers)
    renderers._address, renderers._surroundings = "tcp://host:8786", Surroundings({}, {})
    renderers._executor = renderers._client = Gone()
    for asked in (renderers.width, lambda: renderers.submit(Task("one", None, None))):  # type: ignore[arg-type]
        with pytest.raises(CstprintError, match="is lost"):
            asked()


def test_dask_says_nothing_of_its_own() -> None:
    logging.getLogger("distributed.client").setLevel(logging.WARNING)  # as Dask's configuration does
    cluster._silence()
    for name in ("distributed.client", "distributed.batched", "tornado.application", "asyncio"):
        assert not logging.getLogger(name).isEnabledFor(logging.CRITICAL)
