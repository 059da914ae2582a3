"""Files inside a PDF: associated files of the whole document (ISO 19005-3, 6.8; ISO 32000-1, 7.11.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal
from urllib.parse import quote

import pydyf


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed: its ``path`` with ``/``, and what it is to the document."""

    path: str
    media_type: str
    data: bytes = field(repr=False)
    relationship: Literal["Source", "Supplement"] = "Source"


def embedded_name(path: str) -> str:
    """Return the name that a file has inside: its path, the strokes written ``%2F``, ``unquote`` gives it back.

    Names with strokes stop readers that save all files to a folder.
    """
    return path.replace("%", "%25").replace("/", "%2F")


def embed(pdf: pydyf.PDF, attachments: Iterable[Attachment]) -> None:
    """Put the files into the PDF and tie them to the document. No dates: a file's time is not its content."""
    names, associated = pydyf.Array(), pydyf.Array()
    # A name tree is sorted by the bytes of its keys; in ASCII these are what they look like.
    for key, attachment in sorted(
        ((quote(one.path, safe=""), one) for one in attachments), key=itemgetter(0)
    ):
        reference = _add(pdf, _file_specification(key, attachment, _add(pdf, _embedded_file(attachment))))
        names += (pydyf.String(key), reference)
        associated.append(reference)
    tree = _add(pdf, pydyf.Dictionary({"Names": names}))
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree
    pdf.catalog["AF"] = associated


def _add(pdf: pydyf.PDF, entry: pydyf.Object) -> bytes:
    """Add an object, and return how others refer to it."""
    pdf.add_object(entry)
    reference: bytes = entry.reference
    return reference


def _file_specification(key: str, attachment: Attachment, file: bytes) -> pydyf.Dictionary:
    return pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(key),
            "UF": pydyf.String(embedded_name(attachment.path)),
            "Desc": pydyf.String(attachment.path),
            "EF": pydyf.Dictionary({"F": file, "UF": file}),
            "AFRelationship": "/" + attachment.relationship,
        }
    )


def _embedded_file(attachment: Attachment) -> pydyf.Stream:
    data = attachment.data
    checksum = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return pydyf.Stream(
        [data],
        {
            "Type": "/EmbeddedFile",
            "Subtype": pydyf.name(attachment.media_type),
            "Params": pydyf.Dictionary({"Size": len(data), "CheckSum": f"<{checksum}>"}),
        },
        compress=not attachment.media_type.startswith("image/"),  # pictures are compressed already
    )
