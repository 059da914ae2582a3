"""The fonts: which there are, what they cover, and the fontconfig file that names them and no others.

What each face covers is written down beside the fonts (``coverage.json``), because reading nine character maps
costs a quarter of a second at every start. Fonts of a project's own are read once and remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cstprint.diagnostics import Diagnostic, Result, error, msg
from cstprint.font_file import describe
from cstprint.reading.files import IS_LINK, NOT_REGULAR, Marks, Refused, marks_of, read_below
from cstprint.reading.journal import note

#: A character that every font of emoji has.
_EMOJI = "😀"
COVERAGE_FILE = "coverage.json"
SUFFIXES = (".ttf", ".otf")
#: What fontconfig reads beside the files that we take for fonts.
_READ_BY_FONTCONFIG = (*SUFFIXES, ".ttc", ".otc", ".woff", ".woff2", ".pfa", ".pfb", ".pcf", ".bdf", ".dfont")
#: The largest font of all, with every Han character in colour, stays below.
MAX_BYTES = 500_000_000


@dataclass(frozen=True)
class FontFace:
    """One font file: ``weight`` 1–1000 as in CSS, ``style`` ``normal`` or ``italic``."""

    family: str
    style: str
    weight: int
    path: Path
    sha256: str
    size: int
    ranges: str = field(repr=False)
    #: What its licence bits refuse: ``restricted``, ``no-subsetting``, ``bitmap-only``, or nothing.
    refuses: str = ""
    #: Selector of variants (hexadecimal) → the ranges of the characters that the face has a variant of for it.
    variants: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        return _bounds(self.ranges)

    def covers(self, character: str) -> bool:
        """Return whether the face has a glyph for ``character``."""
        return _holds(self._bounds, character)

    def has_variant(self, character: str, selector: str) -> bool:
        """Return whether the face has the variant of ``character`` that a variation selector after it asks for."""
        return _holds(_bounds(self.variants.get(f"{ord(selector):x}", "")), character)

    @property
    def character_count(self) -> int:
        """How many characters the face has glyphs for."""
        firsts, lasts = self._bounds
        return sum(lasts) - sum(firsts) + len(firsts)

    def digest(self) -> str | None:
        """Return the SHA-256 of the file as it is now; ``None`` where it cannot be read."""
        try:
            return hashlib.sha256(read_below(self.path.parent, [self.path.name], MAX_BYTES)).hexdigest()
        except (OSError, Refused):
            return None

    @property
    def is_intact(self) -> bool:
        """Whether the file is the one that the coverage was written for."""
        return self.digest() == self.sha256


@dataclass(frozen=True)
class FontLibrary:
    """All faces that a render may use, from ``folders``."""

    folders: tuple[Path, ...]
    faces: tuple[FontFace, ...]

    @cached_property
    def families(self) -> dict[str, tuple[FontFace, ...]]:
        """The faces by family name."""
        found: dict[str, list[FontFace]] = {}
        for face in self.faces:
            found.setdefault(face.family, []).append(face)
        return {family: tuple(faces) for family, faces in found.items()}

    @property
    def emoji_families(self) -> tuple[str, ...]:
        """The families that have emoji, a project's own first."""
        return tuple(family for family, faces in self.families.items() if faces[0].covers(_EMOJI))

    @cached_property
    def _covered(self) -> dict[tuple[str, ...], set[str]]:
        """Characters that are known to be there, by families, and invisible ones: most texts are of the same."""
        return {}

    def has_variant(self, character: str, selector: str) -> bool:
        """Return whether some face has the variant of ``character`` that the selector after it asks for."""
        return any(face.has_variant(character, selector) for face in self.faces)

    def missing(self, text: str, families: Sequence[str]) -> list[str]:
        """Return the characters of ``text`` that no family of ``families`` has, each once, in order."""
        known = self._covered.get(tuple(families))
        if known is None:
            ranges = tuple(
                tuple(face.ranges for face in self.families.get(family, ())) for family in families
            )
            known = self._covered[tuple(families)] = _known_to_be_in(ranges)
        new = set(text) - known
        wanted = dict.fromkeys(c for c in text if c in new and not _is_invisible(c)) if new else {}
        for family in families:
            if not wanted:
                break
            # Every face of the family: a text is not lost in bold either.
            faces = self.families.get(family, ())
            wanted = {c: None for c in wanted if not faces or not all(face.covers(c) for face in faces)}
        known |= new - wanted.keys()
        return list(wanted)


def load_library(folders: Sequence[Path], cache_folder: Path) -> Result[FontLibrary]:
    """Return the faces in ``folders``; a family of the same name in an earlier folder wins."""
    faces: list[FontFace] = []
    problems: list[Diagnostic] = []
    for folder in folders:
        known = {face.family for face in faces}
        try:
            found = _faces_in(folder, cache_folder)
        except (
            OSError,
            Refused,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as exception:
            reason = exception.reason if isinstance(exception, Refused) else exception
            problems.append(
                error(
                    "CST-F001",
                    msg("The fonts cannot be read: {reason}.", reason=reason),
                    subject=str(folder),
                )
            )
            continue
        faces += [face for face in found if face.family not in known]
    problems += _doubles(faces)
    if not faces and not problems:
        problems.append(error("CST-F001", msg("There are no fonts."), hint=msg("Reinstall cstprint.")))
    return Result(FontLibrary(tuple(folders), tuple(faces)), tuple(problems))


def font_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each font file below ``folder``, whatever fontconfig reads, with its path from there."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.suffix.lower() in _READ_BY_FONTCONFIG:
                yield path.relative_to(folder).as_posix(), path


def font_marks(folders: Sequence[Path]) -> dict[str, Marks]:
    """Return what tells whether a font file is another now, by its path.

    Fonts are mapped into memory, and some are large: they are not hashed by each render.
    """
    return {str(path): marks_of(path.lstat()) for folder in folders for _, path in font_files(folder)}


@cache
def first_font_marks(folders: tuple[Path, ...]) -> dict[str, Marks]:
    """Return the marks that font files had when this process, or the one that it was forked from, first asked."""
    return font_marks(folders)


def fontconfig_file(library: FontLibrary, cache_folder: Path) -> str:
    """Return the text of a fontconfig file that lists the library's folders and nothing of the machine's.

    Without it a missing family silently becomes whatever the machine has. Pango sets emoji in a family of that name,
    whatever families the text has; it is ours that have emoji.
    """
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in library.folders)
    emoji = "".join(f"<string>{escape(family)}</string>" for family in library.emoji_families)
    rule = (
        '<match target="pattern"><test name="family"><string>emoji</string></test>'
        f'<edit name="family" mode="assign" binding="same">{emoji}</edit></match>'
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{escape(str(cache_folder))}</cachedir>{rule if emoji else ''}"
        "</fontconfig>\n"
    )


