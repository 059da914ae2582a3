"""What is decided about figures and the text after them: the planner writes it, the layout follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

#: The greatest height of a figure that is to become no lower.
OWN_HEIGHT = inf


class Decision(StrEnum):
    """What a figure does where it does not fit on the rest of its page."""

    #: It stands at the head or the foot of a later page, and the text after it fills the rest of this one.
    DEFER = "defer"
    #: It begins the next page, and nothing passes it.
    KEEP = "keep"


@dataclass(frozen=True, slots=True, order=True)
class Delay:
    """A block that waits for the figures before ``figure_id``, so that this figure stands near its reference.

    The block begins only where these figures take no more than ``spare_pages`` further pages. Of a block that refers
    to the figure, only the line with the reference waits.
    """

    block_id: str
    figure_id: str
    spare_pages: int


@dataclass(frozen=True, slots=True)
class Placements:
    """All decisions for a layout; figures (groups) and other blocks are named by the ids of their elements."""

    #: A figure without a decision begins the next page where it does not fit, unless the layout itself decides.
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    #: Figure → the block that it stands after: the first that refers to it, where the figure would be on an earlier
    #: page.
    moved_after: Mapping[str, str] = field(default_factory=dict)
    delays: frozenset[Delay] = frozenset()
    #: Figure → how high (pt) it is at most: its rows become lower, down to 60 % of their height. It is
    #: :data:`OWN_HEIGHT` where that was tried without effect.
    heights: Mapping[str, float] = field(default_factory=dict)
    #: Page, from 1 → the line (pt) that it is longer.
    longer: Mapping[int, float] = field(default_factory=dict)
    #: The articles, from 0, whose last page keeps its few lines, as nothing has helped.
    tails: frozenset[int] = frozenset()


#: Every figure stands where it is in the text.
NONE = Placements()
