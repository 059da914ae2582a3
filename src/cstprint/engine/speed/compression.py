"""The streams of a PDF are compressed once, at zlib's usual level.

pydyf compresses each at the highest level, and once more for the file's identifier: a twentieth of a render, for half
a percent of the file.
"""

from __future__ import annotations

import zlib
from typing import Any


class _Zlib:
    """What pydyf takes from zlib."""

    @staticmethod
    def compressobj(level: int) -> Any:
        del level
        return zlib.compressobj()


def usual_level(_original: object) -> type[_Zlib]:
    """Return what stands in for the module zlib in pydyf."""
    return _Zlib


def kept_data(original: property) -> property:
    """Replace the property ``data`` of ``pydyf.Stream``: compress a stream once."""

    def data(stream: Any) -> bytes:
        kept: bytes | None = getattr(stream, "cst_data", None)
        if kept is None:
            kept = stream.cst_data = original.__get__(stream)
        return kept

    return property(data)
