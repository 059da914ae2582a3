"""Colour profiles for tests, made byte by byte (ICC.1:2010): small, and so wrong that one sees them at work."""

from __future__ import annotations

import struct
from collections.abc import Mapping


def srgb() -> bytes:
    """The profile that every camera writes."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped() -> bytes:
    """sRGB with red and blue changed over."""
    data = bytearray(srgb())
    (count,) = struct.unpack_from(">I", data, 128)
    entries = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)


def linear_grey() -> bytes:
    """Grey whose values are amounts of light: 55 of 255 are the 128 of sRGB."""
    return _profile(b"scnr", b"GRAY", b"XYZ ", {b"kTRC": b"curv\0\0\0\0" + struct.pack(">I", 0)})


def inks(colours: Mapping[int, tuple[int, int, int]]) -> bytes:
    """CMYK inks: the L*, a*, b* of full ink by its bits (1 cyan, 2 magenta, 4 yellow, 8 black); white for the others."""
    linear = bytes(range(256))
    corners = bytearray()
    for corner in range(16):  # the last ink changes fastest
        bits = sum(1 << ink for ink in range(4) if corner & (8 >> ink))
        lightness, a, b = colours.get(bits, (100, 0, 0))
        corners += bytes((round(lightness * 2.55), a + 128, b + 128))
    identity = (65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = (
        b"mft1\0\0\0\0"
        + struct.pack(">BBBx9i", 4, 3, 2, *identity)
        + linear * 4
        + bytes(corners)
        + linear * 3
    )
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


def _profile(kind: bytes, space: bytes, connection: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    text = b"test\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)  # D50
    all_tags = {b"desc": described, b"wtpt": white, b"cprt": b"text\0\0\0\0none\0", **tags}
    table, body, at = b"", b"", 128 + 4 + 12 * len(all_tags)
    for name, data in all_tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", at, len(data))
        body += padded
        at += len(padded)
    date = struct.pack(">6H", 2020, 1, 1, 0, 0, 0)
    light = struct.pack(">3i", 63190, 65536, 54061)
    head = (
        b"none"
        + struct.pack(">I", 0x02400000)
        + kind
        + space
        + connection
        + date
        + b"acsp"
        + bytes(28)
        + light
    )
    head = struct.pack(">I", at) + head.ljust(124, b"\0")
    return head + struct.pack(">I", len(all_tags)) + table + body
