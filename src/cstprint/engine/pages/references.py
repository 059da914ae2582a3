"""What the pages refer to: links, files to attach, fields of forms, parts that drawings use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element

from cstprint.engine.weasy.types import Page
from cstprint.units import px_to_pt

#: What people can follow, and what makes it worth looking for.
_ADDRESS = re.compile(
    r"https?://[!-~]+|www\.[A-Za-z0-9-]+\.[!-~]+|[\w.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z]"
)
_MAY_HOLD_ADDRESS = re.compile(r"://|www\.|@")
_NOT_TO_BE_LINKED = frozenset({"a", "code", "pre", "style", "script", "template"})
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"


class Kind(StrEnum):
    """What a reference would do in the PDF."""

    LINK = "link"
    ATTACHMENT = "attachment"
    FIELD = "field"
    #: A ``use`` that uses nothing: of another drawing, of another file.
    LOST_USE = "use"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: ``page`` from 1 and ``x_pt``, ``y_pt`` from its top left, 0 where it stands on no page."""

    kind: Kind
    target: str
    page: int = 0
    x_pt: float = 0.0
    y_pt: float = 0.0


def references(pages: Iterable[Page], root: Element) -> Iterator[Reference]:
    """Yield what the pages and their HTML refer to, without the links that stay within the document."""
    for number, page in enumerate(pages, start=1):
        for kind, target, (x, y, *_), _box in page.links:
            if kind != "internal":
                found = Kind.ATTACHMENT if kind == "attachment" else Kind.LINK
                yield Reference(found, target, number, px_to_pt(x), px_to_pt(y))
        for inputs in page.forms.values():
            for box, (x, y, *_) in inputs:
                yield Reference(Kind.FIELD, box.element.tag, number, px_to_pt(x), px_to_pt(y))
    yield from _attached(root)
    yield from _lost_uses(root)


def bare_addresses(root: Element, owners: Mapping[Element, str]) -> Iterator[tuple[str, str | None]]:
    """Yield each address that the document prints and that is no link, with the id of the block it stands in.

    What stands in code is meant to be read, not followed.
    """
    body = root.find("body")
    todo = [(root if body is None else body, False)]
    while todo:
        element, linked = todo.pop()
        linked = linked or element.tag in _NOT_TO_BE_LINKED
        if not linked:
            for text in (element.text, *(child.tail for child in element)):
                for address in _ADDRESS.findall(text) if text and _MAY_HOLD_ADDRESS.search(text) else ():
                    yield address.rstrip(".,;:!?)"), owners.get(element)
        todo += [(child, linked) for child in reversed(element)]


def _attached(root: Element) -> Iterator[Reference]:
    """Yield the files that ``link`` elements attach to the document, those without an address, too."""
    from cstprint.engine.weasy.css import element_has_link_type

    for element in root.iter("link"):
        if element_has_link_type(element, "attachment"):
            yield Reference(Kind.ATTACHMENT, element.get("href", ""))


def _lost_uses(root: Element) -> Iterator[Reference]:
    """Yield the ``use`` elements that WeasyPrint passes over: what they name is not in their own drawing."""
    inner: set[Element] = set()
    for drawing in root.iter(f"{_SVG}svg"):
        if drawing in inner:
            continue
        ids = {f"#{element.get('id')}" for element in drawing.iter() if element.get("id")}
        inner.update(drawing.iter(f"{_SVG}svg"))
        for use in drawing.iter(f"{_SVG}use"):
            target = use.get(_XLINK) or use.get("href") or ""
            if target not in ids:
                yield Reference(Kind.LOST_USE, target)
