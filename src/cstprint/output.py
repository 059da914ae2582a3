"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, data: bytes, unfinished: str = ".cstprint.") -> None:
    """Write ``data`` to ``path`` so that no other process ever sees a part of it; raises ``OSError``.

    A temporary file beside it, fsync, rename, fsync of the folder: a full disk or a crash leaves the old file. The
    temporary file's name begins with ``unfinished``; a process that is killed leaves it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=unfinished)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
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
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=".cstprint."))
    try:
        for name, data in files.items():
            write_whole(temporary / name, data)
        temporary.chmod(0o777 & ~_umask())
        temporary.rename(path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
