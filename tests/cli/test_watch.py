"""cstprint render --watch: a render after every save, of what was saved last."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cstprint.cli.order import Order
from cstprint.cli.report import Reporter
from cstprint.cli.watch import _Watch, _Watched
from cstprint.diagnostics import Result
from cstprint.job import Job, Limits, Rendering, RenderOptions
from cstprint.pdf.inspect import PdfFacts
from cstprint.project import open_project
from cstprint.watching import Changes
from cstprint.worker.client import RenderCancelledError
from tests.conftest import Run
from tests.support.pages import read_pages
from tests.support.processes import children_of, is_running, linux, waited
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject, picture_bytes
from tests.support.square_font import write_square_font

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")
LONG = MINE.replace("正文。", "一段很长的正文。" * 20_000)
#: What one build may take on a machine that is busy with other things.
PATIENCE_SECONDS = 30


class Watching:
    """A command that watches, in a process of its own, and the builds that it tells of."""

    def __init__(self, project: SmallProject, *arguments: str):
        self.project = project
        self.command = subprocess.Popen(
            [sys.executable, "-m", "cstprint", "render", *arguments, "--watch", "--json"],
            cwd=project.root,
            env={**os.environ, "LANGUAGE": "en", "TMPDIR": str(project.root.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.command.stdout is not None
        with self.command.stdout as stdout:
            for line in stdout:
                self._lines.put(line)

    def build(self) -> dict[str, Any]:
        """The next build that came to its end."""
        data: dict[str, Any] = json.loads(self._lines.get(timeout=PATIENCE_SECONDS))
        return data

    def builds_until(self, good: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """The next builds, up to the first that is ``good``."""
        builds = [self.build()]
        while not good(builds[-1]):
            builds.append(self.build())
        return builds

    def save(self, path: str, content: str | bytes) -> None:
        """Save as most editors do, at once: what is written on the way has a name that does not count."""
        file = self.project.root / path
        self.project.write(f"{path}~", content).replace(file)

    def nothing_else_is_built(self) -> bool:
        """Whether the next build is that of a file saved now, and of nothing before it."""
        self.save("layouts/mine/mark.txt", str(time.monotonic_ns()))
        changed: list[str] = self.build()["changed"]
        return changed == ["layouts/mine/mark.txt"]

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_: object) -> None:
        if self.command.returncode is None:
            self.end()

    def end(self, kind: int = signal.SIGINT) -> tuple[int, str]:
        """Its exit status and all that it said on stderr."""
        self.command.send_signal(kind)
        assert self.command.stderr is not None
        with self.command.stderr as stderr:
            said = stderr.read()
        self._listener.join()
        return self.command.wait(PATIENCE_SECONDS), said


def written(build: dict[str, Any]) -> bool:
    return build["output"] is not None


def codes(build: dict[str, Any]) -> list[str]:
    return [found["code"] for found in build["diagnostics"]]


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watching]:
    """One command for most tests; its PDF and pictures go into the issue's own folder, which is watched."""
    project = SmallProject(tmp_path_factory.mktemp("watched") / "project")
    project.issue(MINE)
    project.layout(page_css="")
    with Watching(project, "one", *TWO_PAGES, "-o", "issues/one/", "--png-dpi", "20") as watching:
        first = watching.build()
        assert (first["changed"], first["output"], first["pages"]) == ([], "issues/one/one.pdf", 2)
        assert first["pictures"] == ["issues/one/one-01.png", "issues/one/one-02.png"]
        yield watching
        assert watching.end() == (0, "")


def pdf(watching: Watching) -> bytes:
    return (watching.project.root / "issues/one/one.pdf").read_bytes()


def says(watching: Watching, words: str) -> bool:
    said = "".join(page.text for page in read_pages(pdf(watching)))
    return words in said


# ── what is watched ──


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("layouts/mine/page.css", "@page { size: A5 }"),
        ("layouts/mine/blocks/article.html.j2", '{% extends "base/blocks/article.html.j2" %}'),
        ("issues/one/images/new.png", picture_bytes()),
        ("issues/one/issue.yaml", MINE.replace("正文。", "别的正文。")),
        ("cstprint.toml", "strict = true\n"),
    ],
)
def test_what_an_issue_is_made_from_is_watched_and_named(
    path: str, content: str | bytes, watching: Watching
) -> None:
    watching.save(path, content)
    build = watching.build()
    assert (build["changed"], build["output"]) == ([path], "issues/one/one.pdf")
    assert watching.nothing_else_is_built()


def test_what_is_not_read_is_not_watched(watching: Watching) -> None:
    for path in (
        "issues/one/.issue.yaml.swp",
        "issues/one/issue.yaml~",
        "issues/two/issue.yaml",
        "notes.txt",
    ):
        watching.save(path, "anything")
    assert watching.nothing_else_is_built()


