"""PDFs made by hand from pydyf's objects, as WeasyPrint makes them."""

from __future__ import annotations

import io

import pydyf


def empty_pdf(pages: int) -> pydyf.PDF:
    """A PDF of so many empty pages."""
    pdf = pydyf.PDF()
    for _ in range(pages):
        pdf.add_page(
            pydyf.Dictionary(
                {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 100, 100])}
            )
        )
    return pdf


def written(pdf: pydyf.PDF) -> bytes:
    """Its bytes, as WeasyPrint has them written."""
    stream = io.BytesIO()
    pdf.write(stream, b"1.7", identifier=True, compress=True)
    return stream.getvalue()
