"""The streams of a PDF are compressed once, at zlib's usual level.

pydyf compresses each at the highest level, and once more for the file's identifier: a twentieth of a render, for half
a percent of the file.
"""

from __future__ import annotations

import zlib

from cstprint.engine.weasy.marks import kept_with


class _Zlib:
    """What pydyf takes from zlib."""

    @staticmethod
    def compressobj(level: int) -> object:
        del level
        return zlib.compressobj()


def usual_level(_original: object) -> type[_Zlib]:
    """Return what stands in for the module zlib in pydyf."""
    return _Zlib


def kept_data(original: property) -> property:
    """Replace the property ``data`` of ``pydyf.Stream``: compress a stream once."""

    def data(stream: object) -> bytes:
        kept: bytes = kept_with(stream, "data", lambda: original.__get__(stream))
        return kept

    return property(data)
