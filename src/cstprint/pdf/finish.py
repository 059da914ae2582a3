"""The last stage: metadata, page labels and files into a PDF that is otherwise done, before its bytes are written."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pydyf

from cstprint.pdf.embed import Attachment, embed
from cstprint.pdf.standard import DEFAULT, STANDARDS, Standard
from cstprint.version import __version__

#: The flag of annotations that are printed (ISO 32000-1, 12.5.3).
_PRINTED = 1 << 2
PRODUCER = f"cstprint {__version__}, WeasyPrint"


@dataclass(frozen=True, slots=True)
class PdfMetadata:
    """What a PDF says about itself. ``date`` is the issue's, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, if it has one.

    ``modified`` is the only other date there can be: ``SOURCE_DATE_EPOCH``, never the clock.
    """

    title: str
    author: str
    publisher: str
    subject: str
    identifier: str
    language: str
    date: str | None
    modified: datetime.datetime | None = None


def finish(
    pdf: pydyf.PDF,
    metadata: PdfMetadata,
    standard: Standard = STANDARDS[DEFAULT],
    attachments: Sequence[Attachment] = (),
) -> None:
    """Give a PDF its metadata, page labels (1, 2, 3 …) and attachments; its outline is shown at the start.

    Links are printed as they are shown, also where no standard asks for that. Of standards it claims what was asked
    and nothing else.
    """
    pdf.info.clear()
    pdf.info.update({key: pydyf.String(value) for key, value in _info(metadata).items()})
    _put_in_catalog(pdf, "Metadata", _packet(xmp(metadata, standard)))
    pdf.catalog["PageLabels"] = pydyf.Dictionary(
        {"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D", "St": 1})])}
    )
    pdf.catalog["PageMode"] = "/UseOutlines"
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("Type") == "/Annot":
            entry["F"] = _PRINTED
    if attachments:
        embed(pdf, attachments)


def _packet(text: str) -> pydyf.Stream:
    """Return an XMP packet as it lies in a PDF: not compressed, so that tools find it that know no PDF."""
    return pydyf.Stream([text.encode("utf-8")], {"Type": "/Metadata", "Subtype": "/XML"})


def _put_in_catalog(pdf: pydyf.PDF, key: str, value: pydyf.Stream) -> None:
    """Add an object to the catalogue, in place of the one that stands there."""
    if key in pdf.catalog:
        value.number = int(pdf.catalog[key].split()[0])
        pdf.objects[value.number] = value
    else:
        pdf.add_object(value)
        pdf.catalog[key] = value.reference


def _info(metadata: PdfMetadata) -> dict[str, str]:
    """Return the document information dictionary (ISO 32000-1, 14.3.3); its dates may stop after the year."""
    info = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Creator": f"cstprint {__version__}",
        "Producer": PRODUCER,
    }
    if metadata.date:
        info["CreationDate"] = "D:" + metadata.date.replace("-", "")
    if metadata.modified:
        info["ModDate"] = metadata.modified.strftime("D:%Y%m%d%H%M%SZ")
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
        items("date", "Seq", metadata.date) if metadata.date else "",
        "<dc:format>application/pdf</dc:format>",
        f"<xmp:CreateDate>{metadata.date}</xmp:CreateDate>" if metadata.date else "",
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
