"""What each letter of a PDF is set in, read by pdfium: its face, its size, its colour and where it stands."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw


@dataclass(frozen=True)
class Letter:
    """A letter; ``x`` and ``y`` are its origin in pt from the page's top left, ``colour`` as CSS writes it."""

    page: int
    text: str
    x: float
    y: float
    size: float
    font: str
    colour: str


def read_letters(data: bytes) -> list[Letter]:
    """Return all that is printed, in content order, without spaces."""
    document = pdfium.PdfDocument(data)
    try:
        return [letter for number, page in enumerate(document, start=1) for letter in _page(page, number)]
    finally:
        document.close()


def grounds(data: bytes, page: int, *points: tuple[float, float]) -> list[str]:
    """Return the colours of points of a page (pt from its top left)."""
    document = pdfium.PdfDocument(data)
    try:
        picture = document[page - 1].render(scale=2).to_pil().convert("RGB")
        return [_hex(*picture.getpixel((int(x * 2), int(y * 2)))) for x, y in points]
    finally:
        document.close()


def _page(page: Any, number: int) -> Iterator[Letter]:
    height = page.get_height()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign.isspace() or raw.FPDFText_IsGenerated(text, index):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.a)
        yield Letter(number, sign, x.value, height - y.value, size, _font(text, index), _colour(text, index))


def _font(text: Any, index: int) -> str:
    """Return the name of the face without the six letters of a subset."""
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, index, name, 200, None)
    return name.value.decode().rpartition("+")[2]


def _colour(text: Any, index: int) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, index, *parts)
    return _hex(*(part.value for part in parts[:3]))


def _hex(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"
