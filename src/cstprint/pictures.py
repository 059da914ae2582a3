"""Pictures: found, fully decoded and measured before anything is laid out.

A truncated JPEG or a file with the wrong ending would otherwise print as an empty box without a word. That a
picture decodes is remembered by its content, so that it is decoded for this once and not at every render.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

from cstprint.diagnostics import Message, Result, error, msg, suggest
from cstprint.source import SourceText

#: 144 megapixels took 1.1 GB to decode in a trial; a spread at 600 dpi has 70.
MAX_PIXELS = 100_000_000
MAX_BYTES = 200_000_000
FORMATS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that decodes: its format and its size in px."""

    format: str
    width_px: int
    height_px: int


class _UnprintableError(Exception):
    """A picture that cannot be printed: code, what is wrong, what to do."""

    def __init__(self, code: str, message: Message, hint: Message | None = None):
        super().__init__(str(message))
        self.code, self.message, self.hint = code, message, hint


def inspect_picture(name: SourceText, folder: Path, cache_folder: Path) -> Result[Picture]:
    """Return the picture ``name`` below ``folder``, or why it cannot be printed."""
    try:
        path = _find(name, folder)
        picture = _decoded(path, cache_folder)
        _check_suffix(path, picture)
    except _UnprintableError as exception:
        span = name.place(0, 0, len(name))
        return Result(None, (error(exception.code, exception.message, span=span, hint=exception.hint),))
    return Result(picture)


def _find(name: SourceText, folder: Path) -> Path:
    path = folder / name
    if not path.exists() and not path.is_symlink():
        raise _UnprintableError(
            "CST-P001", msg("There is no picture “{name}”.", name=str(name)), _where_it_may_be(name, folder)
        )
    if path.resolve() != folder.resolve() / name:
        hint = msg("Put the file itself into the issue's folder.")
        raise _UnprintableError("CST-P002", msg("“{name}” is a link.", name=str(name)), hint)
    if not path.is_file():
        raise _UnprintableError("CST-P002", msg("“{name}” is not a file.", name=str(name)))
    return path


def _decoded(path: Path, cache_folder: Path) -> Picture:
    """Return what the file holds, from memory where this very content has been decoded before."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as exception:
        reason = exception.strerror or type(exception).__name__
        raise _UnprintableError(
            "CST-P003", msg("The picture cannot be read: {reason}.", reason=reason)
        ) from None
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        message = msg("The picture's file is larger than {limit} MB.", limit=limit)
        raise _UnprintableError("CST-P004", message, _SCALE_DOWN)
    memory = cache_folder / "pictures" / f"{hashlib.sha256(data).hexdigest()}.json"
    try:
        return Picture(**json.loads(memory.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        picture = _decode(data)
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(asdict(picture)), "utf-8")
    except OSError:
        pass  # a cache that cannot be written costs time, nothing else
    return picture


def _decode(data: bytes) -> Picture:
    """Decode a picture to its last row."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    # WeasyPrint sets this when it is imported, and then a truncated picture decodes to grey without a word.
    tolerant, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MAX_PIXELS is checked below
            with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as image:
                picture = Picture(str(image.format), image.width, image.height)
                _check_pixels(picture)
                image.load()
    except UnidentifiedImageError:
        message, hint = msg("This is not a PNG or JPEG picture."), msg("Save it as .jpg or .png.")
        raise _UnprintableError("CST-P003", message, hint) from None
    except Image.DecompressionBombError:
        raise _UnprintableError(
            "CST-P004", msg("The picture has far too many pixels."), _SCALE_DOWN
        ) from None
    except (OSError, SyntaxError, ValueError) as exception:
        message = msg("The picture is damaged: {reason}.", reason=str(exception).rstrip("."))
        hint = msg("Ask for the file again, or open and save it in a picture editor.")
        raise _UnprintableError("CST-P003", message, hint) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant
    return picture


_SCALE_DOWN = msg("Scale it down: 4,000 px across is enough for a full page.")


def _check_pixels(picture: Picture) -> None:
    pixels = picture.width_px * picture.height_px
    if pixels > MAX_PIXELS:
        message = msg(
            "The picture has {size} megapixels; at most {limit} can be printed.",
            size=pixels // 1_000_000,
            limit=MAX_PIXELS // 1_000_000,
        )
        raise _UnprintableError("CST-P004", message, _SCALE_DOWN)


def _check_suffix(path: Path, picture: Picture) -> None:
    known = FORMATS[picture.format]
    if path.suffix.lower() not in known:
        message = msg(
            "The file is a {kind}, but its name ends in “{suffix}”.", kind=picture.format, suffix=path.suffix
        )
        raise _UnprintableError("CST-P005", message, msg("Rename it to end in {suffix}.", suffix=known[0]))


def _where_it_may_be(name: SourceText, folder: Path) -> Message:
    suffixes = {suffix for known in FORMATS.values() for suffix in known}
    found = (path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    files = sorted(path.relative_to(folder).as_posix() for path in found)
    return suggest(str(name), files) or msg("Put it there: {path}", path=str(name))
