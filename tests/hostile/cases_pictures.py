"""Pictures that are too large, broken, or bombs."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator

from tests.hostile.case import SHORT, Box, Ends, hostile
from tests.support.projects import picture_bytes


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *, depth: int = 8, colour: int = 0, extra: bytes = b"") -> bytes:
    """Return a black PNG: colour 0 is grey, 2 RGB, 6 RGBA; ``extra`` are chunks before the data."""
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    row = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(rows) for rows in _rows(row, height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    )


def _rows(row: bytes, count: int, at_once: int = 64) -> Iterator[bytes]:
    for first in range(0, count, at_once):
        yield row * min(at_once, count - first)


@hostile(Ends.ERROR, "CST-P004", tells="issue.yaml:10")
def png_of_144_megapixels(box: Box) -> None:
    """a PNG of 144 megapixels"""
    box.picture(_png(12_000, 12_000))


@hostile(Ends.ERROR, "CST-P004", tells="issue.yaml:10")
def png_of_900_megapixels(box: Box) -> None:
    """a PNG of 900 megapixels"""
    box.picture(_png(30_000, 30_000, depth=1))


@hostile(Ends.ERROR, "CST-P003", "CST-P004", tells="issue.yaml:10")
def png_that_claims_everything(box: Box) -> None:
    """a PNG of 70 bytes that claims the largest size there is"""
    head = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)
    box.picture(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"")))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def png_just_below_the_limit(box: Box) -> None:
    """a PNG just below the limit of pixels, with an alpha channel"""
    box.picture(_png(9_990, 10_000, colour=6))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def png_of_16_bits_just_below_the_limit(box: Box) -> None:
    """a PNG just below the limit of pixels, 16 bits a channel"""
    box.picture(_png(9_990, 10_000, depth=16, colour=2))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def six_pngs_of_90_megapixels(box: Box) -> None:
    """six different PNGs of 90 megapixels"""
    entries = "".join(f"          - image: images/{n}.png\n            alt: 图\n" for n in range(6))
    file = box.issue()
    head = file.read_text("utf-8").partition("    body:")[0]
    file.write_text(f"{head}    body:\n      - figures:\n{entries}", "utf-8")
    for n in range(6):
        box.project.write(f"issues/one/images/{n}.png", _png(9_000 + n, 10_000, colour=2))


@hostile(Ends.EITHER, limits=SHORT)
def png_one_pixel_wide(box: Box) -> None:
    """a PNG of 1 × 200,000 pixels"""
    box.picture(_png(1, 200_000))


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def truncated_jpeg(box: Box) -> None:
    """a truncated JPEG"""
    data = picture_bytes("JPEG", (600, 400))
    box.picture(data[: len(data) // 2], "images/1.jpg")


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def truncated_png(box: Box) -> None:
    """a truncated PNG"""
    data = picture_bytes("PNG", (600, 400))
    box.picture(data[: len(data) // 2])


@hostile(Ends.WHOLE, "CST-P005", tells="issue.yaml:10")
def wrong_ending(box: Box) -> None:
    """a JPEG whose name ends in .png"""
    box.picture(picture_bytes("JPEG"))


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def empty_picture(box: Box) -> None:
    """an empty picture"""
    box.picture(b"")


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def text_as_picture(box: Box) -> None:
    """a shell script named .png"""
    box.picture(b"#!/bin/sh\necho hello\n")


@hostile(Ends.WHOLE, "CST-P005", tells="issue.yaml:10")
def gif_as_png(box: Box) -> None:
    """a GIF named .png"""
    box.picture(picture_bytes("GIF"))


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def png_text_bomb(box: Box) -> None:
    """a PNG with a text chunk of 200 kB that unpacks to 200 MB"""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    box.picture(_png(60, 40, extra=_chunk(b"zTXt", b"x\0\0" + packed)))


@hostile(Ends.EITHER, limits=SHORT)
def png_profile_bomb(box: Box) -> None:
    """a PNG with a colour profile of 200 kB that unpacks to 200 MB"""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    box.picture(_png(60, 40, colour=2, extra=_chunk(b"iCCP", b"x\0\0" + packed)))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def png_of_many_chunks(box: Box) -> None:
    """a PNG with 200,000 text chunks"""
    box.picture(_png(60, 40, extra=_chunk(b"tEXt", b"k\0v") * 200_000))


@hostile(Ends.ERROR, "CST-P003", tells="issue.yaml:10")
def png_with_too_much_data(box: Box) -> None:
    """a PNG of 60 × 40 pixels whose checksum is wrong"""
    data = bytearray(_png(60, 40))
    data[-20] ^= 0xFF
    box.picture(bytes(data))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def jpeg_of_many_scans(box: Box) -> None:
    """a progressive JPEG of 64 megapixels whose last scan comes 300 times"""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (8000, 8000)).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    last = data.rfind(b"\xff\xda")
    box.picture(data[:-2] + data[last:-2] * 300 + data[-2:], "images/1.jpg")


@hostile(Ends.ERROR, "CST-P004", tells="issue.yaml:10")
def picture_of_4_gigabytes(box: Box) -> None:
    """a picture's file of 4 GB"""
    path = box.picture(_png(60, 40))
    os.truncate(path, 4_000_000_000)


