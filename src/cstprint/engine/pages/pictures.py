"""Where pictures stand on laid-out pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from cstprint.engine.draw.painted import Picture
from cstprint.engine.draw.painting import Painting
from cstprint.engine.weasy.marks import Part, block_marks
from cstprint.engine.weasy.reading import box_of_page, boxes_of_page
from cstprint.engine.weasy.types import Box, Page
from cstprint.units import px_to_pt


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
    #: Whether a style sheet says ``--cst-crop: allow`` for it.
    may_be_cropped: bool = False
    #: Which part of it stands here, where it fills a page or two.
    plate: Part | None = None

    @property
    def beyond_pt(self) -> Cuts:
        """How far the picture reaches over each edge of the page. What the facing page shows does not count."""
        right = self.x_pt + self.width_pt - self.page_width_pt
        bottom = self.y_pt + self.height_pt - self.page_height_pt
        right = 0.0 if self.plate is Part.LEFT else right
        return Cuts(left=-self.x_pt, top=-self.y_pt, right=right, bottom=bottom)


@dataclass(frozen=True, slots=True)
class Cuts:
    """How much of a picture is cut off at each of its edges, in pt; nothing where it is 0 or less."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


def painted_pictures(painting: Painting) -> Iterator[tuple[PlacedPicture, Cuts, bool]]:
    """Yield every picture of the issue as it was painted: how much CSS cuts off, and whether nothing is drawn."""
    for number, page in enumerate(painting.pages, start=1):
        for picture in page.pictures:
            address = picture.box.element.get("src", "") if picture.box.element is not None else ""
            if address.startswith("issue/") and block_marks(picture.box).plate is not Part.RIGHT:
                paper = px_to_pt(page.page.margin_width()), px_to_pt(page.page.margin_height())
                placed = _placed(picture.box, address, number, paper)
                yield placed, _cut_by_css(picture), picture.empty


def _cut_by_css(picture: Picture) -> Cuts:
    """Return how much of a picture is beyond the rectangles that clip it."""
    x, y, width, height = picture.rectangle
    cuts = {"left": 0.0, "top": 0.0, "right": 0.0, "bottom": 0.0}
    for (left, top, wide, high), matrix, _box in picture.state.clips:
        if matrix == picture.state.matrix:
            beyond = (left - x, top - y, x + width - left - wide, y + height - top - high)
            cuts = {edge: max(cuts[edge], px_to_pt(by)) for edge, by in zip(cuts, beyond, strict=True)}
    if block_marks(picture.box).plate is Part.LEFT:
        cuts["right"] = 0.0
    return Cuts(**cuts)


def placed_pictures(pages: Iterable[Page]) -> Iterator[PlacedPicture]:
    """Yield every picture of the issue that stands on a page."""
    from cstprint.engine.weasy.boxes import ReplacedBox

    for number, page in enumerate(pages, start=1):
        paper = px_to_pt(page.width), px_to_pt(page.height)
        if block_marks(box_of_page(page)).is_turned:
            paper = paper[::-1]
        for box in boxes_of_page(page):
            address = box.element.get("src", "") if box.element is not None else ""
            # The right half of a picture over two pages belongs to its left one.
            is_half = block_marks(box).plate is Part.RIGHT
            if isinstance(box, ReplacedBox) and address.startswith("issue/") and not is_half:
                yield _placed(box, address, number, paper)


def _placed(box: Box, address: str, page: int, paper: tuple[float, float]) -> PlacedPicture:
    from cstprint.engine.lines.style import token

    return PlacedPicture(
        unquote(address.removeprefix("issue/")),
        page,
        px_to_pt(box.content_box_x()),
        px_to_pt(box.content_box_y()),
        px_to_pt(box.width),
        px_to_pt(box.height),
        *paper,
        may_be_cropped=token(box.style, "crop") == "allow",
        plate=block_marks(box).plate,
    )
