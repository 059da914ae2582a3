"""Files are read without following links, and nothing but regular files is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.reading.files import Refused, link_below, read_below, read_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and links and a pipe beside it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text("no secret: [", "utf-8")
    home = tmp_path / "home"
    (home / "inner").mkdir(parents=True)
    (home / "inner" / "a.txt").write_text("text", "utf-8")
    (home / "link.txt").symlink_to(tmp_path / "outside" / "a.txt")
    (home / "inside.txt").symlink_to("inner/a.txt")
    (home / "nowhere.txt").symlink_to("nothing")
    (home / "circle.txt").symlink_to("circle.txt")
    (home / "linked").symlink_to(tmp_path / "outside")
    os.mkfifo(home / "pipe.txt")
    return home


def the_error(path: Path) -> Diagnostic:
    result = read_source(path)
    assert result.value is None
    (found,) = result.diagnostics
    return found


@pytest.mark.parametrize("name", ["link.txt", "inside.txt", "nowhere.txt", "circle.txt"])
def test_a_link_is_told_by_its_own_name_and_not_read(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    found = the_error(Path(name))
    assert (found.code, found.subject, found.span) == ("CST-Y001", name, None)
    assert str(found.message) == "This is a symbolic link where a file is expected."


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pipe.txt", "regular"),
        ("inner", "folder"),
        ("none", "no such file"),
        ("inner/a.txt/b", "no such"),
        ("a\0b", "no such file"),
    ],
)
def test_what_is_no_file_is_told(name: str, says: str, folder: Path) -> None:
    found = the_error(folder / name)
    assert found.code == "CST-Y001"
    assert says in str(found.message)


def test_a_file_below_a_folder_is_read(folder: Path) -> None:
    assert read_below(folder, ["inner", "a.txt"]) == b"text"


@pytest.mark.parametrize(
    "steps",
    [
        ["link.txt"],
        ["linked", "a.txt"],
        ["pipe.txt"],
        ["inner"],
        ["inner", "..", "inner", "a.txt"],
        ["inner/a.txt"],
        [""],
        [],
    ],
)
def test_nothing_else_is_read_below_a_folder(steps: list[str], folder: Path) -> None:
    with pytest.raises((Refused, OSError)):
        read_below(folder, steps)


def test_a_folder_that_is_a_link_is_told_as_a_link(folder: Path) -> None:
    with pytest.raises(Refused, match="it is a symbolic link"):
        read_below(folder, ["linked", "a.txt"])


def test_only_links_below_the_root_count(folder: Path) -> None:
    (folder.parent / "way").symlink_to(folder)
    way = folder.parent / "way"
    assert link_below(folder, way / "inner" / "a.txt") is None
    assert link_below(folder, way / "linked" / "a.txt") == way / "linked"
    assert link_below(folder, folder.parent / "outside" / "a.txt") is None
