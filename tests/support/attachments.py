"""The files inside a PDF, as PDFium finds them: a reader that shares no code with the writer."""

from __future__ import annotations

from urllib.parse import unquote

import pypdfium2


def attachments(pdf: bytes) -> dict[str, bytes]:
    """Return the files by their paths."""
    return {unquote(one.get_name()): bytes(one.get_data()) for one in _all(pdf)}


def attachment_names(pdf: bytes) -> list[str]:
    """Return the files' names as they are inside."""
    return [one.get_name() for one in _all(pdf)]


def _all(pdf: bytes) -> list[pypdfium2.PdfAttachment]:
    document = pypdfium2.PdfDocument(pdf)
    return [document.get_attachment(place) for place in range(document.count_attachments())]
