"""Draw the figures of the specimen and of the English issue: diagrams of marks, lines and pages, as SVG.

Letters in them are outlines of the house's own fonts, because text in an SVG would depend on the fonts of whoever
opens it.  Lengths are in the drawing's own units, mostly tenths of a point as printed.  No chance and no clock: the
files come out the same byte for byte on every run.

Run ``python issues/issue-specimen/draw_figures.py`` from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
ISSUES = Path(__file__).resolve().parents[1]
SONG, HEI, SERIF, SANS = "CSTSong-Regular", "CSTHei-Regular", "CSTLatinSerif-Regular", "CSTSans-Regular"

INK, DEEP, MIDDLE, SOFT, PALE, FAINT = "#1a1a1a", "#17406d", "#6f93b5", "#a9c1d6", "#d5e1eb", "#eef3f7"
WARM = "#b5483a"  # what the diagram is about
#: The em box of all our fonts: this much of it is over the baseline.
ASCENT = 0.88


@cache
def _font(name: str) -> tuple[Any, Any, int]:
    font = TTFont(FONTS / f"{name}.ttf", lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


def advance(character: str, size: float, font: str = SONG) -> float:
    """Return how wide a character is."""
    glyphs, names, em = _font(font)
    return float(glyphs[names[ord(character)]].width) * size / em


class Drawing:
    """A drawing of ``width`` by ``height``, with the origin at its top left."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.parts: list[str] = []

    def box(self, x: float, y: float, width: float, height: float, fill: str, line: str = "none") -> None:
        """Draw a rectangle."""
        place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        self.parts.append(f'<rect {place} fill="{fill}" stroke="{line}"/>')

    def line(
        self, x: float, y: float, to_x: float, to_y: float, colour: str = SOFT, width: float = 1
    ) -> None:
        """Draw a straight line."""
        place = f'x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"'
        self.parts.append(f'<line {place} stroke="{colour}" stroke-width="{width:g}"/>')

    def glyph(
        self, character: str, x: float, y: float, size: float, colour: str = INK, font: str = SONG
    ) -> float:
        """Draw a character in its em box, whose top left is (x, y); return how wide it is."""
        glyphs, names, em = _font(font)
        scale = size / em
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}".removesuffix(".0"))
        glyphs[names[ord(character)]].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y + ASCENT * size)))
        if pen.getCommands():
            self.parts.append(f'<path d="{pen.getCommands()}" fill="{colour}"/>')
        return advance(character, size, font)

    def words(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        colour: str = INK,
        font: str = HEI,
        middle: bool = False,
    ) -> None:
        """Draw a label; its top left, or the middle of its top, is (x, y)."""
        if middle:
            x -= sum(advance(character, size, font) for character in text) / 2
        for character in text:
            x += self.glyph(character, x, y, size, colour, font)

    def save(self, path: Path) -> None:
        """Write the drawing to a file."""
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join((head, *self.parts, "</svg>", "")), "utf-8")


# ── marks and lines ──


def em_boxes() -> Drawing:
    """Draw five marks in their em boxes; the half that has no ink is tinted."""
    drawing = Drawing(1400, 300)
    for place, (mark, empty) in enumerate(
        (("字", ""), ("，", "right"), ("。", "right"), ("（", "left"), ("》", "right"), ("：", "right"))
    ):
        x = 20 + 230 * place
        drawing.box(x, 20, 210, 210, "#ffffff")
        if empty:
            drawing.box(x + (105 if empty == "right" else 0), 20, 105, 210, PALE)
        drawing.box(x, 20, 210, 210, "none", MIDDLE)
        drawing.glyph(mark, x, 20, 210, INK)
        label = "一字" if not empty else "右半空" if empty == "right" else "左半空"
        drawing.words(label, x + 105, 246, 34, WARM if empty else DEEP, middle=True)
    return drawing


def _row(drawing: Drawing, marks: str, widths: dict[int, float], x: float, y: float, size: float) -> float:
    """Draw characters in their boxes; a width below 1 em takes the blank half of its mark away."""
    for index, mark in enumerate(marks):
        width = widths.get(index, 1.0)
        shift = size * (1 - width) if mark in "（《“" else 0
        drawing.box(x, y, size * width, size, PALE if width < 1 else "#ffffff", MIDDLE)
        drawing.glyph(mark, x - shift, y, size, WARM if width < 1 else INK)
        x += size * width
    return x


