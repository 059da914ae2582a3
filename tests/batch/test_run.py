"""What a batch does with the answers it gets: nothing is rendered here."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import cstprint.batch.run
from cstprint.batch.executors import Answer, Task
from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import InputSet, Surroundings
from cstprint.batch.manifest import Manifest
from cstprint.batch.plan import Planned, State
from cstprint.batch.run import OTHER_TEXT, Batch, Order, Outcome
from cstprint.diagnostics import CstprintError, Result, UsageError, error, msg, warning
from cstprint.job import Rendering, Report, Sources
from cstprint.output import write_whole
from cstprint.project import open_project
from tests.support.batches import lines_of
from tests.support.projects import ISSUE, SmallProject

DIED = Answer(Report(Result(None, (error("CST-X005", msg("Died.")),)), 70), 0.1)
BAD = Answer(Report(Result(None, (error("CST-Y020", msg("Wrong.")),)), 70), 0.1)
SURROUNDINGS = Surroundings(
    {"layout base": InputSet("layout base", {"page.css": "p"})}, {"base": ("layout base",)}
)


def good(task: Task) -> Answer:
    rendering = Rendering(f"%PDF-{task.id}".encode(), 3, sources=Sources("base", {"a.png": "aa"}))
    return Answer(Report(Result(rendering), 80), 0.5)


@dataclass
class Renderers:
    """Answers at once what it is told to, an answer for each time that an issue is asked for."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)

    def submit(self, task: Task) -> Future[Answer]:
        self.tasks.append(task.id)
        future: Future[Answer] = Future()
        waiting = self.answers.get(task.id)
        future.set_result(waiting.pop(0) if waiting else good(task))
        return future

    def answer(self, future: Future[Answer]) -> Answer:
        return future.result()

    def width(self) -> int:
        return 1


Work = Callable[..., list[Outcome]]


@pytest.fixture
def work(project: SmallProject) -> Iterator[Work]:
    """Carry out a batch with answers that are given."""
    opened = open_project(project.root)
    told: list[Sequence[str]] = []
    with Manifest(project.root / "dist", to_write=True) as manifest:

        def carry_out(names: str, renderers: Renderers, **how: bool) -> list[Outcome]:
            issues = [Planned(name, project.issue(name=name), State.NEW) for name in names]
            order = Order(opened, **how)  # type: ignore[arg-type]
            batch = Batch(order, renderers, manifest, SURROUNDINGS, Hashes(project.root / ".cstprint"))
            return list(batch.outcomes(issues, told.append))

        yield carry_out


def codes(outcomes: list[Outcome]) -> dict[str, list[str]]:
    return {one.record.id: [found.code for found in one.found] for one in outcomes}


def test_each_pdf_and_its_line_are_written(work: Work, project: SmallProject) -> None:
    outcomes = work("ab", Renderers())
    assert codes(outcomes) == {"a": [], "b": []}
    assert (project.root / "dist/a.pdf").read_bytes() == b"%PDF-a"
    line = lines_of(project.root / "dist")["a"]
    assert (line["pages"], line["seconds"], line["peak_memory_mb"], line["attempts"]) == (3, 0.5, 80, 1)
    assert line["files"]["a.png"] == "aa"
    assert line["sets"]["layout base"] == SURROUNDINGS.sets["layout base"].digest


def test_an_issue_whose_process_died_is_tried_once_more(work: Work, project: SmallProject) -> None:
    outcomes = work("ab", Renderers({"a": [DIED]}))
    assert codes(outcomes) == {"a": [], "b": []}
    assert lines_of(project.root / "dist")["a"]["attempts"] == 2


def test_one_that_dies_again_is_listed_and_the_others_are_made(work: Work, project: SmallProject) -> None:
    renderers = Renderers({"a": [DIED, DIED]})
    assert codes(work("ab", renderers)) == {"a": ["CST-X005"], "b": []}
    assert renderers.tasks.count("a") == 2
    assert sorted(path.name for path in (project.root / "dist").glob("*.pdf")) == ["b.pdf"]


