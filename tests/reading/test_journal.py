"""What is read is noted as it was read."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from cstprint.reading.files import Refused, read_below, read_source
from cstprint.reading.journal import ABSENT, SEVERAL, journal


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_files_that_are_read_and_files_that_are_not_there_are_noted(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.css").write_bytes(b"a")
    (tmp_path / "b.yaml").write_bytes(b"b\r\n")
    with journal(lambda path: Path(path).relative_to(tmp_path).as_posix()) as kept:
        read_below(tmp_path, ["sub", "a.css"])
        read_source(tmp_path / "b.yaml")
        with pytest.raises(FileNotFoundError):
            read_below(tmp_path, ["none"])
    assert kept.read == {"sub/a.css": sha256(b"a"), "b.yaml": sha256(b"b\r\n"), "none": ABSENT}


def test_a_file_that_was_read_twice_and_was_another_has_no_hash(tmp_path: Path) -> None:
    file = tmp_path / "a"
    with journal(lambda path: Path(path).name) as kept:
        for data in (b"a", b"b", b"a"):
            file.write_bytes(data)
            read_below(tmp_path, ["a"])
    assert kept.read == {"a": SEVERAL}


def test_what_has_no_name_and_what_may_not_be_read_is_not_noted(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "link").symlink_to("a")
    with journal(lambda path: None if path.endswith("/a") else path) as kept, suppress(OSError, Refused):
        read_below(tmp_path, ["a"])
        read_below(tmp_path, ["link"])
    assert kept.read == {}
    read_below(tmp_path, ["a"])  # nobody keeps a journal any more
    assert kept.read == {}
