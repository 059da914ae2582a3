"""``cstprint batch`` run as people run it: a process of its own in a project's folder."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.projects import ISSUE, Outcome, SmallProject, picture_bytes

WITH_PICTURE = ISSUE.replace("body: 正文。", "body:\n      - figure: a.png\n        alt: 甲\n      - 正文。")
#: Templates that never end, and that double a text until no memory is left.
HANGING = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GREEDY = "{% set all = namespace(text='x') %}{% for n in range(60) %}{% set all.text = all.text ~ all.text %}{% endfor %}"


def command(project: SmallProject, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start ``cstprint`` in a project's folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "cstprint", *arguments],
        cwd=project.root,
        env={**os.environ, "LANGUAGE": "en", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def batch(project: SmallProject, *arguments: str, seconds: float = 300, **environment: str) -> Outcome:
    """Run ``cstprint batch`` in a project's folder to its end; all issues with two workers unless told otherwise."""
    with command(project, "batch", *(arguments or ("--all", "-j2")), **environment) as process:
        out, err = process.communicate(timeout=seconds)
    return Outcome(process.returncode, out, err.decode("utf-8"))


def lines_of(folder: Path, kind: str = "issue") -> dict[str, dict[str, Any]]:
    """The lines of a manifest by id; of sets by hash."""
    told = map(json.loads, (folder / "manifest.jsonl").read_text("utf-8").splitlines())
    return {line.get("id", line.get("sha256")): line for line in told if line["kind"] == kind}


def pdfs(folder: Path) -> dict[str, bytes]:
    """All PDFs of a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def copied(project: SmallProject, folder: Path) -> SmallProject:
    """A project with all that was made in it, to be changed by one test."""
    shutil.copytree(project.root, folder)
    return SmallProject(folder)


def reasons(outcome: Outcome) -> Mapping[str, list[str]]:
    """Why issues are rendered, by their ids, as ``--json`` tells; those that are not are not named."""
    return {one["id"]: one["reasons"] for one in outcome.data["plan"] if one["state"] != "unchanged"}


def large_picture() -> bytes:
    """A PNG of 64 megapixels in one colour: 200 kB on disk, 190 MB and more in memory."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8000, 8000), "#406080").save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def archive(root: Path) -> SmallProject:
    """Four issues: two in a layout of the project's own that another one extends, one with a picture, one in base.

    The first two have a cover, and so two pages; the others have one.
    """
    project = SmallProject(root)
    house = "title: house\nextends: base\ntokens: {first-page: cover}\n"
    project.layout("house", house, page_css="p { color: #111 }")
    project.layout("child", manifest="title: child\nextends: house\n", page_css="p { color: #222 }")
    for name, layout in {"a-house": "house", "b-child": "child", "c-base": "base"}.items():
        project.issue(ISSUE.replace("layout: base", f"layout: {layout}"), name)
    project.issue(WITH_PICTURE, "d-picture")
    project.write("issues/d-picture/a.png", picture_bytes())
    return project
