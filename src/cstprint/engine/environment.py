"""What must be true before WeasyPrint is imported: our fonts and no others, the native parts there."""

from __future__ import annotations

import ctypes.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from cstprint.diagnostics import InternalError, error, msg
from cstprint.fonts import FontLibrary, fontconfig_file

#: Native library → the Debian package that brings it. Without the last, WeasyPrint subsets fonts with
#: fontTools, 10 to 30 times slower.
NATIVE_PARTS = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


@dataclass(frozen=True, slots=True)
class NativePart:
    """A native library: where it is, or ``None``."""

    name: str
    found: str | None
    package: str


def native_parts() -> list[NativePart]:
    """Return what there is of the native libraries that WeasyPrint loads."""
    return [NativePart(name, _find_library(name), package) for name, package in NATIVE_PARTS.items()]


def use_fonts(library: FontLibrary, cache_folder: Path) -> Path:
    """Make the library's fonts the only ones there are for this process; return the fontconfig file.

    Raises :class:`~cstprint.diagnostics.InternalError` where WeasyPrint has been imported with other fonts.
    """
    folder = cache_folder / "fontconfig"
    text = fontconfig_file(library, folder / "cache")
    path = folder / "fonts.conf"
    if os.environ.get("FONTCONFIG_FILE") != str(path) and "weasyprint" in sys.modules:
        problem = msg("WeasyPrint was imported before its fonts were named.")
        raise InternalError(error("CST-X001", problem))
    if not path.is_file() or path.read_text("utf-8") != text:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(path)
    return path


def _find_library(name: str) -> str | None:
    found = ctypes.util.find_library(name)
    if found or sys.platform != "darwin":
        return found
    # Homebrew's folder is not on the default search path of Apple silicon.
    for prefix in (os.environ.get("HOMEBREW_PREFIX", "/opt/homebrew"), "/usr/local"):
        for path in sorted(Path(prefix, "lib").glob(f"lib{name}*.dylib")):
            return str(path)
    return None
