"""What an output depends on: the issue's own files, and what it shares with others, each with its hash.

What is shared stands in sets (a layout, the fonts, the versions, the options), so that a set that changed is told
once and the items in it by name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cstprint
from cstprint.batch.hashes import Hashes, files_below
from cstprint.fonts import COVERAGE_FILE, SUFFIXES
from cstprint.job import RenderOptions
from cstprint.layout.resolve import list_layouts, resolve_layout
from cstprint.pdf.standard import choose_standard
from cstprint.project import Project
from cstprint.provenance import versions

FONTS, VERSIONS, OPTIONS = "fonts", "versions", "options"
#: What fontconfig reads beside the files that we take for fonts.
_FONT_KINDS = (*SUFFIXES, ".ttc", ".otc", ".woff", ".woff2", ".pfa", ".pfb", ".pcf", ".bdf", ".dfont")
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

    @property
    def digest(self) -> str:
        """The SHA-256 of all sets."""
        return digest_of({name: one.digest for name, one in self.sets.items()})

    def of_layout(self, layout: str) -> dict[str, str]:
        """Return the digests of all sets that an issue in ``layout`` depends on; an unknown layout has none."""
        chain = self.chains.get(layout, (layout_set(layout),))
        names = (FONTS, OPTIONS, VERSIONS, *chain)
        return {name: self.sets[name].digest if name in self.sets else "" for name in names}


def digest_of(value: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a value's JSON, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def layout_set(name: str) -> str:
    """Return the name of the set of a layout's files."""
    return f"layout {name}"


def survey(project: Project, options: RenderOptions, hashes: Hashes) -> Surroundings:
    """Return what the issues of ``project`` would be rendered with now."""
    shared = (
        InputSet(FONTS, dict(_font_files(project, hashes))),
        InputSet(VERSIONS, {**_flat(versions()), "code of cstprint": _code(hashes)}),
        InputSet(OPTIONS, dict(_options(options))),
    )
    sets = {one.name: one for one in shared}
    chains = {}
    folders = project.layout_folders()
    for name in list_layouts(folders):
        layout = resolve_layout(name, folders, {}).value
        if layout is None:
            continue  # a render that asks for it tells why
        chains[name] = tuple(layout_set(part.name) for part in layout.parts)
        for part in layout.parts:
            sets.setdefault(
                layout_set(part.name), InputSet(layout_set(part.name), _files(part.folder, hashes))
            )
    return Surroundings(sets, chains)


def _files(folder: Path, hashes: Hashes) -> dict[str, str]:
    return {name: hashes.of(path) or "" for name, path in files_below(folder)}


def _font_files(project: Project, hashes: Hashes) -> Iterator[tuple[str, str]]:
    for folder in project.font_folders():
        mine = "fonts/" if folder == (project.root / "fonts").resolve() else ""
        for name, path in files_below(folder):
            if path.suffix.lower() in _FONT_KINDS or path.name == COVERAGE_FILE:
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


def _flat(told: Mapping[str, Any]) -> dict[str, str]:
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
