"""The way in: a picture's name in the issue to the picture as it is printed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cstprint.diagnostics import Message, Result, error, msg, reason_of, suggest
from cstprint.pictures import cache
from cstprint.pictures.kinds import SUFFIXES, SVG, Kind, kind_of
from cstprint.pictures.prepared import PreparedPicture, Remark, UnprintableError
from cstprint.pictures.raster import SCALE_DOWN, prepare_raster
from cstprint.pictures.svg import prepare_svg
from cstprint.reading.files import Refused, TooLarge, link_below, read_below
from cstprint.source import SourceText

MAX_BYTES = 200_000_000


def prepare_picture(
    name: SourceText, folder: Path, cache_folder: Path, limit_px: int = 0
) -> Result[PreparedPicture]:
    """Return the picture ``name`` below ``folder`` fit for print, or why it cannot be printed.

    It has at most ``limit_px`` across, where that is not 0.
    """
    span = name.place(0, 0, len(name))
    try:
        suffix = PurePosixPath(name).suffix
        data = _read(name, folder)
        kind = kind_of(data, suffix)
        picture, remarks = _prepared(data, kind, cache_folder / "pictures", limit_px)
    except UnprintableError as problem:
        return Result(None, (error(problem.code, problem.message, span=span, hint=problem.hint),))
    if suffix.lower() not in kind.suffixes:
        remarks = [Remark("other-ending", {"kind": kind.name, "suffix": kind.suffixes[0]}), *remarks]
    return Result(picture, tuple(remark.diagnostic(str(name), span) for remark in remarks))


def layouts_picture(data: bytes, suffix: str) -> bytes:
    """Return what is printed of a picture that a layout brings along: its own bytes, or a drawing made safe.

    Raises ``UnprintableError``.
    """
    picture, _ = prepare(data, kind_of(data, suffix), 0)
    if picture.media_type != "image/svg+xml":
        return data
    if picture.words:
        message = msg("The drawing contains text, which is supported only in drawings of issues.")
        hint = msg("Turn its text into paths (Inkscape: Path › Object to Path).")
        raise UnprintableError("CST-P004", message, hint)
    return picture.data


def prepare(data: bytes, kind: Kind, limit_px: int) -> cache.Entry:
    """Return what is printed of a picture and what there is to say about it; raises ``UnprintableError``."""
    return prepare_svg(data) if kind is SVG else prepare_raster(data, kind, limit_px)


def _prepared(data: bytes, kind: Kind, memory: Path, limit_px: int) -> cache.Entry:
    digest = hashlib.sha256(data).hexdigest()
    key = cache.key_of(digest, limit_px)
    made = cache.recall(memory, key)
    if made is None:
        made = prepare(data, kind, limit_px)
        cache.remember(memory, key, made)
    picture, remarks = made
    return replace(picture, source_sha256=digest), remarks


def _read(name: SourceText, folder: Path) -> bytes:
    """Return the bytes of the picture's file, whatever takes its place or a folder's while we look."""
    path = folder / name
    if not os.path.lexists(path):
        raise UnprintableError(
            "CST-P001", msg("There is no picture “{name}”.", name=str(name)), _where_it_may_be(name, folder)
        )
    if link_below(folder, path):
        hint = msg("Put the file itself into the issue's folder.")
        raise UnprintableError("CST-P002", msg("“{name}” is a symbolic link.", name=str(name)), hint)
    if not path.is_file():
        raise UnprintableError("CST-P002", msg("“{name}” is not a file.", name=str(name)))
    try:
        return read_below(folder, PurePosixPath(name).parts, MAX_BYTES)
    except TooLarge:
        message = msg("The picture's file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000)
        raise UnprintableError("CST-P004", message, SCALE_DOWN) from None
    except Refused:
        raise UnprintableError("CST-P002", msg("“{name}” is not a file.", name=str(name))) from None
    except OSError as exception:
        message = msg("The picture cannot be read: {reason}.", reason=reason_of(exception))
        raise UnprintableError("CST-P003", message) from None


def _where_it_may_be(name: SourceText, folder: Path) -> Message:
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    files = sorted(path.relative_to(folder).as_posix() for path in found)
    return suggest(str(name), files) or msg("Put it there: {path}", path=str(name))
