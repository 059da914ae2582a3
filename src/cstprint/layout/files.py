"""The files of a chain of layouts: which templates there are, and whose is used."""

from __future__ import annotations

from pathlib import Path

from cstprint.layout.resolve import Layout, LayoutPart

SUFFIX = ".html.j2"


def templates_of(layout: Layout) -> dict[str, tuple[LayoutPart, ...]]:
    """Return the names of all templates, each with the parts that have it: first the one whose is used."""
    found: dict[str, tuple[LayoutPart, ...]] = {}
    for part in reversed(layout.parts):
        for path in template_files(part.folder):
            name = path.relative_to(part.folder).as_posix()
            found[name] = (*found.get(name, ()), part)
    return dict(sorted(found.items()))


def template_files(folder: Path) -> list[Path]:
    """Return the templates below a layout's folder, sorted; links are among them, and reported when they are read."""
    return sorted(path for path in folder.rglob("*.j2") if not path.is_dir() or path.is_symlink())
