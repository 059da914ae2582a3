"""What must be true before WeasyPrint is imported: our fonts and no others, the native parts there."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstprint.diagnostics import InternalError, UsageError, error, msg
from cstprint.fonts import FontLibrary, fontconfig_file
from cstprint.output import write_whole
from cstprint.project import user_cache_folder
from cstprint.reading.files import Refused, read_below
from cstprint.temporary import folder_until_exit

#: Native library → the Debian package that brings it, and the function that tells its version. Without the last,
#: WeasyPrint subsets fonts with fontTools, 10 to 30 times slower.
NATIVE_PARTS = {
    "pango-1.0": ("libpango-1.0-0", "pango_version_string"),
    "pangoft2-1.0": ("libpangoft2-1.0-0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz0b", "hb_version_string"),
    "fontconfig": ("libfontconfig1", "FcGetVersion"),
    "harfbuzz-subset": ("libharfbuzz-subset0", "hb_version_string"),
}
#: The series of Pango that CI renders with: Debian 12 and 13. Others may break lines elsewhere, or have other faults.
TESTED_PANGO = ("1.50", "1.56")


@dataclass(frozen=True, slots=True)
class NativePart:
    """A native library: where it is and its version, ``None`` for what is not known."""

    name: str
    found: str | None
    version: str | None
    package: str


def native_parts() -> list[NativePart]:
    """Return what there is of the native libraries that WeasyPrint loads."""
    listed = _loader_list()
    parts = []
    for name, (package, function) in NATIVE_PARTS.items():
        found = listed.get(name) or _find_library(name)
        parts.append(NativePart(name, found, _version(found, function) if found else None, package))
    return parts


def untested_pango(parts: Iterable[NativePart]) -> str | None:
    """Return the version of Pango where it is of no series in ``TESTED_PANGO``."""
    versions = [part.version for part in parts if part.name == "pango-1.0" and part.version]
    return next((known for known in versions if known.rpartition(".")[0] not in TESTED_PANGO), None)


def _version(library: str, function: str) -> str | None:
    try:
        tell = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return None
    if function == "FcGetVersion":  # major × 10000 + minor × 100 + revision
        number = int(tell())
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    tell.restype = ctypes.c_char_p
    return str(tell().decode("ascii"))


def use_fonts(library: FontLibrary) -> Path:
    """Make the library's fonts the only ones there are for this process; return the fontconfig file.

    That file and fontconfig's caches are kept in the user's own cache folder, never in a project: fontconfig maps its
    caches into memory and believes the addresses in them, so a planted one could do anything.
    Raises :class:`~cstprint.diagnostics.UsageError` where the process has begun with other fonts: fontconfig
    reads its file once.
    """
    if _in_use:
        known, path = _in_use[0]
        if known.folders == library.folders:
            if known.faces != library.faces:
                _in_use[0] = library, path
                forget_font_configuration()
            return path
        problem = msg(
            "These issues use different fonts: {folders}.", folders=tuple(map(str, library.folders))
        )
        hint = msg("Render the issues of each project in a process of their own.")
        raise UsageError(error("CST-U011", problem, hint=hint))
    if "weasyprint" in sys.modules and "FONTCONFIG_FILE" not in os.environ:
        raise InternalError(error("CST-X001", msg("WeasyPrint was imported before its fonts were named.")))
    try:
        path = _write_fontconfig(library, user_cache_folder() / "fontconfig")
    except (OSError, RuntimeError):  # a cache that cannot be written costs time, nothing else
        path = _write_fontconfig(library, folder_until_exit())
    os.environ["FONTCONFIG_FILE"] = str(path)
    _in_use.append((library, path))
    return path


def font_configuration() -> Any:
    """Return WeasyPrint's configuration of the fonts in use, with what Pango and HarfBuzz have read of them so far.

    A new one for each layout reads them anew, a fifteenth of a render. One that a style sheet has added its own fonts
    to (``@font-face``) is not used again.
    """
    from weasyprint.text.fonts import FontConfiguration

    if not _font_configurations or _font_configurations[0]._folder is not None:
        _font_configurations[:] = [FontConfiguration()]
    return _font_configurations[0]


def forget_font_configuration() -> None:
    """Release the configuration that is kept, and with it Pango's font map, which has a thread in newer versions."""
    _font_configurations.clear()


def load_weasyprint() -> None:
    """Import WeasyPrint, without the compiler that it would ask where its libraries are.

    It tries several names for each native library, and for every name that is not the right one ``ctypes`` runs
    gcc and ld to look further: a third of a second at every start. The loader's own list has them all.
    """
    if "weasyprint" in sys.modules:
        return
    listed = _loader_list()
    original = ctypes.util.find_library
    if listed:
        ctypes.util.find_library = listed.get  # type: ignore[assignment]
    try:
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = original


def _loader_list() -> dict[str, str]:
    """Return name → file name of the libraries that the loader of Linux knows; empty elsewhere."""
    if not sys.platform.startswith("linux"):
        return {}
    command = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    if command is None:
        return {}
    told = subprocess.run([command, "-p"], capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^\s+(lib(\S+?)\.so(?:\.\S+)?) \(", told, re.MULTILINE)
    return {name: file for file, name in reversed(found)}


def _write_fontconfig(library: FontLibrary, folder: Path) -> Path:
    data = fontconfig_file(library, folder / "cache").encode()
    path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.conf"
    try:
        known = read_below(folder, [path.name])
    except (OSError, Refused):  # not there yet, or a link: it is replaced, and what it leads to left alone
        known = b""
    if known != data:
        write_whole(path, data)
    return path


#: The fonts that this process began with, as they are now, and their fontconfig file; empty before the first render.
_in_use: list[tuple[FontLibrary, Path]] = []
#: The one configuration of them that is kept.
_font_configurations: list[Any] = []


def _find_library(name: str) -> str | None:
    found = ctypes.util.find_library(name)
    if found or sys.platform != "darwin":
        return found
    # Homebrew's folder is not on the default search path of Apple silicon.
    for prefix in (os.environ.get("HOMEBREW_PREFIX", "/opt/homebrew"), "/usr/local"):
        for path in sorted(Path(prefix, "lib").glob(f"lib{name}*.dylib")):
            return str(path)
    return None
