"""Files inside a PDF: associated files of the whole document (ISO 19005-3, 6.8; ISO 32000-1, 7.11.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    from pypdf import PdfWriter


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


def embed(writer: PdfWriter, attachments: Iterable[Attachment]) -> None:
    """Put the files into the PDF and tie them to the document. No dates: a file's time is not its content."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    names, associated = ArrayObject(), ArrayObject()
    # A name tree is sorted by the bytes of its keys; in ASCII these are what they look like.
    for key, attachment in sorted(
        ((quote(one.path, safe=""), one) for one in attachments), key=itemgetter(0)
    ):
        reference = writer._add_object(_file_specification(writer, key, attachment))
        names += (TextStringObject(key), reference)
        associated.append(reference)
    tree = writer._add_object(DictionaryObject({NameObject("/Names"): names}))
    root: Any = writer.root_object
    root.setdefault(NameObject("/Names"), DictionaryObject()).get_object()[NameObject("/EmbeddedFiles")] = (
        tree
    )
    root[NameObject("/AF")] = associated


def _file_specification(writer: PdfWriter, key: str, attachment: Attachment) -> Any:
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    file = writer._add_object(_embedded_file(attachment))
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/F"): TextStringObject(key),
            NameObject("/UF"): TextStringObject(embedded_name(attachment.path)),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): file, NameObject("/UF"): file}),
            NameObject("/AFRelationship"): NameObject("/" + attachment.relationship),
        }
    )


def _embedded_file(attachment: Attachment) -> Any:
    from pypdf.generic import (
        ByteStringObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        NumberObject,
    )

    data = attachment.data
    stream: Any = DecodedStreamObject()
    stream.set_data(data)
    if not attachment.media_type.startswith("image/"):  # pictures are compressed already
        stream = stream.flate_encode()
    stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
    stream[NameObject("/Subtype")] = NameObject("/" + attachment.media_type)
    stream[NameObject("/Params")] = DictionaryObject(
        {
            NameObject("/Size"): NumberObject(len(data)),
            NameObject("/CheckSum"): ByteStringObject(hashlib.md5(data, usedforsecurity=False).digest()),
        }
    )
    return stream