def squeezed() -> Drawing:
    """Draw marks that stand together, each a whole em wide, and the same with what clreq takes away."""
    drawing = Drawing(1400, 400)
    text = "见《行》（注）。"
    drawing.words("不挤", 20, 70, 38, DEEP)
    end = _row(drawing, text, {}, 140, 30, 130)
    drawing.words("8字", end + 24, 70, 38, DEEP)
    drawing.words("挤压", 20, 270, 38, WARM)
    end = _row(drawing, text, {3: 0.5, 6: 0.5, 7: 0.5}, 140, 230, 130)
    drawing.words("6字半", end + 24, 270, 38, WARM)
    drawing.line(140 + 130 * 6.5, 20, 140 + 130 * 6.5, 380, WARM, 2)
    return drawing


def han_latin() -> Drawing:
    """Draw a Latin word between Han; the gaps are marked."""
    drawing = Drawing(700, 310)
    x, size = 10.0, 140.0
    for part, font in (("存", SONG), ("PDF", SERIF), ("档", SONG)):
        if x > 10:
            drawing.box(x, 60, size / 4, size, "#f0d5d0")
            drawing.line(x, 40, x, 230, WARM, 2)
            drawing.line(x + size / 4, 40, x + size / 4, 230, WARM, 2)
            drawing.words("¼", x + size / 8, 250, 52, WARM, SERIF, middle=True)
            x += size / 4
        for character in part:
            x += drawing.glyph(character, x, 60, size, INK, font)
    return drawing


def line_starts() -> Drawing:
    """Draw two lines whose comma would begin the second, and how it is kept from there."""
    drawing = Drawing(700, 560)
    for top, first, second, good in (
        (20, "避开行首标点", "，看行尾。", False),
        (300, "避开行首标", "点，看行尾。", True),
    ):
        size = 92.0
        drawing.words("误" if not good else "正", 20, top + 66, 44, WARM if not good else DEEP)
        gap = size / 4 if good else 0.0  # five characters opened to the width of six
        for index, character in enumerate(first):
            drawing.glyph(character, 100 + index * (size + gap), top, size)
        for index, character in enumerate(second[:7]):
            wrong = not good and index == 0
            if wrong:
                drawing.box(100, top + 110, size, size, "#f0d5d0")
            drawing.glyph(character, 100 + index * size, top + 110, size, WARM if wrong else INK)
        drawing.line(100, top - 8, 100, top + 214, MIDDLE, 2)
        drawing.line(100 + 6 * size, top - 8, 100 + 6 * size, top + 214, MIDDLE, 2)
    return drawing


def _fitting(kind: str) -> Drawing:
    """Draw a line of eight em with the mark that must not begin the next line."""
    drawing = Drawing(900, 300)
    size, left, top = 88.0, 98.0, 60.0
    right = left + 8 * size
    x = left
    widths = {"push-in": [1, 1, 0.5, 1, 1, 1, 1, 1, 0.5], "hang": [1.0] * 9}.get(kind, [1.0] * 7)
    gap = size / 6 if kind == "open" else 0.0
    for index, width in enumerate(widths):
        last = index == len(widths) - 1 and kind in ("push-in", "hang")
        fill = WARM if last else MIDDLE if width < 1 else SOFT
        drawing.box(x + 4, top + 4, size * width - 8, size - 8, fill)
        x += size * width + gap
    lower = left
    for index in range(4 if kind in ("push-in", "hang") else 6):
        fill = WARM if index == 1 and kind in ("push-out", "open") else PALE
        drawing.box(lower + 4, top + 114, size - 8, size - 8, fill)
        lower += size
    drawing.line(left - 6, 30, left - 6, 270, DEEP, 3)
    drawing.line(right + 6, 30, right + 6, 270, DEEP, 3)
    return drawing


# ── pages ──


def _lines(
    drawing: Drawing, x: float, y: float, width: float, count: int, step: float, colour: str = SOFT
) -> None:
    """Draw lines of text as bars, the last of them shorter."""
    for index in range(count):
        short = 0.55 if index == count - 1 and count > 2 else 1
        drawing.box(x, y + index * step, width * short, step * 0.45, colour)


def page_grid() -> Drawing:
    """Draw an A4 page in points, its text block and grid of lines, with names for the parts."""
    drawing = Drawing(596, 842)
    drawing.box(0.5, 0.5, 595, 841, "#ffffff", MIDDLE)
    drawing.box(87.6, 84, 420, 680, FAINT)
    for row in range(35):
        drawing.line(87.6, 84 + 20 * row, 507.6, 84 + 20 * row, SOFT, 1)
    for column in range(36):
        drawing.line(87.6 + 12 * column, 84, 87.6 + 12 * column, 764, PALE, 0.6)
    drawing.box(87.6, 84, 420, 680, "none", DEEP)
    drawing.box(237.6, 392, 120, 64, "#ffffff")
    for label, top, colour in (("版心", 404, DEEP), ("天头", 24, WARM), ("地脚", 784, WARM)):
        drawing.words(label, 297.6, top, 40, colour, middle=True)
    for index, character in enumerate("白边"):
        for left in (24, 532):
            drawing.glyph(character, left, 372 + 46 * index, 40, WARM, HEI)
    return drawing


