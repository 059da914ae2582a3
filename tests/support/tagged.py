"""The smallest tagged PDFs, made from nested tuples, to hold rules against."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Tag:
    """An element: its kind, what stands in it, and what it says of itself.

    That is ``Alt``, ``Scope``, ``Lang``, ``RowSpan``, ``ColSpan``, and ``Dest`` for a link into the document.
    """

    kind: str
    kids: Sequence[Tag] = ()
    says: Mapping[str, str] = field(default_factory=dict)


def tag(kind: str, *kids: Tag, **says: str) -> Tag:
    """Return an element."""
    return Tag(kind, kids, says)


def tagged_pdf(
    *tags: Tag,
    links: Sequence[Rectangle] = (),
    language: str = "zh-Hans",
    content: Callable[[bytes], bytes] = lambda drawn: drawn,
) -> bytes:
    """Return a PDF of one page with these tags in its Document, and links at these places.

    Each element has a piece of content; ``content`` may change what is drawn.
    """
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Annots")] = ArrayObject(writer._add_object(_link(box)) for box in links)
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    reference = writer._add_object(root)
    numbers = count()
    root[NameObject("/K")] = ArrayObject([_add(writer, tag("Document", *tags), numbers)])
    drawn = DecodedStreamObject()
    pieces = [b"q"] + [b"/Span\n<</MCID %d>>\nBDC\n[<01>] TJ\nEMC" % n for n in range(next(numbers))]
    drawn.set_data(content(b"\n".join(pieces)))
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.root_object[NameObject("/StructTreeRoot")] = reference
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _add(writer: PdfWriter, one: Tag, numbers: Iterator[int]) -> Any:
    number = NumberObject(next(numbers))
    kids = ArrayObject([number, *(_add(writer, kid, numbers) for kid in one.kids)])
    element = DictionaryObject(
        {
            NameObject("/S"): NameObject("/" + one.kind),
            NameObject("/Pg"): writer.pages[0].indirect_reference,
            NameObject("/K"): kids,
        }
    )
    for key in ("Alt", "Lang"):
        if key in one.says:
            element[NameObject("/" + key)] = TextStringObject(one.says[key])
    attributes = DictionaryObject({NameObject("/O"): NameObject("/Table")})
    if "Scope" in one.says:
        attributes[NameObject("/Scope")] = NameObject("/" + one.says["Scope"])
    for key in ("RowSpan", "ColSpan"):
        if key in one.says:
            attributes[NameObject("/" + key)] = NumberObject(int(one.says[key]))
    if len(attributes) > 1:
        element[NameObject("/A")] = attributes
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
