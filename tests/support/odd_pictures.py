"""Pictures of all kinds that people send, good and bad, made here and now.

The good ones have a corner each of red, green, blue and yellow, so that a test sees whether they are upright and in the
right colours. The bad ones come with the code of the finding that refuses them and a word of what it says.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tests.support import profiles

Colour = tuple[int, int, int]
RED, GREEN, BLUE, YELLOW = (230, 20, 20), (20, 200, 20), (20, 20, 230), (240, 220, 20)
CORNERS = (RED, GREEN, BLUE, YELLOW)  # from the top left by rows
WHITE: Colour = (255, 255, 255)
SIZE = (120, 80)


@dataclass(frozen=True)
class Good:
    """A picture that is printed: the colours of its corners, its size when prepared, the codes of its findings."""

    what: str
    file: str
    data: bytes
    corners: tuple[Colour, ...] = CORNERS
    size: tuple[int, int] = SIZE
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    """A picture that is refused."""

    what: str
    file: str
    data: bytes
    code: str
    says: str


def cornered(size: tuple[int, int] = SIZE, corners: tuple[Colour, ...] = CORNERS) -> Image.Image:
    """A grey picture with a block of colour in each corner."""
    image = Image.new("RGB", size, (128, 128, 128))
    draw = ImageDraw.Draw(image)
    wide, high = size[0] * 3 // 8, size[1] * 3 // 8
    for corner, colour in enumerate(corners):
        x, y = (size[0] - wide) * (corner % 2), (size[1] - high) * (corner // 2)
        draw.rectangle((x, y, x + wide - 1, y + high - 1), fill=colour)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def noisy(kind: str, **options: object) -> bytes:
    """A file with a good many bytes of picture in it, so that it can be broken."""
    return saved(Image.effect_noise((300, 200), 60).convert("RGB"), kind, **options)


def oriented(orientation: int) -> Image.Image:
    """What a camera stores when it is held so: turned by the viewer, the picture is upright."""
    turns = Image.Transpose
    undo = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_90,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_270,
    }
    return cornered().transpose(undo[orientation]) if orientation in undo else cornered()


def exif(orientation: int) -> Image.Exif:
    """EXIF that says so, and where the photograph was taken."""
    found = Image.Exif()
    found[0x112] = orientation
    found[0x10E] = "SECRET PLACE"
    return found


def grey(corners: tuple[Colour, ...] = CORNERS) -> tuple[Colour, ...]:
    """The corners in grey."""
    pixels = bytes(value for corner in corners for value in corner)
    values = Image.frombytes("RGB", (len(corners), 1), pixels).convert("L").tobytes()
    return tuple((value, value, value) for value in values)


def png(
    width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2, extra: bytes = b""
) -> bytes:
    """A PNG from its rows, each with its filter's byte in front; ``colour`` 0 is grey, 2 RGB."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def sixteen_bits(image: Image.Image) -> bytes:
    """A picture of 16 bits a channel."""
    row = SIZE[0] * len(image.mode)
    data = image.tobytes()
    wide = [b"\0" + bytes(b for v in data[at : at + row] for b in (v, v)) for at in range(0, len(data), row)]
    return png(*SIZE, b"".join(wide), depth=16, colour={"RGB": 2, "LA": 4, "RGBA": 6}[image.mode])


def four_bits() -> bytes:
    """The corners in grey of four bits."""
    image = cornered().convert("L").tobytes()
    pairs = [
        bytes((first & 0xF0 | second >> 4,)) for first, second in zip(image[::2], image[1::2], strict=True)
    ]
    row = SIZE[0] // 2
    rows = (b"\0" + b"".join(pairs[at : at + row]) for at in range(0, len(pairs), row))
    return png(*SIZE, b"".join(rows), depth=4, colour=0)


