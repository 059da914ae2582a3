"""The structure elements that WeasyPrint has made so far, and the boxes that they are of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pydyf


class TagTree:
    """Elements are pydyf's dictionaries: ``S`` the kind, ``K`` what stands in it, ``P`` what it stands in."""

    def __init__(self) -> None:
        self._elements: dict[bytes, Any] = {}
        self._boxes: dict[bytes, Any] = {}

    def keep(self, elements: Iterable[Any], box: Any) -> None:
        """Keep elements and the box that they are of."""
        for element in elements:
            self._elements[element.reference] = element
            self._boxes[element.reference] = box

    def add(self, pdf: Any, kind: str, parent: Any, page: bytes, box: Any = None) -> Any:
        """Return a new element of a page, which its parent does not hold yet; ``kind`` is ``/P`` and the like."""
        element = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": kind,
                "K": pydyf.Array(),
                "Pg": page,
                "P": parent.reference,
            }
        )
        pdf.add_object(element)
        self.keep([element], box)
        return element

    def kids(self, element: Any) -> list[Any]:
        """Return the elements right inside an element."""
        return [
            self._elements[kid] for kid in element["K"] if isinstance(kid, bytes) and kid in self._elements
        ]

    def box(self, element: Any) -> Any:
        """Return the box of an element, or ``None``."""
        return self._boxes.get(element.reference)

    def origin(self, element: Any) -> str:
        """Return the HTML element of an element's box."""
        box = self.box(element)
        return str(box.element_tag) if box is not None else ""

    def says_something(self, element: Any) -> bool:
        """Whether something is drawn in an element, or leads somewhere."""
        kids = self.kids(element)
        return len(kids) < len(element["K"]) or any(map(self.says_something, kids))

    @staticmethod
    def put(element: Any, parent: Any, position: int | None = None) -> None:
        """Put an element that is in no other one into ``parent``, at its end or at a position."""
        element["P"] = parent.reference
        parent["K"].insert(len(parent["K"]) if position is None else position, element.reference)

    @staticmethod
    def take(element: Any, parent: Any) -> None:
        """Take an element out of ``parent``."""
        parent["K"].remove(element.reference)

    @staticmethod
    def drop(element: Any, parent: Any) -> None:
        """Take an element that holds nothing out of ``parent``, for good: it is no structure element any more."""
        parent["K"].remove(element.reference)
        element.clear()
