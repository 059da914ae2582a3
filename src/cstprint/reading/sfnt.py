"""Whether a font file is whole: each table says what its bytes add up to (OpenType 1.9.1, table directory)."""

from __future__ import annotations

from cstprint.diagnostics import msg
from cstprint.reading.files import Refused

#: What a TrueType and an OpenType font begin with.
_IS_FONT = (b"\0\1\0\0", b"true", b"OTTO")


def check_whole(name: str, data: bytes) -> None:
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
            raise Refused(msg("{name} is damaged, in its table “{table}”", name=name, table=table_name))
