"""What is changed and changed back while a batch runs is in no PDF that the next run takes for up to date."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from cstprint.batch.hashes import Hashes
from cstprint.batch.inputs import survey
from cstprint.job import Job, RenderOptions
from cstprint.project import open_project
from cstprint.worker.client import Worker
from tests.support.batches import batch, command, copied, pdfs, reasons
from tests.support.projects import ISSUE, SmallProject, picture_bytes
from tests.support.samples import crossed
from tests.support.square_font import write_square_font

pytestmark = pytest.mark.render

MANIFEST = "title: house\nextends: base\ntokens:\n  ink: '#222222'\n"
NAMES = [f"n{number}" for number in range(6)]
KINDS = [
    "layout",
    "a style sheet that is gone",
    "a style sheet that is new",
    "template",
    "a template that is gone",
    "a template that is new",
    "token file",
    "picture",
    "font",
    "configuration",
]


@dataclass(frozen=True)
class Change:
    """A file of the project, and what stands in it for a while; nothing where it is taken away."""

    path: str
    content: bytes | None


def square(folder: Path, *, wide: bool) -> bytes:
    """A font of the project's own; the other one has an italic's name and other bytes."""
    path = write_square_font(folder / "other.ttf", "甲乙", "Square", italic=wide)
    data = path.read_bytes()
    path.unlink()
    return data


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProject, dict[str, bytes]]:
    """Six issues in a layout of the project's own with a font of its own, and their PDFs. Nobody changes them."""
    project = SmallProject(tmp_path_factory.mktemp("race") / "archive")
    template = "<section>{% include 'base/blocks/prose.html.j2' %}</section>\n"
    project.layout(
        "house",
        MANIFEST,
        blocks_css="h1.title { font-family: Square }\n.article { background: url(a.png) }",
        **{"blocks/prose.html.j2": template},
    )
    project.write("layouts/house/a.png", picture_bytes(size=(8, 8)))
    write_square_font(project.root / "fonts" / "square.ttf", "甲乙")
    for number, name in enumerate(NAMES):
        text = ISSUE.replace("layout: base", "layout: house").replace("title: 刊名", "title: 甲乙")
        project.issue(text.replace("正文。", f"第 {number} 篇正文。"), name)
    outcome = batch(project, "--all", "-j2", "-o", "dist")
    assert outcome.status == 0, outcome.err
    return project, pdfs(project.root / "dist")


def changes(folder: Path) -> dict[str, Change]:
    """The ways to disturb a batch, by what they disturb."""
    css = b"h1.title { font-family: Square; color: red }\n.article { background: url(a.png) }"
    return {
        "layout": Change("layouts/house/blocks.css", css),
        "a style sheet that is gone": Change("layouts/house/blocks.css", None),
        "a style sheet that is new": Change("layouts/house/page.css", b"p { color: red }"),
        "template": Change("layouts/house/blocks/prose.html.j2", b"<div class='x'>{{ block.html }}</div>"),
        "a template that is gone": Change("layouts/house/blocks/prose.html.j2", None),
        "a template that is new": Change("layouts/house/blocks/heading.html.j2", b"<i>{{ block.html }}</i>"),
        "token file": Change("layouts/house/layout.yaml", MANIFEST.replace("#222222", "#aa0000").encode()),
        "picture": Change("layouts/house/a.png", picture_bytes(size=(9, 9))),
        "font": Change("fonts/square.ttf", square(folder, wide=True)),
        "configuration": Change("cstprint.toml", b"strict = true\n"),
    }


def disturbed(project: SmallProject, change: Change, begin: float, seconds: float, *arguments: str) -> str:
    """Render all again while a file is another for some time; return what the batch said."""
    path = project.root / change.path
    before = path.read_bytes() if path.exists() else None
    with command(project, "batch", "--all", "-j2", "--force", *arguments) as process:
        time.sleep(begin)
        put(path, change.content)
        time.sleep(seconds)
        put(path, before)
        _, err = process.communicate(timeout=300)
    return err.decode()


def put(path: Path, content: bytes | None) -> None:
    """Exchange a file as editors do, at once."""
    if content is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(".new")
    new.write_bytes(content)
    shutil.move(new, path)


@pytest.mark.parametrize("drawn", list(crossed(20, KINDS)))
def test_nothing_that_was_changed_for_a_moment_is_taken_for_up_to_date(
    drawn: tuple[int, str], archive: tuple[SmallProject, dict[str, bytes]], tmp_path: Path
) -> None:
    seed, kind = drawn
    chance = random.Random(f"{seed} {kind}")
    source, right = archive
    change = changes(tmp_path)[kind]
    project = copied(source, tmp_path / "archive")
    said = disturbed(project, change, chance.uniform(0, 5), chance.uniform(0.01, 2))
    before = pdfs(project.root / "dist")
    outcome = batch(project, "--all", "--json")
    stale = {f"{name}.pdf" for name in reasons(outcome)}
    wrong = {name for name in right if before.get(name) != right[name]}
    assert wrong <= stale, said
    assert pdfs(project.root / "dist") == right


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS[:-1])
def test_what_is_another_from_the_plan_to_the_first_pages_is_rendered_again(
    kind: str, archive: tuple[SmallProject, dict[str, bytes]], tmp_path: Path
) -> None:
    source, right = archive
    change = changes(tmp_path)[kind]
    project = copied(source, tmp_path / "archive")
    opened = open_project(project.root)
    hashes = Hashes(opened.cache_folder)
    planned = survey(opened, RenderOptions(), hashes)
    path = project.root / change.path
    before = path.read_bytes() if path.exists() else None
    put(path, change.content)
    with Worker() as worker:
        report = worker.report(Job(opened.issue_file("n0"), opened), lambda _: None)
        seen = report.reads
    put(path, before)
    assert seen is not None
    assert change.path in planned.differing(seen)
    assert change.path in survey(opened, RenderOptions(), hashes).differing(seen)
    with Worker() as worker:
        report = worker.report(Job(opened.issue_file("n0"), opened), lambda _: None)
    assert report.reads is not None
    assert survey(opened, RenderOptions(), hashes).differing(report.reads) == ()
    assert report.result.value is not None
    assert report.result.value.pdf == right["n0.pdf"]
