"""Reads from the boxes of pages where the blocks of each article stand: the facts that the planner needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import articles, groups_of, in_grid_columns, role_of
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.passes.imprint import imprint_on
from cstprint.engine.weasy.boxes import FootnoteAreaBox, LineBox, ReplacedBox
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.reading import box_of_page, without_placeholder
from cstprint.engine.weasy.types import Box, Page
from cstprint.placement.facts import ArticleFlow, PageFlow, PlacedBlock, Reference, TextArea
from cstprint.units import px_to_pt


def flow_of(pages: Iterable[Page]) -> PageFlow:
    """Return where the blocks of the articles stand on pages (WeasyPrint's)."""
    found: dict[Element, _ArticleReader] = {}
    areas = {}
    for number, page in enumerate(pages, start=1):
        if block_marks(box_of_page(page)).is_apart:
            continue  # it has a table or a picture and no flow
        areas[number] = _area(box_of_page(page))
        for box in articles(box_of_page(page)):
            if box.element not in found:
                found[box.element] = _ArticleReader(box)
            found[box.element].read(box, number)
    return PageFlow(tuple(article.flow() for article in found.values()), areas)


def _area(page: Box) -> TextArea:
    top = page.content_box_y()
    bottom = top + page.height
    for child in page.children:
        if isinstance(child, FootnoteAreaBox):
            bottom = min(bottom, child.position_y)
    return TextArea(px_to_pt(top), px_to_pt(bottom), imprint_on(page) is not None)


class _ArticleReader:
    """Reads the parts of an article page by page."""

    def __init__(self, box: Box):
        self.line_pt = px_to_pt(line_height(box))
        self.in_columns = in_grid_columns(box)
        self.elements = set(box.element)
        self.groups = groups_of(box.element)
        self.blocks: list[PlacedBlock] = []
        self.references: dict[str, Reference] = {}

    def read(self, box: Box, page: int) -> None:
        """Take in what stands on a page."""
        for child in _children(box):
            if child.element in self.elements and child.element_tag == child.element.tag:
                block = self._placed(child, page)
                self.blocks.append(block)
                for group in self._groups_referred_to(child):
                    self.references.setdefault(group, Reference(page, block.block_id, block.order))

    def _groups_referred_to(self, box: Box) -> Iterator[str]:
        """Yield the ids of the figures that a block refers to."""
        for inner in box.descendants():
            element = inner.element
            href = element.get("href", "") if element is not None and element.tag == "a" else ""
            group = self.groups.get(href[1:]) if href.startswith("#") else None
            if group is not None:
                yield group

    def _placed(self, box: Box, page: int) -> PlacedBlock:
        marks = block_marks(without_placeholder(box))
        return PlacedBlock(
            box.element.get("id", ""),
            role_of(box),
            marks.order,
            page,
            px_to_pt(box.border_box_y()),
            px_to_pt(_bottom(box)),
            deferred=marks.put_in,
            moved=marks.moved,
            foot_padding_pt=px_to_pt(_foot_padding(box)),
        )

    def flow(self) -> ArticleFlow:
        """Return all of the article."""
        blocks = sorted(self.blocks, key=lambda block: (block.order, block.page))
        return ArticleFlow(tuple(blocks), self.references, self.line_pt, self.in_columns)


def _children(box: Box) -> Iterator[Box]:
    """Yield the children of an article, those of its columns one column after the other."""
    for child in box.children:
        if child.is_column:
            yield from child.children
        else:
            yield child


def _bottom(box: Box) -> float:
    """Return where a box ends (px); one that goes on on the next page ends with its last line here."""
    if "bottom" not in box.remove_decoration_sides:
        return float(box.border_box_y() + box.border_height())
    ends = [
        inner.position_y + inner.height
        for inner in box.descendants()
        if isinstance(inner, (LineBox, ReplacedBox))
    ]
    return float(max(ends, default=box.border_box_y()))


def _foot_padding(box: Box) -> float:
    """Return the padding (px) at the foot of a box, 0 where a border or a background shows it."""
    is_seen = box.border_bottom_width or box.background is not None
    return 0.0 if is_seen or "bottom" in box.remove_decoration_sides else float(box.padding_bottom)
