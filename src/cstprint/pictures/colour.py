"""Colours of all kinds to grey or sRGB."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from cstprint.diagnostics import msg
from cstprint.pictures.prepared import Remark, UnprintableError

if TYPE_CHECKING:
    from PIL.Image import Image

#: Steps of 255 between what a profile and sRGB make of the same values: this much is rounding.
SAME = 2


def plain_mode(image: Image) -> Image:
    """Return the picture in L, LA, RGB, RGBA or CMYK: without palette, 8 bits a channel, profiles left alone."""
    mode = image.mode
    if mode in ("P", "PA", "1", "L", "RGB") and image.has_transparency_data:
        return image.convert("RGBA")
    if mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    if mode == "1":
        return image.convert("L")
    if mode.startswith("I;16"):
        # convert("L") would clip at 255
        return image.convert("I").point([(value + 128) // 257 for value in range(65536)], "L")
    if mode in ("I", "F"):
        message = msg("The picture has 32 bits per channel, which cannot be printed.")
        hint = msg("Save it with 8 bits per channel.")
        raise UnprintableError("CST-P006", message, hint)
    if mode == "LAB":
        return _from_lab(image)
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _from_lab(image: Image) -> Image:
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB", 5000), ImageCms.createProfile("sRGB")
    return _converted(image, lab, srgb, "RGB")


def to_srgb(image: Image, profile: bytes | None) -> tuple[Image, list[Remark]]:
    """Return a picture in L, LA, RGB, RGBA or CMYK as grey or sRGB: by its profile, where there is a sound one.

    The very same picture is returned where nothing had to change.
    """
    from PIL import Image as Images

    remarks = []
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if profile:
        colours = image.convert(image.mode[:-1]) if alpha else image
        try:
            converted = _by_profile(colours, profile)
        except (
            OSError,
            ValueError,
            TypeError,
            KeyError,
        ):  # PyCMSError is an OSError's cousin: see _converted
            remarks.append(Remark("broken-profile"))
            converted = colours
        if converted is not colours:
            image = converted
            if alpha is not None:
                image = Images.merge(f"{converted.mode}A", (*converted.split(), alpha))
    if image.mode == "CMYK":
        if not remarks:
            remarks.append(Remark("no-profile"))
        image = image.convert("RGB")
    return image, remarks


def _by_profile(image: Image, data: bytes) -> Image:
    """Return the picture by its profile; raises ``ValueError`` for a profile that does not fit or is broken."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    srgb = ImageCms.createProfile("sRGB")
    space = profile.profile.xcolor_space.strip()
    source = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}.get(space)
    fits = source == image.mode or (source == "RGB" and image.mode == "L")  # grey has an RGB profile at times
    if source is None or not fits:
        raise ValueError(space)
    sample = _sample(source)
    seen = sample.convert("RGB") if source != "CMYK" else None
    if seen is not None and _differ(seen, _converted(sample, profile, srgb, "RGB")) <= SAME:
        return image
    colours = image if image.mode == source else image.convert(source)
    converted = _converted(colours, profile, srgb, "RGB")
    return converted.getchannel("G") if image.mode == "L" else converted


def _sample(mode: str) -> Image:
    """Return a little picture of all greys, or of colours from the whole cube."""
    from PIL import Image as Images

    if mode == "L":
        return Images.frombytes("L", (256, 1), bytes(range(256)))
    steps = range(0, 256, 51)
    values = bytes(value for r in steps for g in steps for b in steps for value in (r, g, b))
    return Images.frombytes("RGB", (len(values) // 3, 1), values)


def _differ(one: Image, other: Image) -> int:
    from PIL import ImageChops

    extrema: Any = ImageChops.difference(one, other).getextrema()
    return max(int(high) for _, high in extrema)


def _converted(image: Image, source: Any, target: Any, mode: str) -> Image:
    """Convert by relative colorimetry with black point compensation, as picture editors do by default."""
    from PIL import ImageCms

    try:
        transform = ImageCms.buildTransform(
            source,
            target,
            image.mode,
            mode,
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        converted = ImageCms.applyTransform(image, transform)
    except ImageCms.PyCMSError as exception:
        raise ValueError(str(exception)) from None
    assert converted is not None  # it is only where the picture is changed in its place
    return converted
