"""Where a PDF comes from: the versions and files that decide its bytes.

The same versions and the same files give the same bytes; where two PDFs differ, this says why.
"""

from __future__ import annotations

import platform
import zlib
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from cstprint.fonts import FontLibrary
from cstprint.version import __version__

#: The packages whose versions decide what a PDF looks like.
PACKAGES = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "tinycss2",
    "tinyhtml5",
    "pyphen",
    "jinja2",
    "markdown-it-py",
    "pillow",
    "pypdf",
    "pydantic",
    "pyyaml",
)
#: The libraries that decode, convert and write pictures, by Pillow's names.
PICTURE_LIBRARIES = ("jpg", "libjpeg_turbo", "jpg_2000", "webp", "avif", "libtiff", "littlecms2", "zlib")


def installation(library: FontLibrary) -> dict[str, Any]:
    """Return what this installation is made of: versions by name, ``None`` where one is not known, and the fonts."""
    from cstprint.engine.environment import native_parts

    return {
        "cstprint": __version__,
        "python": platform.python_version(),
        "packages": {name: _package_version(name) for name in PACKAGES},
        "native": {part.name: part.version for part in native_parts()} | {"zlib": zlib.ZLIB_RUNTIME_VERSION},
        "pictures": picture_libraries(),
        "fonts": font_facts(library),
    }


def font_facts(library: FontLibrary) -> list[dict[str, Any]]:
    """Return each font file with the SHA-256 that it has now."""
    return [
        {
            "family": face.family,
            "style": face.style,
            "weight": face.weight,
            "file": face.path.name,
            "sha256": face.digest(),
        }
        for face in library.faces
    ]


def picture_libraries() -> dict[str, str | None]:
    """Return the versions of what reads and writes pictures."""
    from PIL import features

    return {name: features.version(name) for name in PICTURE_LIBRARIES}


def _package_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
