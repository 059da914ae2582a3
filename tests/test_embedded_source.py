"""``--embed-source``: what a PDF was made of is inside it, byte for byte, with a manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cstprint.rendering
from cstprint.pdf.inspect import PdfFacts
from cstprint.provenance import MANIFEST
from cstprint.rendering import lay_out
from tests.conftest import Run
from tests.support.attachments import attachments
from tests.support.projects import REPOSITORY, SmallProject, picture_bytes

ISSUE = """\
layout: mine
language: zh-Hans
title: 刊名
publisher: 单位
date: 2020
number: 2
articles:
  - title: 标题
    body:
      - 正文。
      - figure: 图片/照片 一.png
        alt: 杂点
      - figure: two.jpg
        alt: 杂点
"""


@pytest.fixture
def sources(project: SmallProject) -> dict[str, bytes]:
    """The files of an issue that has pictures and a layout of its own, by their paths."""
    made = {
        "issue.yaml": ISSUE.replace("\n", "\r\n").encode("utf-8-sig"),
        "图片/照片 一.png": picture_bytes(),
        "two.jpg": picture_bytes("JPEG", (3000, 2000)),
    }
    for path, data in made.items():
        project.write(f"issues/one/{path}", data)
    project.write("issues/one/not-used.png", picture_bytes())
    project.layout(page_css="p { color: black }")
    project.write("layouts/mine/.hidden", "x")
    return made


@pytest.mark.render
def test_the_files_come_back_as_they_are_on_disk(
    project: SmallProject, run: Run, sources: dict[str, bytes]
) -> None:
    assert run("render", "one", "--embed-source").status == 0
    inside = attachments((project.root / "dist/one.pdf").read_bytes())
    assert set(inside) == {*sources, MANIFEST}
    assert {path: inside[path] for path in sources} == sources


@pytest.mark.render
def test_the_manifest_says_what_the_pdf_was_made_of(
    project: SmallProject, run: Run, sources: dict[str, bytes]
) -> None:
    run("render", "one", "--embed-source", "--set", "size=11pt")
    told = json.loads(attachments((project.root / "dist/one.pdf").read_bytes())[MANIFEST])
    doctor = run("doctor", "--json").data
    for key in ("cstprint", "python", "packages", "native", "pictures", "fonts"):
        assert told[key] == doctor[key]
    assert told["standard"] == "a-3a+ua-1"
    assert told["tokens"]["size"] == "11pt"
    assert {one["path"]: one["sha256"] for one in told["files"]} == {
        path: hashlib.sha256(data).hexdigest() for path, data in sources.items()
    }
    base, mine = told["layouts"]
    assert (base["name"], mine["name"], told["layout"]) == ("base", "mine", "mine")
    assert set(mine["files"]) == {"layout.yaml", "page.css"}
    assert mine["files"]["page.css"] == hashlib.sha256(b"p { color: black }").hexdigest()
    block = REPOSITORY / "layouts/base/blocks/prose.html.j2"
    assert base["files"]["blocks/prose.html.j2"] == hashlib.sha256(block.read_bytes()).hexdigest()


@pytest.mark.render
@pytest.mark.usefixtures("sources")
def test_two_runs_give_the_same_bytes_and_nothing_of_the_machine(project: SmallProject, run: Run) -> None:
    run("render", "one", "--embed-source", "-o", "a.pdf")
    run("render", "one", "--embed-source", "-o", "b.pdf")
    data = (project.root / "a.pdf").read_bytes()
    assert data == (project.root / "b.pdf").read_bytes()
    assert str(project.root) not in attachments((project.root / "a.pdf").read_bytes())[MANIFEST].decode()
    assert "<pdfaid:part>3</pdfaid:part>" in PdfFacts(data).xmp


@pytest.mark.render
@pytest.mark.usefixtures("sources")
def test_the_missing_picture_of_a_draft_is_not_inside(project: SmallProject, run: Run) -> None:
    (project.root / "issues/one/two.jpg").unlink()
    assert run("render", "one", "--embed-source", "--draft").status == 0
    assert set(attachments((project.root / "dist/one.pdf").read_bytes())) == {
        "issue.yaml",
        "图片/照片 一.png",
        MANIFEST,
    }


@pytest.mark.render
@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("issue.yaml", lambda file: file.write_text(ISSUE + "# later\n", "utf-8")),
        ("two.jpg", lambda file: file.write_bytes(picture_bytes("JPEG"))),
        ("two.jpg", lambda file: file.unlink()),
    ],
)
@pytest.mark.usefixtures("sources")
def test_a_file_that_changes_during_the_render_is_told(
    project: SmallProject,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    change: Callable[[Path], object],
) -> None:
    def lay_out_and_change(*given: Any) -> object:
        pages = lay_out(*given)
        change(project.root / "issues/one" / path)
        return pages

    monkeypatch.setattr(cstprint.rendering, "lay_out", lay_out_and_change)
    outcome = run("render", "one", "--embed-source")
    assert outcome.status == 1
    assert f"{path}: error CST-E015" in outcome.err
    assert project.outputs() == []


@pytest.mark.usefixtures("sources")
def test_a_standard_that_forbids_files_is_a_usage_error(project: SmallProject, run: Run) -> None:
    outcome = run("render", "one", "--embed-source", "--standard", "a-2a")
    assert outcome.status == 2
    assert outcome.err.count("CST-U020") == 1
    assert project.outputs() == []
