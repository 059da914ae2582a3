"""The last stage: metadata, page labels and identifiers into a PDF that is otherwise done.

The writer is made with ``clone_from``: merging or appending pages would lose the structure tree.
"""

from __future__ import annotations

import datetime
import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from cstprint.pdf.embed import Attachment, embed
from cstprint.pdf.standard import DEFAULT, STANDARDS, Standard
from cstprint.version import __version__

PRODUCER = f"cstprint {__version__}, WeasyPrint, pypdf"


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """What a PDF says about itself. ``date`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, from the issue.

    ``modified`` is the only other date there can be: ``SOURCE_DATE_EPOCH``, never the clock.
    """

    title: str
    author: str
    publisher: str
    subject: str
    identifier: str
    language: str
    date: str
    modified: datetime.datetime | None = None


def pypdf_errors() -> tuple[type[Exception], ...]:
    """Return what pypdf raises where a PDF is beyond it."""
    from pypdf.errors import PyPdfError

    return PyPdfError, RecursionError


def finish(
    data: bytes,
    metadata: PdfMetadata,
    standard: Standard = STANDARDS[DEFAULT],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the PDF with its metadata, page labels (1, 2, 3 …), attachments and outline shown at the start.

    Of standards it claims what was asked and nothing else.
    """
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import NameObject

    with _without_counts():
        writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    writer.metadata = _info(metadata)
    writer.xmp_metadata = xmp(metadata, standard).encode("utf-8")
    stream: Any = writer.root_object["/Metadata"]
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    writer.set_page_label(0, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL, start=1)
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    if attachments:
        embed(writer, attachments)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@contextmanager
def _without_counts() -> Iterator[None]:
    """Do not let pypdf say that it found more objects than the old trailer counts.

    WeasyPrint writes the colour profile of a group (transparent gradients, crop marks) into the group itself; pypdf
    makes objects of such streams, as ISO 32000-1, 7.3.8.1 asks, and counts them in its own trailer.
    """
    logger = logging.getLogger("pypdf._writer")

    def matters(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("Object count ")

    logger.addFilter(matters)
    try:
        yield
    finally:
        logger.removeFilter(matters)


def _info(metadata: PdfMetadata) -> dict[str, str]:
    """Return the document information dictionary (ISO 32000-1, 14.3.3); its dates may stop after the year."""
    info = {
        "/Title": metadata.title,
        "/Author": metadata.author,
        "/Subject": metadata.subject,
        "/Creator": f"cstprint {__version__}",
        "/Producer": PRODUCER,
        "/CreationDate": "D:" + metadata.date.replace("-", ""),
    }
    if metadata.modified:
        info["/ModDate"] = metadata.modified.strftime("D:%Y%m%d%H%M%SZ")
    return info


def xmp(metadata: PdfMetadata, standard: Standard = STANDARDS["none"]) -> str:
    """Return the XMP packet (ISO 16684-1; Dublin Core as in its table 2)."""
    language = escape(metadata.language)

    def alternatives(name: str, value: str) -> str:
        return (
            f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></dc:{name}>'
        )

    def items(name: str, kind: str, value: str) -> str:
        return f"<dc:{name}><rdf:{kind}><rdf:li>{escape(value)}</rdf:li></rdf:{kind}></dc:{name}>"

    modified = ""
    if metadata.modified:
        modified = f"<xmp:ModifyDate>{metadata.modified.strftime('%Y-%m-%dT%H:%M:%SZ')}</xmp:ModifyDate>"
    properties = (
        alternatives("title", metadata.title),
        items("creator", "Seq", metadata.author),
        items("publisher", "Bag", metadata.publisher),
        alternatives("description", metadata.subject),
        f"<dc:identifier>{escape(metadata.identifier)}</dc:identifier>",
        items("language", "Bag", language),
        items("date", "Seq", metadata.date),
        "<dc:format>application/pdf</dc:format>",
        f"<xmp:CreateDate>{metadata.date}</xmp:CreateDate>",
        modified,
        f"<xmp:CreatorTool>cstprint {__version__}</xmp:CreatorTool>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
    )
    body = "\n".join(f"  {line}" for line in properties if line)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f"{body}\n"
        f"</rdf:Description>\n{standard.claims()}"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )
