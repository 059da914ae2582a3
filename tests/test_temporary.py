"""Temporary folders go with their process, or with the next one where it was killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cstprint import temporary
from cstprint.temporary import temporary_folder

HOLDER = """
import sys, time
from cstprint.temporary import temporary_folder
with temporary_folder() as folder:
    (folder / "deep").mkdir()
    (folder / "deep" / "file").write_text("x")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files; nothing has been looked for in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    temporary._remove_abandoned.cache_clear()
    return tmp_path


def holder(place: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env={"TMPDIR": str(place)}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert Path(process.stdout.readline().strip()).is_dir()
    return process


def test_a_folder_goes_with_what_is_in_it(place: Path) -> None:
    with temporary_folder() as folder:
        (folder / "a").write_text("x")
        assert folder.parent == place
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_and_what_is_in_use_stays(place: Path) -> None:
    with holder(place) as killed, holder(place) as busy:
        killed.kill()
        killed.wait()
        assert len(list(place.iterdir())) == 2
        with temporary_folder() as folder:
            assert len(list(place.iterdir())) == 2
            assert folder.is_dir()
        assert len(list(place.iterdir())) == 1
        busy.kill()


def test_folders_of_others_stay(place: Path) -> None:
    kept = ["cstprint-archives", "cstprint-abcdefgh", "cstprint-abcdefgh.temporary"]
    for name in kept:
        (place / name).mkdir()
        (place / name / "precious.txt").write_text("x")
    (place / "cstprint-12345678.temporary").symlink_to(place / kept[0])
    with temporary_folder():
        pass
    assert sorted(path.name for path in place.iterdir()) == sorted([*kept, "cstprint-12345678.temporary"])
    assert all((place / name / "precious.txt").exists() for name in kept)


def test_an_empty_folder_whose_process_was_killed_before_its_lock_goes(place: Path) -> None:
    (place / "cstprint-abcdefgh.temporary").mkdir()
    with temporary_folder() as folder:
        assert list(place.iterdir()) == [folder]
