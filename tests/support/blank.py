"""How much of each page is blank, from the ink of the PDF."""

from __future__ import annotations

from collections.abc import Mapping

import pypdfium2 as pdfium
from PIL import Image

from tests.support.pages import Box

#: A blank that is narrower than this part of the text block is a ragged edge or a gutter.
_LEAST_WIDTH = 0.3
#: The side of a square of the page (pt) that has ink or none.
_CELL = 6
#: The lightness of white paper, of 255, with some tolerance for rounding.
_WHITE = 253


def blanks(pdf: bytes, text_blocks: Mapping[int, Box]) -> dict[int, float]:
    """Return the largest blank rectangle of each page, as a part (0 to 1) of the area of its text block."""
    document = pdfium.PdfDocument(pdf)
    try:
        return {
            number: largest_blank(document[number - 1].render(scale=1).to_pil().convert("L"), block)
            for number, block in text_blocks.items()
        }
    finally:
        document.close()


def largest_blank(page: Image.Image, block: Box) -> float:
    """Return the largest blank rectangle of a page in grey, one dot a point, as a part of the text block's area."""
    inside = page.crop((round(block.left), round(block.top), round(block.right), round(block.bottom)))
    cells = inside.reduce(_CELL)
    width, height = cells.size
    dots = cells.tobytes()
    heights = [0] * width
    largest = 0
    for row in range(height):
        line = dots[row * width : (row + 1) * width]
        heights = [above + 1 if dot >= _WHITE else 0 for above, dot in zip(heights, line, strict=True)]
        largest = max(largest, _largest_below(heights, round(width * _LEAST_WIDTH)))
    return largest / (width * height)


def _largest_below(heights: list[int], least: int) -> int:
    """Return the area of the largest rectangle in a histogram that is at least so wide."""
    largest, open_ = 0, list[tuple[int, int]]()  # where a rectangle begins, and its height
    for place, height in enumerate([*heights, 0]):
        begin = place
        while open_ and open_[-1][1] >= height:
            begin, high = open_.pop()
            if place - begin >= least:
                largest = max(largest, high * (place - begin))
        open_.append((begin, height))
    return largest
