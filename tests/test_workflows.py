"""The workflows of GitHub do what `.ci/run` does: their steps are targets of the Makefile that it calls, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.projects import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
TARGET = re.compile(r"(?:sudo (?:env \S+ )?)?make ([\w-]+)((?: [A-Z]+=\S+)*)")
CI = (REPOSITORY / ".ci" / "run").read_text("utf-8")


def commands(path: Path) -> list[str]:
    """The commands of a workflow, those of a matrix of targets one by one."""
    jobs: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    found = []
    for job in jobs.values():
        targets = job.get("strategy", {}).get("matrix", {}).get("target", [])
        for step in job["steps"]:
            said = step.get("run")
            if said:
                found += [said.replace("${{ matrix.target }}", target) for target in targets] or [said]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_each_step_is_a_target_that_ci_calls(path: Path) -> None:
    called = set(re.findall(r"^make ([\w-]+)", CI, re.M)) | {"packages"}
    assert "tools/test-packages" in CI  # what `make packages` calls: a bare machine has no make yet
    found = commands(path)
    assert found
    for command in found:
        target = TARGET.fullmatch(command)
        assert target is not None, f"{command} is no target of the Makefile"
        assert target[1] in called


def test_all_that_ci_calls_stands_in_a_workflow() -> None:
    named = {
        target for path in WORKFLOWS for target in re.findall(r"make ([\w-]+)", " ".join(commands(path)))
    }
    assert set(re.findall(r"^make ([\w-]+)", CI, re.M)) <= named


def test_every_python_that_is_promised_is_tested() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", (REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert promised
    jobs = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    assert jobs["debian"]["strategy"]["matrix"]["python"] == promised
