"""What the blocks of an article are: figures, heads of sections, columns; what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.types import Box
from cstprint.placement.facts import BlockRole

#: What the token ``figure-place`` says beside ``head``.
FOOT, HERE = "foot", "here"
#: What the token ``figure-barrier`` says where figures may pass the heads of sections.
ARTICLE = "article"
#: The class of the head of an article.
ARTICLE_HEAD = "article-head"
#: The class of figures, and of the heads that open a section of an article (``##``).
FIGURES, HEADING, SECTION_HEAD = "figures", "heading", frozenset({"heading", "level-1"})
#: The class of a notice, which is read by itself, as a figure is.
NOTICE = "notice"

#: The classes of pictures that fill a page, or two facing ones.
PLATE, SPREAD = "place-page", "place-spread"


def articles(root: Box) -> Iterator[Box]:
    """Yield the boxes of articles in one column or in columns on the grid; WeasyPrint's own columns move nothing."""
    for box in root.descendants():
        columns = box.style["column_count"], box.style["column_width"]
        if (
            box.element_tag == "article"
            and not box.is_column
            and (columns == ("auto", "auto") or in_grid_columns(box))
        ):
            yield box


def is_movable(box: Box) -> bool:
    """Whether a box is a figure (group) or a notice in the column, and may leave its place as the layout says."""
    if classes(box).isdisjoint((FIGURES, NOTICE)) or block_marks(box).is_bound or is_plate(box):
        return False
    return bool(box.is_in_normal_flow()) and token(box.style, "figure_place") != HERE


def is_plate(box: Box) -> bool:
    """Whether a child of an article is a picture that fills a page, or two facing ones."""
    return not classes(box).isdisjoint((PLATE, SPREAD))


def is_heading(box: Box) -> bool:
    """Whether a box is a heading of an article, of any level."""
    return HEADING in classes(box)


def is_paragraph(box: Box) -> bool:
    """Return whether a box holds nothing but lines, which are still to be parted."""
    return len(box.children) == 1 and isinstance(box.children[0], LineBox)


def opens_section(box: Box) -> bool:
    """Whether a box is the head of a section that no figure leaves."""
    return classes(box) >= SECTION_HEAD and token(box.style, "figure_barrier") != ARTICLE


def id_of(box: Box) -> str:
    """Return the id of a box's element, or nothing."""
    return "" if box.element is None else str(box.element.get("id", ""))


def role_of(box: Box) -> BlockRole:
    """Return what a block of an article is to figures that may leave their places."""
    if is_movable(box):
        return BlockRole.FIGURE
    if holds_figures(box):
        return BlockRole.FIXED
    return BlockRole.SECTION if opens_section(box) else BlockRole.TEXT


def groups_of(article: Element) -> dict[str, str]:
    """Return the ids of the groups of figures in an article's element by all ids that are in them."""
    return {
        inner.get("id", ""): element.get("id", "")
        for element in article
        if FIGURES in element.get("class", "").split()
        for inner in element.iter()
        if inner.get("id")
    }


def links_to(box: Box) -> frozenset[str]:
    """Return the addresses of a box's element and of all in it."""
    return frozenset(f"#{inner.get('id')}" for inner in box.element.iter() if inner.get("id"))


def links_in(box: Box) -> frozenset[str]:
    """Return the addresses that a box's element refers to."""
    return frozenset(link.get("href", "") for link in box.element.iter("a"))


def refers(made: Iterable[Box], links: frozenset[str]) -> bool:
    """Whether boxes refer to one of the addresses ``links``."""
    return any(
        inner.element is not None and inner.element.tag == "a" and inner.element.get("href") in links
        for box in made
        for inner in box.descendants()
    )


def classes(box: Box) -> set[str]:
    """Return the classes of a box's element."""
    return set() if box.element is None else set(box.element.get("class", "").split())


def holds_figures(box: Box) -> bool:
    """Whether there are figures in a box that a page has beside its text."""
    return (
        box.element is not None and not is_plate(box) and next(box.element.iter("figure"), None) is not None
    )


def at_foot(box: Box) -> bool:
    """Whether the layout wants a figure at the foot of its page."""
    return token(box.style, "figure_place") == FOOT


def in_grid_columns(box: Box) -> bool:
    """Whether a box asks for columns on the page's grid."""
    return token(box.style, "columns") == "grid"


def spans(box: Box) -> bool:
    """Whether a child of columns spans all of them."""
    return bool(box.style["column_span"] == "all")


def may_move(box: Box) -> bool:
    """Whether a child of columns may leave its place, for the head of the next column or an edge of the page."""
    style = box.style
    asks = token(style, "may_move") == "yes" and token(style, "figure_place") != "here"
    marks = block_marks(box)
    return bool(box.is_in_normal_flow()) and asks and not (marks.stays or marks.is_bound)
