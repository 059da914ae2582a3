"""HTML to pages and pages to PDF bytes: the two calls of WeasyPrint."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstprint.css.facts import Declared, StyleRule
from cstprint.diagnostics import Diagnostic, Diagnostics, Result, error, msg, warning
from cstprint.engine.blocks.side_floats import IN_COLUMN
from cstprint.engine.draw.painting import Painting
from cstprint.engine.pages.source import DocumentTexts
from cstprint.engine.pages.text import TextFact, ragged_lines, text_facts
from cstprint.engine.weasy.environment import font_configuration, load_weasyprint
from cstprint.html.compose import HtmlDocument
from cstprint.pictures.prepared import PreparedPicture
from cstprint.placement.decisions import NONE, Placements
from cstprint.source import Span

if TYPE_CHECKING:
    from cstprint.engine.pages.blame import Culprit
    from cstprint.engine.pages.hidden import Hidden
    from cstprint.engine.passes.integrity import LaidOut
    from cstprint.placement.facts import PageFlow

#: The options of WeasyPrint's own command that give the same file (`make bench` uses them).
PDF_OPTIONS: Mapping[str, object] = {"pdf_tags": True, "pdf_version": "1.7"}


def pdf_options(variant: str | None) -> dict[str, object]:
    """Return WeasyPrint's options for one of its variants (``pdf/a-2a`` …)."""
    return {**PDF_OPTIONS, "pdf_variant": variant} if variant else dict(PDF_OPTIONS)


@dataclass(frozen=True)
class PagedDocument:
    """Laid-out pages: how many, what stands on them. Only this package looks inside ``document``."""

    document: Any
    layouts: Mapping[str, Path]
    stock_lines: bool
    #: What may be read; pictures inside drawings are read only when the pages are written.
    fetcher: Any
    root: Any
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

    def hidden(self) -> list[Hidden]:
        """Return the texts and pictures that nobody sees on the pages that were written."""
        from cstprint.engine.pages.hidden import hidden_things

        return list(hidden_things(self.painting, self.document.pages))

    def culprit_of(self, rules: Sequence[StyleRule], hidden: Hidden) -> Culprit | None:
        """Return which of the rules hides something, or the ``style`` attribute that does."""
        from cstprint.engine.pages.blame import culprit_of

        return culprit_of(self.root, rules, hidden.blamed)

    def left_out_by(self, rules: Sequence[StyleRule], element: Any) -> Culprit | None:
        """Return which of the rules, or which ``style`` attribute, leaves an element's text out."""
        from cstprint.engine.pages.blame import left_out_by

        return left_out_by(self.root, rules, element)

    def declared_at(self, rules: Sequence[StyleRule], element: Any, names: Sequence[str]) -> Declared | None:
        """Return which of the rules gives an element of the document one of the properties ``names``."""
        from cstprint.engine.pages.declared import declared_at

        return declared_at(self.root, element, rules, names)

    def long_floats(self) -> set[str]:
        """Return the ids of what should stand beside the text and takes the column: it is longer than a page."""
        return {element.get("id", "") for element in self.root.iterfind(f".//*[@{IN_COLUMN}]")}

    def bare_addresses(self) -> list[tuple[str, str | None]]:
        """Return each address that is printed and is no link, with the id of its block."""
        from cstprint.engine.pages.references import bare_addresses

        return list(bare_addresses(self.root, self.source.owners))

    def ragged_lines(self) -> list[TextFact]:
        """Return every line that should end at the right edge and cannot."""
        return list(ragged_lines(self.document.pages, self.source.owners))


