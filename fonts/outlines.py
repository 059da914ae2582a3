"""Glyphs of fonts: blended, taken from other fonts, moved, made of fewer points."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from recipe import Graft

#: The blanks that every font has, and how wide they are where its source has none (em; Unicode Standard, 6.2).
#: A blank is set from the font of what stands before it.
BLANKS = {
    0x20: 0.25,
    0xA0: 0.25,
    0x2002: 1 / 2,
    0x2003: 1,
    0x2004: 1 / 3,
    0x2005: 1 / 4,
    0x2006: 1 / 6,
    0x2007: 1 / 2,
    0x2008: 1 / 4,
    0x2009: 1 / 5,
    0x200A: 1 / 10,
    0x202F: 1 / 5,
    0x205F: 4 / 18,
    0x3000: 1,
}
Point = tuple[int, int]


def map_char(font: TTFont, code: int, glyph: str) -> None:
    """Give a character another glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14 and (code <= 0xFFFF or table.format == 12):
            table.cmap[code] = glyph


def blend(font: TTFont, other: TTFont) -> None:
    """Draw every glyph halfway between the font and a compatible one (kerning and anchors stay)."""
    glyf, others = font["glyf"], other["glyf"]
    if font.getGlyphOrder() != other.getGlyphOrder():
        raise SystemExit("fonts to blend must have the same glyphs")
    for name in font.getGlyphOrder():
        glyph, second = glyf[name], others[name]
        if glyph.isComposite():
            for part, match in zip(glyph.components, second.components, strict=True):
                part.x, part.y = (part.x + match.x) // 2, (part.y + match.y) // 2
        elif glyph.numberOfContours:
            pairs = zip(glyph.coordinates, second.coordinates, strict=True)
            glyph.coordinates = GlyphCoordinates([((x + u) // 2, (y + v) // 2) for (x, y), (u, v) in pairs])
    for name in font.getGlyphOrder():
        glyf[name].recalcBounds(glyf)
        advance = (font["hmtx"][name][0] + other["hmtx"][name][0]) // 2
        font["hmtx"][name] = (advance, getattr(glyf[name], "xMin", 0))


def add_glyphs(font: TTFont, donor: TTFont, graft: Graft) -> None:
    """Copy the glyphs of a graft from its donor as new glyphs of the font."""
    if font["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise SystemExit("a graft's donor must have the same units per em")
    for char in graft.chars:
        source = donor.getBestCmap()[ord(char)]
        advance, dx = donor["hmtx"][source][0], 0
        if graft.advance is not None:
            advance = graft.advance
            dx = round((advance - donor["glyf"][source].xMin - donor["glyf"][source].xMax) / 2)
        _add(font, ord(char), _copied(donor, source, (1, 0, 0, 1, dx, graft.dy)), advance)


def fill(font: TTFont, donor: TTFont, wanted: Collection[int]) -> None:
    """Copy from a donor what of the wanted characters the font lacks, in the size that it has there."""
    scale = font["head"].unitsPerEm / donor["head"].unitsPerEm
    glyphs = donor.getBestCmap()
    for code in sorted(set(wanted) & glyphs.keys() - font.getBestCmap().keys()):
        glyph = _copied(donor, glyphs[code], (scale, 0, 0, scale, 0, 0))
        _add(font, code, glyph, round(donor["hmtx"][glyphs[code]][0] * scale))


def add_blanks(font: TTFont) -> None:
    """Add the blanks that a font lacks, as glyphs without outlines."""
    for code in sorted(BLANKS.keys() - font.getBestCmap().keys()):
        _add(font, code, Glyph(), round(BLANKS[code] * font["head"].unitsPerEm))


def _copied(donor: TTFont, name: str, matrix: tuple[float, float, float, float, float, float]) -> Glyph:
    outlines = donor.getGlyphSet()
    record = DecomposingRecordingPen(outlines)
    outlines[name].draw(record)
    pen = TTGlyphPen(None)
    record.replay(TransformPen(pen, matrix))
    return pen.glyph()


def _add(font: TTFont, code: int, glyph: Glyph, advance: int) -> None:
    name = f"graft.{code:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    map_char(font, code, name)


def move_up(font: TTFont, rise: int) -> None:
    """Move all glyphs up by some units; parts of composite glyphs are moved as glyphs of their own."""
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        if glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, rise))
    for name in font.getGlyphOrder():
        font["glyf"][name].recalcBounds(font["glyf"])


def redraw(font: TTFont, units: int, tolerance: float) -> None:
    """Draw all glyphs on a grid of ``units`` per em, straight outlines with no more points than they need.

    A point that is left out was nearer than ``tolerance`` (in the new units) to the line that takes its place.
    """
    scale = units / font["head"].unitsPerEm
    glyf, metrics = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        glyph = glyf[name]
        if glyph.isComposite():
            raise SystemExit("composite glyphs cannot be redrawn")
        if glyph.numberOfContours > 0:
            _redraw(glyph, scale, tolerance)
            glyph.recalcBounds(glyf)
        metrics[name] = (round(metrics[name][0] * scale), getattr(glyph, "xMin", 0))
    font["head"].unitsPerEm = units


def _redraw(glyph: Glyph, scale: float, tolerance: float) -> None:
    points: list[Point] = []
    flags: list[int] = []
    ends: list[int] = []
    begin = 0
    for end in glyph.endPtsOfContours:
        drawn = [(round(x * scale), round(y * scale)) for x, y in glyph.coordinates[begin : end + 1]]
        marks = list(glyph.flags[begin : end + 1])
        begin = end + 1
        if all(mark & 1 for mark in marks):
            drawn = _fewer_points(drawn, tolerance)
            marks = [1] * len(drawn)
        if len(drawn) > 2:  # not shrunk to a line
            points += drawn
            flags += marks
            ends.append(len(points) - 1)
    glyph.coordinates, glyph.flags = GlyphCoordinates(points), bytearray(flags)
    glyph.endPtsOfContours, glyph.numberOfContours = ends, len(ends)


def _fewer_points(contour: Sequence[Point], tolerance: float) -> list[Point]:
    """Return a closed outline without the points that it can spare (Ramer, Douglas, Peucker)."""
    distinct = [point for index, point in enumerate(contour) if point != contour[index - 1]]
    if len(distinct) < 3:
        return distinct
    first = distinct.index(max(distinct))  # a corner
    line = [*distinct[first:], *distinct[: first + 1]]
    kept = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        begin, end = parts.pop()
        distances = [_distance(line[i], line[begin], line[end]) for i in range(begin + 1, end)]
        if distances and max(distances) > tolerance:
            middle = begin + 1 + distances.index(max(distances))
            kept.add(middle)
            parts += [(begin, middle), (middle, end)]
    return [line[index] for index in sorted(kept)][:-1]


def _distance(point: Point, begin: Point, end: Point) -> float:
    """Return how far a point is from a straight line; from its beginning, where the line has no length."""
    (x, y), (x0, y0), (x1, y1) = point, begin, end
    length = math.hypot(x1 - x0, y1 - y0)
    if not length:
        return math.hypot(x - x0, y - y0)
    return abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length
