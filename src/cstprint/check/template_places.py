"""Where something stands in the templates of a layout: what the engine reports of the page has no place by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

from cstprint.check.templates import templates_in
from cstprint.layout.resolve import Layout
from cstprint.source import SourceFile, SourceText, Span

_ROOT = "http://render/"
_SOURCE = re.compile(r"""\s(?:src|href|data)=(["'])([^"'<>{}]+)\1|url\(\s*["']?([^"'(){}]+?)["']?\s*\)""")
_STYLE = re.compile(r"""\sstyle=(["'])(.*?)\1""", re.DOTALL)
_DRAWING = re.compile(r"<svg\b", re.IGNORECASE)


@dataclass(frozen=True)
class TemplatePlaces:
    """The templates of a chain, the child's first, each with the folder of its layout."""

    files: tuple[tuple[SourceFile, Path], ...] = ()

    @classmethod
    def of(cls, layout: Layout) -> TemplatePlaces:
        """Return the places of a layout's templates that can be read; the others are reported when they are used."""
        parts = reversed(layout.parts)
        return cls(tuple((file, part.folder) for part in parts for file in templates_in(part)))

    @property
    def sources(self) -> list[SourceFile]:
        """The templates alone."""
        return [file for file, _ in self.files]

    def addresses(self) -> Mapping[str, tuple[SourceText, Path]]:
        """Return the files that templates name, by the address that the engine asks for."""
        found: dict[str, tuple[SourceText, Path]] = {}
        for file, folder in self.files:
            for match in _SOURCE.finditer(file.text):
                group = 2 if match[2] else 3
                span = _span(file, match.start(group), len(match[group]))
                text = SourceText.at(match[group], span, span.line, span.column, block=False)
                found.setdefault(_address(match[group]), (text, folder))
        return found

    def of_style(self, declaration: str) -> Span | None:
        """Return the place of a declaration in a ``style`` attribute: of the same value, else of the property."""
        name, _, value = (part.strip() for part in declaration.partition(":"))
        places = list(self._declarations(name))
        same = (span for span, written in places if _squeezed(written) == _squeezed(value))
        return next(same, places[0][0] if places else None)

    def of_drawing(self) -> Span | None:
        """Return the place of the first drawing (svg)."""
        found = ((file, match) for file, _ in self.files for match in _DRAWING.finditer(file.text))
        return next((_span(file, match.start(), len(match[0])) for file, match in found), None)

    def _declarations(self, name: str) -> Iterator[tuple[Span, str]]:
        form = re.compile(rf"(?:^|;)\s*({re.escape(name)})\s*:([^;]*)", re.IGNORECASE)
        for file, _ in self.files:
            for style in _STYLE.finditer(file.text):
                for found in form.finditer(style[2]):
                    yield _span(file, style.start(2) + found.start(1), len(name)), found[2]


def _address(written: str) -> str:
    try:
        whole = urljoin(_ROOT, quote(written.strip(), safe="/:?#[]@!$&'()*+,;=%~-._"))
    except ValueError:
        return written
    return whole.replace(_ROOT, "cst://render/", 1) if whole.startswith(_ROOT) else whole


def _squeezed(value: str) -> str:
    return re.sub(r"/\*.*?\*/|\s", "", value)


def _span(file: SourceFile, offset: int, length: int) -> Span:
    span = file.place_of(offset)
    return Span(file, span.line, span.column, span.line, span.column + length)
