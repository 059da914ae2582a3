"""Where each glyph stands, read from the content streams: matrices, widths and kerning, blind to ``/ActualText``."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import chain, groupby
from math import hypot
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass(frozen=True)
class Glyph:
    """A glyph: the text it stands for, its origin and advance (without kerning) in pt from the top left.

    On a page that viewers turn, that is the corner that they show at the top left. ``y`` is the baseline, and ``rise``
    how far above it the glyph is drawn.
    """

    page: int
    text: str
    x: float
    y: float
    advance: float
    size: float
    rise: float = 0.0

    @property
    def end(self) -> float:
        return self.x + self.advance


class _Font:
    def __init__(self, font: Any):
        inner = font["/DescendantFonts"][0].get_object()
        self.default = float(inner.get("/DW", 1000))
        self.widths: dict[int, float] = {}
        entries = [entry.get_object() for entry in inner.get("/W", [])]
        while entries:
            first, second, *entries = entries
            if isinstance(second, list):
                self.widths.update({int(first) + i: float(width) for i, width in enumerate(second)})
            else:
                third, *entries = entries
                self.widths.update(dict.fromkeys(range(int(first), int(second) + 1), float(third)))
        self.text = dict(_to_unicode(font["/ToUnicode"].get_object().get_data().decode("latin-1")))


def _to_unicode(cmap: str) -> list[tuple[int, str]]:
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\n", cmap)
    return [(int(code, 16), bytes.fromhex(text).decode("utf-16-be")) for code, text in pairs]


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def read_glyphs(data: bytes) -> list[Glyph]:
    """Return every glyph of a PDF that WeasyPrint wrote, in content order."""
    reader = PdfReader(io.BytesIO(data))
    found: list[Glyph] = []
    for number, page in enumerate(reader.pages, start=1):
        fonts = {name: _Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
        width, height, upright = float(page.mediabox.width), float(page.mediabox.height), _IDENTITY
        if page.rotation == 90:
            upright, height = (0, -1, 1, 0, 0, width), width
        found += _page(ContentStream(page.get_contents(), reader), fonts, (number, height, upright))
    return found


def broken_numbers(data: bytes) -> list[bytes]:
    """Return what in a PDF's kerning looks like a number and is none, as ``-100-20``."""
    reader = PdfReader(io.BytesIO(data))
    arrays = (re.findall(rb"\[([^\]]*)\] TJ", page.get_contents().get_data()) for page in reader.pages)  # type: ignore[union-attr]
    words = (
        word for array in chain.from_iterable(arrays) for word in re.sub(rb"<[^>]*>", b" ", array).split()
    )
    return [word for word in words if not re.fullmatch(rb"-?\d+(\.\d*)?", word)]


def _page(stream: Any, fonts: dict[str, _Font], shown: tuple[int, float, Matrix]) -> list[Glyph]:  # noqa: C901 - a branch an operator
    found: list[Glyph] = []
    number, height, matrix = shown
    saved: list[Matrix] = []
    text_matrix, font, size, x, rise = matrix, _Font.__new__(_Font), 0.0, 0.0, 0.0
    for operands, operator in stream.operations:
        if operator == b"q":
            saved.append(matrix)
        elif operator == b"Q":
            matrix = saved.pop()
        elif operator == b"cm":
            matrix = _times(tuple(map(float, operands)), matrix)  # type: ignore[arg-type]
        elif operator == b"Tm":
            text_matrix, x = tuple(map(float, operands)), 0.0  # type: ignore[assignment]
        elif operator == b"Tf":
            font, size = fonts[operands[0]], float(operands[1])
        elif operator == b"Ts":
            rise = float(operands[0])
        elif operator == b"TJ":
            for item in operands[0]:
                if isinstance(item, (int, float)):
                    x -= float(item) / 1000 * size
                    continue
                raw = item.original_bytes if hasattr(item, "original_bytes") else bytes(item)
                for at in range(0, len(raw), 2):
                    code = int.from_bytes(raw[at : at + 2], "big")
                    advance = font.widths.get(code, font.default) / 1000 * size
                    full = _times((1, 0, 0, 1, x, 0), _times(text_matrix, matrix))
                    scale = hypot(*_times(text_matrix, matrix)[:2])
                    text = font.text.get(code, "")
                    found.append(
                        Glyph(
                            number,
                            text,
                            full[4],
                            height - full[5],
                            advance * scale,
                            size * scale,
                            rise * scale,
                        )
                    )
                    x += advance
    return found


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs line by line: those on one baseline of one page, from left to right."""
    ordered = sorted(glyphs, key=lambda g: (g.page, round(g.y, 1), g.x))
    return [list(line) for _, line in groupby(ordered, key=lambda g: (g.page, round(g.y, 1)))]
