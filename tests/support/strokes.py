"""The lines and rectangles that a page draws, read from its content: where they are, and whether they are artifacts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_PATH = {b"m": 2, b"l": 2, b"c": 6}
_PAINTS = {b"S": "stroke", b"s": "stroke", b"f": "fill", b"f*": "fill"}
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Stroke:
    """A path that is drawn: its extent in pt from the page's top left, control points of curves included."""

    kind: str  #: stroke or fill
    left: float
    right: float
    top: float
    bottom: float
    width: float
    curved: bool
    artifact: bool


def read_strokes(data: bytes, page: int = 1) -> list[Stroke]:
    """Return the paths that a page draws, in the order of its content."""
    reader = PdfReader(io.BytesIO(data))
    read = reader.pages[page - 1]
    return list(_strokes(ContentStream(read.get_contents(), reader), float(read.mediabox.height)))


def _strokes(stream: Any, height: float) -> Iterator[Stroke]:  # noqa: C901 - a branch an operator
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    saved: list[tuple[Matrix, float]] = []
    marked: list[bool] = []
    points: list[tuple[float, float]] = []
    width, curved = 1.0, False
    for operands, operator in stream.operations:
        numbers = [float(one) for one in operands] if operator in (*_PATH, b"re", b"cm", b"w") else []
        if operator == b"q":
            saved.append((matrix, width))
        elif operator == b"Q":
            matrix, width = saved.pop()
        elif operator == b"cm":
            matrix = _times((*numbers,), matrix)  # type: ignore[arg-type]
        elif operator == b"w":
            width = numbers[0] * abs(matrix[0])
        elif operator in (b"BMC", b"BDC"):
            marked.append(operands[0] == "/Artifact")
        elif operator == b"EMC":
            marked.pop()
        elif operator in _PATH:
            points += [_moved(matrix, *numbers[at : at + 2]) for at in range(0, _PATH[operator], 2)]
            curved = curved or operator == b"c"
        elif operator == b"re":
            x, y, wide, high = numbers
            points += [_moved(matrix, x, y), _moved(matrix, x + wide, y + high)]
        elif operator in _PAINTS or operator == b"n":
            if operator in _PAINTS and points:
                xs, ys = zip(*points, strict=True)
                extent = min(xs), max(xs), height - max(ys), height - min(ys)
                yield Stroke(_PAINTS[operator], *extent, width, curved, any(marked))
            points, curved = [], False


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def _moved(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
