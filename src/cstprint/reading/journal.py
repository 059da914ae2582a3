"""What was read, as it was read: the hash of the very bytes, also of a file that is another again a moment later."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

#: Instead of a hash: there was no such file; and what was read twice was not the same.
ABSENT, SEVERAL = "", "several"


@dataclass(frozen=True, slots=True)
class Journal:
    """Hashes of what is read, by names; ``name_of`` gives the name of a path, ``None`` for what is not noted."""

    name_of: Callable[[str], str | None]
    read: dict[str, str] = field(default_factory=dict)

    def note(self, path: str, data: bytes | None) -> None:
        """Note what a file held, or that there was none."""
        name = self.name_of(path)
        if name is not None:
            digest = ABSENT if data is None else hashlib.sha256(data).hexdigest()
            if self.read.setdefault(name, digest) != digest:
                self.read[name] = SEVERAL


_kept: list[Journal] = []


@contextmanager
def journal(name_of: Callable[[str], str | None]) -> Iterator[Journal]:
    """Note all that is read by :mod:`cstprint.reading.files` until the context is left."""
    made = Journal(name_of)
    _kept.append(made)
    try:
        yield made
    finally:
        _kept.remove(made)


def note(folder: Path, name: str, data: bytes | None) -> None:
    """Note what the file ``name`` in ``folder`` held, or that there was none."""
    if _kept:
        path = os.path.join(os.path.abspath(folder), name)  # noqa: PTH118, PTH100 - a hundred times a render
        for one in _kept:
            one.note(path, data)
