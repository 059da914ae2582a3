"""The structure tree of a PDF (ISO 32000-1, 14.7): what is a heading, a figure, a link, and what stands in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Element:
    """A structure element: ``kind`` as ``H1``, ``page`` from 1 or 0 where it has none.

    ``scope`` is ``Row``, ``Column`` or ``Both`` of a table's head cell; ``inward`` is true of a link to a place in
    the document itself.
    """

    kind: str
    page: int = 0
    alt: str = ""
    scope: str = ""
    inward: bool = False
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
                continue  # the number of a piece of the page's content
            if "/S" in kid:
                element = _element(kid, parent, page_numbers)
                parent.kids.append(element)
                todo.append((element, kid))
            elif kid.get("/Type") == "/OBJR":
                parent.inward = "/Dest" in kid["/Obj"]
    return top


def _element(node: Any, parent: Element, page_numbers: dict[int, int]) -> Element:
    page = node.raw_get("/Pg").idnum if "/Pg" in node else 0
    attributes = node.get("/A", {})
    scopes = [one.get_object().get("/Scope") for one in attributes] if isinstance(attributes, list) else []
    scope = next((one for one in scopes if one), "") if scopes else attributes.get("/Scope", "")
    return Element(
        str(node["/S"]).lstrip("/"),
        page_numbers.get(page, 0),
        str(node.get("/Alt", "")),
        str(scope).lstrip("/"),
        parent=parent,
    )
