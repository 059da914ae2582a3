"""What the PDF embeds is taken as it lies: WeasyPrint copies each font's file, and decodes and encodes each PNG anew.

It subsets fonts from the files that HarfBuzz has mapped, each twice, and discards the copies: 29 MB of Chinese
fonts for an issue. PDF takes the compressed data of a plain PNG unchanged (ISO 32000-1, 7.4.4.4: predictors of 10 and
more are PNG's). All this costs time, and in a child, where all memory is fresh, 12,000 of 19,500 page faults.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from PIL.Image import Image
from PIL.PngImagePlugin import PngImageFile

from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.text import ffi, get_hb_object_data, harfbuzz, harfbuzz_subset
from cstprint.engine.weasy.types import PdfFont
from cstprint.pictures.png import plain_data

#: Tables that lay text out, or of no use in a PDF: WeasyPrint's choice, and GDEF. HarfBuzz 6 and 10 write another
#: GDEF for the same glyphs, and a PDF should have the same bytes on both.
_NOT_FOR_PRINT = (
    b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ",
)  # fmt: skip
#: From characters to glyphs. The code of a glyph in the PDF is its number, so that a TrueType font needs none
#: (ISO 32000-1, 9.9: CIDFontType2), and HarfBuzz 6 and 10 write another where the font has variants.
_CHARACTER_MAP = b"cmap"


#: ``_harfbuzz_subset``.
Subset = Callable[[PdfFont, Mapping[int, str], bool], None]


def subset_once(original: Subset) -> Subset:
    """Subset a font at one go; WeasyPrint's goes over the result again, for glyphs that HarfBuzz has left out."""

    def subset(font: PdfFont, to_unicode: Mapping[int, str], hinting: bool) -> None:
        wanted = ffi.gc(
            harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy
        )
        flags = (
            harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
            | harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED
            | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        )
        flags |= 0 if hinting else harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE if font.missing else 0
        harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
        dropped = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
        names = (*_NOT_FOR_PRINT, *([_CHARACTER_MAP] if "glyf" in font.tables else []))
        tags = [harfbuzz.hb_tag_from_string(name, -1) for name in names]
        for chosen, values in (
            (harfbuzz_subset.hb_subset_input_glyph_set(wanted), sorted(to_unicode)),
            (dropped, sorted(tags)),
        ):
            # One type for arrays of all lengths: cffi parses each type that it has not met, for 2 ms.
            harfbuzz.hb_set_add_sorted_array(chosen, ffi.new("hb_codepoint_t[]", values), len(values))
        face = ffi.gc(harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
        data = get_hb_object_data(face) if face else b""
        if data:
            font.file_content = data
        else:
            original(font, to_unicode, hinting)

    return subset


class Fonts:
    """Fonts are opened without a copy of their files."""

    def __init__(self) -> None:
        self._opening = False

    def no_copy(self, original: Callable[[object], bytes]) -> Callable[[object], bytes]:
        """Replace the function that copies the data of a font, which is not asked for while one is opened."""

        def copy(face: object) -> bytes:
            return b"" if self._opening else bytes(original(face))

        return copy

    def opened(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace the constructor of a font: its file is where HarfBuzz has mapped it."""

        def blob_of(font: PdfFont) -> object:
            return ffi.gc(harfbuzz.hb_face_reference_blob(font.hb_face), harfbuzz.hb_blob_destroy)

        def init(font: PdfFont, *rest: object) -> None:
            self._opening = True
            try:
                original(font, *rest)
            finally:
                self._opening = False
            blob = kept_with(font, "blob", lambda: blob_of(font))
            length = ffi.new("unsigned int *")
            data = harfbuzz.hb_blob_get_data(blob, length)
            font.file_content = ffi.buffer(data, length[0]) if data else b""  # valid as long as the blob

        return init


def cleaned(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``clean``: copy a font that is embedded whole, because pydyf takes bytes."""

    def clean(font: PdfFont, *rest: object) -> None:
        original(font, *rest)
        font.file_content = bytes(font.file_content)

    return clean


def plain_png(original: Callable[[Image], bytes]) -> staticmethod[[Image], bytes]:
    """Replace ``_get_png_data``: take the compressed data of a plain PNG."""

    def data(picture: Image) -> bytes:
        if isinstance(picture, PngImageFile) and isinstance(picture.fp, io.BytesIO):
            plain = plain_data(picture.fp.getvalue())
            if plain is not None:
                return plain
        return bytes(original(picture))

    return staticmethod(data)
