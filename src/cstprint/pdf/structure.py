"""The structure tree of a PDF (ISO 32000-1, 14.7): what is a heading, a figure, a link, and what stands in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Element:
    """A structure element: ``kind`` as ``H1``, ``page`` from 1 or 0 where it has none.

    ``scope`` is ``Row``, ``Column`` or ``Both`` of a table's head cell; ``rows`` and ``columns`` are those that a
    cell takes; ``inward`` is true of a link to a place in the document itself. ``marks`` are its pieces of content:
    the object numbers of the page or group that has it, and their numbers there.
    """

    kind: str
    page: int = 0
    alt: str = ""
    scope: str = ""
    language: str = ""
    rows: int = 1
    columns: int = 1
    inward: bool = False
    marks: list[tuple[int, int]] = field(default_factory=list, repr=False)
    parent: Element | None = field(default=None, repr=False)
    kids: list[Element] = field(default_factory=list, repr=False)

    def inside(self, kind: str) -> bool:
        """Whether it stands in an element of a kind, however deep."""
        above = self.parent
        while above is not None and above.kind != kind:
            above = above.parent
        return above is not None

    def walk(self) -> Iterator[Element]:
        """Yield what stands in it, in reading order."""
        todo = self.kids[::-1]
        while todo:
            element = todo.pop()
            yield element
            todo += reversed(element.kids)


def read_structure(root: Any, page_numbers: dict[int, int]) -> Element:
    """Return the tree of a catalogue, from an element without a kind; ``page_numbers`` are by object number."""
    top = Element("")
    todo = [(top, root.get("/StructTreeRoot", {}))]
    while todo:
        parent, node = todo.pop()
        kids = node.get("/K", ())
        for reference in kids if isinstance(kids, list) else (kids,):
            kid = reference.get_object()
            if not isinstance(kid, dict):
                parent.marks.append((_page_object(node), int(kid)))
            elif "/S" in kid:
                element = _element(kid, parent, page_numbers)
                parent.kids.append(element)
                todo.append((element, kid))
            elif kid.get("/Type") == "/OBJR":
                parent.inward = "/Dest" in kid["/Obj"]
            elif kid.get("/Type") == "/MCR":
                parent.marks.append(_marked(kid))
    return top


def _marked(reference: Any) -> tuple[int, int]:
    """Return the place of marked content that may be in a group."""
    holder = reference.raw_get("/Stm" if "/Stm" in reference else "/Pg")
    return int(holder.idnum), int(reference["/MCID"])


def _page_object(node: Any) -> int:
    return int(node.raw_get("/Pg").idnum) if "/Pg" in node else 0


def _element(node: Any, parent: Element, page_numbers: dict[int, int]) -> Element:
    element = Element(
        str(node["/S"]).lstrip("/"),
        page_numbers.get(_page_object(node), 0),
        str(node.get("/Alt", "")),
        parent=parent,
    )
    if "/Lang" in node:
        element.language = str(node["/Lang"])
    if "/A" in node:
        _read_attributes(element, node["/A"])
    return element


def _read_attributes(element: Element, given: Any) -> None:
    for one in given if isinstance(given, list) else (given,):
        attributes = one.get_object()
        element.scope = element.scope or str(attributes.get("/Scope", "")).lstrip("/")
        element.rows = int(attributes.get("/RowSpan", element.rows))
        element.columns = int(attributes.get("/ColSpan", element.columns))
