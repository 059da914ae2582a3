"""Facts of a PDF's pages, read by pdfium: a reader that shares no code with those that made them."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader
from pypdf.generic import DictionaryObject


@dataclass(frozen=True)
class Box:
    """A rectangle in pt; ``top`` and ``bottom`` from the page's top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class TextLine:
    """A run of text that pdfium sees as one, and where it is."""

    text: str
    box: Box


@dataclass(frozen=True)
class Page:
    """One page: its size in pt, all its text in content order, its lines and pictures."""

    width: float
    height: float
    text: str
    lines: tuple[TextLine, ...]
    pictures: tuple[Box, ...]


def read_pages(data: bytes) -> list[Page]:
    """Return the pages of a PDF."""
    document = pdfium.PdfDocument(data)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: Any) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    lines = tuple(_line(text, index, height) for index in range(text.count_rects()))
    pictures = tuple(
        _box(item.get_bounds(), height) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    )
    return Page(width, height, text.get_text_range(), lines, pictures)


def _line(text: Any, index: int, height: float) -> TextLine:
    rectangle = text.get_rect(index)
    return TextLine(text.get_text_bounded(*rectangle), _box(rectangle, height))


def _box(bounds: tuple[float, float, float, float], height: float) -> Box:
    left, bottom, right, top = bounds
    return Box(left, height - top, right, height - bottom)


def letters(text: str) -> str:
    """Return the letters, digits, marks and symbols of a text: what must neither be lost nor change order."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNPS")


def is_subsequence(wanted: str, text: str) -> bool:
    """Return whether all characters of ``wanted`` stand in ``text`` in this order."""
    rest = iter(text)
    return all(character in rest for character in wanted)


def structure(data: bytes) -> list[tuple[int, str, DictionaryObject]]:
    """Return the structure tree in reading order: depth, type, element."""
    root: Any = catalog(data)["/StructTreeRoot"]
    found: list[tuple[int, str, DictionaryObject]] = []
    todo: list[tuple[int, Any]] = [(0, root.get("/K"))]
    while todo:
        depth, node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            todo += [(depth, kid) for kid in reversed(node)]
        elif isinstance(node, DictionaryObject) and "/S" in node:
            found.append((depth, str(node["/S"]), node))
            todo.append((depth + 1, node.get("/K", [])))
    return found


def catalog(data: bytes) -> DictionaryObject:
    """Return the document catalogue."""

    return PdfReader(io.BytesIO(data)).root_object


def text_colours(data: bytes) -> set[str]:
    """Return the colours in which a PDF's text is filled, as ``#rrggbb``."""
    document = pdfium.PdfDocument(data)
    try:
        return {_fill(item) for page in document for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])}
    finally:
        document.close()


def _fill(item: Any) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])
