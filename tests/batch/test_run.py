"""What a batch does with the answers it gets: nothing is rendered here."""

from __future__ import annotations

import errno
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
from cstprint.batch.run import MOST_AGAIN, Batch, Order, Outcome
from cstprint.diagnostics import CstprintError, Result, UsageError, error, msg, warning
from cstprint.job import Reads, Rendering, Report, Sources
from cstprint.output import write_whole
from cstprint.project import open_project
from tests.support.batches import lines_of
from tests.support.projects import SmallProject

DIED = Answer(Report(Result(None, (error("CST-X005", msg("Died.")),)), 70), 0.1)
BAD = Answer(Report(Result(None, (error("CST-Y020", msg("Wrong.")),)), 70), 0.1)
SURROUNDINGS = Surroundings(
    {"layout base": InputSet("layout base", {"page.css": "p"})},
    {"base": ("layout base",)},
    {"layouts/base/page.css": "p"},
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


def read(issue: str = "i", page_css: str = "p", fonts: bool = True) -> Answer:
    """An answer whose render read the layout's style sheet so."""
    reads = Reads(issue, {"layouts/base/page.css": page_css, "layouts/base/x": ""}, {} if fonts else None)
    return Answer(Report(Result(Rendering(b"%PDF-", 1, sources=Sources("base"))), 0.0, reads), 0.1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the style sheet is each time that it is looked at again; it stays the last of it."""
    states = ["p"]

    def look(*_: object) -> Surroundings:
        state = states.pop(0) if len(states) > 1 else states[0]
        return surrounded(state)

    monkeypatch.setattr(cstprint.batch.run, "survey", look)
    return states


def surrounded(page_css: str) -> Surroundings:
    base = InputSet("layout base", {"page.css": page_css})
    return Surroundings(
        {"layout base": base}, {"base": ("layout base",)}, {"layouts/base/page.css": page_css}
    )


def test_the_hash_of_the_issue_is_that_of_what_was_read(work: Work, project: SmallProject) -> None:
    work(
        "a",
        Renderers({"a": [Answer(Report(Result(Rendering(b"%PDF-", 1)), 0.0, Reads("seen", {}, {})), 0.1)]}),
    )
    assert lines_of(project.root / "dist")["a"]["files"]["issue.yaml"] == "seen"


def test_what_was_made_of_another_layout_is_rendered_again(
    work: Work, project: SmallProject, now: list[str]
) -> None:
    renderers = Renderers({"a": [read(page_css="q"), read(fonts=False), read()]})
    assert codes(work("a", renderers)) == {"a": []}
    assert renderers.tasks == ["a"] * 3
    assert now == ["p"]
    assert (
        lines_of(project.root / "dist")["a"]["sets"]["layout base"]
        == surrounded("p").sets["layout base"].digest
    )


def test_what_was_made_of_a_layout_that_has_changed_for_good_is_kept(
    work: Work, project: SmallProject, now: list[str]
) -> None:
    now[:] = ["q"]
    renderers = Renderers({"a": [read()], "b": [read(page_css="q")], "c": [read(page_css="q")]})
    assert codes(work("abc", renderers)) == {"a": [], "b": [], "c": []}
    assert renderers.tasks == ["a", "b", "c"]
    lines = lines_of(project.root / "dist")
    digests = [surrounded(css).sets["layout base"].digest for css in "pqq"]
    assert [line["sets"]["layout base"] for line in lines.values()] == digests


def test_a_layout_that_never_rests_costs_the_issue(work: Work, project: SmallProject, now: list[str]) -> None:
    renderers = Renderers({"a": [read(page_css="q") for _ in range(9)], "b": [read()]})
    outcomes = work("ab", renderers)
    assert codes(outcomes) == {"a": ["CST-B011"], "b": []} or codes(outcomes) == {"b": [], "a": ["CST-B011"]}
    assert renderers.tasks.count("a") == 1 + MOST_AGAIN
    assert not (project.root / "dist/a.pdf").exists()
    assert now == ["p"]


@pytest.mark.parametrize(
    ("reads", "differing"),
    [
        ({"layouts/base/page.css": "p"}, ()),
        ({"layouts/base/page.css": ""}, ("layouts/base/page.css",)),  # it was gone
        ({"layouts/base/blocks.css": "new"}, ("layouts/base/blocks.css",)),
        ({"layouts/base/.hidden.png": "x"}, ()),
        ({"layouts/base/Page.css": "p"}, ()),  # macOS
        ({"layouts/base/Page.css": "q"}, ("layouts/base/Page.css",)),
    ],
)
def test_a_file_differs_where_it_was_read_otherwise(
    reads: dict[str, str], differing: tuple[str, ...]
) -> None:
    assert surrounded("p").differing(Reads("", reads, {})) == differing


def test_fonts_differ_by_their_marks() -> None:
    here = Surroundings({}, {}, {}, {"fonts/a.ttf": (1, 2, 3, 4), "fonts/b.ttf": (1, 2, 3, 4)})
    assert here.differing(Reads("", {}, None)) == ("fonts",)
    changed = {"fonts/a.ttf": (1, 2, 3, 5), "fonts/c.ttf": (1, 2, 3, 4)}
    assert here.differing(Reads("", {}, changed)) == ("fonts/a.ttf", "fonts/b.ttf", "fonts/c.ttf")


def test_a_layout_that_was_not_there_when_the_run_began_is_never_up_to_date(
    work: Work, project: SmallProject
) -> None:
    rendering = Rendering(b"%PDF-", 1, sources=Sources("new"))
    work("a", Renderers({"a": [Answer(Report(Result(rendering)), 0.1)]}))
    line = lines_of(project.root / "dist")["a"]
    assert json.dumps(line["sets"]["layout new"]) == '""'
