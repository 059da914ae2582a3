"""The place of the imprint (版权页): never alone on a page while there is room for it elsewhere.

It is the last thing of an issue and stands at the foot of its last page. Where that has no room, the imprint is tried
in a tight setting; then at the foot of the page that ends with the cover or the contents. Only then it has a page.
Each step is a layout of its own. The token ``colophon-place`` says ``last`` where the imprint may not leave the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import classes
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.blocks.measures import content_bottom
from cstprint.engine.blocks.starts import is_part
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Box, Document

_IMPRINT = "colophon"
#: The class of an imprint in a tight setting, and of one that has a page of its own.
_TIGHT, _ALONE = "tight", "alone"
#: So many lines stay free between the cover or the contents and the imprint.
_FREE_LINES = 2


class _Step(Enum):
    """What has been tried."""

    NOTHING = auto()
    TIGHT = auto()
    MOVED = auto()
    END = auto()


@dataclass
class Imprint:
    """The imprint of a document while it is laid out."""

    _step: _Step = _Step.NOTHING
    #: Its height (px) in the usual setting.
    _height: float = 0.0

    def settled(self, document: Document) -> bool:
        """Return whether the imprint may stay where it is; otherwise another layout has to be made."""
        if self._step is _Step.END or len(document.pages) < 2:
            return True
        imprint = next((box for page in document.pages if (box := _alone_on(box_of_page(page)))), None)
        if imprint is None:
            self._step = _Step.END
            return True
        element = imprint.element
        if self._step is _Step.NOTHING:
            self._step, self._height = _Step.TIGHT, _height_of_text(imprint)
            element.set("class", f"{_IMPRINT} {_TIGHT}")
            return False
        element.set("class", _IMPRINT)
        may_move = self._step is _Step.TIGHT and token(imprint.style, "colophon_place") != "last"
        if may_move and _moved(document, imprint, self._height):
            self._step = _Step.MOVED
            return False
        if self._step is _Step.MOVED:
            body = _body(document)
            _put_before(body, element, None)
        self._step = _Step.END
        element.set("class", f"{_IMPRINT} {_ALONE}")
        return False


def imprint_on(page: Box) -> Box | None:
    """Return the imprint that stands on a page, if there is one."""
    flow = (child for child in page.children if child.is_for_root_element)
    bodies = (body for root in flow for body in root.children)
    blocks = (box for body in bodies for box in getattr(body, "children", ()))
    return next((box for box in blocks if _IMPRINT in classes(box)), None)


def _alone_on(page: Box) -> Box | None:
    """Return the imprint if it is all that stands on a page."""
    imprint = imprint_on(page)
    if imprint is None:
        return None
    flow = [child for child in page.children if child.is_for_root_element]
    within = {id(box) for box in imprint.descendants()}
    lines = (box for root in flow for box in root.descendants() if isinstance(box, LineBox))
    return imprint if all(id(line) in within for line in lines) else None


def _moved(document: Document, imprint: Box, height: float) -> bool:
    """Put the imprint before the first section or article if the page before that has room; return whether.

    ``height`` (px) is what the imprint needs.
    """
    for number in range(len(document.pages)):
        root = _flow(document, number)
        first = next((box for box in root.descendants() if is_part(box)), None)
        if first is None:
            continue
        if number == 0:
            return False
        page = box_of_page(document.pages[number - 1])
        room = page.content_box_y() + page.height - content_bottom(_flow(document, number - 1))
        if room < height + _FREE_LINES * line_height(imprint):
            return False
        _put_before(_body(document), imprint.element, first.element)
        return True
    return False


def _flow(document: Document, number: int) -> Box:
    """Return the box of the text on a page."""
    return next(child for child in box_of_page(document.pages[number]).children if child.is_for_root_element)


def _body(document: Document) -> Element:
    return next(box.element for box in _flow(document, 0).descendants() if box.element_tag == "body")


def _height_of_text(box: Box) -> float:
    """Return how much (px) lies between the head of a block's first line and the foot of its last."""
    lines = [line for line in box.descendants() if isinstance(line, LineBox)]
    return float(
        max(line.position_y + line.height for line in lines) - min(line.position_y for line in lines)
    )


def _put_before(parent: Element, moved: Element, other: Element | None) -> None:
    """Put a child of an element before another one, or at its end."""
    parent.remove(moved)
    parent.insert(len(parent) if other is None else list(parent).index(other), moved)
