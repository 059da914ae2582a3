"""Addresses that are printed and cannot be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.source import Span


def check_addresses(
    addresses: Iterable[tuple[str, str | None]], spans: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    """Yield a note for each address, with the id of its block, that is printed and is no link."""
    for address, block in dict.fromkeys(addresses):
        yield note(
            "CST-E032",
            msg("The address “{address}” is printed but is not a link.", address=address),
            span=spans.get(block or ""),
            hint=msg("Write it as a link, so that it can be followed in the PDF."),
        )
