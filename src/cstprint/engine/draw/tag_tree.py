"""The structure elements that WeasyPrint has made so far, and the boxes that they are of."""

from __future__ import annotations

from collections.abc import Iterable

from cstprint.engine.weasy.pdf import Array, Dictionary
from cstprint.engine.weasy.types import Box, Pdf, PdfObject


class TagTree:
    """Elements are dictionaries of the PDF: ``S`` the kind, ``K`` the content, ``P`` the parent."""

    def __init__(self) -> None:
        self._elements: dict[bytes, PdfObject] = {}
        self._boxes: dict[bytes, Box] = {}

    def keep(self, elements: Iterable[PdfObject], box: Box | None) -> None:
        """Keep elements and the box that they are of, if they are of one."""
        for element in elements:
            self._elements[element.reference] = element
            if box is not None:
                self._boxes[element.reference] = box

    def add(self, pdf: Pdf, kind: str, parent: PdfObject, page: bytes, box: Box | None = None) -> PdfObject:
        """Return a new element of a page, which its parent does not hold yet; ``kind`` is ``/P`` and the like."""
        element: PdfObject = Dictionary(
            {
                "Type": "/StructElem",
                "S": kind,
                "K": Array(),
                "Pg": page,
                "P": parent.reference,
            }
        )
        pdf.add_object(element)
        self.keep([element], box)
        return element

    def kids(self, element: PdfObject) -> list[PdfObject]:
        """Return the elements directly inside an element."""
        return [
            self._elements[kid] for kid in element["K"] if isinstance(kid, bytes) and kid in self._elements
        ]

    def box(self, element: PdfObject) -> Box:
        """Return the box of an element. Raises ``KeyError`` if it is of none."""
        return self._boxes[element.reference]

    def origin(self, element: PdfObject) -> str:
        """Return the HTML element of an element's box, or nothing."""
        box = self._boxes.get(element.reference)
        return str(box.element_tag) if box is not None else ""

    def says_something(self, element: PdfObject) -> bool:
        """Return whether something is drawn in an element, or is a link."""
        kids = self.kids(element)
        return len(kids) < len(element["K"]) or any(map(self.says_something, kids))

    @staticmethod
    def put(element: PdfObject, parent: PdfObject, position: int | None = None) -> None:
        """Put an element that is in no other one into ``parent``, at its end or at a position."""
        element["P"] = parent.reference
        parent["K"].insert(len(parent["K"]) if position is None else position, element.reference)

    @staticmethod
    def take(element: PdfObject, parent: PdfObject) -> None:
        """Take an element out of ``parent``."""
        parent["K"].remove(element.reference)

    @staticmethod
    def drop(element: PdfObject, parent: PdfObject) -> None:
        """Take an element that holds nothing out of ``parent``, for good: it is no structure element any more."""
        parent["K"].remove(element.reference)
        element.clear()
