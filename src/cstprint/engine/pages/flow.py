"""Reads from the boxes of pages where the blocks of each article stand: the facts that the planner needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cstprint.engine.blocks.articles import articles, groups_of, in_grid_columns, role_of
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.weasy.marks import block_marks
from cstprint.placement.facts import ArticleFlow, PageFlow, PlacedBlock, Reference, TextArea
from cstprint.units import px_to_pt


def flow_of(pages: Iterable[Any]) -> PageFlow:
    """Return where the blocks of the articles stand on pages (WeasyPrint's)."""
    found: dict[Any, _ArticleReader] = {}
    areas = {}
    for number, page in enumerate(pages, start=1):
        areas[number] = _area(page._page_box)
        for box in articles(page._page_box):
            if box.element not in found:
                found[box.element] = _ArticleReader(box)
            found[box.element].read(box, number)
    return PageFlow(tuple(article.flow() for article in found.values()), areas)


def _area(page: Any) -> TextArea:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    top = page.content_box_y()
    bottom = top + page.height
    for child in page.children:
        if isinstance(child, FootnoteAreaBox):
            bottom = min(bottom, child.position_y)
    return TextArea(px_to_pt(top), px_to_pt(bottom))


class _ArticleReader:
    """Reads the parts of an article page by page."""

    def __init__(self, box: Any):
        self.line_pt = px_to_pt(line_height(box))
        self.in_columns = in_grid_columns(box)
        self.elements = set(box.element)
        self.groups = groups_of(box.element)
        self.blocks: list[PlacedBlock] = []
        self.references: dict[str, Reference] = {}

    def read(self, box: Any, page: int) -> None:
        """Take in what stands on a page."""
        for child in _children(box):
            if child.element in self.elements and child.element_tag == child.element.tag:
                block = self._placed(child, page)
                self.blocks.append(block)
                for group in self._groups_referred_to(child):
                    self.references.setdefault(group, Reference(page, block.block_id, block.order))

    def _groups_referred_to(self, box: Any) -> Iterator[str]:
        """Yield the ids of the figures that a block refers to."""
        for inner in box.descendants():
            element = inner.element
            if element is not None and element.tag == "a" and element.get("href", "").startswith("#"):
                group = self.groups.get(element.get("href")[1:])
                if group is not None:
                    yield group

    def _placed(self, box: Any, page: int) -> PlacedBlock:
        return PlacedBlock(
            box.element.get("id", ""),
            role_of(box),
            block_marks(box).order,
            page,
            px_to_pt(box.border_box_y()),
            px_to_pt(_bottom(box)),
            deferred=block_marks(box).put_in,
            moved=block_marks(box).moved,
            foot_padding_pt=px_to_pt(_foot_padding(box)),
        )

    def flow(self) -> ArticleFlow:
        """Return all of the article."""
        blocks = sorted(self.blocks, key=lambda block: (block.order, block.page))
        return ArticleFlow(tuple(blocks), self.references, self.line_pt, self.in_columns)


def _children(box: Any) -> Iterator[Any]:
    """Yield the children of an article, those of its columns one column after the other."""
    for child in box.children:
        if child.is_column:
            yield from child.children
        else:
            yield child


def _bottom(box: Any) -> float:
    """Return where a box ends (px); one that goes on on the next page ends with its last line here."""
    from weasyprint.formatting_structure import boxes

    if "bottom" not in box.remove_decoration_sides:
        return float(box.border_box_y() + box.border_height())
    ends = [
        inner.position_y + inner.height
        for inner in box.descendants()
        if isinstance(inner, (boxes.LineBox, boxes.ReplacedBox))
    ]
    return float(max(ends, default=box.border_box_y()))


def _foot_padding(box: Any) -> float:
    """Return the padding (px) at the foot of a box, 0 where a border or a background shows it."""
    is_seen = box.border_bottom_width or box.background is not None
    return 0.0 if is_seen or "bottom" in box.remove_decoration_sides else float(box.padding_bottom)
