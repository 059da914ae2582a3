"""Whatever a style sheet says, a render ends with a PDF or with a diagnostic, never with a fault of ours."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.projects import REPOSITORY, SmallProject
from tests.support.style_fuzz import sheet

pytestmark = pytest.mark.render
SHEETS = range(300)
#: A tenth of the sheets is rendered every day, over a short issue; all of them with the long tests, over the specimen.
CASES = [
    *(pytest.param(seed, "issue-2020-02", marks=pytest.mark.slow) for seed in SHEETS[::10]),
    *(pytest.param(seed, "issue-specimen", marks=pytest.mark.long) for seed in SHEETS),
]
#: Seconds of processor time for one sheet, three times what the slowest of the first fifty took: 77 s.
PATIENCE = 240


class _TooLongError(BaseException):
    """A render that does not end; none of its own handlers takes it for a fault of WeasyPrint's."""


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Let what is inside fail at the line that it has come to after so much processor time."""

    def end(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _TooLongError as reached:
        raise AssertionError(f"no end after {seconds} s") from reached
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def issues(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> SmallProject:
    """A project with our issues, whose pictures are prepared once."""
    project = SmallProject(tmp_path_factory.mktemp("fuzz"))
    shutil.copytree(REPOSITORY / "issues", project.root / "issues")
    return project


@pytest.mark.parametrize(("seed", "issue"), CASES)
def test_a_random_style_sheet_gives_a_pdf_or_a_diagnostic(
    issues: SmallProject, seed: int, issue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cstprint.rendering.use_fonts", lambda _library: None)
    base, css = sheet(seed)
    issues.layout("fuzz", f"title: 试\nextends: {base}\n", blocks_css=css)
    path = Path(issues.root, f"issues/{issue}/issue.yaml")
    with patience(PATIENCE):
        made = render(path, open_project(issues.root), RenderOptions(layout="fuzz", max_pages=200))
    codes = {found.code for found in made.diagnostics if found.is_error}
    assert made.value is not None or codes, f"nothing came of it:\n{css}"
    assert not any(code.startswith("CST-X") for code in codes), css
