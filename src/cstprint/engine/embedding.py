"""What the PDF embeds is taken as it lies: WeasyPrint copies each font's file, and decodes and encodes each PNG anew.

It subsets fonts from the files that HarfBuzz has mapped and throws the copies away: 29 MB of Chinese fonts for an
issue. PDF takes the compressed data of a plain PNG unchanged (ISO 32000-1, 7.4.4.4: predictors of 10 and more are
PNG's). Both cost time, and in a child, where all memory is fresh, 12,000 of 19,500 page faults. And it names the type
of each array by its length, and cffi parses each new name, with all that the name may refer to, for 2 ms.
"""

from __future__ import annotations

import io
import re
from contextlib import AbstractContextManager
from typing import Any

from PIL.PngImagePlugin import PngImageFile

from cstprint.engine.replaced import replaced
from cstprint.pictures.png import plain_data


def nothing_copied() -> AbstractContextManager[None]:
    """Embed fonts and plain PNGs from where they lie, until the context is left."""
    from weasyprint import images
    from weasyprint.pdf import fonts

    return replaced(
        (fonts.Font, "__init__", _init),
        (fonts.Font, "clean", _clean),
        (fonts, "ffi", _ForeignFunctions),
        (images.RasterImage, "_get_png_data", _png_data),
    )


class _ForeignFunctions:
    """What cffi offers, but an array made from values takes its length from them: one type for all lengths."""

    def __init__(self, original: Any) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def new(self, name: str, *values: Any) -> Any:
        return self._original.new(re.sub(r"\[\d+\]$", "[]", name) if values else name, *values)


def _init(original: Any) -> Any:
    from weasyprint.pdf import fonts
    from weasyprint.text.ffi import ffi, harfbuzz

    def init(font: Any, *rest: Any) -> None:
        with replaced((fonts, "get_hb_object_data", _no_copy)):
            original(font, *rest)
        font.cst_blob = ffi.gc(harfbuzz.hb_face_reference_blob(font.hb_face), harfbuzz.hb_blob_destroy)
        length = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(font.cst_blob, length)
        font.file_content = ffi.buffer(data, length[0]) if data else b""  # valid as long as the blob

    return init


def _no_copy(_: Any) -> Any:
    return lambda _face: b""


def _clean(original: Any) -> Any:
    """Copy what is embedded whole, after all: pydyf wants bytes."""

    def clean(font: Any, *rest: Any) -> None:
        original(font, *rest)
        font.file_content = bytes(font.file_content)

    return clean


def _png_data(original: Any) -> Any:
    def data(picture: Any) -> bytes:
        if isinstance(picture, PngImageFile) and isinstance(picture.fp, io.BytesIO):
            plain = plain_data(picture.fp.getvalue())
            if plain is not None:
                return plain
        return bytes(original(picture))

    return staticmethod(data)
