"""What a PDF is made of, read from its bytes: pages, labels, outline, links, fonts, metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cstprint.pdf.objects import UnreadError, read_catalog, resolved
from cstprint.pdf.structure import Element, read_structure


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font as the PDF holds it: ``name`` without the subset's six letters."""

    name: str
    subset: bool
    embedded: bool
    to_unicode: bool


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: ``level`` from 1, ``page`` from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link inside the document: where it is (page from 1, rectangle in pt from the bottom left), where to."""

    page: int
    rectangle_pt: tuple[float, float, float, float]
    target_page: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """Where a link can be clicked, in pt from the page's bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """Its area in square pt."""
        return (self.right - self.left) * (self.top - self.bottom)

    def common(self, other: LinkArea) -> float:
        """Return the area in square pt that it has in common with another."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, across) * max(0.0, up)


def reading_errors() -> tuple[type[Exception], ...]:
    """Return what is raised where a PDF cannot be read."""
    from pypdf.errors import PyPdfError

    return PyPdfError, UnreadError, RecursionError


class PdfFacts:
    """A PDF opened for reading; what every render asks for is read in our own way where that can be."""

    def __init__(self, data: bytes):
        self._data = data

    @cached_property
    def _reader(self) -> Any:
        from pypdf import PdfReader

        return PdfReader(io.BytesIO(self._data))

    @cached_property
    def _root(self) -> Any:
        """The catalogue: dictionaries that follow references, as pypdf's do."""
        try:
            return read_catalog(self._data)
        except UnreadError:
            return self._reader.root_object

    @cached_property
    def _pages(self) -> list[tuple[int, Any]]:
        """The number of each page's object, and its dictionary."""
        found: list[tuple[int, Any]] = []
        todo = [self._root.raw_get("/Pages")]
        while todo:
            reference = todo.pop()
            node = resolved(reference)
            if "/Kids" in node:
                todo += reversed(node["/Kids"])
            else:
                found.append((reference.idnum, node))
        return found

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def page_labels(self) -> list[str]:
        """What a viewer calls each page."""
        return list(self._reader.page_labels)

    @property
    def info(self) -> dict[str, str]:
        """The document information dictionary."""
        return {str(key): str(value) for key, value in (self._reader.metadata or {}).items()}

    @property
    def xmp(self) -> str:
        """The XMP packet's text."""
        stream = self._reader.root_object.get("/Metadata")
        return stream.get_object().get_data().decode("utf-8") if stream is not None else ""

    @property
    def catalog(self) -> dict[str, Any]:
        """The document catalogue."""
        return dict(self._root)

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The bookmarks in order."""
        return list(self._outline(self._reader.outline, 1))

    def _outline(self, entries: list[Any], level: int) -> Iterator[OutlineEntry]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._outline(entry, level + 1)
            else:
                page = self._reader.get_destination_page_number(entry)
                yield OutlineEntry(level, str(entry.title), (page if page is not None else -1) + 1)

    @cached_property
    def links(self) -> list[PdfLink]:
        """The links inside the document, page by page."""
        return list(self._links())

    def _links(self) -> Iterator[PdfLink]:
        destinations = self._reader.named_destinations
        for number, page in enumerate(self._reader.pages, start=1):
            for reference in page.get("/Annots", ()):
                annotation = reference.get_object()
                name = annotation.get("/Dest")
                if annotation.get("/Subtype") != "/Link" or not isinstance(name, str):
                    continue
                target = self._reader.get_destination_page_number(destinations[str(name)])
                left, bottom, right, top = (float(value) for value in annotation["/Rect"])
                rectangle = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
                yield PdfLink(number, rectangle, (target if target is not None else -1) + 1)

    @cached_property
    def link_areas(self) -> dict[int, list[LinkArea]]:
        """Where the links of each page are, by its number from 1."""
        found: dict[int, list[LinkArea]] = {}
        for number, (_, page) in enumerate(self._pages, start=1):
            for annotation in map(resolved, page.get("/Annots", ())):
                if annotation.get("/Subtype") == "/Link":
                    first, second, third, fourth = (float(value) for value in annotation["/Rect"])
                    across, up = sorted((first, third)), sorted((second, fourth))
                    found.setdefault(number, []).append(LinkArea(across[0], up[0], across[1], up[1]))
        return found

    @cached_property
    def structure(self) -> Element:
        """The structure tree, from an element without a kind."""
        numbers = {idnum: number for number, (idnum, _) in enumerate(self._pages, start=1)}
        return read_structure(self._root, numbers)

    @cached_property
    def fonts(self) -> list[PdfFont]:
        """Every font that some page uses, each once, by name."""
        found: dict[str, PdfFont] = {}
        for _, page in self._pages:
            for font in map(resolved, page.get("/Resources", {}).get("/Font", {}).values()):
                read = _font(font)
                found[read.name] = read
        return sorted(found.values(), key=lambda font: font.name)

    def text(self, page: int) -> str:
        """Return the text of a page (from 1) in content order."""
        return str(self._reader.pages[page - 1].extract_text())


def _font(font: Any) -> PdfFont:
    base = str(font["/BaseFont"]).lstrip("/")
    prefix, plus, name = base.partition("+")
    descendants = font.get("/DescendantFonts")
    inner = resolved(descendants[0]) if descendants else font
    descriptor = inner.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    subset = bool(plus) and len(prefix) == 6 and prefix.isupper()
    return PdfFont(name if plus else base, subset, embedded, "/ToUnicode" in font)
