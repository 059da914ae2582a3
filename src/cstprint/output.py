"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, data: bytes, unfinished: str = ".cstprint.") -> None:
    """Write ``data`` to ``path`` so that no other process ever sees a part of it; raises ``OSError``.

    A temporary file beside it, fsync, rename, fsync of the folder: a full disk or a crash leaves the old file. The
    temporary file's name begins with ``unfinished``; a process that is killed leaves it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f"{unfinished}{secrets.token_hex(8)}"
    # The system takes the umask away from these rights; to ask for the umask is to change it for all threads.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder ``path`` with ``files`` by their paths in it, whole or not at all; raises ``OSError``.

    What is there already is left alone: a folder replaces no folder that holds anything.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".cstprint.{secrets.token_hex(8)}"
    temporary.mkdir()
    try:
        for name, data in files.items():
            write_whole(temporary / name, data)
        temporary.rename(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
