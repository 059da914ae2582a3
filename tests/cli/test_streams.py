"""Streams that are closed, full or left, limits of the shell, a folder that is gone: an error or a clean end."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, Outcome, SmallProject
from tests.support.samples import some

pytestmark = [
    pytest.mark.render,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full"),
]


def sh(project: SmallProject, line: str, **environment: str) -> Outcome:
    """Run a line of a shell in a project's folder; ``cstprint`` in it is ours."""
    ours = f"{shlex.quote(sys.executable)} -m cstprint"
    done = subprocess.run(
        ["/bin/sh", "-c", re.sub(r"\bcstprint\b", lambda _: ours, line)],
        cwd=project.root,
        env={**os.environ, "LANGUAGE": "en", "PYTHONWARNINGS": "error", **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def codes(outcome: Outcome) -> list[str]:
    return re.findall(r"error (CST-\w+)", outcome.err)


LOST = {
    "a result on a full disk": "cstprint render one >/dev/full",
    "JSON on a full disk": "cstprint render one --json >/dev/full",
    "a PDF on a full disk": "cstprint render one -o - >/dev/full",
    "help on a full disk": "cstprint --help >/dev/full",
    "a list on a full disk": "cstprint layouts list >/dev/full",
    "a result nowhere": "cstprint render one >&-",
    "a PDF nowhere": "cstprint render one -o - >&-",
}


@pytest.mark.parametrize("case", some(LOST, one_of=2))
def test_what_cannot_be_written_to_stdout_is_an_error(case: str, project: SmallProject) -> None:
    project.issue()
    outcome = sh(project, LOST[case])
    assert (outcome.status, codes(outcome)) == (1, ["CST-X010"])


def test_a_full_stdout_does_not_keep_the_pdfs_from_being_made(project: SmallProject) -> None:
    project.issue(name="a")
    project.issue(name="b")
    assert sh(project, "cstprint render a b >/dev/full").status == 1
    assert project.outputs() == ["dist/a.pdf", "dist/b.pdf"]


def test_a_full_stderr_loses_messages_and_nothing_else(project: SmallProject) -> None:
    project.issue(ISSUE.replace("正文。", "甲**乙"))
    outcome = sh(project, "cstprint render one 2>/dev/full")
    assert outcome.status == 1  # a warning is lost
    assert outcome.out.startswith("dist/one.pdf  ")


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_closed_streams_are_no_place_for_files_and_sockets(closed: str, project: SmallProject) -> None:
    project.issue()
    outcome = sh(project, f"cstprint render one {closed}")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("dist/one.pdf  ")
    assert sh(project, f"cstprint batch --all {closed}").status == 0
    assert sh(project, f"cstprint render two {closed}").status == 2


def test_a_reader_that_leaves_ends_no_command_with_an_error_on_the_screen(project: SmallProject) -> None:
    project.issue()
    outcome = sh(project, "cstprint explain CST-Y001 | true; cstprint render one -o - | head -c 1")
    assert (outcome.out, outcome.err.count("error")) == ("%", 0)


def test_a_folder_that_was_deleted_under_the_command_is_told(project: SmallProject) -> None:
    project.issue()
    for command in ("render one", "batch --all", "layouts list", "new next", "doctor"):
        outcome = sh(project, f"mkdir gone && cd gone && rmdir ../gone && cstprint {command}")
        assert (outcome.status, codes(outcome)) == (1, ["CST-X012"]), command
    assert sh(project, "mkdir gone && cd gone && rmdir ../gone && cstprint explain CST-Y001").status == 0


@pytest.mark.parametrize("files", some([6, 8, 9, 10, 11, 12], one_of=2))
def test_too_few_open_files_are_told(files: int, project: SmallProject) -> None:
    project.issue()
    outcome = sh(project, f"ulimit -n {files}; cstprint render one")
    if outcome.status:
        assert outcome.status == 1
        assert codes(outcome) != ["CST-X002"]  # a template that cannot be read is an error at its place
        assert "ulimit -n" in outcome.err
    else:
        assert project.outputs() == ["dist/one.pdf"]


def test_a_limit_of_the_size_of_files_is_told(project: SmallProject) -> None:
    project.issue()
    outcome = sh(project, "ulimit -f 0; cstprint render one")
    assert (outcome.status, codes(outcome)) == (1, ["CST-X011"])  # no temporary file can be written either
    outcome = sh(project, "ulimit -f 1; cstprint render one")
    assert (outcome.status, codes(outcome)) == (1, ["CST-U007"])
    assert "ulimit -f" in outcome.err
    assert project.outputs() == []


@pytest.mark.parametrize("option", ["-o {}.pdf", "--png -o {}.pdf", "--project {}", "--layout {}"])
def test_names_that_are_too_long_are_told(option: str, project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", *option.format("a" * 300).split())
    assert outcome.status in {1, 2}
    assert codes(outcome) in (["CST-U007"], ["CST-U002"], ["CST-L001"])
    assert project.outputs() == []


@pytest.mark.parametrize(
    "limit", ["--limit-time=nan", "--limit-time=inf", "--limit-memory=99999999999999999999"]
)
def test_a_limit_that_is_none_is_wrong_usage(limit: str, project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", limit)
    assert outcome.status == 2
    assert limit.partition("=")[0] in outcome.err


def test_a_nul_in_the_configuration_is_told(project: SmallProject) -> None:
    project.issue()
    project.write("cstprint.toml", 'output = "a\\u0000b"\n')
    outcome = sh(project, "cstprint render one")
    assert (outcome.status, codes(outcome)) == (2, ["CST-U003"])
