"""The references of a PDF's pages are listed once: each structure element asks for all of them, to take one."""

from __future__ import annotations

from cstprint.engine.weasy.types import Pdf


def listed_once(original: property) -> property:
    """Replace the property ``page_references`` of ``pydyf.PDF``; the list is made anew when a page was added."""
    known: dict[int, list[bytes]] = {}

    def references(pdf: Pdf) -> list[bytes]:
        count = pdf.pages["Count"]
        if count not in known:
            known[count] = original.__get__(pdf)
        return known[count]

    return property(references)
