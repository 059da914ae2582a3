"""HTML to pages: the order of what is asked of WeasyPrint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from cstprint.diagnostics import Diagnostic, Result, error, msg, warning
from cstprint.engine.document import PagedDocument, pdf_options
from cstprint.engine.messages.failures import beyond, failed_box
from cstprint.engine.messages.logs import MessageLog, TooManyPagesError, failed_declaration, listening
from cstprint.engine.pages.source import DocumentTexts
from cstprint.engine.passes.budget import Budget
from cstprint.engine.weasy.addresses import BASE_URL
from cstprint.engine.weasy.compatibility import features_of, left_out, unknown_weasyprint
from cstprint.engine.weasy.environment import font_configuration, load_weasyprint
from cstprint.engine.weasy.patch import Phase, applied
from cstprint.engine.weasy.types import Document
from cstprint.html.compose import HtmlDocument
from cstprint.pictures.prepared import PreparedPicture
from cstprint.placement.decisions import NONE, Placements
from cstprint.source import Span

if TYPE_CHECKING:
    from cstprint.engine.blocks.longer_pages import LongerPages
    from cstprint.engine.blocks.own_pages import OwnPages
    from cstprint.engine.blocks.tables import Tables
    from cstprint.engine.columns.page import GridColumns
    from cstprint.engine.page_floats.flow import PageFloats
    from cstprint.engine.passes.layouts import LaidOut
    from cstprint.engine.weasy.fetcher import Fetcher


@dataclass(frozen=True)
class LayoutRequest:
    """What is to be laid out, and how.

    The HTML may use files of ``issue_folder`` and of ``layouts`` (by name). With ``pictures``, by their paths, these
    are given to WeasyPrint instead of the files of the issue's folder.
    """

    html: HtmlDocument
    issue_folder: Path
    layouts: Mapping[str, Path]
    pictures: Mapping[str, PreparedPicture] | None = None
    #: Take WeasyPrint's own lines, also where our replacements do not fit this WeasyPrint.
    stock_lines: bool = False
    #: The standard that the PDF is made to, as WeasyPrint names it.
    variant: str | None = None
    #: A layout that goes beyond so many pages ends in an error.
    max_pages: int | None = None


def paginate(
    request: LayoutRequest,
    placements: Placements = NONE,
    *,
    fills_gaps: bool = False,
    budget: Budget | None = None,
) -> Result[PagedDocument]:
    """Return the pages of a request. Figures leave their places as ``placements`` say.

    With ``fills_gaps`` they do also where they would leave gaps. Layouts are counted in ``budget``.
    """
    load_weasyprint()
    stock = request.stock_lines
    if unknown := unknown_weasyprint(stock_lines=stock):
        return Result(None, unknown)
    from weasyprint import HTML

    from cstprint.engine.passes.layouts import lay_out
    from cstprint.engine.weasy.fetcher import Fetcher

    fetcher = Fetcher(request.issue_folder, request.layouts, request.pictures, request.html.like_english)
    log = MessageLog(request.layouts, fetcher.refusals, request.max_pages)
    owners = _owners(placements, fills_gaps=fills_gaps)
    floats, tables, columns, own, _ = owners
    page: HTML | None = None

    def render(*others: object, stock: bool) -> Document:
        phases = (Phase.LAYOUT,) if stock else (Phase.LAYOUT, Phase.LINES)
        with applied(features_of(*phases), *owners, *others):
            assert page is not None
            made: Document = page.render(font_config=font_configuration(), **pdf_options(request.variant))
            return made

    try:
        with listening(log), applied(features_of(Phase.ALWAYS)):
            page = HTML(string=request.html.html, base_url=BASE_URL, url_fetcher=fetcher)
            made = lay_out(render, budget or Budget(), request.html.note_marks, stock=stock)
    except Exception as exception:
        failed = _failure(exception, request, log, None if page is None else page.etree_element)
        if failed is None:
            raise
        return Result(None, (*_reported(fetcher, log), failed))
    given = page.etree_element, request.html.spans, request.variant, floats.placements
    paged = PagedDocument(made.document, request.layouts, made.stock, fetcher, *given)
    blocks = _of_blocks((() if made.stock else tables.torn, columns.unheeded, own.blank), *given[:2])
    return Result(paged, (*_reported(fetcher, log), *_amiss(made, stock=stock), *blocks, *left_out()))


def _owners(
    placements: Placements, *, fills_gaps: bool
) -> tuple[PageFloats, Tables, GridColumns, OwnPages, LongerPages]:
    """Return what is remembered in a layout: the objects whose methods replace WeasyPrint's functions."""
    from cstprint.engine.blocks.longer_pages import LongerPages
    from cstprint.engine.blocks.own_pages import OwnPages
    from cstprint.engine.blocks.tables import Tables
    from cstprint.engine.columns.page import GridColumns
    from cstprint.engine.page_floats.flow import PageFloats

    floats = PageFloats(placements, fills_gaps=fills_gaps)
    return floats, Tables(), GridColumns(), OwnPages(), LongerPages(placements.longer)


def _failure(
    exception: Exception, request: LayoutRequest, log: MessageLog, root: Element | None
) -> Diagnostic | None:
    """Return the error that ended a layout of a document, if it was read; ``None`` for a fault of ours."""
    if isinstance(exception, (RecursionError, OverflowError)):
        return beyond(exception)
    if isinstance(exception, TooManyPagesError):
        return _too_many_pages(request.max_pages)
    owners = {} if root is None else DocumentTexts(root).owners
    return failed_declaration(exception, log.sheet) or failed_box(exception, owners, request.html.spans)


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


def _reported(fetcher: Fetcher, log: MessageLog) -> tuple[Diagnostic, ...]:
    """Return what was reported so far, once: pages that are laid out twice report it twice."""
    return tuple(dict.fromkeys((*fetcher.refusals, *log.diagnostics)))


def _of_blocks(
    found: tuple[Iterable[Element], ...], root: Element, spans: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    """Yield what is amiss with blocks, at their places: ``found`` are those torn, unheeded, after a blank page.

    Tables that are torn have no room even in their smallest type; beside breaks that are unheeded there is no column
    to go on in; before pictures over two pages a page is blank where the text has ended.
    """
    said = (
        (
            "CST-E024",
            msg("The table has too many columns for its room: numbers, words or short cells in it are torn."),
            msg("Part it into two tables, exchange its rows and columns, or make its heads shorter."),
        ),
        (
            "CST-E050",
            msg("A break asks for another column here, but what stands beside it spans all columns."),
            msg("Write page instead of column, or take column-span: all out."),
        ),
        (
            "CST-E051",
            msg("A page is blank before this picture over two pages: its article has no more text."),
            msg("Move the picture to an earlier place in the text, or print it on one page: place: page"),
        ),
    )
    blocks = [(one, *words) for kind, words in zip(found, said, strict=True) for one in kind]
    owners = DocumentTexts(root).owners if blocks else {}
    for block, code, message, hint in blocks:
        span = spans.get(owners.get(block, ""))
        yield warning(code, message, span=span, subject=None if span else "HTML", hint=hint)


def _too_many_pages(max_pages: int | None) -> Diagnostic:
    message = msg("The layout goes on beyond {count} pages.", count=max_pages)
    hint = msg("If the issue is really that long, allow more with --limit-pages.")
    return error("CST-E014", message, hint=hint)
