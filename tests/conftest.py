"""What most tests stand on: a small project, and the command line run inside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cstprint.diagnostics import Result
from cstprint.job import Job, Rendering, Stage
from tests.support.projects import REPOSITORY, Outcome, SmallProject

Run = Callable[..., Outcome]

#: What may end otherwise on another system, with another Python or Pango: tests of processes, files, fonts and pictures,
#: those of WeasyPrint's own parts, and our issues, which use whatever an issue may hold.
SYSTEM = (
    "batch",
    "cli",
    "engine/test_embedding.py",
    "engine/test_emoji.py",
    "engine/test_fetcher.py",
    "engine/test_upstream.py",
    "engine/weasy",
    "pictures/test_pages.py",
    "test_issues.py",
    "worker",
)

#: The tests' own, lest they fill the developer's.
os.environ["XDG_CACHE_HOME"] = str(REPOSITORY / ".cstprint" / "tests")
# What tests import, and what the processes that they start import, is compiled once, also on machines that turn that
# off: a process that renders starts in a third of the time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A shell's background jobs ignore Ctrl-C, and so does what they start: tests of Ctrl-C would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """An empty project."""
    (tmp_path / "project" / "issues").mkdir(parents=True)
    return SmallProject(tmp_path / "project")


@pytest.fixture(scope="session")
def _built_in_fonts() -> None:
    """Name the built-in fonts for this process, as a render of this repository does, and parse our style sheets."""
    from cstprint.engine.weasy.environment import use_fonts
    from cstprint.fonts import load_library
    from cstprint.project import open_project

    project = open_project(REPOSITORY)
    library = load_library(project.font_folders(), project.cache_folder).value
    assert library is not None
    use_fonts(library)
    from cstprint.engine.speed import sheets  # imports WeasyPrint, which must find its fonts named
    from tests.support.sheets import shared

    sheets._ready.update(shared())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the system's part."""
    parts = [REPOSITORY / "tests" / name for name in SYSTEM]
    paths = {item.path for item in items}
    system = {path for path in paths if any(path.is_relative_to(part) for part in parts)}
    for item in items:
        if item.path in system:
            item.add_marker(pytest.mark.system)


class WorkerHere:
    """Stands in for a worker and renders in this process, where tests can put things in a render's way."""

    def close(self) -> None: ...

    def warm_up(self, _: object) -> None: ...

    def render(
        self, job: Job, progress: Callable[[Stage], None], is_stale: Callable[[], bool] | None = None
    ) -> Result[Rendering]:
        del is_stale  # nothing changes meanwhile
        from cstprint.rendering import render

        return render(job.path, job.project, job.options, progress)


@pytest.fixture
def run(
    project: SmallProject,
    _built_in_fonts: None,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Run:
    """Run the command line in this process, standing in the project's folder; the render too.

    The fonts can be named only once in a process, so they are the built-in ones for all projects.
    """
    import cstprint.rendering
    import cstprint.worker.client
    from cstprint.cli.command import run as run_command

    monkeypatch.chdir(project.root)
    monkeypatch.setattr(cstprint.rendering, "use_fonts", lambda _library: None)
    monkeypatch.setattr(cstprint.worker.client, "Worker", WorkerHere)

    def run_here(*arguments: str) -> Outcome:
        capsysbinary.readouterr()
        status = run_command(arguments)
        captured = capsysbinary.readouterr()
        return Outcome(status, captured.out, captured.err.decode("utf-8"))

    return run_here


@pytest.fixture
def shell(project: SmallProject) -> Run:
    """Run the command line in a process of its own."""

    def run_there(*arguments: str, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "cstprint", *arguments],
            cwd=project.root,
            env={**os.environ, "PYTHONWARNINGS": "error", "LANGUAGE": "en", **environment},
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return run_there


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests read messages in English, whatever the machine speaks."""
    from cstprint.cli import language

    monkeypatch.setenv("LANGUAGE", "en")
    before = language.current()
    language.use("en")
    yield
    language.use(before)