def paginate(  # noqa: PLR0913 - all that WeasyPrint must be told
    html: HtmlDocument,
    issue_folder: Path,
    layouts: Mapping[str, Path],
    *,
    stock_lines: bool = False,
    pictures: Mapping[str, PreparedPicture] | None = None,
    variant: str | None = None,
    max_pages: int | None = None,
    placements: Placements = NONE,
    mends_holes: bool = False,
) -> Result[PagedDocument]:
    """Return the pages of ``html``, which may use files of ``issue_folder`` and of ``layouts`` (by name).

    ``stock_lines`` accepts WeasyPrint's own lines, also where our line setting does not fit this WeasyPrint.
    ``variant`` is the standard that the PDF is made to, as WeasyPrint names it.
    With ``pictures``, by their paths, these are given to WeasyPrint instead of the files of the issue's folder.
    A layout that goes beyond ``max_pages`` ends in an error. Figures may leave their places as ``placements`` say,
    with ``mends_holes`` also where they would leave holes.
    """
    load_weasyprint()
    from weasyprint import HTML

    from cstprint.engine.blocks.footnotes import kept_notes
    from cstprint.engine.blocks.line_grid import whole_lines
    from cstprint.engine.blocks.long_boxes import long_boxes
    from cstprint.engine.blocks.long_notes import long_notes
    from cstprint.engine.blocks.plain_titles import plain_titles
    from cstprint.engine.columns.layout import grid_columns
    from cstprint.engine.draw.links import single_links
    from cstprint.engine.lines.trailing_space import trailing_spaces
    from cstprint.engine.messages.failures import failed_box
    from cstprint.engine.messages.logs import MessageLog, TooManyPagesError, failed_declaration, listening
    from cstprint.engine.page_floats.layout import PageFloats
    from cstprint.engine.passes.integrity import lay_out
    from cstprint.engine.speed.note_heights import known_note_heights
    from cstprint.engine.speed.sheets import ready_sheets
    from cstprint.engine.speed.styles import quick_styles
    from cstprint.engine.weasy.fetcher import BASE_URL, Fetcher

    unknown = () if stock_lines else unknown_weasyprint()
    if unknown:
        return Result(None, unknown)
    fetcher = Fetcher(issue_folder, layouts, pictures)
    log = MessageLog(layouts, fetcher.refusals, max_pages)
    floats = PageFloats(placements, mends_holes=mends_holes)
    try:
        with (
            listening(log),
            single_links(),
            whole_lines(),
            trailing_spaces(),
            kept_notes(),
            known_note_heights(),
            long_notes(),
            long_boxes(),
            plain_titles(),
            floats.leaving(),
            grid_columns(),
            ready_sheets(),
            quick_styles(),
        ):
            page = HTML(string=html.html, base_url=BASE_URL, url_fetcher=fetcher)
            made = lay_out(
                lambda: page.render(font_config=font_configuration(), **pdf_options(variant)),
                stock=stock_lines,
            )
    except (RecursionError, OverflowError) as exception:
        return Result(None, (*fetcher.refusals, *log.diagnostics, _beyond(exception)))
    except TooManyPagesError:
        return Result(None, (*fetcher.refusals, *log.diagnostics, _too_many_pages(max_pages)))
    except Exception as exception:
        failed = failed_declaration(exception, log.sheet) or failed_box(
            exception, DocumentTexts(page.etree_element).owners, html.spans
        )
        if failed is None:
            raise
        return Result(None, tuple(dict.fromkeys((*fetcher.refusals, *log.diagnostics, failed))))
    # Some of it is reported twice, if it was laid out twice.
    once = dict.fromkeys((*fetcher.refusals, *log.diagnostics))
    root = page.etree_element
    paged = PagedDocument(
        made.document, layouts, made.stock, fetcher, root, html.spans, variant, floats.placements
    )
    return Result(paged, (*once, *_amiss(made, stock=stock_lines)))


def _amiss(made: LaidOut, *, stock: bool) -> Iterator[Diagnostic]:
    """Yield what is amiss with the pages: text lost or doubled, or but for stock lines; numbers not right."""
    lost, doubled = ("".join(letters)[:20] for letters in (made.lost, made.doubled))
    hint = msg("Make floats, columns or footnotes shorter, or move them within the text.")
    if lost:
        yield warning(
            "CST-E009",
            msg("Text is lost where a page ends, with these letters: {lost}", lost=lost),
            hint=hint,
        )
    if doubled:
        message = msg("Text stands twice where a page ends, with these letters: {doubled}", doubled=doubled)
        yield warning("CST-E009", message, hint=hint)
    if not made.numbered:
        yield error(
            "CST-E017",
            msg("Page numbers that are printed elsewhere do not come to rest."),
            hint=msg(
                "Change the text a little where a page is referred to, or begin the target on a new page."
            ),
        )
    if made.stock and not stock:
        message = msg(
            "All lines are WeasyPrint's own: under ours it would fail, lose text or print it twice."
        )
        yield warning("CST-E009", message, hint=hint)


