"""The streams of a PDF are compressed once, at zlib's usual level.

pydyf compresses each at the highest level, and once more for the file's identifier: a twentieth of a render, for half
a percent of the file.
"""

from __future__ import annotations

import zlib
from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.weasy.patch import replaced


def compressed_once() -> AbstractContextManager[None]:
    """Keep what was compressed until the context is left; nothing may be added to a stream that was written."""
    import pydyf

    return replaced((pydyf, "zlib", lambda _: _Zlib), (pydyf.Stream, "data", _kept))


class _Zlib:
    """What pydyf takes from zlib."""

    @staticmethod
    def compressobj(level: int) -> Any:
        del level
        return zlib.compressobj()


def _kept(original: property) -> property:
    def data(stream: Any) -> bytes:
        kept: bytes | None = getattr(stream, "cst_data", None)
        if kept is None:
            kept = stream.cst_data = original.__get__(stream)
        return kept

    return property(data)