#: What is remembered of a font file.
_ENTRY = {
    "family": str,
    "style": str,
    "weight": int,
    "ranges": str,
    "refuses": str,
    "variants": dict,
    "sha256": str,
    "size": int,
    "whole": bool,  # its tables were compared with their checksums
}


def _faces_in(folder: Path, cache_folder: Path) -> list[FontFace]:
    _check_kinds(folder)
    described: dict[str, dict[str, Any]] = {}
    if (folder / COVERAGE_FILE).is_file():
        table = json.loads(read_below(folder, [COVERAGE_FILE], MAX_BYTES).decode("utf-8"))
        described = {entry["file"]: entry for entry in table["faces"]}
    else:
        note(folder, COVERAGE_FILE, None)
    faces = []
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES):
        entry = described.get(path.name)
        # A size that differs is a font that was exchanged; `fonts check` compares the hashes too.
        if entry is None or entry["size"] != path.stat().st_size:
            entry = _remembered(path, cache_folder)
        faces.append(
            FontFace(
                family=entry["family"],
                style=entry["style"],
                weight=entry["weight"],
                path=path,
                sha256=entry["sha256"],
                size=entry["size"],
                ranges=entry["ranges"],
                refuses=entry.get("refuses", ""),
                variants=entry.get("variants", {}),
            )
        )
    return faces


def _check_kinds(folder: Path) -> None:
    """Raise ``Refused`` where anything below ``folder`` is a link or a pipe: fontconfig reads whatever is there."""
    for path, folders, files in os.walk(folder):
        for name in (*folders, *files):
            mode = Path(path, name).lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                reason = IS_LINK if stat.S_ISLNK(mode) else NOT_REGULAR
                raise Refused(msg("{name}: {reason}", name=name, reason=reason))


def _remembered(path: Path, cache_folder: Path) -> dict[str, Any]:
    """Return what a font file holds, read once for each content."""
    data = read_below(path.parent, [path.name], MAX_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    memory = cache_folder / "fonts" / f"{digest}.json"
    try:
        remembered: dict[str, Any] = json.loads(read_below(memory.parent, [memory.name]))
        if {key: type(value) for key, value in remembered.items()} == _ENTRY:
            return remembered
    except (OSError, Refused, ValueError, AttributeError, RecursionError):
        pass  # not there yet, or damaged: it is made again
    entry = {**describe(path.name, data), "sha256": digest, "size": len(data), "whole": True}
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=memory.parent, prefix=".new.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(entry))
        Path(temporary).replace(memory)  # not written into: it may be a link
    except OSError:
        pass  # a cache that cannot be written costs time, nothing else
    return entry


def _doubles(faces: Iterable[FontFace]) -> list[Diagnostic]:
    """WeasyPrint tells fonts apart by family, weight and style only: a double prints wrong characters."""
    seen: dict[tuple[str, str, int], FontFace] = {}
    problems = []
    for face in faces:
        key = (face.family, face.style, face.weight)
        if key in seen:
            problems.append(
                error(
                    "CST-F002",
                    msg(
                        "{first} and {second} have the same family, weight and style.",
                        first=seen[key].path.name,
                        second=face.path.name,
                    ),
                    subject=str(face.path),
                    hint=msg("Delete one of them: with both, wrong characters would be printed."),
                )
            )
        seen.setdefault(key, face)
    return problems


@lru_cache(maxsize=100)
def _known_to_be_in(ranges: tuple[tuple[str, ...], ...]) -> set[str]:  # noqa: ARG001 - the key
    """Return the characters that faces of these ranges are known to have; who asks adds to them.

    A process forked from one that has rendered knows them from the start.
    """
    return set()


@lru_cache(maxsize=100)
def _bounds(ranges: str) -> tuple[list[int], list[int]]:
    """Return the first and the last characters of ranges; a process forked from one that knows them has them."""
    parts = [part.partition("-") for part in ranges.split(",") if part]
    return [int(first, 16) for first, _, _ in parts], [int(last or first, 16) for first, _, last in parts]


def _holds(bounds: tuple[list[int], list[int]], character: str) -> bool:
    firsts, lasts = bounds
    place = bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]


#: Zero-width and control characters that need no glyph: joiners, marks of direction, variation selectors,
#: the byte order mark, soft hyphen, white space.
_INVISIBLE = frozenset(
    [
        0x9,
        0xA,
        0xD,
        0x20,
        0xA0,
        0xAD,
        0x3000,
        0xFEFF,
        *range(0x2000, 0x2010),
        *range(0x2028, 0x2030),
        *range(0x205F, 0x2065),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    ]
)


def _is_invisible(character: str) -> bool:
    return ord(character) in _INVISIBLE