def tiff(listed: int, *, planar: bool) -> bytes:
    """The corners as a TIFF of three planes, or of three strips, which lists only ``listed`` of them."""
    width, height = SIZE[0], 81 if not planar else SIZE[1]
    image = cornered((width, height))
    parts = [channel.tobytes() for channel in image.split()] if planar else [image.tobytes()]
    rows, size = (height, width * height) if planar else (height // 3, width * height)
    table = 8 + 2 + 12 * 10 + 4
    bits, offsets, data = table, table + 6, table + 6 + 8 * listed
    entries = (
        (256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, bits), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, listed, offsets if listed > 1 else data), (277, 3, 1, 3), (278, 3, 1, rows),
        (279, 4, listed, offsets + 4 * listed if listed > 1 else size), (284, 3, 1, 2 if planar else 1),
    )  # fmt: skip
    head = (
        b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
    )
    lists = [data + size * n for n in range(listed)] + [size] * listed
    return head + bytes(4) + struct.pack(f"<3H{2 * listed}I", 8, 8, 8, *lists) + b"".join(parts)


def grey_sixteen() -> Image.Image:
    """The corners in grey of 16 bits."""
    low = cornered().convert("L")
    high = Image.new("I;16", SIZE)
    high.putdata([value * 257 for value in low.tobytes()])
    return high


def cmyk(image: Image.Image) -> Image.Image:
    """The corners in ink, without any black, as Pillow converts them."""
    return image.convert("CMYK")


def without_adobe(data: bytes) -> bytes:
    """A CMYK JPEG of Pillow's, which is inverted and says so in an Adobe segment, without that segment."""
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]


def ycck() -> bytes:
    """A JPEG as Photoshop writes CMYK: inks as luminance and chroma."""
    inks = [channel.tobytes() for channel in cmyk(cornered()).split()]
    coded = Image.merge("RGB", [Image.frombytes("L", SIZE, ink) for ink in inks[:3]]).convert("YCbCr")
    bands = [*coded.split(), Image.frombytes("L", SIZE, inks[3]).point([255 - v for v in range(256)])]
    stored = Image.merge("CMYK", [band.point([255 - v for v in range(256)]) for band in bands])
    data = bytearray(saved(stored, "JPEG", quality=95))
    at = data.index(b"Adobe")
    data[at + 11] = 2  # 0: plain CMYK, 2: YCCK
    return bytes(data)


def frames(kind: str, **options: object) -> bytes:
    """An animation whose first frame is the one with the corners."""
    others = [Image.new("RGB", SIZE, colour) for colour in (WHITE, RED)]
    first = cornered()
    if kind == "GIF":
        first, others = (
            first.convert("P", palette=Image.Palette.ADAPTIVE),
            [other.convert("P") for other in others],
        )
    return saved(first, kind, save_all=True, append_images=others, **options)


def with_alpha(mode: str = "RGBA") -> Image.Image:
    """The corners in front of nothing: transparent but for them."""
    image = cornered().convert(mode)
    alpha = Image.new("L", SIZE, 0)
    alpha.paste(cornered().convert("L").point([0 if value == 128 else 255 for value in range(256)]))
    image.putalpha(alpha)
    return image


def _transparent_palette() -> Image.Image:
    image = cornered(corners=(WHITE, GREEN, BLUE, YELLOW)).quantize(8)
    palette = image.getpalette() or []
    index = next(i for i in range(8) if palette[i * 3 : i * 3 + 3] == [*WHITE])
    image.info["transparency"] = index
    return image


def goods() -> Iterator[Good]:
    """Yield every picture that is printed."""
    rgb = cornered()
    for orientation in range(1, 9):
        data = saved(oriented(orientation), "JPEG", exif=exif(orientation), quality=95)
        yield Good(f"a JPEG of orientation {orientation}", f"o{orientation}.jpg", data)
    yield Good(
        "a JPEG of an orientation that there is not", "o9.jpg", saved(rgb, "JPEG", exif=exif(9), quality=95)
    )
    broken = saved(rgb, "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff", quality=95)
    yield Good("a JPEG with broken EXIF", "exif.jpg", broken)
    for kind in ("PNG", "WEBP", "TIFF", "AVIF"):
        data = saved(oriented(6), kind, exif=exif(6), quality=95)
        yield Good(f"a {kind} of orientation 6", f"o6.{kind.lower()}", data)
    yield from _goods_by_mode(rgb)
    yield from _goods_by_profile(rgb)
    yield from _goods_by_kind(rgb)
    yield from _goods_by_size()


