"""What an issue is made from, and word of its changes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cstprint import watching
from cstprint.diagnostics import UsageError
from cstprint.project import builtin_folder, open_project
from cstprint.watching import Changes, Snapshot, look
from tests.support.projects import SmallProject

#: Questions after which an event has come; 20 ms each.
QUESTIONS = 250


@pytest.fixture
def changes() -> Iterator[Changes]:
    with closing(Changes()) as changes:
        yield changes


def seen(project: SmallProject, issue: str = "issues/one/issue.yaml", *outputs: str) -> Snapshot:
    made = {project.root / output for output in outputs}
    return look(project.root / issue, open_project(project.root), made.__contains__)


def own(project: SmallProject, paths: object) -> set[str]:
    """Those of ``paths`` that are in the project, as a person writes them."""
    assert isinstance(paths, (dict, frozenset))
    return {str(p.relative_to(project.root)) for p in paths if p.is_relative_to(project.root)}


def happened(changes: Changes) -> bool:
    return any(changes.happened() for _ in range(QUESTIONS))


def test_an_issue_is_made_from_its_folder_layouts_fonts_and_configuration(project: SmallProject) -> None:
    project.issue()
    project.layout(page_css="")
    for path in (
        "issues/one/images/a.png",
        "fonts/a.ttf",
        "cstprint.toml",
        "issues/two/issue.yaml",
        "README.md",
    ):
        project.write(path, "")
    sources = seen(project)
    assert own(project, sources.read) == {
        "cstprint.toml",
        "issues/one/images/a.png",
        "issues/one/issue.yaml",
        "layouts/mine/layout.yaml",
        "layouts/mine/page.css",
    }
    assert own(project, sources.loaded) == {"fonts/a.ttf"}
    assert builtin_folder("layouts") / "base" / "page.css" in sources.read
    assert builtin_folder("fonts") / "coverage.json" in sources.loaded
    assert Path(watching.__file__) in sources.loaded
    assert own(project, sources.folders) == {
        *(".", "issues", "issues/one", "issues/one/images", "layouts", "layouts/mine", "fonts"),
    }


def test_what_is_written_and_what_editors_keep_for_themselves_does_not_count(project: SmallProject) -> None:
    project.issue()
    for name in ("one.pdf", "one-01.png", ".issue.yaml.swp", "issue.yaml~", ".cstprint.new", ".git/index"):
        project.write(f"issues/one/{name}", "")
    assert own(project, seen(project, "issues/one/issue.yaml", "issues/one/one-01.png").read) == {
        "issues/one/issue.yaml"
    }


def test_a_lone_file_is_made_from_its_folder_but_not_from_what_is_made_there(project: SmallProject) -> None:
    for path in ("special.yaml", "a.png", "dist/special-01.png", "fonts/a.ttf"):
        project.write(path, "")
    sources = seen(project, "special.yaml")
    assert own(project, sources.read) == {"a.png", "special.yaml"}
    assert own(project, sources.loaded) == {"fonts/a.ttf"}


def test_a_link_is_not_followed(project: SmallProject, tmp_path: Path) -> None:
    project.issue()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.png").write_bytes(b"")
    (project.root / "issues/one/images").symlink_to(tmp_path / "outside")
    (project.root / "layouts").symlink_to(tmp_path / "outside")
    assert own(project, seen(project).read) == {"issues/one/issue.yaml", "issues/one/images"}


def test_a_file_that_is_new_other_or_gone_has_changed(project: SmallProject) -> None:
    for name in ("same", "other", "gone"):
        project.write(f"issues/one/{name}", "")
    before = seen(project)
    project.write("issues/one/other", "longer")
    project.write("issues/one/new", "")
    (project.root / "issues/one/gone").unlink()
    changed = seen(project).changed_since(before)
    assert [path.name for path in changed] == ["gone", "new", "other"]
    assert seen(project).changed_since(seen(project)) == []


def test_an_issue_that_is_gone_is_waited_for_above(project: SmallProject) -> None:
    assert own(project, seen(project).folders) == {".", "issues"}
    (project.root / "issues").rmdir()
    assert own(project, seen(project).folders) == {"."}


def test_a_folder_with_too_many_files_is_refused(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.issue()
    project.write("issues/one/a.png", "")
    monkeypatch.setattr(watching, "MAX_FILES", 1)
    with pytest.raises(UsageError) as raised:
        seen(project)
    (found,) = raised.value.diagnostics
    assert (found.code, found.subject) == ("CST-U022", str(project.root / "issues/one"))


def test_what_happens_in_a_folder_is_told_and_what_happens_below_is_not(
    project: SmallProject, changes: Changes
) -> None:
    project.write("a/b/file", "")
    folders = frozenset({project.root / "a"})
    assert not changes.follow(folders), "it was not followed before"
    assert changes.follow(folders)
    project.write("a/b/file", "other")
    assert not changes.happened()
    project.write("a/file", "")
    assert happened(changes)
    changes.settle()
    assert not changes.happened()


def test_a_folder_that_was_exchanged_is_followed_anew(project: SmallProject, changes: Changes) -> None:
    project.write("a/b/file", "")
    folders = frozenset({project.root / "a", project.root / "a/b"})
    changes.follow(folders)
    (project.root / "a/b").rename(project.root / "a/c")
    project.write("a/b/file", "")
    changes.wait()
    assert not changes.follow(folders), "the new one was not followed yet"
    project.write("a/b/file", "other")
    assert happened(changes)


def test_a_folder_that_has_gone_meanwhile_is_no_error(project: SmallProject, changes: Changes) -> None:
    assert not changes.follow(frozenset({project.root / "gone"}))
    assert changes.happened(), "whoever asks looks again"


def test_a_system_that_refuses_is_told(
    project: SmallProject, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    def refuse(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        raise OSError(errno.ENOSPC, "OS file watch limit reached")
        yield set()

    monkeypatch.setattr(watchfiles, "watch", refuse)
    with pytest.raises(UsageError) as raised:
        changes.follow(frozenset({project.root}))
    (found,) = raised.value.diagnostics
    assert found.code == "CST-U022"
    assert "OS file watch limit reached" in str(found.message)


def test_what_never_rests_is_looked_at_all_the_same(
    changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def always() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(changes, "happened", always)
    monkeypatch.setattr(watching, "UNREST_SECONDS", 0.01)
    changes.settle()
    assert asked
