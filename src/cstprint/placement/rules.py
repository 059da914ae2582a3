"""The rule of gaps: when a figure that does not fit on the rest of a page is deferred, and which others with it.

Both sides use it: the layout where it meets such a figure, the planner where it finds one on finished pages. So both
decide the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from cstprint.placement.decisions import Decision
from cstprint.placement.facts import BlockRole

#: A gap of fewer lines stays empty: a paragraph neither begins nor ends in it (``orphans``, ``widows``).
MIN_LINES = 2


class BlockInText(Protocol):
    """A block of an article: of finished pages, or of a layout that is being made."""

    @property
    def block_id(self) -> str:
        """The id of the element."""

    @property
    def role(self) -> BlockRole:
        """What the block is to figures."""

    @property
    def order(self) -> int:
        """The place of the block in the text."""


B = TypeVar("B", bound=BlockInText)


def is_worth_filling(gap_pt: float, line_pt: float) -> bool:
    """Return whether a gap at the foot of a page has room for text, whose lines are ``line_pt`` high."""
    return gap_pt >= MIN_LINES * line_pt


def text_may_pass(figure: BlockInText, blocks: Iterable[BlockInText]) -> bool:
    """Return whether text may stand before ``figure`` that comes after it in ``blocks``, which are in text order.

    It may pass the figures directly after this one, too; but neither it nor a figure passes anything else.
    """
    after = (block.role for block in blocks if block.order > figure.order)
    return next((role for role in after if role is not BlockRole.FIGURE), None) is BlockRole.TEXT


def undecided_from(figure: BlockInText, blocks: Iterable[B], decisions: Mapping[str, Decision]) -> list[B]:
    """Return ``figure`` and the figures after it that have no decision yet: they are deferred together.

    A figure after a deferred one has to wait for it in any case, as figures keep their order.
    """
    return [
        block
        for block in blocks
        if block.order >= figure.order and block.role is BlockRole.FIGURE and block.block_id not in decisions
    ]


def deferred_by_gap(
    figure: BlockInText,
    blocks: Sequence[B],
    decisions: Mapping[str, Decision],
    gap_pt: float,
    line_pt: float,
) -> list[B]:
    """Return the figures to defer because ``figure`` does not fit and leaves a gap of ``gap_pt`` before it.

    The list is empty where there is a decision for the figure, where the gap is too small, and where no text may fill
    it. ``blocks`` are those of the article, in the order of the text.
    """
    if figure.block_id in decisions or not is_worth_filling(gap_pt, line_pt):
        return []
    if not text_may_pass(figure, blocks):
        return []
    return undecided_from(figure, blocks, decisions)
