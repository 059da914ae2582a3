"""The glyphs of a font file as outlines, read with fontTools: widths, paths, lines below and through letters."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from cstprint.reading.files import read_below

MAX_FONT_BYTES = 500_000_000
#: a, b, c, d, e, f as in SVG: x' = ax + cy + e, y' = bx + dy + f.
Matrix = tuple[float, float, float, float, float, float]


class GlyphFile:
    """A font whose outlines are read one by one. Its lengths are in em, upwards."""

    def __init__(self, data: bytes):
        from fontTools.ttLib import TTFont

        self._font = TTFont(io.BytesIO(data), lazy=True)
        self._names: dict[int, str] = self._font.getBestCmap() or {}
        self._glyphs = self._font.getGlyphSet()
        self.units = float(self._font["head"].unitsPerEm)
        hhea, post, os2 = self._font["hhea"], self._font["post"], self._font["OS/2"]
        self.ascent, self.descent = hhea.ascent / self.units, hhea.descent / self.units
        #: The upper edge of a line below letters, and how thick it is (OpenType, post).
        self.underline = post.underlinePosition / self.units, post.underlineThickness / self.units
        #: The same of a line through letters (OpenType, OS/2).
        self.strike = os2.yStrikeoutPosition / self.units, os2.yStrikeoutSize / self.units
        self._upright = _upright_forms(self._font)
        self._drawn: dict[str, bool] = {}

    def name(self, character: str) -> str | None:
        """Return the name of the glyph of a character; ``None`` where there is none."""
        return self._names.get(ord(character))

    def vertical(self, name: str) -> str | None:
        """Return the name of the form that a glyph has in vertical lines, where the font has one (`vert`)."""
        return self._upright.get(name)

    def advance(self, name: str) -> float:
        """Return the width of a glyph."""
        return float(self._glyphs[name].width) / self.units

    def draws(self, name: str) -> bool:
        """Return whether a glyph has an outline."""
        if name not in self._drawn:
            self._drawn[name] = bool(self.path(name, (1, 0, 0, 1, 0, 0), str))
        return self._drawn[name]

    def path(self, name: str, matrix: Matrix, written: Callable[[float], str]) -> str:
        """Return the outline, in units of the font, under a matrix as the data of an SVG path."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        pen = SVGPathPen(self._glyphs, written)
        self._glyphs[name].draw(TransformPen(pen, matrix))
        return str(pen.getCommands())


@lru_cache(maxsize=40)
def open_glyphs(path: Path, _sha256: str) -> GlyphFile:
    """Return the glyphs of a font file, opened once for each content."""
    return GlyphFile(read_below(path.parent, [path.name], MAX_FONT_BYTES))


def _upright_forms(font: Any) -> dict[str, str]:
    """Return what the feature `vert` puts in the place of single glyphs."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    if not table.FeatureList or not table.LookupList:
        return {}
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "vert"
        for number in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for number in sorted(numbers):
        for part in table.LookupList.Lookup[number].SubTable:
            single = getattr(part, "ExtSubTable", part)
            if single.LookupType == 1:
                for glyph, form in single.mapping.items():
                    forms.setdefault(glyph, form)
    return forms
