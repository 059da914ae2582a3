"""Crop marks and crosses outside the bleed, and the boxes of the pages that have them (ISO 32000-1, 14.11.2).

WeasyPrint draws them inside the bleed, below the background and pictures that fill it, ends the paper with the bleed,
and says of a bleed of more than 10 pt that it is 10 pt wide. Here marks begin beyond the bleed and the paper ends
beyond the marks. Marks are artifacts. Lengths are in pt; places are from the top left corner of the trimmed page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, product

from cstprint.engine.weasy.pdf import Array
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Document, Pdf, PdfObject
from cstprint.units import px_to_pt

#: Between the bleed and the marks, how long these are, and the paper beyond; 5 mm is what binders ask for.
_GAP, _LENGTH, _BEYOND = 3.0, 14.0, 3.0
#: How thick marks are: a hairline.
_WIDTH = 0.25
#: The radius of a cross's circle, half the length of its lines; a quarter of a circle as a curve of Bézier's.
_RADIUS, _ARM, _ARC = 3.5, 7.0, 0.5523
_SIDES = ("left", "top", "right", "bottom")


def left_out(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_background``: draw no marks inside the bleed."""

    def draw(*arguments: object, **options: object) -> None:
        original(*arguments, **{**options, "marks": ()} if options.get("marks") else options)

    return draw


def add_marks(document: Document, pdf: Pdf) -> None:
    """Draw the marks of all pages that have some, and say how large paper, bleed and trimmed page are."""
    for page, entry in zip(document.pages, filter(_is_page, pdf.objects), strict=True):
        bleed = {side: px_to_pt(page.bleed[side]) for side in _SIDES}
        marks = box_of_page(page).style["marks"]
        if not marks and not any(bleed.values()):
            continue
        width, height = px_to_pt(page.width), px_to_pt(page.height)
        _say_boxes(entry, (width, height), bleed, _GAP + _LENGTH + _BEYOND if marks else 0.0)
        drawn = [*_corners(width, height, bleed)] if "crop" in marks else []
        drawn += [*_crosses(width, height, bleed)] if "cross" in marks else []
        if drawn:
            stream = pdf.objects[int(entry["Contents"].split()[0])].stream
            operators = ["/Artifact", "BMC", "q", "0 0 0 RG", f"{_WIDTH} w", *drawn, "Q", "EMC"]
            stream.append("\n".join(operators).encode())


def _is_page(one: object) -> bool:
    return isinstance(one, dict) and one.get("Type") == "/Page"


def _say_boxes(
    entry: PdfObject, size: tuple[float, float], bleed: Mapping[str, float], beyond: float
) -> None:
    """Say of a page where it is trimmed, where its bleed ends, and its paper, which reaches ``beyond`` that."""

    def grown(by: float) -> Array:
        left, bottom = -bleed["left"] - by, -bleed["bottom"] - by
        right, top = size[0] + bleed["right"] + by, size[1] + bleed["top"] + by
        return Array([round(edge, 3) for edge in (left, bottom, right, top)])

    entry["TrimBox"] = Array([0, 0, *size])
    entry["BleedBox"], entry["MediaBox"] = grown(0.0), grown(beyond)


def _corners(width: float, height: float, bleed: Mapping[str, float]) -> Iterator[str]:
    """Yield two lines at each corner, along the edges of the trimmed page."""
    beside = ((-bleed["left"] - _GAP, -1, 0.0), (width + bleed["right"] + _GAP, 1, width))
    above = ((-bleed["top"] - _GAP, -1, 0.0), (height + bleed["bottom"] + _GAP, 1, height))
    for (x, away, edge_x), (y, apart, edge_y) in product(beside, above):
        yield _line(x, edge_y, x + away * _LENGTH, edge_y)
        yield _line(edge_x, y, edge_x, y + apart * _LENGTH)


def _crosses(width: float, height: float, bleed: Mapping[str, float]) -> Iterator[str]:
    """Yield a cross in a circle in the middle of each side."""
    away = {side: bleed[side] + _GAP + _LENGTH / 2 for side in _SIDES}
    yield from _cross(-away["left"], height / 2)
    yield from _cross(width + away["right"], height / 2)
    yield from _cross(width / 2, -away["top"])
    yield from _cross(width / 2, height + away["bottom"])


def _cross(x: float, y: float) -> Iterator[str]:
    yield _line(x - _ARM, y, x + _ARM, y)
    yield _line(x, y - _ARM, x, y + _ARM)
    arc = _RADIUS * _ARC
    yield f"{x + _RADIUS:.3f} {y:.3f} m"
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    for (a, b), (c, d) in pairwise(corners):
        first = x + a * _RADIUS + c * arc, y + b * _RADIUS + d * arc
        second = x + c * _RADIUS + a * arc, y + d * _RADIUS + b * arc
        yield " ".join(f"{at:.3f}" for at in (*first, *second, x + c * _RADIUS, y + d * _RADIUS)) + " c"
    yield "S"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S"