def test_a_layout_that_is_broken_is_told_and_renders_again_when_it_is_mended(watching: Watching) -> None:
    before = pdf(watching)
    watching.save("layouts/mine/layout.yaml", "title: mine\nextends: bse\n")
    build = watching.build()
    assert (codes(build), build["output"]) == (["CST-L001"], None)
    assert build["diagnostics"][0]["location"]["line"] == 2
    assert pdf(watching) == before
    watching.save("layouts/mine/layout.yaml", "title: mine\nextends: base\n")
    assert written(watching.build())


def test_a_configuration_that_is_broken_is_told_and_obeyed_when_it_is_mended(watching: Watching) -> None:
    watching.save("cstprint.toml", "strct = true\n")
    assert codes(watching.build()) == ["CST-U003"]
    watching.save("cstprint.toml", "strict = false\n")
    assert written(watching.build())


def test_an_issue_that_is_deleted_is_told_and_comes_back(watching: Watching) -> None:
    folder = watching.project.root / "issues/one"
    away = watching.project.root / "issues/away"
    folder.rename(away)
    assert codes(watching.build()) == ["CST-U001"]
    away.rename(folder)
    assert written(watching.builds_until(written)[-1])
    watching.save("issues/one/issue.yaml", MINE.replace("正文。", "回来了。"))
    assert watching.build()["changed"] == ["issues/one/issue.yaml"]
    assert says(watching, "回来了")


def test_a_font_that_is_added_is_used(watching: Watching) -> None:
    def fonts() -> list[str]:
        return [font.name for font in PdfFacts(pdf(watching)).fonts]

    fallback = ".article p { font-family: Square, var(--cst-song) }"
    watching.save("layouts/mine/layout.yaml", "title: mine\nextends: base\nfonts: [Square]\n")
    watching.save("layouts/mine/blocks.css", fallback)
    watching.save("issues/one/issue.yaml", MINE.replace("正文。", "AB"))
    watching.build()
    assert "Square" not in fonts()
    folder = watching.project.root / "fonts"
    folder.mkdir()
    write_square_font(folder / "square.ttf", "AB ")
    watching.builds_until(lambda build: "fonts/square.ttf" in build["changed"])
    assert "Square" in fonts()


@linux
def test_a_server_that_dies_is_told_and_replaced(watching: Watching) -> None:
    (server,) = children_of(watching.command.pid)
    os.kill(server, signal.SIGKILL)
    watching.save("layouts/mine/mark.txt", "first")
    assert codes(watching.build()) == ["CST-X005"]
    watching.save("layouts/mine/mark.txt", "second")
    assert written(watching.build())


# ── how it is saved ──


def renamed(path: Path, text: str) -> None:
    new = path.with_name("issue.yaml.new")
    new.write_text(text, "utf-8")
    new.replace(path)


def deleted_and_created(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.02)
    path.write_text(text, "utf-8")


def half_first(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text[:40])
        stream.flush()
        time.sleep(0.02)
        stream.write(text[40:])


def by_a_backup(path: Path, text: str) -> None:
    path.rename(path.with_name("issue.yaml~"))
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("save", [renamed, deleted_and_created, half_first, by_a_backup])
def test_a_save_is_seen_however_the_editor_does_it(
    save: Callable[[Path, str], None], watching: Watching
) -> None:
    path = watching.project.root / "issues/one/issue.yaml"
    word = f"由{save.__name__}写"
    save(path, MINE.replace("正文", word))
    watching.builds_until(lambda _: says(watching, word))
    assert watching.nothing_else_is_built()


def test_twenty_saves_are_one_build_of_the_last(watching: Watching) -> None:
    for number in range(20):
        watching.save("issues/one/issue.yaml", MINE.replace("正文。", f"第{number}次。"))
    build = watching.build()
    assert (build["changed"], build["output"]) == (["issues/one/issue.yaml"], "issues/one/one.pdf")
    assert says(watching, "第19次")
    assert watching.nothing_else_is_built()


@linux
def test_a_save_ends_the_build_that_it_makes_useless(watching: Watching) -> None:
    (server,) = children_of(watching.command.pid)
    before = set(children_of(server))
    watching.save("issues/one/issue.yaml", LONG)
    assert waited(lambda: not before.issuperset(children_of(server)))
    (child,) = {*children_of(server)} - before
    watching.save("issues/one/issue.yaml", MINE.replace("正文。", "短了。"))
    build = watching.build()
    assert (build["changed"], codes(build), build["pages"]) == (["issues/one/issue.yaml"], [], 2)
    assert not is_running(child)
    assert children_of(watching.command.pid) == [server]
    assert watching.nothing_else_is_built()


