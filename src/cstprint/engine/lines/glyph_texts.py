"""The text that each glyph of the PDF stands for: the text that is copied is the text that was typed.

WeasyPrint gives each glyph of a font one text, that of its first use. But one glyph may stand for several: a hand is
drawn alike in all skin tones where there is one colour, a heart with a selector as without, a radical as its Han.
Each further text gets a code of its own here, which the font's ``/CIDToGIDMap`` leads to the glyph (ISO 32000-1,
9.7.4.3). ``/ActualText`` would not do: pdfium drops from it all beyond U+FFFF.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.pdf import Stream
from cstprint.engine.weasy.types import Pdf, PdfFont

#: What changes the glyph before it, or makes one with it: selectors, joiner, keycap, skin tones, flags, tags.
SELECTED = re.compile(
    "[\u200d\u20e3\ufe00-\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
#: The greatest code: codes are of two bytes.
_LAST_CODE = 0xFFFF


def code_of(font: PdfFont, glyph: int, text: str) -> int:
    """Return the code that draws ``glyph`` and stands for ``text`` in a font of the PDF."""
    known = font.to_unicode.setdefault(glyph, text)
    if known == text or (known.isspace() and text.isspace()):
        return glyph
    codes: dict[tuple[int, str], int] = kept_with(font, "codes", dict)
    code = codes.get((glyph, text))
    if code is None:
        code = _LAST_CODE - len(codes)
        if code < font.glyph_count + len(font.missing):
            return glyph  # the font has used all codes itself
        codes[glyph, text] = code
        font.to_unicode[code] = text
        font.widths[code] = font.widths[glyph]
    return code


def with_codes(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``_build_vector_font_dictionary``: write the map from codes to glyphs."""

    def build(font_dictionary: object, pdf: Pdf, font: PdfFont, *rest: object) -> None:
        first = len(pdf.objects)
        original(font_dictionary, pdf, font, *rest)
        codes: dict[tuple[int, str], int] = kept_with(font, "codes", dict)
        if codes:
            inner = next(one for one in pdf.objects[first:] if isinstance(one, dict) and "CIDToGIDMap" in one)
            glyphs = bytearray(2 * _LAST_CODE + 2)
            for code in font.to_unicode:
                glyphs[2 * code : 2 * code + 2] = code.to_bytes(2, "big")
            for (glyph, _), code in codes.items():
                glyphs[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
            stream = Stream([bytes(glyphs)], compress=True)
            pdf.add_object(stream)
            inner["CIDToGIDMap"] = stream.reference

    return build
