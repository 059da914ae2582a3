"""Which figures may leave their place in the text: what the planner decides and the layout is made by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: Room for fewer lines than these is no hole: a paragraph neither begins nor ends in it (``orphans``, ``widows``).
MIN_LINES = 2


class Way(StrEnum):
    """How a figure may leave its place; one that is not named stays."""

    #: It heads the next page where it does not fit on the rest of its own, and the text behind it fills that.
    MOVE = "move"
    #: It begins the next page where it does not fit, and nothing passes it.
    STAY = "stay"


@dataclass(frozen=True, slots=True, order=True)
class Hold:
    """A ``block`` waits, lest a ``figure`` stand too far behind it: for the figures before that one.

    ``spare`` is how many pages these may still take where the block begins; if it mentions the figure, where that
    line stands.
    """

    block: str
    figure: str
    spare: int


@dataclass(frozen=True, slots=True)
class Placements:
    """What becomes of figures (groups), by their ids, and of the text behind them, by the ids of its blocks."""

    ways: Mapping[str, Way] = field(default_factory=dict)
    #: Figure → the block that it stands behind: the first that mentions it, where it would stand on an earlier page.
    behind: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[Hold] = frozenset()


#: Every figure where it stands in the text.
NONE = Placements()