def _as_it_is(_pdf: Any) -> None:
    """Finish nothing."""


def write(paged: PagedDocument, finish: Callable[[Any], None] = _as_it_is) -> Result[bytes]:
    """Return the pages as a PDF; ``finish`` gets its objects (``pydyf.PDF``) before they are written."""
    from cstprint.engine.messages.failures import failed_box
    from cstprint.engine.messages.logs import MessageLog, listening

    refusals = paged.fetcher.refusals
    told = len(refusals)
    log = MessageLog(paged.layouts, refusals)
    try:
        with _writing(paged), listening(log), warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", ResourceWarning
            )  # WeasyPrint leaves its colour profile's file open
            data = paged.document.write_pdf(
                finisher=lambda _document, pdf: finish(pdf), **pdf_options(paged.variant)
            )
    except (RecursionError, OverflowError) as exception:
        return Result(None, (*refusals[told:], *log.diagnostics, _beyond(exception)))
    except Exception as exception:
        failed = failed_box(exception, paged.source.owners, paged.spans)
        if failed is None:
            raise
        return Result(None, (*refusals[told:], *log.diagnostics, failed))
    return Result(data, (*refusals[told:], *log.diagnostics))


def _beyond(exception: Exception) -> Diagnostic:
    """Return the error that the pages hold more than WeasyPrint can do."""
    if isinstance(exception, RecursionError):
        message = msg("The pages are nested too deeply for WeasyPrint: elements, drawings or CSS.")
    else:
        message = msg("A number is too large for WeasyPrint: {reason}.", reason=exception)
    return error("CST-E010", message, hint=msg("Look at what the layout's templates and CSS make."))


def _too_many_pages(max_pages: int | None) -> Diagnostic:
    message = msg("The layout goes on beyond {count} pages.", count=max_pages)
    hint = msg("If the issue is really that long, allow more with --limit-pages.")
    return error("CST-E014", message, hint=hint)


@contextmanager
def _writing(paged: PagedDocument) -> Iterator[None]:
    """Let WeasyPrint write what it does not know of itself."""
    from cstprint.engine.draw.artifacts import artifacts
    from cstprint.engine.draw.emphasis import emphasis_dots
    from cstprint.engine.draw.paint_order import painted_in_order
    from cstprint.engine.draw.tags import better_tags
    from cstprint.engine.speed.compression import compressed_once
    from cstprint.engine.speed.embedding import nothing_copied

    with (
        emphasis_dots(),
        painted_in_order(),
        better_tags(),
        artifacts(),
        paged.painting.noted(),
        nothing_copied(),
        compressed_once(),
        _lines(stock=paged.stock_lines),
    ):
        yield


def _lines(*, stock: bool) -> AbstractContextManager[None]:
    from cstprint.engine.lines.hooks import chinese_lines

    return nullcontext() if stock else chinese_lines()


def unknown_weasyprint() -> Diagnostics:
    """Return an error where WeasyPrint is not the one that our line setting was written for.

    An archive must not fall back to ragged lines without a word.
    """
    load_weasyprint()
    from cstprint.engine.lines.hooks import changed_modules

    changed = changed_modules()
    if not changed:
        return ()
    message = msg(
        "This WeasyPrint sets lines in another way than is known here: {modules}.", modules=tuple(changed)
    )
    hint = msg("Install the locked version, or accept WeasyPrint's own lines with --set line-setting=stock.")
    return (error("CST-E005", message, subject="WeasyPrint", hint=hint),)
