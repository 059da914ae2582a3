"""A layout's name to the chain of folders it is made of: the first ancestor first."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, nearest, suggest
from cstprint.layout.derived import check_derived
from cstprint.layout.manifest import Manifest, Token
from cstprint.layout.tokens import check_settings, gather_tokens
from cstprint.reading.files import linked_folder, read_source, shown_path
from cstprint.reading.journal import note
from cstprint.reading.validate import validate
from cstprint.reading.yaml import load_yaml
from cstprint.source import SourceFile, SourceText, Span

MANIFEST = "layout.yaml"
#: The style sheets of a layout, in the order in which they apply; each may be absent.
STYLE_SHEETS = ("page.css", "blocks.css")


@dataclass(frozen=True)
class LayoutPart:
    """One folder of a chain."""

    name: str
    folder: Path
    source: SourceFile
    manifest: Manifest


@dataclass(frozen=True)
class Layout:
    """A layout ready for use: its parts, the first ancestor first, and its tokens' values.

    ``settings`` names the tokens that were set for this use, not by the layout.
    """

    name: str
    parts: tuple[LayoutPart, ...]
    tokens: Mapping[str, Token]
    values: Mapping[str, str]
    settings: frozenset[str] = frozenset()

    @property
    def families(self) -> tuple[str, ...]:
        """The font families that the layout's CSS names, each once."""
        return tuple(dict.fromkeys(str(f) for part in self.parts for f in part.manifest.fonts))

    @property
    def omits(self) -> tuple[SourceText, ...]:
        """What the layout and those that it extends leave out on purpose, each once."""
        names = {str(name): name for part in self.parts for name in part.manifest.omits}
        return tuple(names.values())

    def style_sheets(self) -> list[Path]:
        """Return the style sheets, the first ancestor's first; what is no file is reported when it is read."""
        paths = [part.folder / sheet for part in self.parts for sheet in STYLE_SHEETS]
        found = [path for path in paths if os.path.lexists(path)]
        for path in set(paths) - set(found):
            note(path.parent, path.name, None)
        return found

    def integer(self, token: str) -> int:
        """Return the value of a token of type integer, 0 where the layout has no such token."""
        return int(self.values.get(token, 0))


def list_layouts(folders: Sequence[Path]) -> list[str]:
    """Return the names of all layouts in ``folders``, sorted."""
    paths = (path for folder in folders for path in folder.glob(f"*/{MANIFEST}"))
    return sorted({path.parent.name for path in paths if not path.parent.name.startswith(".")})


def resolve_layout(
    name: str,
    folders: Sequence[Path],
    settings: Mapping[str, str],
    span: Span | None = None,
    *,
    lenient: bool = False,
) -> Result[Layout]:
    """Return the layout ``name`` found in ``folders``, its tokens set by ``settings``.

    ``span`` is where the name was written, for the message where there is no such layout. With ``lenient`` the layout
    may lack tokens that an issue sets.
    """
    parts: list[LayoutPart] = []
    told: list[Diagnostic] = []
    wanted: str | None = name
    where = span
    while wanted is not None:
        if any(part.name == wanted for part in parts):
            circle = " → ".join([*(part.name for part in parts), wanted])
            return Result(
                None,
                (
                    error(
                        "CST-L002",
                        msg("The layouts extend each other in a circle: {circle}.", circle=circle),
                        span=where,
                    ),
                ),
            )
        found = _read_part(wanted, folders, where)
        if found.value is None:
            return Result(None, found.diagnostics)
        parts.append(found.value)
        told += found.diagnostics
        parent = found.value.manifest.extends
        wanted, where = (str(parent), parent.span) if parent is not None else (None, None)
    chain = tuple(reversed(parts))
    tokens, problems = gather_tokens([part.manifest for part in chain])
    problems += check_settings(tokens, settings, lenient=lenient)
    values = {token: settings.get(token, str(item.default)) for token, item in tokens.items()}
    failed = any(problem.is_error for problem in problems)
    problems += [] if failed else check_derived(tokens, values)
    failed = any(problem.is_error for problem in problems)
    layout = Layout(name, chain, tokens, values, frozenset(settings))
    return Result(None if failed else layout, (*told, *problems))


def _way_out(name: str, folders: Sequence[Path], known: Sequence[str]) -> Message | None:
    """Return what to do where there is no layout ``name``: its folder may be there, and its layout.yaml not."""
    for folder in folders:
        if re.fullmatch(r"[\w-]{1,200}", name) and (folder / name).is_dir():
            found = [path.name for path in (folder / name).iterdir() if path.suffix in (".yaml", ".yml")]
            like = nearest(MANIFEST, found)
            if like:
                return msg("Rename {file} to layout.yaml.", file=shown_path(folder / name / like))
            return msg("Its folder has no layout.yaml. The minimum is a line “title: {name}”.", name=name)
    return suggest(name, known)


def _read_part(name: str, folders: Sequence[Path], span: Span | None) -> Result[LayoutPart]:
    known = list_layouts(folders)
    folder = next((f / name for f in folders if name in known and (f / name / MANIFEST).is_file()), None)
    if folder is None:
        problem = msg("There is no layout “{name}”.", name=name)
        return Result(None, (error("CST-L001", problem, span=span, hint=_way_out(name, folders, known)),))
    if folder.is_symlink():
        return Result(None, (replace(linked_folder(folder), span=span),))
    source = read_source(folder / MANIFEST)
    if source.value is None:
        return Result(None, source.diagnostics)
    manifest = _manifest_in(source.value)
    if manifest.value is None:
        return Result(None, manifest.diagnostics)
    return Result(LayoutPart(name, folder, source.value, manifest.value), manifest.diagnostics)


@lru_cache(maxsize=32)  # the layouts of the package are read for every issue
def _manifest_in(source: SourceFile) -> Result[Manifest]:
    tree = load_yaml(source)
    if tree.value is None:
        return Result(None, tree.diagnostics)
    manifest = validate(Manifest, tree.value)
    return Result(manifest.value, tree.diagnostics if manifest.value else manifest.diagnostics)
