"""What stands on a page of columns so far, what was filled into columns, and what waits for the next page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf

from cstprint.engine.blocks.measures import any_page
from cstprint.engine.weasy.types import Box, NextPage, SkipStack

#: Children by their indexes that wait for the next page, each with where it goes on if a part of it stands already.
Waiting = dict[int, SkipStack | None]


@dataclass(frozen=True)
class Filled:
    """Boxes side by side, of columns ``room`` lines high; where their text goes on, ``None`` where it has ended."""

    boxes: list[Box]
    resume_at: SkipStack | None
    next_page: NextPage
    room: int
    #: The lines of the highest column.
    lines: int
    #: The children that wait for the next page.
    waiting: tuple[int, ...]
    #: Those that stand elsewhere than in their places.
    moved: frozenset[int]
    forced: bool

    @property
    def is_whole(self) -> bool:
        """Whether all of the flow stands here."""
        return self.resume_at is None and not self.waiting

    def has_passed(self, index: int) -> bool:
        """Whether the flow has come to the child ``index``."""
        return self.resume_at is None or index < next(iter(self.resume_at))

    def in_order(self, index: int) -> bool:
        """Whether none waits that comes before the child ``index``."""
        return index < min(self.waiting, default=inf)


@dataclass
class Placed:
    """What stands on a page so far: boxes, where they end, the margins below; and what waits for the next page."""

    y: float
    boxes: list[Box] = field(default_factory=list)
    margins: list[float] = field(default_factory=list)
    waiting: Waiting = field(default_factory=dict)
    next_page: NextPage = field(default_factory=any_page)

    def copy(self) -> Placed:
        """Return what stands now, to come back to it where more was only tried."""
        return replace(self, boxes=[*self.boxes], waiting={**self.waiting})

    def restore(self, before: Placed) -> None:
        """Take back what has been placed since."""
        vars(self).update(vars(before))
