"""Gaps that a layout fills as it meets them: a figure does not fit, and text after it could fill the page.

The planner finds the same gaps on finished pages (:mod:`cstprint.placement.plan`), by the same rule
(:mod:`cstprint.placement.rules`), but then all has to be laid out again. Two cases are left to the planner: figures
whose first reference comes after their places, and figures that may not be parted from the block before them. Neither
holds for those directly below a head, as then the head would leave the page, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cstprint.engine.blocks.articles import (
    ARTICLE_HEAD,
    classes,
    groups_of,
    id_of,
    in_grid_columns,
    is_heading,
    is_movable,
    role_of,
)
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.weasy.layout import avoid_page_break, block_level_page_break, block_level_page_name
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.types import Box, Context
from cstprint.placement.decisions import Decision
from cstprint.placement.facts import BlockRole
from cstprint.placement.rules import deferred_by_gap
from cstprint.units import px_to_pt


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of an article that is being laid out, as the rule of gaps sees it."""

    box: Box

    @property
    def block_id(self) -> str:
        return id_of(self.box)

    @property
    def role(self) -> BlockRole:
        return role_of(self.box)

    @property
    def order(self) -> int:
        return block_marks(self.box).order


class OpenFigures:
    """The figures of an article for which there is no decision yet."""

    def __init__(self, article: Box, decisions: Mapping[str, Decision]):
        self.article = article
        self._blocks = [
            _Block(child)
            for child in article.children
            if child.element is not None and child.element_tag == child.element.tag
        ]
        #: Empty in columns, whose layout defers by itself.
        self.boxes = [
            block.box
            for block in self._blocks
            if not in_grid_columns(article) and is_movable(block.box) and block.block_id not in decisions
        ]

    def leaving_from(
        self, box: Box, position_y: float, decisions: Mapping[str, Decision], context: Context
    ) -> list[Box]:
        """Return ``box``, which does not fit at ``position_y`` (px), and all after it, if they leave their places.

        The list is empty where there is no gap, where no text may pass, or where the planner has to decide.
        """
        gap_pt = px_to_pt(context.page_bottom) - px_to_pt(position_y)
        line_pt = px_to_pt(line_height(self.article))
        deferred = deferred_by_gap(_Block(box), self._blocks, decisions, gap_pt, line_pt)
        if not deferred or self._goes_with_the_block_before(box, context):
            return []
        if self._is_below_a_head(box):
            return [block.box for block in deferred]
        later = set(self._referred_to_later())
        return [] if any(block.block_id in later for block in deferred) else [block.box for block in deferred]

    def _goes_with_the_block_before(self, box: Box, context: Context) -> bool:
        """Whether no page may end before a figure; below a head, text may stand between them."""
        if self._is_below_a_head(box):
            return bool(avoid_page_break(box.style["break_before"], context))
        return bool(avoid_page_break(block_level_page_break(self._before(box), box), context))

    def _is_below_a_head(self, box: Box) -> bool:
        before = self._before(box)
        return is_heading(before) or ARTICLE_HEAD in classes(before)

    def _before(self, box: Box) -> Box:
        children = self.article.children
        return children[children.index(box) - 1]

    def _referred_to_later(self) -> Iterator[str]:
        """Yield the ids of the figures whose first reference comes after their places."""
        groups = groups_of(self.article.element)
        referred_to: set[str] = set()
        passed: set[str] = set()
        for block in self._blocks:
            for link in block.box.element.iter("a"):
                group = groups.get(link.get("href", "").removeprefix("#"), "")
                if group in passed and group not in referred_to:
                    yield group
                referred_to.add(group)
            passed.add(block.block_id)


def may_end_with(article: Box, box: Box) -> bool:
    """Whether a box can be added to the end of an article without a word of the layout's: no break, no other page."""
    last = article.children[-1]
    return bool(block_level_page_break(last, box) == "auto" and block_level_page_name(last, box) is None)
