"""The witnesses are not blind: what a run does beyond its folders is seen by strace and by the audit hook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.watching import AUDIT_FOLDER, strace, tracing, trespasses

pytestmark = pytest.mark.hostile

_MISDEEDS = """
import os, socket, subprocess, sys
outside = sys.argv[1]
open(outside + "/secret.txt").read()
open(outside + "/new.txt", "w").close()
socket.socket(socket.AF_INET).connect_ex(("127.0.0.1", 9))
subprocess.run(["/usr/bin/env", "true"])
"""
_BY_THE_BACK_DOOR = """
import os, sys
os.symlink(sys.argv[1], "link")
os.open("secret.txt", os.O_RDONLY, dir_fd=os.open("link", os.O_RDONLY))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("project", "outside", "logs"):
        (tmp_path / name).mkdir()
    (tmp_path / "outside" / "secret.txt").touch()
    return tmp_path.resolve()


def told(root: Path, program: str, witness: str) -> list[str]:
    """Run a program under one witness and return what it tells."""
    trace, audit = root / "logs/trace", root / "logs/audit"
    words = tracing(trace) if witness == "strace" else []
    watched = {"CST_AUDIT_LOG": str(audit), "PYTHONPATH": str(AUDIT_FOLDER)} if witness == "audit" else {}
    arguments = [*words, sys.executable, "-c", program, str(root / "outside")]
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "PYTHONDONTWRITEBYTECODE": "1", **watched}
    subprocess.run(arguments, cwd=root / "project", env=environment, check=True)
    found = trespasses(root, root / "project", trace, audit, ())
    return [wrong.replace(f"{root}/", "") for wrong in found]


@pytest.fixture(params=["strace", "audit"])
def witness(request: pytest.FixtureRequest) -> str:
    if request.param == "strace" and strace() is None:
        pytest.skip("tracing is not possible here")
    return str(request.param)


def test_reading_writing_calling_and_starting_are_seen(root: Path, witness: str) -> None:
    found = told(root, _MISDEEDS, witness)
    assert "opened: outside/secret.txt" in found
    assert "wrote: outside/new.txt" in found
    assert [wrong for wrong in found if wrong.startswith("network: ")]
    assert [wrong for wrong in found if wrong.startswith("started: ") and "env" in wrong]


def test_a_file_reached_by_a_link_and_a_handle_is_seen_by_strace(root: Path) -> None:
    if strace() is None:
        pytest.skip("tracing is not possible here")
    assert "opened: outside/secret.txt" in told(root, _BY_THE_BACK_DOOR, "strace")


def test_an_innocent_program_is_not_accused(root: Path, witness: str) -> None:
    assert told(root, "import json, hashlib, zoneinfo; open('x', 'w').write('x')", witness) == []
