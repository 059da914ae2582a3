"""One picture or many as a balanced grid: which stand side by side, which below each other.

All arrangements of a family are tried: rows in reading order, in each up to so many cells; where no picture has a
caption of its own, one cell of a row may have two or three rows of pictures below each other, a tall one beside them.
The one with the least cost is taken, before all others those that are not too high, and among these, those whose
largest picture is at most :data:`MOST` times the smallest and whose smallest is not tiny.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from math import ceil, inf, log

from cstprint.figures.geometry import Band, Block, Room, Row, row_of

#: How many times the area of the smallest picture the largest has, where the proportions allow it.
MOST = 2.5
#: More pictures than that are arranged in parts of as many as that at most: each of more would double the work.
AT_ONCE = 9
#: A cell has as many rows at most, and as many pictures in each.
INNER_ROWS, INNER_COLUMNS = 3, 3
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
#: A picture smaller than a square of this part of the least side is as bad as pictures that are too unequal.
_TINY = 0.5
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
    single: Block = (1,)
    wide_enough = room.measure - (count - 1) * room.gap >= count * room.caption
    if count == 1 or (count <= room.columns and wide_enough):
        yield (single,) * count
    if room.caption:
        return
    # One cell of several pictures at most: two would be read across, against their order.
    for beside in range(1, min(room.columns, count - 1)):
        for block in _blocks(count - beside):
            for before in range(beside + 1):
                yield (single,) * before + (block,) + (single,) * (beside - before)


def _blocks(count: int) -> Iterator[Block]:
    """Yield the ways in which so many pictures may stand in the rows of one cell."""
    for rows in range(2, INNER_ROWS + 1):
        for block in product(range(1, INNER_COLUMNS + 1), repeat=rows):
            if sum(block) == count:
                yield block


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

    def badness(self, room: Room) -> tuple[int, bool, float]:
        """Return what is compared: how much too high the rows are, whether pictures are unequal or tiny, the cost."""
        return *self._limits(room), round(self.cost(room), 6)

    def cost(self, room: Room) -> float:
        """Return what is not good about the rows: unequal pictures, too large or too small ones, empty room."""
        size = log(self.total / (_IDEAL * room.measure**2))
        return self._unequal(room) + max(-size, size * _TOO_LARGE) + _EMPTY * self.empty / self.rows

    def least_badness(self, room: Room) -> tuple[int, bool, float]:
        """Return what these rows and any that may follow are compared by at least."""
        return *self._limits(room), round(self._unequal(room), 6)

    def _limits(self, room: Room) -> tuple[int, bool]:
        """Return how much too high the rows are, in rows; where they are not, whether pictures are unequal or tiny.

        Where all ways are too high, equal pictures would be the highest of all: one below the other. In a narrow box
        they would all stand in one row, under their marks.
        """
        over = self.height + room.below - room.gap - _HIGHEST * room.height
        too_high = max(0, ceil(over / room.height - _HAIR))
        tiny = self.smallest < (_TINY * room.least) ** 2
        return too_high, not too_high and (tiny or self.spread > MOST + _HAIR)

    def _unequal(self, room: Room) -> float:
        """Return the part of the cost that more rows never lessen: pictures that are unequal, or too small."""
        small = max(0.0, log(room.least**2 / self.smallest) / 2)
        return log(self.spread) / log(MOST) + _TOO_SMALL * small


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
    best: tuple[Row, ...] = ()
    least = (inf, True, inf)

    def try_from(first: int, above: tuple[Row, ...], areas: Areas | None) -> None:
        nonlocal best, least
        for last, row, more in rows[first]:
            total = areas + more if areas else more
            if total.least_badness(room) >= least:
                continue
            if last < count:
                try_from(last, (*above, row), total)
            elif (badness := total.badness(room)) < least:
                best, least = (*above, row), badness

    try_from(0, (), None)
    return best


def _in_columns(ratios: Sequence[float], room: Room, columns: int) -> tuple[Row, ...]:
    """Return rows of as many pictures as the editor wants side by side, of fewer where one would be too small."""
    for most in range(columns, 1, -1):
        parts = split_evenly(len(ratios), ceil(len(ratios) / most))
        rows = [row_of(ratios[first:last], ((1,),) * (last - first), room) for first, last in parts]
        made = tuple(row for row in rows if row is not None)
        if len(made) == len(rows) and min(areas_of(row, room).smallest for row in made) >= room.least**2:
            return made
    return _best(ratios, replace(room, columns=1))