def test_what_is_wrong_with_an_issue_is_not_tried_again(work: Work) -> None:
    renderers = Renderers({"a": [BAD]})
    assert codes(work("a", renderers)) == {"a": ["CST-Y020"]}
    assert renderers.tasks == ["a"]


def test_after_a_failure_no_other_is_begun_where_that_is_asked(work: Work) -> None:
    renderers = Renderers({"a": [BAD]})
    assert list(codes(work("abcdef", renderers, fail_fast=True))) == ["a", "b"]  # b was under way
    assert renderers.tasks == ["a", "b"]


def test_a_warning_is_an_error_where_strictness_is_asked(work: Work, project: SmallProject) -> None:
    warned = good(Task("a", None, None))  # type: ignore[arg-type]
    found = (warning("CST-E002", msg("Ignored.")),)
    answer = Answer(Report(Result(warned.report.result.value, found)), 0.5)
    (outcome,) = work("a", Renderers({"a": [answer]}), strict=True)
    assert [str(problem.severity) for problem in outcome.found] == ["error"]
    assert not list((project.root / "dist").glob("*.pdf"))


def test_what_concerns_all_issues_ends_the_run(work: Work, project: SmallProject) -> None:
    wrong = Answer(Report(Result(None, (error("CST-U004", msg("No number.")),))), 0.1, concerns_all=True)
    with pytest.raises(UsageError, match="No number"):
        work("abcd", Renderers({"b": [wrong]}))
    assert list(lines_of(project.root / "dist")) == ["a"]


@pytest.mark.parametrize(("number", "ends"), [(errno.ENOSPC, True), (errno.EACCES, False)])
def test_a_full_disk_ends_the_run_and_one_bad_place_does_not(
    number: int, ends: bool, work: Work, project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes, unfinished: str) -> None:
        if path.name == "b.pdf":
            raise OSError(number, "refused")
        write_whole(path, data, unfinished)

    monkeypatch.setattr(cstprint.batch.run, "write_whole", refuse)
    if ends:
        with pytest.raises(CstprintError, match="the disk is full"):
            work("abc", Renderers())
        assert list(lines_of(project.root / "dist")) == ["a"]
    else:
        assert codes(work("abc", Renderers())) == {"a": [], "b": ["CST-U007"], "c": []}


def test_a_yaml_that_is_changed_while_it_is_rendered_is_not_taken_for_up_to_date(
    work: Work, project: SmallProject
) -> None:
    class Editor(Renderers):
        def submit(self, task: Task) -> Future[Answer]:
            project.issue(task.job.path.read_text("utf-8") + "# seen by the render\n", task.id)
            return super().submit(task)

    work("a", Editor())
    hashes = Hashes(project.root / "other")
    assert lines_of(project.root / "dist")["a"]["files"]["issue.yaml"] != hashes.of(
        project.root / "issues/a/issue.yaml"
    )


def test_a_text_that_was_another_for_a_moment_is_not_taken_for_up_to_date(
    work: Work, project: SmallProject
) -> None:
    seen = hashlib.sha256(b"what another machine was shown").hexdigest()
    rendering = Rendering(b"%PDF-", 1, sources=Sources("base", {}, seen))
    same = Rendering(b"%PDF-", 1, sources=Sources("base", {}, hashlib.sha256(ISSUE.encode()).hexdigest()))
    work(
        "ab",
        Renderers({"a": [Answer(Report(Result(rendering)), 0.1)], "b": [Answer(Report(Result(same)), 0.1)]}),
    )
    lines = lines_of(project.root / "dist")
    assert lines["a"]["files"]["issue.yaml"] == OTHER_TEXT
    assert lines["b"]["files"]["issue.yaml"] == hashlib.sha256(ISSUE.encode()).hexdigest()


def test_a_layout_that_was_not_there_when_the_run_began_is_never_up_to_date(
    work: Work, project: SmallProject
) -> None:
    rendering = Rendering(b"%PDF-", 1, sources=Sources("new"))
    work("a", Renderers({"a": [Answer(Report(Result(rendering)), 0.1)]}))
    line = lines_of(project.root / "dist")["a"]
    assert json.dumps(line["sets"]["layout new"]) == '""'
