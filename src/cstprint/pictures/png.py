"""PNG files by their chunks (W3C, Portable Network Graphics, third edition, chapters 5 and 11)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Samples a pixel of the colour types that PDF knows as they are: grey and true colour, without alpha or palette.
_SAMPLES = {0: 1, 2: 3}


def plain_data(png: bytes) -> bytes | None:
    """Return the compressed rows of a PNG that PDF takes unchanged.

    These are of 8 bits a sample, grey or RGB, in order from top to bottom, with nothing transparent.
    """
    if not png.startswith(_SIGNATURE):
        return None
    rows = []
    for kind, data in _chunks(png):
        if kind == b"IHDR":
            _, _, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", data)
            if depth != 8 or colours not in _SAMPLES or interlaced:
                return None
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            rows.append(data)
    return b"".join(rows)


def is_plain(png: bytes) -> bool:
    """Return whether :func:`plain_data` has something to give, and that is exactly the picture's rows and no more."""
    rows = plain_data(png)
    if rows is None:
        return False
    width, height, _, colours = struct.unpack(">IIBB", png[16:26])
    decoder = zlib.decompressobj()
    expected = height * (1 + width * _SAMPLES[colours])  # a byte a row says how the row is predicted
    length = len(decoder.decompress(rows, expected + 1))
    return length == expected and decoder.eof and not decoder.unused_data


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and data of each chunk; a file that breaks off has been refused before."""
    place = len(_SIGNATURE)
    while place + 8 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12
