"""Where pictures stand on laid-out pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cstprint.units import px_to_pt

if TYPE_CHECKING:
    from cstprint.engine.paginate import PagedDocument


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a page: ``path`` is its path from the issue's folder; lengths from the page's top left corner."""

    path: str
    page: int
    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    page_width_pt: float
    page_height_pt: float

    @property
    def hidden_pt(self) -> float:
        """How far the picture reaches over the page's edges at most."""
        right = self.x_pt + self.width_pt - self.page_width_pt
        bottom = self.y_pt + self.height_pt - self.page_height_pt
        return max(0.0, -self.x_pt, -self.y_pt, right, bottom)


def placed_pictures(paged: PagedDocument) -> Iterator[PlacedPicture]:
    """Yield every picture of the issue that stands on a page."""
    from weasyprint.formatting_structure import boxes

    for number, page in enumerate(paged.document.pages, start=1):
        for box in page._page_box.descendants(placeholders=True):
            address = box.element.get("src", "") if box.element is not None else ""
            if isinstance(box, boxes.ReplacedBox) and address.startswith("issue/"):
                yield PlacedPicture(
                    unquote(address.removeprefix("issue/")),
                    number,
                    px_to_pt(box.content_box_x()),
                    px_to_pt(box.content_box_y()),
                    px_to_pt(box.width),
                    px_to_pt(box.height),
                    px_to_pt(page.width),
                    px_to_pt(page.height),
                )