def _goods_by_mode(rgb: Image.Image) -> Iterator[Good]:
    yield Good("RGB", "rgb.png", saved(rgb, "PNG"))
    yield Good("grey", "l.png", saved(rgb.convert("L"), "PNG"), grey())
    yield Good("grey with alpha", "la.png", saved(with_alpha("LA"), "PNG"), grey())
    yield Good("grey JPEG", "l.jpg", saved(rgb.convert("L"), "JPEG", quality=95), grey())
    yield Good("a palette", "p.png", saved(rgb.quantize(8), "PNG"))
    corners = (WHITE, GREEN, BLUE, YELLOW)
    palette = _transparent_palette()
    transparency = palette.info["transparency"]
    yield Good(
        "a palette with transparency", "pt.png", saved(palette, "PNG", transparency=transparency), corners
    )
    black_white = Image.new("1", SIZE, 1)
    black_white.paste(0, (0, 0, 60, 40))
    yield Good("one bit", "1.png", saved(black_white, "PNG"), ((0, 0, 0), WHITE, WHITE, WHITE))
    yield Good(
        "one bit in CCITT",
        "g4.tif",
        saved(black_white, "TIFF", compression="group4"),
        ((0, 0, 0), WHITE, WHITE, WHITE),
    )
    yield Good("RGBA", "rgba.png", saved(with_alpha(), "PNG"))
    yield Good("RGBA that hides nothing", "opaque.png", saved(rgb.convert("RGBA"), "PNG"))
    yield Good(
        "RGB with a colour that is transparent",
        "trns.png",
        saved(rgb, "PNG", transparency=RED),
        (WHITE, *CORNERS[1:]),
    )
    yield Good("16 bits of grey", "i16.png", saved(grey_sixteen(), "PNG"), grey())
    yield Good("16 bits of grey in TIFF", "i16.tif", saved(grey_sixteen(), "TIFF"), grey())
    yield Good("16 bits of RGB", "rgb16.png", sixteen_bits(rgb))
    yield Good("16 bits of RGBA", "rgba16.png", sixteen_bits(with_alpha()))
    yield Good("16 bits of grey with alpha", "la16.png", sixteen_bits(with_alpha("LA")), grey())
    yield Good("four bits of grey", "l4.png", four_bits(), grey())
    yield Good("RGB in planes in TIFF", "planes.tif", tiff(3, planar=True))
    yield Good("RGB in strips in TIFF", "strips.tif", tiff(3, planar=False), size=(120, 81))
    yield Good("YCbCr in TIFF", "ycc.tif", saved(rgb.convert("YCbCr"), "TIFF"))
    yield Good("L*a*b*", "lab.tif", saved(_lab(rgb), "TIFF"))
    yield Good("a JPEG that stores RGB", "keep.jpg", saved(rgb, "JPEG", keep_rgb=True, quality=95))
    yield Good("a progressive JPEG", "prog.jpg", saved(rgb, "JPEG", progressive=True, quality=95))
    inked = ("CST-P008",)
    adobe = saved(cmyk(rgb), "JPEG", quality=95)
    yield Good("CMYK by Adobe, inverted", "adobe.jpg", adobe, codes=inked)
    negative = cmyk(rgb).point([255 - value for value in range(256)] * 4)
    plain = without_adobe(saved(negative, "JPEG", quality=95))
    yield Good("CMYK without an Adobe segment", "plain.jpg", plain, codes=inked)
    yield Good("YCCK", "ycck.jpg", ycck(), codes=inked)
    yield Good("CMYK in TIFF", "cmyk.tif", saved(cmyk(rgb), "TIFF"), codes=inked)


