"""Where each glyph stands, read from the content streams: matrices, widths and kerning, blind to ``/ActualText``."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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


def _to_unicode(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            yield int(code, 16), _decoded(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])", block):
            begin, texts = int(first, 16), re.findall(r"\w+", text)
            for at in range(int(last, 16) - begin + 1):
                yield begin + at, _decoded(texts[at]) if text[0] == "[" else _following(texts[0], at)


def _decoded(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def _following(digits: str, by: int) -> str:
    """Return the text of which the last character is so many code points after that given."""
    text = _decoded(digits)
    return text[:-1] + chr(ord(text[-1]) + by)


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def read_glyphs(data: bytes) -> list[Glyph]:
    """Return every glyph of a PDF whose fonts have codes of two bytes, as WeasyPrint writes it, in content order."""
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


def _page(stream: Any, fonts: dict[str, _Font], shown: tuple[int, float, Matrix]) -> list[Glyph]:
    pen = _Pen(fonts, *shown)
    for operands, operator in stream.operations:
        pen.do(operator, operands)
    return pen.found


class _Pen:
    """What the operators of a content stream draw (ISO 32000-1, 9.4), as far as programs write them that set text."""

    def __init__(self, fonts: dict[str, _Font], page: int, height: float, matrix: Matrix):
        self.found: list[Glyph] = []
        self.fonts, self.page, self.height = fonts, page, height
        self.matrix = matrix
        self.saved: list[Matrix] = []
        self.text_matrix: Matrix = _IDENTITY
        self.line_matrix: Matrix = _IDENTITY
        self.font, self.size, self.x, self.leading = _Font.__new__(_Font), 0.0, 0.0, 0.0
        self.rise = 0.0

    def do(self, operator: bytes, operands: Any) -> None:  # noqa: C901 - a branch an operator
        """Carry out an operator."""
        match operator:
            case b"q":
                self.saved.append(self.matrix)
            case b"Q":
                self.matrix = self.saved.pop()
            case b"cm":
                self.matrix = _times(tuple(map(float, operands)), self.matrix)  # type: ignore[arg-type]
            case b"BT":
                self._move(_IDENTITY)
            case b"Tm":
                self._move(tuple(map(float, operands)))  # type: ignore[arg-type]
            case b"Td" | b"TD":
                x, y = map(float, operands)
                self.leading = -y if operator == b"TD" else self.leading
                self._move(_times((1, 0, 0, 1, x, y), self.line_matrix))
            case b"TL":
                self.leading = float(operands[0])
            case b"T*":
                self._move(_times((1, 0, 0, 1, 0, -self.leading), self.line_matrix))
            case b"Tf":
                self.font, self.size = self.fonts[operands[0]], float(operands[1])
            case b"Ts":
                self.rise = float(operands[0])
            case b"Tj":
                self._show(operands[0])
            case b"TJ":
                for item in operands[0]:
                    if isinstance(item, (int, float)):
                        self.x -= float(item) / 1000 * self.size
                    else:
                        self._show(item)

    def _move(self, matrix: Matrix) -> None:
        self.text_matrix = self.line_matrix = matrix
        self.x = 0.0

    def _show(self, item: Any) -> None:
        raw = item.original_bytes if hasattr(item, "original_bytes") else bytes(item)
        font, size = self.font, self.size
        scale = hypot(*_times(self.text_matrix, self.matrix)[:2])
        for at in range(0, len(raw), 2):
            code = int.from_bytes(raw[at : at + 2], "big")
            advance = font.widths.get(code, font.default) / 1000 * size
            full = _times((1, 0, 0, 1, self.x, 0), _times(self.text_matrix, self.matrix))
            text = font.text.get(code, "")
            self.found.append(
                Glyph(
                    self.page,
                    text,
                    full[4],
                    self.height - full[5],
                    advance * scale,
                    size * scale,
                    self.rise * scale,
                )
            )
            self.x += advance


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs line by line: those on one baseline of one page, from left to right."""
    ordered = sorted(glyphs, key=lambda g: (g.page, round(g.y, 1), g.x))
    return [list(line) for _, line in groupby(ordered, key=lambda g: (g.page, round(g.y, 1)))]
