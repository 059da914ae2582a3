"""The pictures of a Word file: their bytes by address, cropped as Word shows them."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from PIL import Image

from cstprint.diagnostics import Message, msg
from cstprint.importing.word.package import Package
from cstprint.importing.word.tally import Tally, shortened
from cstprint.importing.word.xml import number_of
from cstprint.pictures.kinds import JPEG, kind_of
from cstprint.pictures.prepare import MAX_BYTES
from cstprint.pictures.prepared import UnprintableError

#: Of a side, in 1/100,000: less than a thousandth of it is no crop.
_LEAST_CROP = 100
_WHOLE = 100_000
#: A turn is 60,000 for each degree (ECMA-376, part 1, 20.1.10.3).
_QUARTER = 90 * 60_000
_QUALITY = 95
_SAVE_PNG = msg(
    "In Word: right-click it, Save as Picture, as PNG. Put the file into images/ and name it in issue.yaml."
)

Sides = tuple[int, int, int, int]


@dataclass(slots=True)
class Media:
    """``files`` has the pictures by address; ``None`` for one that is not there, which has been reported.

    ``prefix`` makes the addresses of several documents different.
    """

    package: Package
    tally: Tally
    prefix: str
    files: dict[str, bytes | None] = field(default_factory=dict)

    def part(self, name: str, crop: Sides, turn: int, paragraph: Element) -> str:
        """Return the address of a picture that is a part of the package."""
        data = self.package.data(name, MAX_BYTES)
        address = self.prefix + (PurePosixPath(name).name or "picture")
        if data is None:
            return self._missing(
                address,
                msg("A picture is missing from the Word file: {name}", name=shortened(name)),
                paragraph,
            )
        try:
            kind_of(data, PurePosixPath(name).suffix)
        except UnprintableError as exception:
            return self._missing(
                address,
                msg("A picture cannot be printed: {name}. {reason}", name=address, reason=exception.message),
                paragraph,
                _SAVE_PNG,
            )
        if any(side > _LEAST_CROP for side in crop) or turn % 4:
            data, address = self._changed(data, address, crop, turn, paragraph)
        if self.files.get(address, data) != data:  # the same name in another folder of the package
            address = _with(address, hashlib.sha256(data).hexdigest()[:6])
        self.files[address] = data
        return address

    def outside(self, address: str, paragraph: Element) -> str:
        """Return the address of a picture that the Word file only names; nothing outside the package is opened."""
        if re.match(r"(?:https?:)?//", address) and "\\" not in address:
            return address
        return self._missing(
            address or "?",
            msg("A picture is not in the Word file but linked: {address}", address=shortened(address, 200)),
            paragraph,
            msg(
                "In Word: Insert › Pictures › Insert, not Link. Or put the picture into images/ and "
                "name it in issue.yaml."
            ),
        )

    def _missing(
        self, address: str, message: Message, paragraph: Element, hint: Message | None = None
    ) -> str:
        if self.files.setdefault(address, None) is None:
            self.tally.warn("CST-I012", message, paragraph, hint or msg("A box is printed in its place."))
        return address

    def _changed(
        self, data: bytes, address: str, crop: Sides, turn: int, paragraph: Element
    ) -> tuple[bytes, str]:
        """Return a picture's bytes as Word shows it, and its address; as it is where that cannot be done."""
        changed = shown(data, crop, turn)
        if changed is None:
            self.tally.warn(
                "CST-I012",
                msg("A picture is cropped in Word, but printed uncropped: {name}", name=address),
                paragraph,
                msg("Crop the file itself, or save the picture in Word as it should be: Save as Picture."),
            )
            return data, address
        self.tally.note(
            "CST-I012", msg("A picture was cropped or turned as in Word: {name}", name=address), paragraph
        )
        return changed, _with(address, f"crop-{hashlib.sha256(changed).hexdigest()[:6]}")


def crop_of(source: Element | None) -> Sides:
    """Return how much ``a:srcRect`` takes from left, top, right and bottom, in 1/100,000; 0 where it adds."""
    if source is None:
        return (0, 0, 0, 0)
    left, top, right, bottom = (max(0, number_of(source.get(side))) for side in ("l", "t", "r", "b"))
    return (0, 0, 0, 0) if left + right >= _WHOLE or top + bottom >= _WHOLE else (left, top, right, bottom)


def turn_of(rotation: str | None) -> int:
    """Return how many quarters of a turn, clockwise, a picture is turned by; the nearest."""
    return round(number_of(rotation) / _QUARTER) % 4


def shown(data: bytes, crop: Sides, turn: int) -> bytes | None:
    """Return the bytes of a picture cropped, then turned clockwise; ``None`` where that cannot be done."""
    try:
        kind = kind_of(data, "")
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > kind.max_pixels or not kind.plugin or getattr(image, "n_frames", 1) > 1:
                return None
            left, top, right, bottom = crop
            box = (
                round(width * left / _WHOLE),
                round(height * top / _WHOLE),
                max(round(width * (_WHOLE - right) / _WHOLE), round(width * left / _WHOLE) + 1),
                max(round(height * (_WHOLE - bottom) / _WHOLE), round(height * top / _WHOLE) + 1),
            )
            facts = {
                name: image.info[name] for name in ("icc_profile", "exif", "dpi") if image.info.get(name)
            }
            part = image.crop(box)
            if turn:
                part = part.transpose(
                    (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[
                        turn - 1
                    ]
                )
            stream = io.BytesIO()
            if kind is JPEG:
                part.save(stream, "JPEG", quality=_QUALITY, subsampling=0, **facts)
            else:
                part.save(stream, "PNG", **facts)
            return stream.getvalue()
    except (
        OSError,
        ValueError,
        SyntaxError,
        UnprintableError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None


def _with(address: str, mark: str) -> str:
    folder, _, name = address.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    named = f"{stem}-{mark}{dot}{suffix}" if dot else f"{name}-{mark}"
    return f"{folder}/{named}" if folder else named
