"""Pictures: found, fully decoded and measured before anything is laid out.

A truncated JPEG or a file with the wrong ending would otherwise print as an empty box without a word.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cstprint.diagnostics import Message, Result, error, msg, suggest
from cstprint.source import SourceText, Span

#: 144 megapixels took 1.1 GB to decode in a trial; a spread at 600 dpi has 70.
MAX_PIXELS = 100_000_000
FORMATS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg")}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that decodes: where it is and its size in px."""

    path: Path
    format: str
    width_px: int
    height_px: int


def inspect_picture(name: SourceText, folder: Path) -> Result[Picture]:
    """Return the picture ``name`` below ``folder``, decoded to its last row, or why it cannot be printed."""
    path = folder / name

    def refuse(code: str, message: Message, hint: Message | None = None) -> Result[Picture]:
        return Result(None, (error(code, message, span=_path_span(name), hint=hint),))

    if not path.exists():
        return refuse(
            "CST-P001", msg("There is no picture “{name}”.", name=str(name)), _where_it_may_be(name, folder)
        )
    if path.resolve() != folder.resolve() / name:
        return refuse(
            "CST-P002",
            msg("“{name}” is a link; put the file itself into the issue's folder.", name=str(name)),
        )
    if not path.is_file():
        return refuse("CST-P002", msg("“{name}” is not a file.", name=str(name)))
    return _decode(path, refuse)


class _Refuse(Protocol):
    def __call__(self, code: str, message: Message, hint: Message | None = None) -> Result[Picture]: ...


def _decode(path: Path, refuse: _Refuse) -> Result[Picture]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=tuple(FORMATS)) as image:
                width, height, kind = image.width, image.height, str(image.format)
                if width * height > MAX_PIXELS:
                    limit = MAX_PIXELS // 1_000_000
                    return refuse(
                        "CST-P004",
                        msg(
                            "The picture has {size} megapixels; at most {limit} can be printed.",
                            size=width * height // 1_000_000,
                            limit=limit,
                        ),
                        msg("Scale it down: 4,000 px across is enough for a full page."),
                    )
                image.load()
    except UnidentifiedImageError:
        return refuse("CST-P003", msg("This is not a PNG or JPEG picture."), msg("Save it as .jpg or .png."))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as exception:
        return refuse(
            "CST-P003",
            msg("The picture is damaged: {reason}.", reason=str(exception).rstrip(".")),
            msg("Ask for the file again, or open and save it in a picture editor."),
        )
    if path.suffix.lower() not in FORMATS[kind]:
        return refuse(
            "CST-P005",
            msg("The file is a {kind}, but its name ends in “{suffix}”.", kind=kind, suffix=path.suffix),
            msg("Rename it to end in {suffix}.", suffix=FORMATS[kind][0]),
        )
    return Result(Picture(path, kind, width, height))


def _where_it_may_be(name: SourceText, folder: Path) -> Message | None:
    files = [
        str(p.relative_to(folder))
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in (".png", ".jpg", ".jpeg")
    ]
    return suggest(str(name), files) or msg("Put it there: {path}", path=str(name))


def _path_span(name: SourceText) -> Span:
    return name.place(0, 0, len(name))
