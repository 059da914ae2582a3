"""The style sheets of a chain of layouts, those that they import too."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

from cstprint.css.facts import StyleFacts, facts_of
from cstprint.layout.resolve import STYLE_SHEETS, Layout, LayoutPart
from cstprint.reading.files import Refused, read_below, shown_path
from cstprint.source import SourceFile

#: As many as the engine reads.
MAX_SHEETS = 100
_ROOT = "http://render/"


@dataclass(frozen=True)
class Sheet:
    """A style sheet: the part it belongs to, its path in that part's folder, its text."""

    part: LayoutPart
    path: str
    file: SourceFile

    @cached_property
    def facts(self) -> StyleFacts:
        """What it names."""
        return facts_of(self.file)

    def address_of(self, written: str) -> str:
        """Return the address, ``cst://render/…``, that the engine asks for where ``written`` stands in the sheet."""
        base = f"{_ROOT}layout/{quote(self.part.name)}/{quote(self.path)}"
        try:
            whole = urljoin(base, quote(written, safe="/:?#[]@!$&'()*+,;=%~-._"))
        except ValueError:
            return written
        return whole.replace(_ROOT, "cst://render/", 1) if whole.startswith(_ROOT) else whole

    def path_of(self, written: str) -> str | None:
        """Return the path, in the part's folder, of a file named in the sheet; ``None`` where it is none of it."""
        prefix = f"cst://render/layout/{quote(self.part.name)}/"
        address = self.address_of(written)
        return unquote(address.removeprefix(prefix)) if address.startswith(prefix) else None


def sheets_of(layout: Layout) -> list[Sheet]:
    """Return the style sheets in the order in which they apply, imported ones before those that import them.

    What cannot be read is left out: the engine tells it.
    """
    found: list[Sheet] = []
    for part in layout.parts:
        seen: set[str] = set()
        for name in STYLE_SHEETS:
            found += _with_imports(part, name, seen, MAX_SHEETS - len(found))
    return found


def unread_sheets(layout: Layout, sheets: list[Sheet]) -> Iterator[tuple[LayoutPart, str]]:
    """Yield the part and the path of each style sheet that lies in a layout's folder and is never read."""
    read = {(sheet.part.name, sheet.path) for sheet in sheets}
    for part in layout.parts:
        for path in files_below(part.folder, ".css"):
            if path not in STYLE_SHEETS and (part.name, path) not in read:
                yield part, path


def files_below(folder: Path, *suffixes: str) -> list[str]:
    """Return the paths of the files below a folder with one of the suffixes, any without; nothing hidden."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        steps = Path(place).relative_to(folder).parts
        for name in names:
            wanted = not name.startswith(".") and (not suffixes or name.lower().endswith(suffixes))
            if wanted and Path(place, name).is_file():
                found.append((*steps, name))
    return ["/".join(steps) for steps in sorted(found)]


def _with_imports(part: LayoutPart, name: str, seen: set[str], room: int) -> list[Sheet]:
    """Return a sheet after those it imports, each once."""
    order: list[Sheet] = []
    waiting = [name]
    while waiting and len(order) < room:
        path = posixpath.normpath(waiting.pop())
        sheet = _read(part, path) if path not in seen else None
        seen.add(path)
        if sheet is not None:
            order.insert(0, sheet)
            waiting += filter(None, (sheet.path_of(written) for written in sheet.facts.imports))
    return order


def _read(part: LayoutPart, path: str) -> Sheet | None:
    try:
        data = read_below(part.folder, path.split("/"))
    except (OSError, Refused, ValueError):
        return None
    return Sheet(
        part, path, SourceFile(shown_path(part.folder / path), data.decode("utf-8", errors="replace"))
    )
