"""The smallest tagged PDFs, made from nested tuples, to hold rules against."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Tag:
    """An element: its kind, what stands in it, and what it says of itself (``Alt``, ``Scope``, ``Dest``)."""

    kind: str
    kids: Sequence[Tag] = ()
    says: Mapping[str, str] = field(default_factory=dict)


def tag(kind: str, *kids: Tag, **says: str) -> Tag:
    """Return an element."""
    return Tag(kind, kids, says)


def tagged_pdf(*tags: Tag, links: Sequence[Rectangle] = (), language: str = "zh-Hans") -> bytes:
    """Return a PDF of one page with these tags in its Document, and links at these places."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Annots")] = ArrayObject(writer._add_object(_link(box)) for box in links)
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    reference = writer._add_object(root)
    root[NameObject("/K")] = ArrayObject([_add(writer, tag("Document", *tags))])
    writer.root_object[NameObject("/StructTreeRoot")] = reference
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _add(writer: PdfWriter, one: Tag) -> Any:
    kids = ArrayObject([NumberObject(0), *(_add(writer, kid) for kid in one.kids)])
    element = DictionaryObject(
        {
            NameObject("/S"): NameObject("/" + one.kind),
            NameObject("/Pg"): writer.pages[0].indirect_reference,
            NameObject("/K"): kids,
        }
    )
    if "Alt" in one.says:
        element[NameObject("/Alt")] = TextStringObject(one.says["Alt"])
    if "Scope" in one.says:
        attributes = {
            NameObject("/O"): NameObject("/Table"),
            NameObject("/Scope"): NameObject("/" + one.says["Scope"]),
        }
        element[NameObject("/A")] = DictionaryObject(attributes)
    if "Dest" in one.says:
        annotation = _link((0, 0, 1, 1))
        annotation[NameObject("/Dest")] = TextStringObject(one.says["Dest"])
        object_reference = {
            NameObject("/Type"): NameObject("/OBJR"),
            NameObject("/Obj"): writer._add_object(annotation),
        }
        kids.append(DictionaryObject(object_reference))
    return writer._add_object(element)


def _link(box: Rectangle) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject(FloatObject(value) for value in box),
        }
    )
