"""A worker renders in processes of its own: limits, deaths, what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cstprint.diagnostics import Result, UsageError
from cstprint.job import Job, Limits, Rendering, RenderOptions, Stage
from cstprint.project import open_project
from cstprint.worker import child
from cstprint.worker.activity import resident_from_proc, resident_from_ps
from cstprint.worker.client import RenderCancelledError, Worker
from cstprint.worker.messages import Cancel, Death, Fault, Limit, Refusal
from cstprint.worker.warming import warm_up, write_sample
from tests.support.processes import children_of, is_running, linux, waited
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render


def nothing(_: Stage) -> None: ...


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker that has loaded nothing yet."""
    with Worker() as worker:
        yield worker


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A worker warmed up for a project with the built-in fonts only."""
    with Worker() as worker:
        worker.warm_up(open_project(tmp_path_factory.mktemp("warm")))
        yield worker


def job(project: SmallProject, name: str = "one", **limits: float) -> Job:
    opened = open_project(project.root)
    pages = int(limits.pop("pages", 100))
    asked = Limits(int(limits.get("memory_mb", 1400)), limits.get("seconds", 60))
    return Job(opened.issue_file(name), opened, RenderOptions(max_pages=pages), asked)


def codes(result: Result[Rendering]) -> list[str]:
    return [found.code for found in result.diagnostics]


def test_a_cold_and_a_warm_worker_make_the_same_bytes(
    project: SmallProject, worker: Worker, warm: Worker
) -> None:
    project.issue(ISSUE.replace("articles:", "tokens: {first-page: cover}\narticles:"))
    cold = worker.render(job(project), nothing).value
    first, second = (warm.render(job(project), nothing).value for _ in range(2))
    assert cold is not None
    assert first is not None
    assert second is not None
    assert cold.pdf == first.pdf == second.pdf
    assert cold.pages == 2


def test_the_sample_that_a_worker_is_warmed_up_with_is_in_order(project: SmallProject) -> None:
    write_sample(project.issue().parent)
    with Worker() as worker:
        result = worker.render(job(project), nothing)
    assert result.value is not None
    assert not result.diagnostics


@pytest.mark.usefixtures("_built_in_fonts")
def test_a_worker_is_warmed_up_though_the_projects_own_layout_is_broken(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    import cstprint.rendering

    results = []

    def kept(*job: Any) -> None:
        results.append(render(*job))

    render = cstprint.rendering.render
    monkeypatch.setattr(cstprint.rendering, "render", kept)
    project.layout("newsletter", manifest="extends: [")
    project.layout("base", manifest="extends: [")
    warm_up(open_project(project.root))
    assert [(result.value is not None, result.diagnostics) for result in results] == [(True, ())]


def test_the_stages_are_told_as_they_begin(project: SmallProject, warm: Worker) -> None:
    project.issue()
    heard: list[Stage] = []
    warm.render(job(project), heard.append)
    assert heard == list(Stage)


def test_what_is_wrong_with_an_issue_is_told_with_its_place(project: SmallProject, warm: Worker) -> None:
    project.issue(ISSUE.replace("number: 2", "number: no"))
    (found,) = warm.render(job(project), nothing).diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column) == (6, 9)


def test_a_render_that_takes_too_long_ends_with_an_error(project: SmallProject, worker: Worker) -> None:
    project.issue()
    began = time.monotonic()
    assert codes(worker.render(job(project, seconds=0.2), nothing)) == ["CST-E011"]
    assert time.monotonic() - began < 10


def test_a_render_that_takes_too_much_memory_ends_with_an_error(
    project: SmallProject, worker: Worker
) -> None:
    project.issue()
    assert codes(worker.render(job(project, memory_mb=60), nothing)) == ["CST-E012"]


def test_a_layout_that_goes_on_and_on_ends_with_an_error(project: SmallProject, warm: Worker) -> None:
    project.layout(page_css=".article * { break-before: page }")
    text = "\n\n      ".join(["段落。"] * 12)
    project.issue(
        ISSUE.replace("layout: base", "layout: mine").replace("body: 正文。", f"body: |\n      {text}")
    )
    assert codes(warm.render(job(project, pages=5), nothing)) == ["CST-E014"]
    assert warm.render(job(project, pages=100), nothing).value is not None


@linux
def test_a_child_that_is_killed_costs_its_own_render_only(project: SmallProject, warm: Worker) -> None:
    project.issue()
    server = warm._process.pid

    def kill(stage: Stage) -> None:
        if stage is Stage.COMPOSE:
            os.kill(children_of(server)[0], signal.SIGSEGV)

    (found,) = warm.render(job(project), kill).diagnostics
    assert (found.code, "SIGSEGV" in str(found.message)) == ("CST-X005", True)
    assert warm.render(job(project), nothing).value is not None


@linux
def test_a_render_that_nobody_wants_any_more_is_ended_and_the_worker_takes_the_next(
    project: SmallProject, warm: Worker
) -> None:
    project.issue()
    wanted = warm.render(job(project), nothing).value
    project.issue(ISSUE.replace("正文。", "另一篇。" * 20_000), name="two")
    server = warm._process.pid
    running: list[int] = []

    def is_stale() -> bool:
        running[:] = children_of(server)
        return bool(running)

    with pytest.raises(RenderCancelledError):
        warm.render(job(project, "two"), nothing, is_stale)
    assert warm.render(job(project), nothing) == Result(wanted)
    assert len(running) == 1
    assert not is_running(running[0])


def test_a_cancel_that_comes_too_late_is_not_meant_for_the_next_render(
    project: SmallProject, warm: Worker
) -> None:
    project.issue()
    warm._socket.send(Cancel())
    assert warm.render(job(project), nothing, lambda: False).value is not None


@linux
def test_a_worker_that_is_closed_ends_what_it_is_doing(project: SmallProject) -> None:
    project.issue()
    worker = Worker()
    server = worker._process.pid
    running: list[int] = []

    def leave(_: Stage) -> None:
        running.extend(children_of(server))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), worker:
        worker.render(job(project), leave)
    assert running
    assert waited(lambda: not any(is_running(pid) for pid in [server, *running]))


@linux
def test_a_client_that_dies_leaves_no_process_and_no_file(project: SmallProject, tmp_path: Path) -> None:
    project.issue(
        ISSUE.replace("body: 正文。", "body: |\n      " + "\n\n      ".join(["段落很长。" * 200] * 200))
    )
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = subprocess.Popen(
        [sys.executable, "-m", "cstprint", "render", "one"],
        cwd=project.root,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
    )
    family: list[int] = []

    def is_rendering() -> bool:
        family[:] = [*children_of(command.pid)]
        family.extend(inner for pid in list(family) for inner in children_of(pid))
        return len(family) == 2

    assert waited(is_rendering)
    command.kill()
    command.wait()
    assert waited(lambda: not any(is_running(pid) for pid in family))
    assert waited(lambda: not list(temporary.iterdir()))
    assert project.outputs() == []


@linux
def test_ctrl_c_ends_a_render_at_once(project: SmallProject) -> None:
    project.issue(
        ISSUE.replace("body: 正文。", "body: |\n      " + "\n\n      ".join(["段落很长。" * 200] * 200))
    )
    command = subprocess.Popen(
        [sys.executable, "-m", "cstprint", "render", "one"],
        cwd=project.root,
        env={**os.environ, "LANGUAGE": "en"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waited(lambda: bool(children_of(command.pid)))
    time.sleep(0.3)
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=10)
    assert (command.returncode, said.strip()) == (130, "Interrupted.")
    assert project.outputs() == []


def test_a_module_in_the_projects_folder_is_not_imported(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.issue()
    for name in ("json", "yaml", "cstprint"):
        project.write(f"{name}.py", "raise SystemExit('imported')")
    monkeypatch.chdir(project.root)
    with Worker() as worker:
        assert worker.render(job(project), nothing).value is not None


def test_wrong_surroundings_are_told_as_usage(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    project.issue()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with Worker() as worker, pytest.raises(UsageError) as raised:
        worker.render(job(project), nothing)
    assert [found.code for found in raised.value.diagnostics] == ["CST-U004"]


class Nobody:
    """A connection that nobody listens to."""

    def send(self, _: object) -> None: ...


@pytest.mark.parametrize(
    ("exception", "answer"),
    [
        (ValueError("why"), Fault),
        (MemoryError(), Death),
        (UsageError([]), Refusal),
    ],
)
def test_what_a_render_raises_is_told(
    exception: Exception, answer: type, project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    import cstprint.rendering

    def fail(*_: object) -> None:
        raise exception

    monkeypatch.setattr(cstprint.rendering, "render", fail)
    project.issue()
    told = child._render(job(project), Nobody())  # type: ignore[arg-type]
    assert isinstance(told, answer)
    if isinstance(told, Fault):
        assert told.reason == "ValueError: why"
        assert "Traceback" in told.traceback
    if isinstance(told, Death):
        assert told.limit is Limit.MEMORY


@linux
@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="no ps here")
def test_both_ways_to_read_a_process_memory_agree() -> None:
    there, told = resident_from_proc(os.getpid()), resident_from_ps(os.getpid())
    assert there == pytest.approx(told, rel=0.1)
    assert there > 20
    assert resident_from_proc(2**22 + 1) == resident_from_ps(2**22 + 1) == 0.0
