"""The figure loop: lays out, plans and lays out again until nothing is left to improve.

The loop knows pages only by their placements and their flow, so fakes can take the place of a layout.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cstprint.placement.decisions import NONE, Placements
from cstprint.placement.facts import PageFlow
from cstprint.placement.plan import plan

#: The greatest number of layouts in which the figures of one issue find their places.
MAX_FOR_FIGURES = 8

T = TypeVar("T")


class Pages(Protocol):
    """Laid-out pages, as the loop sees them."""

    @property
    def placements(self) -> Placements:
        """What became of the figures: the placements that were asked for, and those that the layout added."""

    @property
    def flow(self) -> PageFlow:
        """Where the blocks of the articles stand."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """A layout and what it gave."""

    #: What :func:`settle` returns if it takes this attempt.
    result: T
    #: ``None`` where the layout failed.
    pages: Pages | None
    #: The codes of its errors and warnings.
    problems: frozenset[str]

    def is_worse_than(self, other: Attempt[T]) -> bool:
        """Return whether this attempt failed, or has errors or warnings that ``other`` has not."""
        return self.pages is None or not self.problems <= other.problems

    @property
    def may_be_spoilt(self) -> bool:
        """Whether figures that left their places may be the cause of its problems."""
        moved = self.pages is None or self.pages.placements != NONE
        return moved and bool(self.problems)


#: Lays out by placements. The second argument is whether the layout may defer further figures that leave gaps.
LayOut = Callable[[Placements, bool], Attempt[T]]


def settle(
    lay_out: LayOut[T],
    distance: int,
    is_spent: Callable[[], bool] = lambda: False,
    *,
    fits_last_pages: bool = True,
) -> T:
    """Return the result of the best of at most :data:`MAX_FOR_FIGURES` layouts, or of fewer once ``is_spent``.

    ``distance`` is how many pages a figure may stand after the page that refers to it. With ``fits_last_pages`` no
    article ends on a page of a few lines, if that can be. Placements spoil nothing: an attempt that is worse than the
    one before is not taken.
    """
    best = lay_out(NONE, distance > 0)
    layouts = 1
    if best.may_be_spoilt:
        in_place = lay_out(NONE, False)
        if best.is_worse_than(in_place):
            return in_place.result
        layouts += 1
    while best.pages is not None and layouts < MAX_FOR_FIGURES and not is_spent():
        wanted = plan(best.pages.flow, best.pages.placements, distance, fits_last_pages=fits_last_pages)
        if wanted == best.pages.placements:
            break
        attempt = lay_out(wanted, distance > 0)
        if attempt.is_worse_than(best):
            break
        best = attempt
        layouts += 1
    return best.result
