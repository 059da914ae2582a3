"""Facts of laid-out pages: which text stands where, in which families, from which block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cstprint.engine.weasy.marks import line_marks
from cstprint.units import px_to_pt


@dataclass(frozen=True, slots=True)
class TextFact:
    """A run of text on a page: ``x_pt`` and ``y_pt`` from the page's top left; ``block`` is the nearest id.

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
    element: Any = None


def text_facts(pages: Any, owners: dict[Any, str]) -> Iterator[TextFact]:
    """Yield every run of text of WeasyPrint's pages in drawing order, but for what stands beside the paper."""
    from weasyprint.formatting_structure import boxes

    for number, page in enumerate(pages, start=1):
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.TextBox) and box.text.strip() and _is_on_paper(box, page):
                yield _fact(number, box, box.text, owners)


def _is_on_paper(box: Any, page: Any) -> bool:
    """Whether the middle of a box is on its page."""
    x, y = box.position_x + box.width / 2, box.position_y + box.height / 2
    return bool(0 <= x <= page.width and 0 <= y <= page.height)


def ragged_lines(pages: Any, owners: dict[Any, str]) -> Iterator[TextFact]:
    """Yield every line of ours that should end at the right edge and cannot."""
    from weasyprint.formatting_structure import boxes

    for number, page in enumerate(pages, start=1):
        for box in page._page_box.descendants():
            line = line_marks(box).line
            if isinstance(box, boxes.LineBox) and line is not None and line.ragged:
                inner = (child.text for child in box.descendants() if isinstance(child, boxes.TextBox))
                yield _fact(number, box, "".join(inner), owners)


def _fact(page: int, box: Any, text: str, owners: dict[Any, str]) -> TextFact:
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
