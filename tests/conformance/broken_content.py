"""What a program can do wrong on the pages: fonts, pictures, and what draws them."""

from __future__ import annotations

import re

from pypdf import PdfWriter

from tests.conformance.breaking import in_objects
from tests.conformance.objects import change_content, cid_fonts, first_page, fonts, picture, put, stream


@in_objects("2a 6.2.11.4.1-1", "ua1 7.21.4.1-1")
def font_not_embedded(writer: PdfWriter) -> None:
    """fonts that are not embedded."""
    for font in cid_fonts(writer):
        del font["/FontDescriptor"]["/FontFile2"]


@in_objects("2a 6.2.11.4.1-1", "ua1 7.21.4.1-1")
def font_damaged(writer: PdfWriter) -> None:
    """fonts that are cut short."""
    for font in cid_fonts(writer):
        program = font["/FontDescriptor"]["/FontFile2"]
        program.set_data(program.get_data()[:200])


@in_objects("2a 6.2.11.7.2-1", "ua1 7.21.7-1")
def no_unicode(writer: PdfWriter) -> None:
    """glyphs of which nobody knows the character."""
    for font in fonts(writer):
        del font["/ToUnicode"]


@in_objects("2a 6.2.11.7.2-2", "ua1 7.21.7-2")
def null_unicode(writer: PdfWriter) -> None:
    """glyphs that stand for U+0000."""
    _all_glyphs_mean(writer, b"0000")


@in_objects("2a 6.2.11.7.3-1")
def private_unicode(writer: PdfWriter) -> None:
    """glyphs that stand for a character of private use."""
    _all_glyphs_mean(writer, b"E000")


@in_objects("2a 6.2.11.5-1", "ua1 7.21.5-1")
def other_widths(writer: PdfWriter) -> None:
    """widths that are not the font's."""
    for font in cid_fonts(writer):
        put(font, W=[], DW=333)


@in_objects("2a 6.2.11.3.2-1", "ua1 7.21.3.2-1")
def no_glyph_map(writer: PdfWriter) -> None:
    """fonts without a map from characters to glyphs."""
    for font in cid_fonts(writer):
        del font["/CIDToGIDMap"]


@in_objects("2a 6.2.11.4.2-2", "ua1 7.21.4.2-2")
def incomplete_cid_set(writer: PdfWriter) -> None:
    """a list of the fonts' glyphs that lacks some."""
    for font in cid_fonts(writer):
        put(font["/FontDescriptor"], CIDSet=stream(writer, b"\x80"))


@in_objects("2a 6.2.8-3")
def interpolated_picture(writer: PdfWriter) -> None:
    """a picture that viewers shall interpolate."""
    put(picture(writer), Interpolate=True)


@in_objects("2a 6.2.8-1")
def alternate_pictures(writer: PdfWriter) -> None:
    """a picture that has alternates."""
    put(picture(writer), Alternates=[])


@in_objects("2a 6.2.6-1")
def unknown_rendering_intent(writer: PdfWriter) -> None:
    """a picture of an unknown rendering intent."""
    put(picture(writer), Intent="/Vivid")


@in_objects("2a 6.2.10-1")
def unknown_blend_mode(writer: PdfWriter) -> None:
    """an unknown blend mode."""
    _begin_with_state(writer, BM="/Vivid")


@in_objects("2a 6.2.5-1")
def transfer_function(writer: PdfWriter) -> None:
    """a transfer function."""
    _begin_with_state(writer, TR="/Identity")


@in_objects("2a 6.2.2-1")
def unknown_operator(writer: PdfWriter) -> None:
    """an operator that there is not."""
    change_content(writer, lambda drawn: drawn + b"\nfoo\n")


@in_objects("2a 6.2.4.3-3")
def ink_content(writer: PdfWriter) -> None:
    """an ornament of four inks."""
    change_content(writer, lambda drawn: drawn + b"\n/Artifact BMC 0 1 1 0 k 0 0 9 9 re f EMC\n")


@in_objects("ua1 7.1-3")
def untagged_text(writer: PdfWriter) -> None:
    """text outside of all tags."""
    change_content(
        writer, lambda drawn: re.sub(rb"/Span\s<<.*?>>\sBDC(.*?)EMC", rb"\1", drawn, count=1, flags=re.DOTALL)
    )


@in_objects("ua1 7.1-3")
def untagged_drawing(writer: PdfWriter) -> None:
    """a drawing that is neither tagged nor an artifact."""
    change_content(writer, lambda drawn: drawn + b"\n0 0 9 9 re f\n")


@in_objects("ua1 7.1-1")
def artifact_in_tag(writer: PdfWriter) -> None:
    """an artifact inside of tagged content."""
    change_content(writer, lambda drawn: drawn.replace(b"BDC", b"BDC /Artifact BMC EMC", 1))


@in_objects("ua1 7.1-2")
def tag_in_artifact(writer: PdfWriter) -> None:
    """tagged content inside of an artifact."""
    change_content(writer, lambda drawn: b"/Artifact BMC\n" + drawn + b"\nEMC\n")


@in_objects("ua1 7.1-3")
def stray_content(writer: PdfWriter) -> None:
    """marked content that no element holds."""
    change_content(writer, lambda drawn: drawn.replace(b"/MCID 0>>", b"/MCID 900>>"))


@in_objects("2a 6.1.13-11")
def tiny_page(writer: PdfWriter) -> None:
    """a page of two points."""
    put(first_page(writer), MediaBox=[0, 0, 2, 2])


def _all_glyphs_mean(writer: PdfWriter, code: bytes) -> None:
    for font in fonts(writer):
        table = font["/ToUnicode"]
        table.set_data(re.sub(rb"(<\w+>) <\w+>\n", rb"\1 <" + code + rb">\n", table.get_data()))


def _begin_with_state(writer: PdfWriter, **entries: object) -> None:
    put(first_page(writer)["/Resources"]["/ExtGState"], Broken=entries)
    change_content(writer, lambda drawn: b"/Broken gs\n" + drawn)
