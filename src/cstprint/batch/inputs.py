"""What an output depends on: the issue's own files, and what it shares with others, each with its hash.

What is shared stands in sets (a layout, the fonts, the versions, the options), so that a set that changed is reported
once and the items in it by name.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cstprint
from cstprint.batch.hashes import Hashes, files_below
from cstprint.fonts import COVERAGE_FILE, font_files, font_marks
from cstprint.job import Reads, RenderOptions
from cstprint.layout.resolve import list_layouts, resolve_layout
from cstprint.pdf.standard import choose_standard
from cstprint.project import Project
from cstprint.provenance import versions
from cstprint.reading.files import Marks
from cstprint.reading.journal import ABSENT
from cstprint.worker.reads import named_marks

FONTS, VERSIONS, OPTIONS = "fonts", "versions", "options"
#: Parts of our own code that no page depends on.
_BESIDE_PAGES = ("batch", "cli", "explanations", "locale", "starters", "worker", "_data")


@dataclass(frozen=True, slots=True)
class InputSet:
    """Inputs that many issues share: files with their hashes, versions, options; ``digest`` is the hash of all."""

    name: str
    items: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of the items."""
        return digest_of(self.items)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that one output depends on: the issue's files with their hashes, and digests of sets by their names."""

    files: Mapping[str, str | None]
    sets: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of all."""
        return digest_of({"files": dict(self.files), "sets": dict(self.sets)})


@dataclass(frozen=True)
class Surroundings:
    """What stands around the issues of a project now: all sets by name, and which sets a layout is made of."""

    sets: Mapping[str, InputSet]
    chains: Mapping[str, tuple[str, ...]]
    #: The hashes of all files of layouts and fonts, by the names that they have on every machine.
    files: Mapping[str, str] = field(default_factory=dict)
    #: The marks of all font files, by such names, at which they have these hashes on this machine.
    fonts: Mapping[str, Marks] = field(default_factory=dict)

    def differing(self, reads: Reads) -> tuple[str, ...]:
        """Return the names of the files that a render found otherwise than they are here."""
        found = [name for name, digest in reads.files.items() if self._may_differ(name, digest)]
        if reads.fonts is None:
            return (*found, FONTS)
        names = sorted(reads.fonts.keys() | self.fonts.keys())
        return (*found, *(name for name in names if reads.fonts.get(name) != self.fonts.get(name)))

    def _may_differ(self, name: str, digest: str) -> bool:
        hidden = any(step.startswith(".") for step in name.split("/"))  # no set has these
        if hidden or self.files.get(name, ABSENT) == digest:
            return False
        # A disk of macOS finds a file by other letters than its own, too.
        likely = (known for other, known in self.files.items() if _folded(other) == _folded(name))
        return digest == ABSENT or digest not in likely

    @property
    def digest(self) -> str:
        """The SHA-256 of all sets."""
        return digest_of({name: one.digest for name, one in self.sets.items()})

    def of_layout(self, layout: str) -> dict[str, str]:
        """Return the digests of all sets that an issue in ``layout`` depends on; an unknown layout has none."""
        chain = self.chains.get(layout, (layout_set(layout),))
        names = (FONTS, OPTIONS, VERSIONS, *chain)
        return {name: self.sets[name].digest if name in self.sets else "" for name in names}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def digest_of(value: Mapping[str, object]) -> str:
    """Return the SHA-256 of a value's JSON, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def layout_set(name: str) -> str:
    """Return the name of the set of a layout's files."""
    return f"layout {name}"


def survey(project: Project, options: RenderOptions, hashes: Hashes) -> Surroundings:
    """Return what the issues of ``project`` would be rendered with now."""
    folders = project.font_folders()
    marks = font_marks(folders)  # before the fonts are hashed: those that change meanwhile have others then
    fonts = InputSet(FONTS, dict(_font_files(project, hashes)))
    shared = (
        fonts,
        InputSet(VERSIONS, {**_flat(versions()), "code of cstprint": _code(hashes)}),
        InputSet(OPTIONS, dict(_options(options))),
    )
    sets = {one.name: one for one in shared}
    chains = {}
    files: dict[str, str] = {}
    name_of = project.namer()
    for name in list_layouts(project.layout_folders()):
        layout = resolve_layout(name, project.layout_folders(), {}).value
        if layout is None:
            continue  # a render that asks for it tells why
        chains[name] = tuple(layout_set(part.name) for part in layout.parts)
        for part in layout.parts:
            if layout_set(part.name) not in sets:
                items = _files(part.folder, hashes)
                sets[layout_set(part.name)] = InputSet(layout_set(part.name), items)
                files |= {name_of(f"{part.folder}/{path}") or "": digest for path, digest in items.items()}
    for folder in folders:  # a font that the list does not know is read as a file, too
        for path in (folder / COVERAGE_FILE, *(path for _, path in font_files(folder))):
            files[name_of(str(path)) or ""] = hashes.of(path) or ABSENT
    return Surroundings(sets, chains, files, named_marks(project, marks))


def _files(folder: Path, hashes: Hashes) -> dict[str, str]:
    return {name: hashes.of(path) or "" for name, path in files_below(folder)}


def _font_files(project: Project, hashes: Hashes) -> Iterator[tuple[str, str]]:
    for folder in project.font_folders():
        mine = "fonts/" if folder == (project.root / "fonts").resolve() else ""
        listed = [(COVERAGE_FILE, folder / COVERAGE_FILE)] if (folder / COVERAGE_FILE).is_file() else []
        for name, path in (*listed, *font_files(folder)):
            yield mine + name, hashes.of(path) or ""


def _options(options: RenderOptions) -> Iterator[tuple[str, str]]:
    """Yield what of the options decides the bytes; limits do not."""
    if options.layout:
        yield "--layout", options.layout
    for token, value in options.settings.items():
        yield f"--set {token}", value
    yield "--standard", choose_standard(options.standard, with_files=options.embed_source)
    if options.embed_source:
        yield "--embed-source", "yes"
    if date := os.environ.get("SOURCE_DATE_EPOCH"):
        yield "SOURCE_DATE_EPOCH", date


def _flat(told: Mapping[str, object]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in told.items():
        flat |= _flat(value) if isinstance(value, Mapping) else {name: str(value)}
    return flat


def _code(hashes: Hashes) -> str:
    """Return the hash of our own code that makes pages: in a checkout it changes without a version."""
    folder = Path(cstprint.__file__).parent
    code = {
        name: hashes.of(path) or ""
        for name, path in files_below(folder)
        if name.partition("/")[0] not in _BESIDE_PAGES
    }
    return digest_of(code)