def _lab(rgb: Image.Image) -> Image.Image:
    from PIL import ImageCms

    made = ImageCms.profileToProfile(
        rgb, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB", 5000), outputMode="LAB"
    )
    assert made is not None
    return made


def _goods_by_profile(rgb: Image.Image) -> Iterator[Good]:
    over = (BLUE, GREEN, RED, (20, 220, 240))
    swapped = profiles.swapped()
    yield Good("JPEG in sRGB", "srgb.jpg", saved(rgb, "JPEG", icc_profile=profiles.srgb(), quality=95))
    for file, kind in (("icc.jpg", "JPEG"), ("icc.png", "PNG"), ("icc.tif", "TIFF"), ("icc.webp", "WEBP")):
        yield Good(
            f"{kind} whose profile has red and blue changed over",
            file,
            saved(rgb, kind, icc_profile=swapped, quality=95),
            over,
        )
    yield Good("RGBA with that profile", "icca.png", saved(with_alpha(), "PNG", icc_profile=swapped), over)
    yield Good(
        "a palette with that profile", "iccp.png", saved(rgb.quantize(8), "PNG", icc_profile=swapped), over
    )
    light = cornered(corners=((55,) * 3, (0,) * 3, WHITE, (55,) * 3)).convert("L")
    expected = ((128,) * 3, (0, 0, 0), WHITE, (128,) * 3)
    yield Good(
        "grey with a linear profile",
        "linear.png",
        saved(light, "PNG", icc_profile=profiles.linear_grey()),
        expected,
    )
    yield Good(
        "grey with a profile for RGB",
        "l-srgb.jpg",
        saved(rgb.convert("L"), "JPEG", icc_profile=profiles.srgb(), quality=95),
        grey(),
    )
    brown: Colour = (119, 66, 42)
    inks = profiles.inks({6: (34, 20, 24)})  # magenta and yellow
    solid = Image.new("CMYK", SIZE, (0, 255, 255, 0))
    for file, kind in (("inks.jpg", "JPEG"), ("inks.tif", "TIFF")):
        yield Good(
            f"CMYK with a profile in {kind}",
            file,
            saved(solid, kind, icc_profile=inks, quality=95),
            (brown,) * 4,
        )
    broken = ("CST-P008",)
    yield Good(
        "a broken profile",
        "broken.jpg",
        saved(rgb, "JPEG", icc_profile=swapped[:200], quality=95),
        codes=broken,
    )
    yield Good(
        "a profile of nonsense", "nonsense.png", saved(rgb, "PNG", icc_profile=b"no profile"), codes=broken
    )
    yield Good(
        "a profile for CMYK on RGB",
        "wrong.jpg",
        saved(rgb, "JPEG", icc_profile=inks, quality=95),
        codes=broken,
    )
    adobe = saved(cmyk(rgb), "JPEG", icc_profile=swapped, quality=95)
    yield Good("a profile for RGB on CMYK", "wrong-cmyk.jpg", adobe, codes=broken)


