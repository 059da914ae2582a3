"""HTML to pages and pages to PDF bytes: the two calls of WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstprint.diagnostics import Diagnostics, Result
from cstprint.engine.facts import TextFact, owners_of, text_facts
from cstprint.html.compose import HtmlDocument

#: The options of WeasyPrint's own command that give the same file (`make bench` uses them).
PDF_OPTIONS: Mapping[str, object] = {"pdf_tags": True, "pdf_version": "1.7"}


@dataclass(frozen=True)
class PagedDocument:
    """Laid-out pages: how many, what stands on them. Only this package looks inside ``document``."""

    document: Any
    owners: dict[Any, str]
    layouts: Mapping[str, Path]

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)

    def texts(self) -> list[TextFact]:
        """Return every run of text on the pages."""
        return list(text_facts(self.document.pages, self.owners))


def paginate(html: HtmlDocument, issue_folder: Path, layouts: Mapping[str, Path]) -> Result[PagedDocument]:
    """Return the pages of ``html``, which may use files of ``issue_folder`` and of ``layouts`` (by name)."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.fetcher import BASE_URL, Fetcher
    from cstprint.engine.logs import MessageLog, listening

    fetcher = Fetcher(issue_folder, layouts)
    log = MessageLog(layouts, fetcher.refusals)
    with listening(log):
        page = HTML(string=html.html, base_url=BASE_URL, url_fetcher=fetcher)
        document = page.render(font_config=FontConfiguration(), **PDF_OPTIONS)
    found: Diagnostics = (*fetcher.refusals, *log.diagnostics)
    return Result(PagedDocument(document, owners_of(page.etree_element), layouts), found)


def write(paged: PagedDocument) -> Result[bytes]:
    """Return the pages as a PDF, before finishing."""
    from cstprint.engine.logs import MessageLog, listening

    log = MessageLog(paged.layouts)
    with listening(log):
        data = paged.document.write_pdf(**PDF_OPTIONS)
    return Result(data, tuple(log.diagnostics))
