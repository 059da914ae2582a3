"""Pages to PDF bytes."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from cstprint.diagnostics import Result
from cstprint.engine.document import PagedDocument, pdf_options
from cstprint.engine.draw.crop_marks import add_marks
from cstprint.engine.messages.failures import beyond, failed_box
from cstprint.engine.messages.logs import MessageLog, listening
from cstprint.engine.weasy.compatibility import features_of
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.patch import Phase, applied
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Document, Pdf


def _as_it_is(_pdf: Pdf) -> None:
    """Finish nothing."""


def _turn_back(document: Document, pdf: Pdf) -> None:
    """Let viewers show the pages of turned tables so that these are upright (ISO 32000-1, 7.7.3.3)."""
    written = (one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page")
    for page, entry in zip(document.pages, written, strict=True):
        if block_marks(box_of_page(page)).is_turned:
            entry["Rotate"] = 90


def write(paged: PagedDocument, finish: Callable[[Pdf], None] = _as_it_is) -> Result[bytes]:
    """Return the pages as a PDF; ``finish`` gets its objects before they are written."""
    refusals = paged.fetcher.refusals
    told = len(refusals)
    log = MessageLog(paged.layouts, refusals)
    phases = (Phase.ALWAYS, Phase.WRITE) if paged.stock_lines else (Phase.ALWAYS, Phase.WRITE, Phase.LINES)
    paged.painting.begin()

    def finisher(document: Document, pdf: Pdf) -> None:
        _turn_back(document, pdf)
        add_marks(document, pdf)
        finish(pdf)

    try:
        with (
            listening(log),
            applied(features_of(*phases), paged.painting),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter(
                "ignore", ResourceWarning
            )  # WeasyPrint leaves its colour profile's file open
            data = paged.document.write_pdf(finisher=finisher, **pdf_options(paged.variant))
    except (RecursionError, OverflowError) as exception:
        return Result(None, (*refusals[told:], *log.diagnostics, beyond(exception)))
    except Exception as exception:
        failed = failed_box(exception, paged.source.owners, paged.spans)
        if failed is None:
            raise
        return Result(None, (*refusals[told:], *log.diagnostics, failed))
    return Result(data, (*refusals[told:], *log.diagnostics))
