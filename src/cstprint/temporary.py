"""Folders for temporary files: removed at its end, or by the next process where it was killed.

A folder belongs to whoever holds the lock of a file in it, which the system gives back when a process ends, however
it ends, and the processes that were forked from it.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

_PREFIX, _SUFFIX = "cstprint-", ".temporary"
_NAME = re.compile(re.escape(_PREFIX) + r"\w{8}" + re.escape(_SUFFIX))
_LOCK = ".cstprint-lock"
_OPEN = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a new folder for temporary files, which goes with all that is in it; raises ``OSError``."""
    folder, lock = _make()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def folder_until_exit() -> Path:
    """Return a new folder for temporary files, which goes when this process ends; raises ``OSError``."""
    folder, _lock = _make()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _make() -> tuple[Path, int]:
    """Return a new folder and the descriptor of its lock, which is ours."""
    _remove_abandoned(Path(tempfile.gettempdir()))
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX))
        try:
            lock = os.open(folder / _LOCK, _OPEN | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # another process took the empty folder for an abandoned one
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if _is_free(lock) and folder.is_dir():
            return folder, lock
        os.close(lock)


@cache
def _remove_abandoned(parent: Path) -> None:
    """Remove the folders in ``parent`` that nobody holds any more; once in a process."""
    with suppress(OSError):
        for path in [path for path in parent.iterdir() if _NAME.fullmatch(path.name)]:
            with suppress(OSError):
                _remove_if_abandoned(path)


def _remove_if_abandoned(folder: Path) -> None:
    if folder.lstat().st_uid != os.geteuid() or folder.is_symlink():
        return
    try:
        lock = os.open(folder / _LOCK, _OPEN)
    except FileNotFoundError:
        folder.rmdir()  # its process was killed before the lock was made; what is not empty is not ours
        return
    try:
        if _is_free(lock):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _is_free(lock: int) -> bool:
    """Whether nobody else has the lock; it is ours then."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
