"""What a font file says, read with fontTools: its names, its characters, what its licence bits refuse."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from cstprint.diagnostics import msg
from cstprint.reading.files import Refused

#: The format of the table of variants (OpenType, cmap).
_SELECTED = 14
#: What a TrueType and an OpenType font begin with.
_IS_FONT = (b"\0\1\0\0", b"true", b"OTTO")


def describe(name: str, data: bytes) -> dict[str, Any]:
    """Return what a font file says: family, style, weight, the ranges of its characters and of its variants.

    Raises ``Refused`` for a damaged font and ``ValueError`` for what is none.
    """
    from fontTools.ttLib import TTFont

    _check_whole(name, data)
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            names = font["name"]
            family = names.getBestFamilyName() or name
            italic = bool(font["OS/2"].fsSelection & 1)
            ranges = _compress(sorted(font.getBestCmap() or {}))
            selected = (table.uvsDict for table in font["cmap"].tables if table.format == _SELECTED)
            variants = {f"{k:x}": _compress(sorted(c for c, _ in v)) for d in selected for k, v in d.items()}
            return {
                "family": family,
                "style": "italic" if italic else "normal",
                "weight": int(font["OS/2"].usWeightClass),
                "ranges": ranges,
                "refuses": _refused_by(int(font["OS/2"].fsType)),
                "variants": variants,
            }
    except Exception as exception:  # noqa: BLE001 - fontTools raises whatever a broken file leads it to
        raise ValueError(f"{name}: {exception}") from None


def _check_whole(name: str, data: bytes) -> None:
    """Raise ``Refused`` where a table of a font is cut off or was changed: letters would be missing, or too wide.

    What is no font at all is left to fontTools.
    """
    from fontTools.ttLib.sfnt import calcChecksum

    count = int.from_bytes(data[4:6], "big") if data[:4] in _IS_FONT else 0
    for at in range(12, 12 + 16 * count, 16):
        tag, checksum = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "big")
        begin, length = (int.from_bytes(data[place : place + 4], "big") for place in (at + 8, at + 12))
        table = data[begin : begin + length]
        if tag == b"head":  # holds the checksum of the whole file, which is no part of its own
            table = table[:8] + bytes(4) + table[12:]
        if len(table) != length or calcChecksum(table) != checksum:
            table_name = tag.decode("latin-1")
            raise Refused(msg("{name} is damaged in its table “{table}”", name=name, table=table_name))


def _refused_by(fs_type: int) -> str:
    """Return what of embedding a font's licence bits refuse (OpenType 1.9.1, OS/2, fsType).

    Where several of the lowest bits are set, as older fonts have them, the least restrictive one counts.
    """
    if fs_type & 0x0002 and not fs_type & 0x000C:
        return "restricted"
    if fs_type & 0x0200:
        return "bitmap-only"
    return "no-subsetting" if fs_type & 0x0100 else ""


def _compress(points: Sequence[int]) -> str:
    parts: list[list[int]] = []
    for point in points:
        if parts and point == parts[-1][1] + 1:
            parts[-1][1] = point
        else:
            parts.append([point, point])
    return ",".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in parts)
