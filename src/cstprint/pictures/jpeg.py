"""JPEG files by their segments: what Pillow does not tell, and the same picture without its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The marker that ends entropy-coded data: not a stuffed 00, not a restart marker.
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_SOI, _EOI, _SOS, _APP0, _APP14, _COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE, 0xFE
_NO_FRAME = (0xC4, 0xC8, 0xCC)  # tables between the frames' codes C0–CF
#: Baseline, extended, progressive: what PDF's DCTDecode knows. Lossless and arithmetic coding are others.
_FRAMES_OF_PDF = (0xC0, 0xC1, 0xC2)


@dataclass(frozen=True, slots=True)
class JpegFacts:
    """``bare`` is the first picture without EXIF, profile, thumbnails and comments, the image data untouched.

    ``whole`` is whether its end mark was found; ``by_adobe`` whether an Adobe segment says how the colours are
    coded; ``fits_pdf`` whether every reader of PDFs decodes it in the same way.
    """

    bare: bytes
    whole: bool
    by_adobe: bool
    fits_pdf: bool


def read_jpeg(data: bytes) -> JpegFacts:
    """Return the facts of a JPEG; what lies after its end mark (a telephone's second picture) is left out."""
    kept = [b"\xff\xd8"]
    by_adobe, frame, named_rgb, whole, at = False, 0, False, False, 2
    while match := _MARKER.search(data, at):
        marker, start = match[1][0], match.end()
        if at < match.start() and frame:
            kept.append(data[at : match.start()])  # entropy-coded data
        if marker == _EOI:
            kept.append(b"\xff\xd9")
            whole = True
            break
        length = int.from_bytes(data[start : start + 2], "big")
        segment = data[start : start + length]
        if length < 2 or len(segment) < length:
            break
        at = start + length
        if marker not in _NO_FRAME and 0xC0 <= marker <= 0xCF:
            frame = marker
            named_rgb = segment[8::3][:3] == b"RGB" and len(segment) == 17
        by_adobe = by_adobe or (marker == _APP14 and segment[2:7] == b"Adobe")
        if _is_needed(marker, segment):
            kept.append(bytes((0xFF, marker)) + segment)
    fits = frame in _FRAMES_OF_PDF and (by_adobe or not named_rgb)
    return JpegFacts(b"".join(kept), whole, by_adobe, fits)


def _is_needed(marker: int, segment: bytes) -> bool:
    if marker == _APP0:
        return segment[2:7] == b"JFIF\0" and segment[14:16] == b"\0\0"  # without a thumbnail
    if marker == _APP14:
        return segment[2:7] == b"Adobe"
    return marker != _COMMENT and not 0xE0 <= marker <= 0xEF