def _goods_by_kind(rgb: Image.Image) -> Iterator[Good]:
    several = ("CST-P009",)
    yield Good("a GIF", "a.gif", saved(rgb.quantize(8), "GIF"))
    yield Good("an animated GIF", "anim.gif", frames("GIF"), codes=several)
    yield Good("an animated WebP", "anim.webp", frames("WEBP", quality=95), codes=several)
    yield Good("an animated PNG", "anim.png", frames("PNG"), codes=several)
    yield Good("an animated AVIF", "anim.avif", frames("AVIF", quality=95), codes=several)
    yield Good("a TIFF of three pages", "pages.tif", frames("TIFF"), codes=several)
    yield Good("a telephone's JPEG with a second picture", "mpo.jpg", frames("MPO", quality=95))
    yield Good("WebP", "a.webp", saved(rgb, "WEBP", quality=95))
    yield Good("WebP without loss", "ll.webp", saved(rgb, "WEBP", lossless=True))
    yield Good("WebP with alpha", "alpha.webp", saved(with_alpha(), "WEBP", lossless=True))
    yield Good("AVIF", "a.avif", saved(rgb, "AVIF", quality=95))
    yield Good("AVIF with alpha", "alpha.avif", saved(with_alpha(), "AVIF", quality=95))
    yield Good("JPEG 2000", "a.jp2", saved(rgb, "JPEG2000"))
    yield Good("BMP", "a.bmp", saved(rgb, "BMP"))
    yield Good("TIFF in LZW", "lzw.tif", saved(rgb, "TIFF", compression="tiff_lzw"))
    yield Good("TIFF in JPEG", "jpeg.tif", saved(rgb, "TIFF", compression="jpeg", quality=95))
    renamed = ("CST-P005",)
    yield Good("a JPEG called .png", "jpeg.png", saved(rgb, "JPEG", quality=95), codes=renamed)
    yield Good("a WebP called .jpg", "webp.jpg", saved(rgb, "WEBP", quality=95), codes=renamed)
    yield Good("a PNG without an ending", "png", saved(rgb, "PNG"), codes=renamed)


def _goods_by_size() -> Iterator[Good]:
    yield Good("one pixel", "one.png", saved(Image.new("RGB", (1, 1), RED), "PNG"), (RED,) * 4, (1, 1))
    # base: 40 em of 10.5 pt = 420 pt, at 300 dpi 1750 px
    yield Good(
        "a photograph of 6 megapixels",
        "photograph.jpg",
        saved(cornered((3000, 2000)), "JPEG", quality=90),
        size=(1750, 1167),
    )
    turned = saved(cornered((2000, 3000)).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif(6))
    yield Good("a photograph of 6 megapixels on its side", "tall.jpg", turned, size=(1750, 2625))
    yield Good(
        "a large PNG with alpha",
        "large.png",
        saved(with_alpha().resize((3600, 2400), 0), "PNG"),
        size=(1750, 1167),
    )
    yield Good(
        "a PNG hardly too large", "hardly.png", saved(cornered((1800, 1200)), "PNG"), size=(1800, 1200)
    )
    yield Good("a strip", "strip.png", saved(cornered((2000, 20)), "PNG"), size=(1750, 18))
    yield Good(
        "a 16-bit scan",
        "scan.png",
        saved(grey_sixteen().resize((2400, 1600), 0), "PNG"),
        grey(),
        (1750, 1167),
    )


