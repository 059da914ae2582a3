"""Pictures made of pixels: decoded to the last row, upright, in sRGB, no larger than they are printed."""

from __future__ import annotations

import io
import math
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cstprint.diagnostics import msg
from cstprint.pictures.colour import plain_mode, to_srgb
from cstprint.pictures.jpeg import JpegFacts, read_jpeg
from cstprint.pictures.kinds import AVIF, BMP, GIF, JPEG, PNG, TIFF, WEBP, Kind
from cstprint.pictures.png import is_plain
from cstprint.pictures.prepared import PreparedPicture, Remark, UnprintableError, check_shape, damaged

if TYPE_CHECKING:
    from PIL.Image import Image

#: What is encoded again, on Pillow's scale, which ends at 95.
JPEG_QUALITY = 92
#: Up to here a JPEG keeps its colours at full resolution.
FULL_COLOUR_PIXELS = 1_000_000
#: zlib's, for PNGs, whose compressed rows go into the PDF: 9 takes four times as long for a hundredth of the size.
PNG_LEVEL = 6
#: A picture this much over its limit is left as it is: the real issue's drawings, 3 % too wide, grew by a third when
#: they were scaled, and were less sharp.
SLACK = 1.05
#: A compressed file that ends in zero bytes for so much of its length is a download that broke off in a file of full
#: size, which WebP and AVIF decode without a word. A sound lossless WebP of plain gradients was seen to have .004.
EMPTY_PART = 0.05

_DNG_VERSION = 50706
_ORIENTATION = 0x112


@dataclass
class _Source:
    """A picture on its way: the file, what it is, what there is to say about it."""

    data: bytes
    kind: Kind
    jpeg: JpegFacts | None
    image: Any
    remarks: list[Remark] = field(default_factory=list)
    changed: bool = False


def prepare_raster(data: bytes, kind: Kind, limit_px: int) -> tuple[PreparedPicture, list[Remark]]:
    """Return the picture fit for print; raises ``UnprintableError``.

    At most ``limit_px`` wide and twice as high, where that is not 0: no page's text block is higher than that.
    """
    from PIL import Image, ImageFile, UnidentifiedImageError

    # WeasyPrint sets the first when it is imported, and then a truncated picture decodes to grey without a word.
    # The second would say less about what is too large than we do.
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings(), _libtiff_watched(kind):
            warnings.simplefilter("ignore")  # Pillow's, about metadata
            return _prepare(data, kind, limit_px)
    except UnidentifiedImageError:
        raise damaged(msg("it cannot be read as {kind}", kind=kind.name)) from None
    except MemoryError:
        message = msg("The picture needs more memory than there is.")
        raise UnprintableError("CST-P004", message, SCALE_DOWN) from None
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError) as exception:
        raise damaged(str(exception).rstrip(".") or type(exception).__name__) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _prepare(data: bytes, kind: Kind, limit_px: int) -> tuple[PreparedPicture, list[Remark]]:
    from PIL import Image

    jpeg = read_jpeg(data) if kind is JPEG else None
    _check_whole(data, kind, jpeg)
    if kind is PNG:
        with Image.open(io.BytesIO(data), formats=(kind.plugin,)) as image:
            image.verify()  # the checksums, which decoding does not look at
    with Image.open(io.BytesIO(data), formats=(kind.plugin,)) as image:
        _check_size(image, kind)
        if kind is TIFF:
            _check_parts(image)
        source = _Source(data, kind, jpeg, image)
        file_width, _ = _upright(image)
        _note_others(source)
        scale = _scale(image, limit_px)
        if kind is JPEG and scale < 1:
            # Eighths, quarters or halves come cheaper from the decoder; twice the size is left for good resampling.
            image.draft(image.mode, (round(image.width * scale * 2), round(image.height * scale * 2)))
        image.load()
        upright = _finish(source, limit_px)
        encoded = _encoded(source, upright)
        return replace(encoded, file_width_px=file_width), source.remarks


def _check_whole(data: bytes, kind: Kind, jpeg: JpegFacts | None) -> None:
    """Refuse files that break off where Pillow would not notice."""
    if jpeg is not None and not jpeg.whole:
        raise damaged(msg("its end is missing"))
    empty = len(data) - len(data.rstrip(b"\0"))
    if kind in (WEBP, AVIF) and empty > max(64, EMPTY_PART * len(data)):
        raise damaged(msg("its end is empty"))


SCALE_DOWN = msg("Scale it down: 4,000 px wide is enough for a full page.")


def _check_size(image: Image, kind: Kind) -> None:
    pixels = image.width * image.height
    if pixels > kind.max_pixels:
        message = msg(
            "The picture has {size} megapixels ({width} × {height}); at most {limit} can be printed.",
            size=pixels // 1_000_000,
            width=image.width,
            height=image.height,
            limit=kind.max_pixels // 1_000_000,
        )
        raise UnprintableError("CST-P004", message, SCALE_DOWN)
    check_shape(image.width, image.height)


def _check_parts(image: Any) -> None:
    """Refuse a TIFF that lists fewer strips or tiles than its picture has: Pillow leaves the others black.

    TIFF 6.0, sections 8 and 15.
    """
    tags = image.tag_v2
    width, height = tags[256], tags[257]
    if 324 in tags:  # TileOffsets
        offsets, wanted = tags[324], math.ceil(width / tags[322]) * math.ceil(height / tags[323])
    else:  # StripOffsets, RowsPerStrip
        offsets, wanted = tags.get(273, ()), math.ceil(height / min(height, tags.get(278, height)))
    planes = tags.get(277, 1) if tags.get(284, 1) == 2 else 1
    listed = len(offsets) if isinstance(offsets, tuple) else 1
    if listed < wanted * planes:
        raise damaged(msg("a part of it is missing"))


