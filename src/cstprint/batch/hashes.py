"""SHA-256 of files, remembered by size, times and inode: an archive is not read again to see that it is the same."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cstprint.output import write_whole
from cstprint.reading.files import Refused, marks_of, read_below

MEMORY = "hashes.json"
#: Far more than an archive of 10,000 issues with their pictures has; what the last run did not ask for goes first.
MAX_ENTRIES = 200_000
_MAX_BYTES = 100_000_000
#: A file written within this time (ns) before it was read may change without a new mtime: FAT counts in 2 s.
_SETTLED_NS = 2_000_000_000
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK

_Entry = list[int | str]


class Hashes:
    """Hashes of files; what is remembered is in ``folder`` and may be deleted at any time."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._before = _remembered(folder)
        self._asked: dict[str, _Entry] = {}

    def of(self, path: Path) -> str | None:
        """Return the SHA-256 of a file; ``None`` where there is no regular file that can be read."""
        name = os.path.abspath(path)  # noqa: PTH100 - resolve() asks the disk about every folder on the way
        try:
            facts = os.lstat(name)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(facts.st_mode):
            return None
        marks = _marks(facts)
        known = self._asked.get(name) or self._before.get(name)
        if known is None or known[:-1] != marks:
            digest, settled = _digest(name, marks)
            if digest is None or not settled:
                return digest
            known = [*marks, digest]
        self._asked[name] = known
        return str(known[-1])

    def save(self) -> None:
        """Remember what was asked for; a memory that cannot be written costs time, nothing else."""
        room = max(0, MAX_ENTRIES - len(self._asked))
        older = [(name, entry) for name, entry in self._before.items() if name not in self._asked][:room]
        data = json.dumps({**self._asked, **dict(older)}, separators=(",", ":")).encode()
        with suppress(OSError):
            write_whole(self._folder / MEMORY, data)


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file below ``folder`` that a render could use, with its path from there: nothing hidden."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(place, name)
                yield path.relative_to(folder).as_posix(), path


def _marks(facts: os.stat_result) -> _Entry:
    return list(marks_of(facts))


def digest_now(path: Path) -> str | None:
    """Return the SHA-256 of a file as it is read now; ``None`` where there is no regular file that can be read."""
    digest, _ = _read_digest(str(path))
    return digest


def _digest(name: str, marks: _Entry) -> tuple[str | None, bool]:
    """Return a file's hash, and whether the marks will tell when it changes."""
    now = time.time_ns()
    digest, after = _read_digest(name)
    return digest, after == marks and int(marks[1]) < now - _SETTLED_NS


def _read_digest(name: str) -> tuple[str | None, _Entry]:
    """Return a file's hash and its marks once it is read."""
    try:
        with os.fdopen(os.open(name, _READ), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return None, []
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return digest, _marks(os.fstat(stream.fileno()))
    except (OSError, ValueError):  # ValueError: NUL in the name
        return None, []


def _remembered(folder: Path) -> dict[str, _Entry]:
    try:
        told = json.loads(read_below(folder, [MEMORY], _MAX_BYTES))
        return {
            name: entry
            for name, entry in told.items()
            if [type(e) for e in entry] == [int, int, int, int, str]
        }
    except (OSError, Refused, ValueError, TypeError, AttributeError, RecursionError):
        return {}  # not there yet, or damaged: everything is read once
