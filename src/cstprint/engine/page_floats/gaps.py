"""Holes that a layout mends as it meets them: a figure does not fit, and text behind it could fill the page.

The planner finds the same holes afterwards (:mod:`cstprint.planning`), but then all has to be laid out again. What is
less plain is left to it: figures that are mentioned behind their places, or that a block before them goes with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.columns.children import in_grid_columns
from cstprint.engine.page_floats.boxes import id_of, is_movable
from cstprint.engine.pages.flow import Kind, groups_of, kind_of
from cstprint.engine.placements import MIN_LINES, Way
from cstprint.units import px_to_pt


class OpenFigures:
    """The figures of an article of which nobody has said yet whether they leave their places."""

    def __init__(self, article: Any, ways: Mapping[str, Way]):
        self._article = article
        self._blocks = [
            child
            for child in article.children
            if child.element is not None and child.element_tag == child.element.tag
        ]
        self.boxes = [] if in_grid_columns(article) else self._open(ways)

    def _open(self, ways: Mapping[str, Way]) -> list[Any]:
        return [box for box in self._blocks if is_movable(box) and id_of(box) not in ways]

    def leaving_from(self, box: Any, position_y: float, context: Any) -> list[Any]:
        """Return ``box``, which does not fit at ``position_y``, and all behind it, if they leave their places.

        None does where there is no hole, where no text may pass, or where that is for the planner to say.
        """
        room = px_to_pt(context.page_bottom) - px_to_pt(position_y)
        if room < MIN_LINES * px_to_pt(line_height(self._article)) or not self._text_may_pass(box):
            return []
        leaving = self.boxes[self.boxes.index(box) :]
        late = set(self._mentioned_behind())
        return [] if self._goes_with_the_block_before(box, context) or late & set(leaving) else leaving

    def _text_may_pass(self, box: Any) -> bool:
        behind = map(kind_of, self._blocks[self._blocks.index(box) + 1 :])
        return next((kind for kind in behind if kind is not Kind.FIGURE), None) is Kind.TEXT

    def _goes_with_the_block_before(self, box: Any, context: Any) -> bool:
        from weasyprint.layout.block import avoid_page_break, block_level_page_break

        children = self._article.children
        before = children[children.index(box) - 1]
        return bool(avoid_page_break(block_level_page_break(before, box), context))

    def _mentioned_behind(self) -> Iterator[Any]:
        """Yield the figures that are mentioned first behind their places."""
        groups = groups_of(self._article.element)
        mentioned: set[str] = set()
        passed: dict[str, Any] = {}
        for block in self._blocks:
            for link in block.element.iter("a"):
                group = groups.get(link.get("href", "").removeprefix("#"), "")
                if group in passed and group not in mentioned:
                    yield passed[group]
                mentioned.add(group)
            passed[id_of(block)] = block


def may_end_with(article: Any, box: Any) -> bool:
    """Whether a box can be added to the end of an article without a word of the layout's: no break, no other page."""
    from weasyprint.layout.block import block_level_page_break, block_level_page_name

    last = article.children[-1]
    return block_level_page_break(last, box) == "auto" and block_level_page_name(last, box) is None
