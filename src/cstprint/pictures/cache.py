"""Prepared pictures, remembered by content: `.cstprint/pictures`, which may be deleted at any time.

One file a picture: a line of JSON, then the bytes. It appears whole by a rename, so processes do not disturb each
other; what was cut or changed since does not fit its own hash and is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cstprint.pictures.prepared import PreparedPicture, Remark
from cstprint.reading.files import Refused, read_below

#: To be raised when the same file and limit would become another picture.
VERSION = 5
#: When it is fuller, what was used longest ago goes, down to four fifths.
MAX_CACHE_BYTES = 1_000_000_000

Entry = tuple[PreparedPicture, list[Remark]]


def key_of(digest: str, limit_px: int) -> str:
    """Return the name under which the picture that is made of the file with a SHA-256 is remembered."""
    import PIL

    made_by = f"{VERSION} {PIL.__version__} {limit_px}"
    return hashlib.sha256(bytes.fromhex(digest) + made_by.encode()).hexdigest()


def recall(folder: Path, key: str) -> Entry | None:
    """Return what is remembered under ``key``; ``None`` where there is nothing, or nothing sound."""
    path = folder / f"{key}.picture"
    try:
        head, _, data = read_below(folder, [path.name], MAX_CACHE_BYTES).partition(b"\n")
        known = json.loads(head)
        if known["sha256"] != hashlib.sha256(data).hexdigest():
            return None
        sizes = known["width_px"], known["height_px"]
        picture = PreparedPicture(
            data,
            known["media_type"],
            *sizes,
            file_width_px=known["file_width_px"],
            words=known["words"],
            outlined=tuple(known["outlined"]),
            by_letter=known["by_letter"],
        )
        remarks = [Remark(kind, values) for kind, values in known["remarks"]]
    except (OSError, Refused, ValueError, TypeError, KeyError, RecursionError):
        return None
    with suppress(OSError):
        os.utime(path)  # used just now
    return picture, remarks


def remember(folder: Path, key: str, entry: Entry) -> None:
    """Keep a picture; a cache that cannot be written costs time, nothing else."""
    picture, remarks = entry
    head = {
        "media_type": picture.media_type,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "file_width_px": picture.file_width_px,
        "words": picture.words,
        "outlined": picture.outlined,
        "by_letter": picture.by_letter,
        "remarks": [[remark.kind, dict(remark.values)] for remark in remarks],
        "sha256": hashlib.sha256(picture.data).hexdigest(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((json.dumps(head).encode(), b"\n", picture.data))
            Path(temporary).replace(folder / f"{key}.picture")
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _make_room(folder)
    except OSError:
        return


def _make_room(folder: Path) -> None:
    """Delete what was used longest ago, where the cache has grown too large."""
    with os.scandir(folder) as entries:
        facts: Sequence[os.stat_result | None]
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
        facts = [_stat(entry) for entry in files]
    known = [
        (fact.st_mtime, fact.st_size, entry.path) for fact, entry in zip(facts, files, strict=True) if fact
    ]
    total = sum(size for _, size, _ in known)
    if total <= MAX_CACHE_BYTES:
        return
    for _, size, path in sorted(known):
        Path(path).unlink(missing_ok=True)
        total -= size
        if total <= MAX_CACHE_BYTES * 4 // 5:
            return


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None  # another process has deleted it
