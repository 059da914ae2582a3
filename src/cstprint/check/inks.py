"""Colours in the inks of a press, which PDF/A does not allow without saying which press (ISO 19005-2, 6.2.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cstprint.check.sheets import Sheet
from cstprint.diagnostics import Diagnostic, PagePlace, error, msg

_HINT = msg("Write the colour as rgb, or render with --standard none.")
_PROBLEM = msg("PDF/A requires the printing condition of colours written with device-cmyk.")


def check_inks(sheets: Iterable[Sheet]) -> Iterator[Diagnostic]:
    """Yield an error for each colour in inks of the style sheets of an issue that becomes PDF/A."""
    for sheet in sheets:
        for ink in sheet.facts.inks:
            yield error("CST-E030", _PROBLEM, span=ink.span, hint=_HINT)


def inks_on_page(page: int) -> Diagnostic:
    """Return the error that a page, from 1, is painted in inks, wherever they were asked for."""
    return error("CST-E030", _PROBLEM, place=PagePlace(page), subject="PDF", hint=_HINT)
