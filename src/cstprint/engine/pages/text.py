"""Facts of laid-out pages: which text stands where, in which families, from which block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.engine.weasy.marks import block_marks, line_marks
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Box, Page
from cstprint.units import px_to_pt


@dataclass(frozen=True, slots=True)
class TextFact:
    """A run of text on a page: ``x_pt`` and ``y_pt`` from the page's top left; ``block`` is the nearest id.

    Of a turned table, that is the corner that is shown at the top left.

    ``weight`` and ``italic`` are what CSS asks for; only this package looks inside ``element``.
    """

    page: int
    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    text: str
    families: tuple[str, ...]
    block: str | None
    weight: int = 400
    italic: bool = False
    language: str | None = None
    element: Element | None = None


def text_facts(pages: Iterable[Page], owners: Mapping[Element, str]) -> Iterator[TextFact]:
    """Yield every run of text of WeasyPrint's pages in drawing order, but for what stands beside the paper."""
    from cstprint.engine.weasy import boxes

    for number, page in enumerate(pages, start=1):
        is_turned = block_marks(box_of_page(page)).is_turned
        for child in box_of_page(page).children:
            size = page.width, page.height
            if is_turned and not isinstance(child, boxes.MarginBox):
                size = page.height, page.width
            for box in child.descendants(placeholders=True):
                if isinstance(box, boxes.TextBox) and box.text.strip() and _is_on_paper(box, size):
                    yield _fact(number, box, box.text, owners)


def _is_on_paper(box: Box, size: tuple[float, float]) -> bool:
    """Return whether the middle of a box is on a page of a width and height (px)."""
    x, y = box.position_x + box.width / 2, box.position_y + box.height / 2
    return 0 <= x <= size[0] and 0 <= y <= size[1]


def ragged_lines(
    pages: Iterable[Page], owners: Mapping[Element, str], *, loose: bool = False
) -> Iterator[TextFact]:
    """Yield every line of ours that cannot end at the right edge, or every ``loose`` one that does by wide gaps."""
    from cstprint.engine.weasy import boxes

    for number, page in enumerate(pages, start=1):
        for box in box_of_page(page).descendants():
            line = line_marks(box).line if isinstance(box, boxes.LineBox) else None
            if line is not None and (line.loose and not line.ragged if loose else line.ragged):
                inner = (child.text for child in box.descendants() if isinstance(child, boxes.TextBox))
                yield _fact(number, box, "".join(inner), owners)


def _fact(page: int, box: Box, text: str, owners: Mapping[Element, str]) -> TextFact:
    return TextFact(
        page,
        px_to_pt(box.position_x),
        px_to_pt(box.position_y),
        px_to_pt(box.width),
        px_to_pt(box.height),
        text,
        tuple(box.style["font_family"]),
        owners.get(box.element),
        int(box.style["font_weight"]),
        box.style["font_style"] != "normal",
        box.style["lang"],
        box.element,
    )
