"""Where a PDF comes from: the versions and files that decide its bytes.

The same versions and the same files give the same bytes; where two PDFs differ, this says why.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath

from cstprint.diagnostics import Result, error, msg
from cstprint.fonts import FontLibrary
from cstprint.issue.model import Issue
from cstprint.layout.resolve import Layout
from cstprint.pdf.embed import Attachment
from cstprint.pictures.kinds import kind_of
from cstprint.pictures.prepare import MAX_BYTES
from cstprint.pictures.prepared import PreparedPicture, UnprintableError
from cstprint.reading.files import Refused, read_below, text_of
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
    "latex2mathml",
    "linkify-it-py",
    "markdown-it-py",
    "mdit-py-plugins",
    "pillow",
    "pypdf",
    "pydantic",
    "pyyaml",
    "ziafont",
    "ziamath",
)
#: The manifest's name inside a PDF.
MANIFEST = "cstprint-manifest.json"
#: The libraries that decode, convert and write pictures, by Pillow's names.
PICTURE_LIBRARIES = ("jpg", "libjpeg_turbo", "jpg_2000", "webp", "avif", "libtiff", "littlecms2", "zlib")


def installation(library: FontLibrary) -> dict[str, object]:
    """Return what this installation is made of: versions by name, ``None`` where one is not known, and the fonts."""
    return {**versions(), "fonts": font_facts(library)}


def versions() -> dict[str, object]:
    """Return the versions of all that decides a PDF's bytes, ``None`` where one is not known."""
    from cstprint.engine.weasy.environment import native_parts

    return {
        "cstprint": __version__,
        "python": platform.python_version(),
        "packages": {name: _package_version(name) for name in PACKAGES},
        "native": {part.name: part.version for part in native_parts()} | {"zlib": zlib.ZLIB_RUNTIME_VERSION},
        "pictures": picture_libraries(),
    }


def font_facts(library: FontLibrary) -> list[dict[str, object]]:
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


def originals(issue: Issue, pictures: Mapping[str, PreparedPicture]) -> Result[tuple[Attachment, ...]]:
    """Return the files that an issue was made of, as they are on disk: its YAML, then its pictures by their paths.

    An error for each that is no longer what was printed.
    """
    files, problems = [], []
    for path in (issue.file.path.name, *sorted(pictures)):
        try:
            data = read_below(issue.folder, path.split("/"), MAX_BYTES)
            files.append(Attachment(path, _media_type(path, data, issue, pictures), data))
        except (OSError, Refused, _Changed, UnprintableError, UnicodeDecodeError):
            problem = msg("“{path}” was changed while the issue was rendered.", path=path)
            hint = msg("Render again when nobody is editing it.")
            problems.append(error("CST-E015", problem, subject=path, hint=hint))
    return Result(None if problems else tuple(files), tuple(problems))


class _Changed(Exception):  # noqa: N818 - what it is, not an error of ours
    """A file is not what it was when it was read first."""


def _media_type(path: str, data: bytes, issue: Issue, pictures: Mapping[str, PreparedPicture]) -> str:
    """Return the type of a file that is still what was printed; raises where it is not."""
    picture = pictures.get(path)
    if picture is None:
        if text_of(data) != issue.file.text:
            raise _Changed
        return "application/yaml"
    if _sha256(data) != picture.source_sha256:
        raise _Changed
    return kind_of(data, PurePosixPath(path).suffix).media_type


def attachments_of(
    issue: Issue,
    pictures: Mapping[str, PreparedPicture],
    layout: Layout,
    library: FontLibrary,
    standard: str,
) -> Result[tuple[Attachment, ...]]:
    """Return the issue's files and the manifest, to be put into the PDF."""
    files = originals(issue, pictures)
    if files.value is None:
        return files
    return Result((*files.value, manifest(layout, library, files.value, standard)))


def manifest(layout: Layout, library: FontLibrary, files: Iterable[Attachment], standard: str) -> Attachment:
    """Return the JSON that says what a PDF was made of, for whoever has to make it again."""
    told = {
        **installation(library),
        "standard": standard,
        "layout": layout.name,
        "layouts": [{"name": part.name, "files": folder_hashes(part.folder)} for part in layout.parts],
        "tokens": dict(layout.values),
        "files": [
            {"path": one.path, "type": one.media_type, "bytes": len(one.data), "sha256": _sha256(one.data)}
            for one in files
        ],
    }
    data = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8")
    return Attachment(MANIFEST, "application/json", data, "Supplement")


def folder_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below ``folder`` that could be used: no links, nothing hidden."""
    found = {}
    for path in sorted(folder.rglob("*")):
        steps = path.relative_to(folder).parts
        if not any(step.startswith(".") for step in steps):
            with suppress(OSError, Refused):  # a folder, or what no render can read either
                found["/".join(steps)] = _sha256(read_below(folder, steps, MAX_BYTES))
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _package_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