def spread(labels: tuple[str, str], font: str) -> Drawing:
    """Draw two facing pages whose lines meet on one grid, with a head of three lines and a picture of eight."""
    drawing = Drawing(1400, 500)
    for page in (0, 1):
        left = 40 + 670 * page
        drawing.box(left, 20, 650, 460, "#ffffff", MIDDLE)
        for row in range(19):
            drawing.line(40, 70 + 21 * row, 1360, 70 + 21 * row, PALE, 1)
    for page in (0, 1):
        left = 110 + 670 * page
        if page == 0:
            drawing.box(left, 70 + 21, 300, 21, DEEP)
            _lines(drawing, left, 70 + 63 + 6, 510, 12, 21)
            _lines(drawing, left, 70 + 63 + 12 * 21 + 6, 510, 3, 21)
        else:
            _lines(drawing, left, 76, 510, 5, 21)
            drawing.box(left, 70 + 5 * 21 + 6, 510, 9 * 21 - 12, SOFT)
            _lines(drawing, left, 76 + 14 * 21, 510, 4, 21)
    drawing.words(labels[0], 440, 88, 30, WARM, font)
    drawing.words(labels[1], 1035, 241, 40, INK, font, middle=True)
    return drawing


def _place(kind: str) -> Drawing:
    """Draw a page with its picture in one of three places."""
    drawing = Drawing(420, 440)
    drawing.box(1, 1, 418, 438, "#ffffff", MIDDLE)
    if kind == "column":
        _lines(drawing, 60, 50, 300, 4, 22)
        drawing.box(60, 50 + 5 * 22, 300, 130, MIDDLE)
        _lines(drawing, 60, 50 + 12 * 22, 300, 4, 22)
    elif kind == "beside":
        _lines(drawing, 60, 50, 300, 3, 22)
        drawing.box(240, 50 + 4 * 22, 120, 142, MIDDLE)
        _lines(drawing, 60, 50 + 4 * 22, 165, 7, 22)
        _lines(drawing, 60, 50 + 11 * 22, 300, 5, 22)
    else:
        drawing.box(60, 50, 300, 208, MIDDLE)
        _lines(drawing, 60, 50 + 10 * 22, 140, 6, 22)
        _lines(drawing, 220, 50 + 10 * 22, 140, 6, 22)
    return drawing


def ornament() -> Drawing:
    """Draw a rule that swells to a lozenge: it says nothing."""
    drawing = Drawing(1400, 60)
    drawing.line(500, 30, 670, 30, MIDDLE, 2)
    drawing.line(730, 30, 900, 30, MIDDLE, 2)
    drawing.parts.append(f'<polygon points="700,16 714,30 700,44 686,30" fill="{DEEP}"/>')
    return drawing


FIGURES: dict[str, Callable[[], Drawing]] = {
    "issue-specimen/em-boxes": em_boxes,
    "issue-specimen/squeezed": squeezed,
    "issue-specimen/han-latin": han_latin,
    "issue-specimen/line-starts": line_starts,
    "issue-specimen/push-in": lambda: _fitting("push-in"),
    "issue-specimen/push-out": lambda: _fitting("push-out"),
    "issue-specimen/open": lambda: _fitting("open"),
    "issue-specimen/hang": lambda: _fitting("hang"),
    "issue-specimen/page-grid": page_grid,
    "issue-specimen/spread": lambda: spread(("占3行", "占9行"), HEI),
    "issue-specimen/place-column": lambda: _place("column"),
    "issue-specimen/place-beside": lambda: _place("beside"),
    "issue-specimen/place-full": lambda: _place("full"),
    "issue-specimen/ornament": ornament,
    "issue-english/spread": lambda: spread(("three lines", "nine lines"), SANS),
    "issue-english/han-latin": han_latin,
}


def main() -> None:
    """Draw all figures into the issues' folders."""
    for name, draw in FIGURES.items():
        issue, figure = name.split("/")
        draw().save(ISSUES / issue / "images" / f"{figure}.svg")


if __name__ == "__main__":
    main()
