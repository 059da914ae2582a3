"""The parts of the good PDF that are broken, by name, and plain values written into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)


def pdf_object(value: object) -> PdfObject:
    """Return a value as PDF knows it; a text that begins with ``/`` is a name."""
    match value:
        case PdfObject():
            return value
        case bool():
            return BooleanObject(value)
        case int():
            return NumberObject(value)
        case str():
            return NameObject(value) if value.startswith("/") else TextStringObject(value)
        case list():
            return ArrayObject(map(pdf_object, value))
        case dict():
            return DictionaryObject(
                {NameObject(f"/{key}"): pdf_object(entry) for key, entry in value.items()}
            )
    raise TypeError(value)


def put(target: Any, **entries: object) -> None:
    """Write entries into a dictionary."""
    target.update(pdf_object(entries))


def stream(writer: PdfWriter, data: bytes, **entries: object) -> PdfObject:
    """Return a reference to a new stream."""
    made = DecodedStreamObject()
    made.set_data(data)
    put(made, **entries)
    return writer._add_object(made)


def catalogue(writer: PdfWriter) -> Any:
    """Return the catalogue."""
    return writer.root_object


def first_page(writer: PdfWriter) -> Any:
    """Return the first page: heading, paragraph with a link, list, figure."""
    return writer.pages[0]


def link(writer: PdfWriter) -> Any:
    """Return the annotation of the one link."""
    return first_page(writer)["/Annots"][0].get_object()


def picture(writer: PdfWriter) -> Any:
    """Return the one picture."""
    (only,) = first_page(writer)["/Resources"]["/XObject"].values()
    return only.get_object()


def fonts(writer: PdfWriter) -> list[Any]:
    """Return the fonts, of type Type0."""
    return [font.get_object() for font in first_page(writer)["/Resources"]["/Font"].values()]


def cid_fonts(writer: PdfWriter) -> list[Any]:
    """Return the fonts' descendants, which have the widths and the descriptor."""
    return [font["/DescendantFonts"][0].get_object() for font in fonts(writer)]


def change_content(writer: PdfWriter, change: Callable[[bytes], bytes]) -> None:
    """Change what draws the first page."""
    drawn = first_page(writer)["/Contents"]
    before = drawn.get_data()
    after = change(before)
    assert after != before
    drawn.set_data(after)


def elements(writer: PdfWriter, kind: str) -> list[Any]:
    """Return the elements of the structure tree that are of a type, in reading order."""
    found = []
    todo: list[Any] = [catalogue(writer)["/StructTreeRoot"]["/K"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, ArrayObject):
            todo += reversed(node)
        elif isinstance(node, DictionaryObject):
            found += [node] if node.get("/S") == kind else []
            todo += [node["/K"]] if "/K" in node else []
    assert found, kind
    return found


def retag(writer: PdfWriter, old: str, new: str) -> None:
    """Give all elements of a type another."""
    for element in elements(writer, old):
        put(element, S=new)
