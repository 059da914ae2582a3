"""Hashes are remembered by size, mtime and inode, and asked for again where any is another."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cstprint.batch import hashes
from cstprint.batch.hashes import MEMORY, Hashes, files_below


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read to be hashed."""
    names: list[str] = []
    original = hashes._digest

    def noted(name: str, marks: list[int | str]) -> tuple[str | None, bool]:
        names.append(Path(name).name)
        return original(name, marks)

    monkeypatch.setattr(hashes, "_digest", noted)
    return names


def written(path: Path, data: bytes = b"text", age_s: int = 60) -> Path:
    """A file of some age."""
    path.write_bytes(data)
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - age_s * 10**9))
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_read_once_also_by_the_next_run(tmp_path: Path, read: list[str]) -> None:
    file = written(tmp_path / "a")
    first = Hashes(tmp_path / "memory")
    assert first.of(file) == first.of(file) == sha256(b"text")
    first.save()
    assert Hashes(tmp_path / "memory").of(file) == sha256(b"text")
    assert read == ["a"]


def test_a_file_with_another_size_time_or_inode_is_read_again(tmp_path: Path, read: list[str]) -> None:
    memory = Hashes(tmp_path)
    file = written(tmp_path / "a")
    memory.of(file)
    stamp = file.stat().st_mtime_ns
    os.utime(file, ns=(0, stamp + 1))  # touched
    assert memory.of(file) == sha256(b"text")
    file.write_bytes(b"longer")  # another size, the same time
    os.utime(file, ns=(0, stamp + 1))
    assert memory.of(file) == sha256(b"longer")
    other = written(tmp_path / "b", b"better")
    os.utime(other, ns=(0, stamp + 1))
    other.replace(file)  # the same size and time, another inode
    assert memory.of(file) == sha256(b"better")
    assert read == ["a"] * 4


def test_a_file_written_just_now_is_not_remembered(tmp_path: Path, read: list[str]) -> None:
    memory = Hashes(tmp_path)
    file = written(tmp_path / "a", age_s=0)
    assert memory.of(file) == memory.of(file) == sha256(b"text")
    assert read == ["a", "a"]


def test_what_is_no_regular_file_has_no_hash(tmp_path: Path) -> None:
    memory = Hashes(tmp_path)
    file = written(tmp_path / "a")
    (tmp_path / "link").symlink_to(file)
    os.mkfifo(tmp_path / "pipe")
    assert [memory.of(tmp_path / name) for name in ("link", "pipe", "none", ".", "nul\0")] == [None] * 5


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"/a": [1, 2]}', b'{"/a": 5}', b"\xff"])
def test_a_damaged_memory_costs_time_only(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / MEMORY).write_bytes(damage)
    assert Hashes(tmp_path).of(written(tmp_path / "a")) == sha256(b"text")


def test_a_memory_that_is_a_link_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    elsewhere = written(tmp_path / "elsewhere", b"{}")
    folder = tmp_path / "memory"
    folder.mkdir()
    (folder / MEMORY).symlink_to(elsewhere)
    memory = Hashes(folder)
    memory.of(written(tmp_path / "a"))
    memory.save()
    assert elsewhere.read_bytes() == b"{}"
    assert not (folder / MEMORY).is_symlink()


def test_hidden_files_and_compiled_code_are_no_inputs(tmp_path: Path) -> None:
    for name in ("b.css", "a/c.css", ".git/x", "__pycache__/y.pyc", ".z"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [name for name, _ in files_below(tmp_path)] == ["b.css", "a/c.css"]
