"""What a PDF is made of, read from its bytes: pages, labels, outline, links, fonts, metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cstprint.pdf.content import Content, page_with_device_cmyk, read_content
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


def pypdf_errors() -> tuple[type[Exception], ...]:
    """Return what pypdf raises where a PDF is beyond it."""
    from pypdf.errors import PyPdfError

    return PyPdfError, RecursionError


class PdfFacts:
    """A PDF opened for reading."""

    def __init__(self, data: bytes):
        from pypdf import PdfReader

        self._reader = PdfReader(io.BytesIO(data))

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._reader.pages)

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
        return dict(self._reader.root_object)

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
        for number, page in enumerate(self._reader.pages, start=1):
            for reference in page.get("/Annots", ()):
                annotation = reference.get_object()
                if annotation.get("/Subtype") == "/Link":
                    first, second, third, fourth = (float(value) for value in annotation["/Rect"])
                    across, up = sorted((first, third)), sorted((second, fourth))
                    found.setdefault(number, []).append(LinkArea(across[0], up[0], across[1], up[1]))
        return found

    @cached_property
    def structure(self) -> Element:
        """The structure tree, from an element without a kind."""
        references = (page.indirect_reference for page in self._reader.pages)
        numbers = {one.idnum: number for number, one in enumerate(references, start=1) if one is not None}
        return read_structure(self._reader.root_object, numbers)

    @cached_property
    def content(self) -> list[Content]:
        """What the pages paint, and what of it is marked."""
        return list(read_content(self._reader.pages))

    @cached_property
    def device_cmyk(self) -> int:
        """The first page, from 1, that paints in inks of no named press, or 0."""
        return page_with_device_cmyk(self._reader.pages)

    @cached_property
    def fonts(self) -> list[PdfFont]:
        """Every font that some page uses, each once, by name."""
        found: dict[str, PdfFont] = {}
        for page in self._reader.pages:
            fonts = page.get("/Resources", {}).get("/Font", {})
            for reference in fonts.get_object().values() if fonts else ():
                font = _font(reference.get_object())
                found[font.name] = font
        return sorted(found.values(), key=lambda font: font.name)

    def text(self, page: int) -> str:
        """Return the text of a page (from 1) in content order."""
        return str(self._reader.pages[page - 1].extract_text())


def _font(font: Any) -> PdfFont:
    base = str(font["/BaseFont"]).lstrip("/")
    prefix, plus, name = base.partition("+")
    descendants = font.get("/DescendantFonts")
    inner = descendants[0].get_object() if descendants else font
    descriptor = inner.get("/FontDescriptor", {})
    embedded = (
        any(key in descriptor.get_object() for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if descriptor
        else False
    )
    subset = bool(plus) and len(prefix) == 6 and prefix.isupper()
    return PdfFont(name if plus else base, subset, embedded, "/ToUnicode" in font)