def _note_others(source: _Source) -> None:
    """Remark on further pictures in the file; the second of a telephone's JPEG is a preview or a map of depths."""
    if source.kind is TIFF and _DNG_VERSION in source.image.tag_v2:
        message = msg("This is {what}, which cannot be printed.", what=msg("a camera's raw photograph"))
        raise UnprintableError("CST-P006", message, msg("Develop it, and save it as JPEG."))
    count = 1 if source.kind is JPEG else getattr(source.image, "n_frames", 1)
    if count > 1:
        source.remarks.append(Remark("several", {"count": count}))
        source.changed = True
        source.image.seek(0)


def _upright(image: Image) -> tuple[int, int]:
    """Return the picture's width and height as it is printed, whichever way its file has it."""
    turned = image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
    return (image.height, image.width) if turned else (image.width, image.height)


def _scale(image: Image, limit_px: int) -> float:
    """Return the factor that brings the picture down to its limit; 1 where it is small enough."""
    if limit_px <= 0:
        return 1.0
    width, height = _upright(image)
    scale = min(limit_px / width, 2 * limit_px / height)
    return scale if scale * SLACK < 1 else 1.0


def _finish(source: _Source, limit_px: int) -> Image:
    """Return the decoded picture upright, small enough, grey or sRGB."""
    from PIL import Image as Images

    loaded: Image = source.image
    orientation = loaded.getexif().get(_ORIENTATION, 1)
    # L*a*b* says what it means by itself.
    profile = loaded.info.get("icc_profile") if loaded.mode != "LAB" else None
    scale = _scale(loaded, limit_px)
    image = plain_mode(loaded)
    # A palette alone is no change: PNGs with one are printed as they are.
    source.changed = source.changed or (image is not loaded and (loaded.mode, image.mode) != ("P", "RGB"))
    if image.mode == "CMYK" and source.jpeg is not None and not source.jpeg.by_adobe:
        from PIL import ImageChops

        image = ImageChops.invert(
            image
        )  # Pillow takes every CMYK JPEG for one of Adobe's, which are inverted
    if scale < 1:
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, Images.Resampling.LANCZOS, reducing_gap=3.0)
    if orientation in _TURNS:
        image = image.transpose(Images.Transpose[_TURNS[orientation]])
    coloured, remarks = to_srgb(image, profile)
    finished = _without_idle_alpha(coloured)
    source.remarks += remarks
    source.changed = source.changed or scale < 1 or orientation in _TURNS or finished is not image
    return finished


#: EXIF's orientations as Pillow's turns.
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def _without_idle_alpha(image: Image) -> Image:
    """Drop an alpha channel that hides nothing; refuse one that hides all."""
    if image.mode not in ("LA", "RGBA"):
        return image
    lowest, highest = image.getchannel("A").getextrema()
    if highest == 0:
        message = msg("The picture is completely transparent: nothing of it could be seen.")
        raise UnprintableError("CST-P007", message, msg("Export it again, with its background."))
    return image.convert(image.mode[:-1]) if lowest == 255 else image


def _encoded(source: _Source, image: Image) -> PreparedPicture:
    """Return the picture's bytes: those of the file where nothing had to be changed."""
    if not source.changed and source.jpeg is not None and source.jpeg.fits_pdf:
        return PreparedPicture(source.jpeg.bare, "image/jpeg", image.width, image.height)
    if not source.changed and source.kind is PNG and _fits_png(source) and image.mode in ("LA", "RGBA"):
        return PreparedPicture(source.data, "image/png", image.width, image.height)
    stream = io.BytesIO()
    image.info = {}  # or Pillow would write profile, comments and dates of the source again
    if _is_lossy(source) and image.mode in ("L", "RGB"):
        sampling = 0 if image.width * image.height <= FULL_COLOUR_PIXELS else 2  # 4:4:4 or 4:2:0
        image.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=sampling, optimize=True)
        return PreparedPicture(stream.getvalue(), "image/jpeg", image.width, image.height)
    image.save(stream, "PNG", compress_level=PNG_LEVEL)
    made = stream.getvalue()
    if not source.changed and source.kind is PNG and _fits_png(source) and is_plain(source.data):
        made = min(source.data, made, key=len)
    return PreparedPicture(made, "image/png", image.width, image.height)


def _fits_png(source: _Source) -> bool:
    """Return whether a PNG has 8 bits a channel or fewer, and no EXIF for the layout engine to act upon."""
    return source.data[24] <= 8 and "exif" not in source.image.info


def _is_lossy(source: _Source) -> bool:
    """Return whether the source has lost its finest detail already, so that a good JPEG takes nothing from it."""
    if source.kind is TIFF:
        return source.image.info.get("compression") in ("jpeg", "tiff_jpeg", "webp")
    if source.kind is WEBP:
        return b"VP8 " in source.data[:1024]
    return source.kind not in (PNG, GIF, BMP)


@contextmanager
def _libtiff_watched(kind: Kind) -> Iterator[None]:
    """Turn libtiff's complaints into an error.

    It writes them to the process's stderr and goes on with whatever it has; Pillow does not notice.
    """
    if kind is not TIFF:
        yield
        return
    with tempfile.TemporaryFile() as said:
        stderr = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
        said.seek(0)
        lines = [line.strip() for line in said.read(100_000).decode("utf-8", "replace").splitlines()]
    complaints = [line for line in lines if line and "warning" not in line.lower()]
    if complaints:
        raise ValueError(complaints[0])
