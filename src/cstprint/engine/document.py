"""A document that has been laid out: its pages, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from cstprint.css.facts import Declared, StyleRule
from cstprint.engine.blocks.side_floats import IN_COLUMN
from cstprint.engine.draw.painting import Painting
from cstprint.engine.pages.source import DocumentTexts
from cstprint.engine.pages.text import TextFact, ragged_lines, text_facts
from cstprint.placement.decisions import NONE, Placements
from cstprint.source import Span

if TYPE_CHECKING:
    from cstprint.engine.pages.blame import Culprit
    from cstprint.engine.pages.hidden import Hidden, Judged
    from cstprint.engine.pages.pictures import PlacedPicture
    from cstprint.engine.pages.references import Reference
    from cstprint.engine.weasy.fetcher import Fetcher
    from cstprint.engine.weasy.types import Document
    from cstprint.placement.blanks import Blank
    from cstprint.placement.facts import PageFlow

#: The options of WeasyPrint's own command that give the same file (`make bench` uses them).
PDF_OPTIONS: Mapping[str, object] = {"pdf_tags": True, "pdf_version": "1.7"}


def pdf_options(variant: str | None) -> dict[str, object]:
    """Return WeasyPrint's options for one of its variants (``pdf/a-2a`` …)."""
    return {**PDF_OPTIONS, "pdf_variant": variant} if variant else dict(PDF_OPTIONS)


@dataclass(frozen=True)
class PagedDocument:
    """Laid-out pages: how many, what stands on them. Only this package looks inside ``document``."""

    document: Document
    layouts: Mapping[str, Path]
    stock_lines: bool
    #: What may be read; pictures inside drawings are read only when the pages are written.
    fetcher: Fetcher
    root: Element
    #: Where its blocks come from, by their ids.
    spans: Mapping[str, Span]
    variant: str | None = None
    #: What has become of figures: what was asked for, and those that left their places because of holes.
    placements: Placements = NONE
    #: What was painted, once the pages have been written.
    painting: Painting = field(default_factory=Painting)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)

    @cached_property
    def flow(self) -> PageFlow:
        """Where the blocks of the articles stand."""
        from cstprint.engine.pages.flow import flow_of

        return flow_of(self.document.pages)

    def blanks(self) -> list[Blank]:
        """Return the pages that stay blank by a quarter and more, and why."""
        from cstprint.engine.pages.blank import blanks

        return list(blanks(self.document.pages))

    @cached_property
    def source(self) -> DocumentTexts:
        """The texts of the document that was laid out."""
        return DocumentTexts(self.root)

    @cached_property
    def texts(self) -> tuple[TextFact, ...]:
        """Every run of text on the pages."""
        return tuple(text_facts(self.document.pages, self.source.owners))

    def sources(self) -> dict[str, str]:
        """Return the text that belongs on the pages, by the ids of its blocks."""
        return self.source.blocks

    def judged(self) -> Judged:
        """Return what nobody sees on the pages that were written, and the texts that can hardly be read."""
        from cstprint.engine.pages.hidden import judged

        return judged(self.painting, self.document.pages)

    def culprit_of(self, rules: Sequence[StyleRule], hidden: Hidden) -> Culprit | None:
        """Return which of the rules hides something, or the ``style`` attribute that does."""
        from cstprint.engine.pages.blame import culprit_of

        return culprit_of(self.root, rules, hidden.blamed)

    def left_out_by(self, rules: Sequence[StyleRule], element: Element) -> Culprit | None:
        """Return which of the rules, or which ``style`` attribute, leaves an element's text out."""
        from cstprint.engine.pages.blame import left_out_by

        return left_out_by(self.root, rules, element)

    def declared_at(
        self, rules: Sequence[StyleRule], element: Element | None, names: Sequence[str]
    ) -> Declared | None:
        """Return which of the rules gives an element of the document one of the properties ``names``."""
        from cstprint.engine.pages.declared import declared_at

        return declared_at(self.root, element, rules, names)

    def long_floats(self) -> dict[str, str]:
        """Return why what should stand beside the text takes the column, by the ids of its blocks."""
        found = self.root.iterfind(f".//*[@{IN_COLUMN}]")
        owners = self.source.owners
        return {one.get("id") or owners.get(one) or "": one.get(IN_COLUMN, "") for one in found}

    def references(self) -> list[Reference]:
        """Return what the pages and their HTML refer to, without the links that stay within the document."""
        from cstprint.engine.pages.references import references

        return list(references(self.document.pages, self.root))

    def pictures(self) -> list[PlacedPicture]:
        """Return every picture of the issue that stands on a page."""
        from cstprint.engine.pages.pictures import placed_pictures

        return list(placed_pictures(self.document.pages))

    def bare_addresses(self) -> list[tuple[str, str | None]]:
        """Return each address that is printed and is no link, with the id of its block."""
        from cstprint.engine.pages.references import bare_addresses

        return list(bare_addresses(self.root, self.source.owners))

    def ragged_lines(self) -> list[TextFact]:
        """Return every line that should end at the right edge and cannot."""
        return list(ragged_lines(self.document.pages, self.source.owners))

    def loose_lines(self) -> list[TextFact]:
        """Return every line that ends at the right edge, but with wide gaps between Han."""
        return list(ragged_lines(self.document.pages, self.source.owners, loose=True))