@hostile(Ends.ERROR, "CST-P001", tells="issue.yaml:10", slow=True)
def missing_among_many(box: Box) -> None:
    """a picture that is missing among 20,000"""
    box.figure("images/the-one-that-is-not-there.png")
    folder = box.project.root / "issues" / "one" / "images"
    folder.mkdir()
    for n in range(20_000):
        (folder / f"the-one-that-is-there-{n:05}.png").touch()


# ── SVG ──
# As files SVG is refused (cases_addresses). What is left is SVG inside a template's HTML, and its bombs.


def _svg_file(box: Box, svg: str) -> None:
    folder = box.layout(html='<img src="layout/hostile/x.svg" alt="图">')
    (folder / "x.svg").write_text(svg, "utf-8")


@hostile(Ends.ERROR, "CST-E003", tells="x.svg")
def svg_entity_bomb(box: Box) -> None:
    """an SVG file with an entity bomb"""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    entities = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{levels}]>'
    _svg_file(box, f'{entities}<svg xmlns="http://www.w3.org/2000/svg"><text>&e9;</text></svg>')


@hostile(Ends.ERROR, "CST-E003", tells="x.svg")
def svg_external_entity(box: Box) -> None:
    """an SVG file with an entity that is a file outside"""
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{box.canary}">]>'
    _svg_file(box, f'{entity}<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>')


@hostile(Ends.ERROR, "CST-E003", tells="x.svg")
def svg_references_outside(box: Box) -> None:
    """an SVG file with references outside and a script"""
    inner = f'<script>x</script><image href="file://{box.canary}"/><use href="http://127.0.0.1:9/x.svg#a"/>'
    _svg_file(box, f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>')


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def svg_use_ten_million(box: Box) -> None:
    """an inline SVG whose use elements make ten million"""
    levels = ""
    for n in range(1, 8):
        uses = f'<use href="#u{n - 1}"/>' * 10
        levels += f'<g id="u{n}">{uses}</g>'
    rect = '<rect id="u0" width="1" height="1"/>'
    box.layout(html=f'<svg width="9" height="9"><defs>{rect}{levels}</defs><use href="#u7"/></svg>')


@hostile(Ends.EITHER)
def svg_uses_itself(box: Box) -> None:
    """an inline SVG that uses itself"""
    box.layout(html='<svg width="9" height="9"><g id="a"><use href="#a"/></g><use href="#a"/></svg>')


@hostile(Ends.EITHER)
def svg_paints_with_itself(box: Box) -> None:
    """an inline SVG whose pattern, mask, marker and gradient refer to themselves"""
    box.layout(
        html='<svg width="90" height="90"><pattern id="p" width="1" height="1"><rect width="9" height="9" '
        'fill="url(#p)"/></pattern><mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask>'
        '<marker id="k"><path d="M0 0L9 9" marker-end="url(#k)"/></marker><linearGradient id="l" href="#l"/>'
        '<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9"/></clipPath>'
        '<path d="M0 0L9 9" fill="url(#p)" stroke="url(#l)" mask="url(#m)" marker-end="url(#k)" '
        'clip-path="url(#c)"/></svg>'
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def svg_of_strange_numbers(box: Box) -> None:
    """an inline SVG with dashes of 10⁻⁹, an empty view box, endless and missing numbers"""
    box.layout(
        html='<svg width="90" height="90" viewBox="0 0 0 0"><path d="M0 0L1e308 1e308" stroke="#000"/></svg>'
        '<svg width="1e99" height="nan"><rect width="inf" height="1e400" x="nan"/></svg>'
        '<svg width="90" height="90"><path d="M0 0L90 90" stroke="#000" stroke-dasharray="1e-9 1e-9"/>'
        '<path d="M0 0 A 1e-300 1e300 0 0 0 1 1 Z M"/><text x="1 2 3 nan" textLength="-1">字</text></svg>'
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def svg_nested(box: Box) -> None:
    """an inline SVG of 5,000 groups in each other"""
    box.layout(html=f'<svg width="9" height="9">{"<g>" * 5000}{"</g>" * 5000}</svg>')


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def svg_path_of_many_points(box: Box) -> None:
    """an inline SVG with a path of a million points"""
    box.layout(html=f'<svg width="9" height="9"><path d="M0 0{"L1 1" * 1_000_000}"/></svg>')
