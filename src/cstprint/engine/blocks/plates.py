"""Pictures that fill a page of their own, or two facing ones: what stands in for them, what is on each half.

A template asks for them with the classes ``place-page`` and ``place-spread`` on a block that stands right in an
article; a style sheet says how large they are, and the name of their pages.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import PLATE, SPREAD, articles, classes
from cstprint.engine.blocks.stand_ins import paths_to, stand_in
from cstprint.engine.weasy.marks import DECORATION, Apart, Kind, Part, mark_block
from cstprint.engine.weasy.types import Box

#: The class of what holds a picture, and is moved to the left on the right page.
_PICTURE = "figure-picture"


def stand_in_for_plates(root: Box) -> None:
    """Exchange the pictures that fill pages, right in the articles, for empty boxes."""
    among = {id(article): article for article in articles(root)}
    for around in paths_to(root, among):
        article = around[-1]
        article.children = [_exchanged(child, around) for child in article.children]


def _exchanged(child: Box, around: tuple[Box, ...]) -> Box:
    names = classes(child)
    if SPREAD in names:
        return stand_in(Apart(child, around, Kind.SPREAD))
    return stand_in(Apart(child, around, Kind.PLATE)) if PLATE in names else child


def part_of(box: Box, part: Part) -> Box:
    """Return a picture as it stands on a page; nothing is read of it again where that has its right half."""
    copied = box.deepcopy()
    _mark(copied, part)
    return copied


def _mark(box: Box, part: Part) -> None:
    """Say of a picture which part of it stands here; of a right half, take out captions, links and targets."""
    if box.element_tag == "img":
        mark_block(box, plate=part)
    if part is Part.RIGHT:
        box.style = box.style.copy()
        box.style["anchor"] = box.style["link"] = None
        if box.element_tag == "img":
            box.element = Element(box.element.tag, {**box.element.attrib, "data-tag": DECORATION})
    children = getattr(box, "children", None)
    if children is not None:
        said = part is not Part.RIGHT
        box.children = [child for child in children if said or child.element_tag != "figcaption"]
        for child in box.children:
            _mark(child, part)


def move_to_right_half(page: Box) -> None:
    """Move the picture on a right page so far to the left that its right half stands there."""
    for box in page.descendants(placeholders=True):
        if _PICTURE in classes(box):
            box.translate(-page.margin_width(), 0)
            return
