"""What stands on a page of columns so far, and what waits for the next page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cstprint.engine.blocks.measures import any_page
from cstprint.engine.columns.barriers import Waiting
from cstprint.engine.weasy.types import Box, NextPage


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
