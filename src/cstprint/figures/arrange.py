"""One picture or many as a balanced grid: which stand side by side, which below each other.

All arrangements of a family are tried: rows in reading order, in each up to so many cells; where no picture has a
caption of its own, two or three pictures may stand below each other in one cell of a row, a tall one beside them.
The one with the least cost is taken, before all others those that are not too high, and among these, those whose
largest picture is at most :data:`MOST` times the smallest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import ceil, log

from cstprint.figures.geometry import Band, Room, Row, row_of

#: How many times the area of the smallest picture the largest has, where the proportions allow it.
MOST = 2.5
#: More pictures than that are arranged in parts of as many as that at most: the family grows threefold by each.
AT_ONCE = 9
#: As many pictures may stand below each other in a cell.
STACKED = 3
#: Pictures together have the area of a field as wide as the measure and this high, in measures. Tried from .4 to .7:
#: below, four squares stand in one row; above, two photographs of 16 : 9 below each other.
_IDEAL = 0.55
#: Rows and what stands below them are no higher than this, in greatest heights of a row, where that can be: so much
#: fits on a page.
_HIGHEST = 1.85
#: What more area than that costs, beside less: it takes room from the text.
_TOO_LARGE = 1.5
#: What it costs that nothing stands beside pictures, for each row.
_EMPTY = 3.0
#: What it costs that the smallest picture is smaller than the room's least, for each time that it is e times smaller.
_TOO_SMALL = 8.0
_HAIR = 1e-9


def arrange(ratios: Sequence[float], room: Room, columns: int | None = None) -> tuple[Row, ...]:
    """Return rows of the pictures of these ratios (width ÷ height), in their order.

    With ``columns``, no more stand side by side, in as few rows as that needs, the shorter rows first; fewer where a
    picture would be smaller than the room's least: what is well in four on one page is tiny in four on another.
    """
    if columns is not None:
        return _in_columns(ratios, room, columns)
    parts = split_evenly(len(ratios), ceil(len(ratios) / AT_ONCE))
    return tuple(row for first, last in parts for row in _best(ratios[first:last], room))


def split_evenly(count: int, parts: int) -> Iterator[tuple[int, int]]:
    """Yield where each part of a sequence begins and ends: their lengths differ by one at most, the shorter first."""
    ends = [part * count // parts for part in range(parts + 1)]
    yield from pairwise(ends)


def bands(count: int, room: Room) -> Iterator[Band]:
    """Yield the ways in which so many pictures may stand in one row."""
    stacked = 1 if room.caption else STACKED
    wide_enough = room.measure - (count - 1) * room.gap >= count * room.caption
    if count == 1:
        yield (1,)
    elif count <= stacked * room.columns and wide_enough:
        for band in _compositions(count, stacked):
            # Two cells with several pictures each would be read line by line, against their order.
            if 2 <= len(band) <= room.columns and sum(cell > 1 for cell in band) <= 1:
                yield band


def _compositions(count: int, most: int) -> Iterator[Band]:
    """Yield the sequences of numbers from 1 to ``most`` with the sum ``count``."""
    if count == 0:
        yield ()
    for first in range(1, min(count, most) + 1):
        yield from ((first, *rest) for rest in _compositions(count - first, most))


@dataclass(frozen=True, slots=True)
class Areas:
    """What the cost of rows is made of: the areas of their pictures (pt²), the empty part of each row, in rows.

    ``height`` (pt) has a gap below each row.
    """

    smallest: float
    largest: float
    total: float
    empty: float
    height: float
    rows: int

    def __add__(self, other: Areas) -> Areas:
        return Areas(
            min(self.smallest, other.smallest),
            max(self.largest, other.largest),
            self.total + other.total,
            self.empty + other.empty,
            self.height + other.height,
            self.rows + other.rows,
        )

    @property
    def spread(self) -> float:
        """How many times the area of the smallest picture the largest has."""
        return self.largest / self.smallest

    def badness(self, room: Room) -> tuple[bool, bool, float]:
        """Return what is compared: whether the rows are too high, whether pictures are too unequal, the cost."""
        too_high = self.height + room.below > _HIGHEST * room.height + room.gap
        return too_high, self.spread > MOST + _HAIR, round(self.cost(room), 6)

    def cost(self, room: Room) -> float:
        """Return what is not good about the rows: unequal pictures, too large or too small ones, empty room."""
        size = log(self.total / (_IDEAL * room.measure**2))
        small = max(0.0, log(room.least**2 / self.smallest) / 2)
        return (
            log(self.spread) / log(MOST)
            + max(-size, size * _TOO_LARGE)
            + _TOO_SMALL * small
            + _EMPTY * self.empty / self.rows
        )


def areas_of(row: Row, room: Room) -> Areas:
    """Return the areas of one row."""
    areas = [width * height for width, height in row.sizes]
    empty = 1 - (row.width + (len(row.cells) - 1) * room.gap) / room.measure
    return Areas(min(areas), max(areas), sum(areas), empty, row.height + room.gap, 1)


def _best(ratios: Sequence[float], room: Room) -> tuple[Row, ...]:
    """Return the rows that cost least of all arrangements of the family."""
    count = len(ratios)
    #: Place in the sequence → the rows that may begin there, where they end, and their areas.
    rows: list[list[tuple[int, Row, Areas]]] = [[] for _ in ratios]
    for first, last in combinations(range(count + 1), 2):
        for band in bands(last - first, room):
            row = row_of(ratios[first:last], band, room)
            if row is not None:
                rows[first].append((last, row, areas_of(row, room)))

    def ways(first: int) -> Iterator[tuple[tuple[Row, ...], Areas]]:
        for last, row, areas in rows[first]:
            if last == count:
                yield (row,), areas
            else:
                yield from (((row, *rest), areas + more) for rest, more in ways(last))

    return min(ways(0), key=lambda way: way[1].badness(room))[0]


def _in_columns(ratios: Sequence[float], room: Room, columns: int) -> tuple[Row, ...]:
    """Return rows of as many pictures as the editor wants side by side, of fewer where one would be too small."""
    for most in range(columns, 1, -1):
        parts = split_evenly(len(ratios), ceil(len(ratios) / most))
        rows = [row_of(ratios[first:last], (1,) * (last - first), room) for first, last in parts]
        made = tuple(row for row in rows if row is not None)
        if len(made) == len(rows) and min(areas_of(row, room).smallest for row in made) >= room.least**2:
            return made
    return _best(ratios, replace(room, columns=1))
