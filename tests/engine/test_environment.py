"""What is written before WeasyPrint is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.engine.weasy.environment import _write_fontconfig
from cstprint.fonts import FontLibrary
from tests.conftest import Run
from tests.support.projects import SmallProject


def test_the_fontconfig_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    path = _write_fontconfig(FontLibrary((), ()), tmp_path / "cache")
    path.unlink()
    path.symlink_to(precious)
    assert _write_fontconfig(FontLibrary((), ()), tmp_path / "cache") == path
    assert precious.read_text() == "precious"
    assert not path.is_symlink()
    assert "<fontconfig>" in path.read_text("utf-8")


def test_the_fontconfig_file_stays_as_it_is_where_nothing_changed(tmp_path: Path) -> None:
    first = _write_fontconfig(FontLibrary((), ()), tmp_path).stat().st_ino
    assert _write_fontconfig(FontLibrary((), ()), tmp_path).stat().st_ino == first


def test_projects_with_other_fonts_have_files_of_their_own(tmp_path: Path) -> None:
    paths = {_write_fontconfig(FontLibrary((tmp_path / name,), ()), tmp_path) for name in "ab"}
    assert len(paths) == 2


@pytest.mark.render
def test_fontconfig_reads_and_writes_nothing_in_the_project(
    project: SmallProject, tmp_path: Path, shell: Run
) -> None:
    project.issue()
    planted = project.write(
        ".cstprint/fontconfig/cache/00000000000000000000000000000000-le64.cache-9", b"planted"
    )
    outcome = shell("render", "one", XDG_CACHE_HOME=str(tmp_path / "mine"))
    assert (outcome.status, planted.read_bytes()) == (0, b"planted")
    assert list((tmp_path / "mine" / "cstprint" / "fontconfig").glob("*.conf"))
    assert list((tmp_path / "mine" / "cstprint" / "fontconfig" / "cache").glob("*.cache-*"))
    assert [path.name for path in (project.root / ".cstprint").rglob("*") if path.is_file()] == [planted.name]


@pytest.mark.render
def test_without_a_home_fonts_are_scanned_anew(project: SmallProject, tmp_path: Path, shell: Run) -> None:
    project.issue()
    (tmp_path / "file").touch()
    assert shell("render", "one", XDG_CACHE_HOME=str(tmp_path / "file")).status == 0