def solid_png(width: int, height: int) -> bytes:
    """A black PNG of one bit a pixel, made row by row."""
    row = bytes(1 + (width + 7) // 8)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row * 100) for _ in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="80">'


def svg(inner: str) -> bytes:
    """A drawing of 120 × 80 px."""
    return f"{SVG_HEAD}{inner}</svg>".encode()


def bads() -> Iterator[Bad]:
    """Yield every picture that is refused."""
    for kind, file in (("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif"),
                       ("BMP", "bmp"), ("TIFF", "tif"), ("JPEG2000", "jp2")):  # fmt: skip
        data = noisy(kind)
        yield Bad(f"half a {kind}", f"half.{file}", data[: len(data) // 2], "CST-P003", "damaged")
    progressive = noisy("JPEG", progressive=True)
    yield Bad(
        "half a progressive JPEG",
        "half-prog.jpg",
        progressive[: len(progressive) // 2],
        "CST-P003",
        "damaged",
    )
    yield Bad("a JPEG without its end mark", "end.jpg", noisy("JPEG")[:-2], "CST-P003", "its end is missing")
    for kind, file, says in (
        ("JPEG", "jpg", "its end is missing"),
        ("WEBP", "webp", "its end is empty"),
        ("AVIF", "avif", "its end is empty"),
    ):
        data = noisy(kind)
        empty = data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
        yield Bad(f"a {kind} whose second half did not arrive", f"empty.{file}", empty, "CST-P003", says)
    large = saved(Image.effect_noise((2600, 1800), 60), "JPEG")
    yield Bad("a large JPEG that breaks off at its end", "large.jpg", large[:-300], "CST-P003", "damaged")
    missing = "a part of it is missing"
    yield Bad("a TIFF without its blue", "no-blue.tif", tiff(2, planar=True), "CST-P003", missing)
    yield Bad("a TIFF with red only", "red.tif", tiff(1, planar=True), "CST-P003", missing)
    yield Bad("a TIFF without its last strip", "no-end.tif", tiff(2, planar=False), "CST-P003", missing)
    flipped = bytearray(noisy("PNG"))
    flipped[len(flipped) // 2] ^= 1
    yield Bad("a PNG with one bit changed", "bit.png", bytes(flipped), "CST-P003", "damaged")
    fax = bytearray(saved(Image.effect_noise((300, 200), 60).convert("1"), "TIFF", compression="group4"))
    fax[len(fax) // 2 : len(fax) // 2 + 40] = b"\x55" * 40
    yield Bad("a CCITT TIFF of which a part is changed", "fax.tif", bytes(fax), "CST-P003", "damaged")
    yield Bad(
        "a mixture of bytes",
        "noise.jpg",
        Image.effect_noise((99, 99), 60).tobytes(),
        "CST-P003",
        "not a picture",
    )
    yield Bad("an empty file", "nothing.png", b"", "CST-P003", "empty")
    yield Bad("text", "text.png", "不是图片".encode(), "CST-P003", "not a picture")
    yield from _foreign()
    yield from _impossible()
    yield from _drawings()


def _foreign() -> Iterator[Bad]:
    box = b"\0\0\0\x18ftyp"
    for what, file, data, says in (
        ("a HEIC", "iphone.heic", box + b"heic\0\0\0\0mif1heic", "HEIC"),
        ("a HEIC called .jpg", "iphone.jpg", box + b"heic\0\0\0\0mif1heic", "HEIC"),
        ("a raw photograph of Canon's", "raw.cr3", box + b"crx \0\0\0\0crx isom", "raw"),
        ("a raw photograph of Nikon's", "raw.nef", noisy("TIFF"), "raw"),
        ("a DNG", "raw.dng", saved(cornered(), "TIFF", tiffinfo={50706: b"\1\4\0\0"}), "raw"),
        ("a DNG called .tif", "raw.tif", saved(cornered(), "TIFF", tiffinfo={50706: b"\1\4\0\0"}), "raw"),
        ("a Photoshop document", "a.psd", b"8BPS\0\1" + bytes(100), "Photoshop"),
        ("a PDF", "a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a PostScript drawing", "a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        ("a video", "a.mp4", box + b"isom\0\0\2\0isomiso2", "video"),
        ("a Word document", "a.docx", b"PK\3\4" + bytes(100), "office"),
        ("a web page called .jpg", "page.jpg", b"<!DOCTYPE html><html><svg></svg></html>", "web page"),
        ("a JPEG XL", "a.jxl", b"\xff\x0a" + bytes(100), "JPEG XL"),
        ("a compressed SVG", "a.svgz", b"\x1f\x8b\x08" + bytes(100), "compressed"),
        ("a metafile", "a.emf", b"\1\0\0\0" + bytes(36) + b" EMF", "metafile"),
        ("32 bits of grey", "i.tif", saved(Image.new("I", SIZE, 9), "TIFF"), "32 bits"),
        ("grey in floating point", "f.tif", saved(Image.new("F", SIZE, 0.5), "TIFF"), "32 bits"),
    ):
        yield Bad(what, file, data, "CST-P006", says)


def _impossible() -> Iterator[Bad]:
    yield Bad(
        "144 megapixels", "144.png", solid_png(12_000, 12_000), "CST-P004", "144 megapixels (12000 × 12000)"
    )
    yield Bad("900 megapixels", "900.png", solid_png(30_000, 30_000), "CST-P004", "900 megapixels")
    claims = png(2**31 - 1, 2**31 - 1, b"", colour=6)
    yield Bad("all the pixels there can be", "claims.png", claims, "CST-P004", "megapixels")
    yield Bad("no width", "zero.png", png(0, 80, b""), "CST-P003", "damaged")
    yield Bad("30,000 × 1", "line.png", saved(Image.new("L", (30_000, 1)), "PNG"), "CST-P007", "30000 × 1 px")
    yield Bad("1 × 30,000", "pole.png", saved(Image.new("L", (1, 30_000)), "PNG"), "CST-P007", "1 × 30000 px")
    hidden = with_alpha()
    hidden.putalpha(0)
    yield Bad("nothing but transparency", "hidden.png", saved(hidden, "PNG"), "CST-P007", "transparent")


def _drawings() -> Iterator[Bad]:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{levels}]><svg xmlns="http://www.w3.org/2000/svg"><desc>&e9;</desc></svg>'
    yield Bad("a drawing with an entity bomb", "bomb.svg", bomb.encode(), "CST-P011", "entity")
    outside = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"/>'
    )
    yield Bad("a drawing with an entity from outside", "entity.svg", outside.encode(), "CST-P011", "entity")
    tens = (f'<use href="#u{n}"/>' * 10 for n in range(7))
    uses = "".join(f'<g id="u{n}">{ten}</g>' for n, ten in enumerate(tens, start=1))
    rect = '<rect id="u0" width="1" height="1"/>'
    for what, inner, code, says in (
        ("a picture from outside", '<image href="file:///etc/a.png"/>', "CST-P011", "<image>"),
        ("a part from outside", '<use xlink:href="https://example.org/a.svg#a"/>', "CST-P011", "example.org"),
        (
            "paint from outside",
            '<path style="fill: url(https://example.org/a.svg#a)"/>',
            "CST-P011",
            "example.org",
        ),
        (
            "a style sheet from outside",
            "<style>@import 'https://example.org/a.css';</style>",
            "CST-P011",
            "@import",
        ),
        ("an escaped address", "<style>a{fill:\\75 rl(//example.org)}</style>", "CST-P011", "backslash"),
        ("a script", "<script>alert(1)</script>", "CST-P011", "<script>"),
        ("a web page inside", "<foreignObject/>", "CST-P011", "<foreignObject>"),
        ("text along a path", '<text><textPath href="#p">字</textPath></text>', "CST-P011", "along a path"),
        ("text sideways", '<text style="writing-mode: sideways-lr">字</text>', "CST-P011", "sideways-lr"),
        ("text nowhere", '<text x="1 2 nan">字</text>', "CST-P003", "nan"),
        ("a filter", '<rect filter="url(#f)"/>', "CST-P011", "filter"),
        ("a mask", "<style>.a{mask:url(#m)}</style>", "CST-P011", "mask"),
        ("a colour of CMYK", '<rect fill="device-cmyk(0 1 1 0)"/>', "CST-P011", "device-cmyk"),
        ("a CSS variable", '<rect fill="var(--x)"/>', "CST-P011", "variable"),
        ("ten million parts", f"<defs>{rect}{uses}</defs><use href='#u7'/>", "CST-P004", "elements"),
        ("parts in a circle", '<g id="a"><use href="#a"/></g>', "CST-P011", "circle"),
        ("parts 500 deep", "<g>" * 500 + "</g>" * 500, "CST-P004", "nested"),
    ):
        name = what.replace(" ", "-")
        yield Bad(f"a drawing with {what}", f"{name}.svg", svg(inner), code, says)
    no_size = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9"/></svg>'
    yield Bad("a drawing without a size", "no-size.svg", no_size, "CST-P007", "no size")
    yield Bad(
        "a drawing of no size",
        "zero.svg",
        no_size.replace(b"<svg", b'<svg viewBox="0 0 0 0"'),
        "CST-P007",
        "no area",
    )
    yield Bad("half a drawing", "half.svg", svg("<rect/>")[:-9], "CST-P003", "damaged")
    yield Bad(
        "a drawing without its name space", "bare.svg", b'<svg width="9" height="9"/>', "CST-P003", "xmlns"
    )