class Interrupter:
    """Stands in for worker and workers: each of its first renders is interrupted by a save, the rest are made."""

    def __init__(self, saves: Iterator[Callable[[], object]]):
        self.saves = saves
        self.begun = 0

    def of(self, _: object) -> Interrupter:
        return self

    def render(self, job: Job, _: object, is_stale: Callable[[], bool]) -> Result[Rendering]:
        self.begun += 1
        if (save := next(self.saves, None)) is None:
            return Result(Rendering(b"%PDF-" + job.path.read_bytes(), 1))
        assert not is_stale()
        save()
        assert any(is_stale() for _ in range(500))  # 20 ms each
        raise RenderCancelledError


def test_each_save_during_a_build_ends_it_and_one_build_comes_to_its_end(
    project: SmallProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class NothingLeftToDo(Exception): ...  # noqa: N818

    def stop() -> None:
        raise NothingLeftToDo

    path = project.issue()
    saves = (partial(project.issue, MINE.replace("正文。", f"第{number}次。")) for number in range(20))
    worker: Any = Interrupter(saves)
    order = Order("one", open_project(project.root), RenderOptions(), Limits(), None, strict=False)
    monkeypatch.chdir(project.root)
    with closing(Changes()) as changes:
        monkeypatch.setattr(changes, "wait", stop)
        watch = _Watch([_Watched(order, path)], Reporter(as_json=True), changes, worker)
        with suppress(NothingLeftToDo):
            while True:
                watch.step()
    assert worker.begun == 21
    (told,) = capsys.readouterr().out.splitlines()
    assert json.loads(told)["output"] == "dist/one.pdf"
    assert "第19次。" in (project.root / "dist/one.pdf").read_text("utf-8")


# ── several issues, and the end ──


def test_of_several_issues_those_are_rendered_that_a_change_concerns(project: SmallProject) -> None:
    for name in ("a", "b"):
        project.issue(MINE, name=name)
    project.layout()
    with Watching(project, "a", "b", "-o", "both/") as watching:
        assert [watching.build()["output"] for _ in range(2)] == ["both/a.pdf", "both/b.pdf"]
        watching.save("issues/b/issue.yaml", MINE.replace("正文。", "乙。"))
        watching.save("layouts/mine/page.css", "@page { size: A5 }")
        builds = [watching.build() for _ in range(2)]
        assert {(build["issue"], *build["changed"]) for build in builds} == {
            ("a", "layouts/mine/page.css"),
            ("b", "issues/b/issue.yaml", "layouts/mine/page.css"),
        }
        assert watching.end(signal.SIGTERM) == (0, "")


@linux
def test_ctrl_c_during_a_build_leaves_no_process_and_no_file(project: SmallProject) -> None:
    project.issue(LONG)
    project.layout()
    with Watching(project, "one") as watching:
        assert waited(lambda: bool(children_of(watching.command.pid)))
        (server,) = children_of(watching.command.pid)
        assert waited(lambda: bool(children_of(server)), PATIENCE_SECONDS)
        family = [server, *children_of(server)]
        assert watching.end(signal.SIGINT) == (0, "")
        assert waited(lambda: not any(is_running(pid) for pid in family))
        assert project.outputs() == []
        assert waited(lambda: [path.name for path in project.root.parent.iterdir()] == ["project"])


def test_what_is_told_is_a_line_a_build(project: SmallProject) -> None:
    project.issue(MINE.replace("number: 2", "number: no"))
    project.layout()
    command = subprocess.Popen(
        [sys.executable, "-m", "cstprint", "render", "one", *TWO_PAGES, "--watch"],
        cwd=project.root,
        env={**os.environ, "LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    assert command.stderr is not None
    said = iter(command.stderr.readline, "")
    assert next(said) == "Watching one · press Ctrl-C to stop.\n"
    assert any(line == "one: no PDF was written  errors: 1\n" for line in said)
    project.issue(MINE)
    line = command.stdout.readline()
    assert line.startswith("issues/one/issue.yaml → dist/one.pdf  2 pages  ")
    command.send_signal(signal.SIGHUP)  # the terminal was closed
    assert command.communicate(timeout=PATIENCE_SECONDS) == ("", "")
    assert command.returncode == 0


def test_what_cannot_be_watched_is_told_at_once(project: SmallProject, run: Run) -> None:
    project.issue()
    for arguments, code in ((["one", "-o", "-"], "CST-U021"), (["two"], "CST-U001")):
        outcome = run("render", *arguments, "--watch")
        assert (outcome.status, outcome.stdout) == (2, b"")
        assert code in outcome.err
