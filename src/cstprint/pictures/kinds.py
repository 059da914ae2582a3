"""Which kind of picture a file is: known by its content, never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cstprint.diagnostics import Message, msg
from cstprint.pictures.prepared import UnprintableError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of picture that can be printed; ``plugin`` is Pillow's name for it, the first suffix its own.

    ``max_pixels`` keeps decoding and converting below 1.5 GB of memory. Measured: 1.3 GB for 100 megapixels of CMYK,
    .9 of LAB, AVIF and RGBA; WebP's decoder takes 16 bytes a pixel, that of JPEG 2000 takes 19.
    """

    name: str
    plugin: str
    suffixes: tuple[str, ...]
    max_pixels: int = 100_000_000

    @property
    def media_type(self) -> str:
        """The kind's media type, as registered with IANA."""
        return "image/" + {"JPEG 2000": "jp2", "SVG": "svg+xml"}.get(self.name, self.name.lower())


PNG = Kind("PNG", "PNG", (".png", ".apng"))
JPEG = Kind("JPEG", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
GIF = Kind("GIF", "GIF", (".gif",))
WEBP = Kind("WebP", "WEBP", (".webp",), 80_000_000)
AVIF = Kind("AVIF", "AVIF", (".avif", ".avifs"))
TIFF = Kind("TIFF", "TIFF", (".tif", ".tiff"))
BMP = Kind("BMP", "BMP", (".bmp", ".dib"))
JPEG_2000 = Kind("JPEG 2000", "JPEG2000", (".jp2", ".j2k", ".jpf", ".jpx", ".jpc", ".j2c"), 60_000_000)
SVG = Kind("SVG", "", (".svg",))
KINDS = (PNG, JPEG, GIF, WEBP, AVIF, TIFF, BMP, JPEG_2000, SVG)
SUFFIXES = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)

_PRINTABLE: tuple[tuple[Kind, re.Pattern[bytes]], ...] = (
    (PNG, re.compile(rb"\x89PNG\r\n\x1a\n")),
    (JPEG, re.compile(rb"\xff\xd8\xff")),
    (GIF, re.compile(rb"GIF8[79]a")),
    (WEBP, re.compile(rb"RIFF....WEBP", re.DOTALL)),
    (AVIF, re.compile(rb"....ftyp(?:avi[fs]|mi[fa]1.{0,64}?avi[fs])", re.DOTALL)),
    (TIFF, re.compile(rb"II[\x2a\x2b]\0|MM\0[\x2a\x2b]")),
    (BMP, re.compile(rb"BM....\0\0\0\0", re.DOTALL)),
    (JPEG_2000, re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51")),
    (SVG, re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?!!doctype html|html).*?svg[\s>/]", re.DOTALL | re.IGNORECASE)),
)

_AS_JPEG = msg("Open it in a picture editor and save it as JPEG.")
_AS_PNG = msg("Export it as PNG, 300 dots per inch.")
_FROM_TELEPHONE = msg(
    "Save it as JPEG; iPhones take JPEGs with Settings › Camera › Formats › Most Compatible."
)
_BACK_TO_JPEG = msg("Develop it, and save it as JPEG.")

#: What people send instead of pictures that can be printed: its name and the way out.
_FOREIGN: tuple[tuple[re.Pattern[bytes], Message, Message], ...] = (
    (
        re.compile(rb"....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL),
        msg("a HEIC photograph"),
        _FROM_TELEPHONE,
    ),
    (re.compile(rb"....ftypcrx ", re.DOTALL), msg("a camera's raw photograph"), _BACK_TO_JPEG),
    (
        re.compile(rb"II\x2a\0....CR\x02|FUJIFILMCCD-RAW|IIRO|IIU\0", re.DOTALL),
        msg("a camera's raw photograph"),
        _BACK_TO_JPEG,
    ),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), msg("a JPEG XL picture"), _AS_JPEG),
    (re.compile(rb"8BPS"), msg("a Photoshop document"), _AS_JPEG),
    (re.compile(rb"%PDF-"), msg("a PDF"), _AS_PNG),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), msg("a PostScript drawing"), _AS_PNG),
    (re.compile(rb"\x1f\x8b"), msg("a compressed file"), msg("Unpack it, or save the SVG as plain SVG.")),
    (
        re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"),
        msg("an office document or an archive"),
        msg("Extract the picture: in Word, Save as Picture."),
    ),
    (re.compile(rb"....ftyp", re.DOTALL), msg("a video"), msg("Save one frame of it as JPEG.")),
    (
        re.compile(rb"\s*<(!doctype )?html", re.IGNORECASE),
        msg("a web page"),
        msg("Save the picture itself: the browser saved the page around it, or an error message."),
    ),
    (re.compile(rb"\0\0[\x01\x02]\0"), msg("an icon"), _AS_PNG),
    (re.compile(rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a", re.DOTALL), msg("a Windows metafile"), _AS_PNG),
)
#: Raw photographs that are TIFFs: their first picture is a thumbnail.
_RAW_TIFF = (".dng", ".nef", ".nrw", ".arw", ".sr2", ".pef", ".3fr", ".iiq", ".erf", ".kdc", ".dcr")


def kind_of(data: bytes, suffix: str) -> Kind:
    """Return the kind of picture that ``data`` is; what cannot be printed is refused by name.

    ``suffix`` is asked only where a raw photograph looks like a TIFF.
    """
    head = data[:4096]
    kind = next((kind for kind, start in _PRINTABLE if start.match(head)), None)
    foreign = next(((what, hint) for start, what, hint in _FOREIGN if start.match(head)), None)
    if foreign is None and kind is TIFF and suffix.lower() in _RAW_TIFF:
        foreign = msg("a camera's raw photograph"), _BACK_TO_JPEG
    if foreign is not None and kind in (None, TIFF):
        what, hint = foreign
        raise UnprintableError("CST-P006", msg("This is {what}, which cannot be printed.", what=what), hint)
    if kind is not None:
        return kind
    known = tuple(one.name for one in KINDS)
    if not data:
        raise UnprintableError("CST-P003", msg("The file is empty."), msg("Ask for the file again."))
    message = msg("This is not a picture of a supported kind.")
    raise UnprintableError("CST-P003", message, msg("Supported are {kinds}.", kinds=known))
