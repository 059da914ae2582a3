"""Rows of pictures that are filled to the measure, all of one height, nothing cropped.

A row has cells side by side; a cell has a picture, or rows of pictures below each other. A row of the ratios r is as
high as a fraction 1 ÷ Σ r of what the gaps between its pictures leave of its width. So a cell is s·(h − c·g) wide at
the height h, with the gap g, s and c depending on the ratios alone. The cells and their gaps fill the measure, so
each of their widths is a share of the measure and a share of the gap, which hold for any measure and any gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import inf, sqrt

#: The numbers of the pictures in the rows of a cell, from the top down: one picture is a row of one.
Block = tuple[int, ...]
#: The cells of a row, from left to right.
Band = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture: its ratio (width ÷ height), and how wide it may be (pt) without being enlarged too much."""

    ratio: float
    widest: float = inf

    @property
    def highest(self) -> float:
        """How high it is to be at most, in pt."""
        return self.widest / self.ratio


@dataclass(frozen=True, slots=True)
class Room:
    """What pictures are given; lengths in pt.

    ``caption`` is how wide a caption must be, 0 where no picture has its own. No row is higher than ``height``, in
    none stand more than ``columns`` cells, and no picture is to be smaller than a square of the side ``least`` where
    that can be helped. What stands below all rows, a key, is ``below`` high.
    """

    measure: float
    gap: float
    height: float
    least: float
    caption: float
    columns: int
    below: float = 0.0

    @property
    def lone_caption(self) -> float:
        """How wide the caption of a picture alone in its row must be: nothing stands beside it."""
        return min(self.measure, 2 * self.caption)

    def limited(self, shapes: Sequence[Shape]) -> Room:
        """Return the room for pictures of these shapes: rows no higher than the highest of them may be."""
        highest = max(shape.highest for shape in shapes)
        smallest = min(sqrt(shape.widest * shape.highest) for shape in shapes)
        return replace(self, height=min(self.height, highest), least=min(self.least, smallest))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: the ratios of its pictures, row by row, and its width at any measure and gap.

    It is ``share`` · measure + ``gaps`` · gap wide, but no wider than ``most`` · height + ``most_gaps`` · gap, the
    height being the greatest that is allowed; the picture's width is ``picture``, a share of it. A cell that is
    ``narrow`` is as wide as a caption must be, and wider than its picture.
    """

    rows: tuple[tuple[float, ...], ...]
    share: float
    gaps: float
    picture: float = 1.0
    narrow: bool = False

    @property
    def ratio(self) -> float | None:
        """The ratio of the cell's picture, ``None`` where it has several."""
        return self.rows[0][0] if len(self.rows) == len(self.rows[0]) == 1 else None

    def inner_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each row in a cell of several pictures."""
        for row in self.rows:
            shares = [ratio / sum(row) for ratio in row]
            yield tuple(
                Cell(((ratio,),), share, -share * (len(row) - 1))
                for ratio, share in zip(row, shares, strict=True)
            )

    @property
    def most(self) -> float:
        """The cell's width at the height 1, without gaps."""
        return slope(self.rows)

    @property
    def most_gaps(self) -> float:
        """What the gaps in the cell take from its width, in gaps."""
        return -slope(self.rows) * gaps_in(self.rows)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one height, and lengths (pt) in the room that they were made for.

    ``sizes`` are those of their pictures, ``width`` is what these take together, without the gaps between cells.
    """

    cells: tuple[Cell, ...]
    sizes: tuple[tuple[float, float], ...]
    height: float
    width: float


def slope(rows: Sequence[Sequence[float]]) -> float:
    """Return by how much wider a cell is that is higher by one."""
    return 1 / sum(1 / sum(row) for row in rows)


def gaps_in(rows: Sequence[Sequence[float]]) -> float:
    """Return what the gaps in a cell add to its height, in gaps: those between pictures make their row lower."""
    return len(rows) - 1 - sum((len(row) - 1) / sum(row) for row in rows)


def row_of(ratios: Sequence[float], band: Band, room: Room) -> Row | None:
    """Return the pictures in a row of these cells; ``None`` where the gaps leave no room."""
    if room.caption and len(band) == len(ratios):
        return _captioned(ratios, room)
    left = iter(ratios)
    groups = [tuple(tuple(islice(left, count)) for count in block) for block in band]
    between = len(band) - 1
    slopes = [slope(group) for group in groups]
    within = [s * gaps_in(group) for s, group in zip(slopes, groups, strict=True)]
    height = (room.measure - (between - sum(within)) * room.gap) / sum(slopes)
    cells = tuple(
        Cell(group, s / sum(slopes), s / sum(slopes) * (sum(within) - between) - inner)
        for group, s, inner in zip(groups, slopes, within, strict=True)
    )
    height = min(height, room.height)
    widths = [s * height - inner * room.gap for s, inner in zip(slopes, within, strict=True)]
    sizes = tuple(
        size
        for width, group in zip(widths, groups, strict=True)
        for row in group
        for size in _sizes(row, width, room.gap)
    )
    if min(map(min, sizes)) <= 0:
        return None
    return Row(cells, sizes, height, sum(widths))


def _sizes(row: Sequence[float], width: float, gap: float) -> Iterator[tuple[float, float]]:
    """Yield the widths and heights of the pictures of a row."""
    height = (width - (len(row) - 1) * gap) / sum(row)
    yield from ((ratio * height, height) for ratio in row)


def _captioned(ratios: Sequence[float], room: Room) -> Row | None:
    """Return a row of pictures with a caption each, in cells that are no narrower than a caption may be."""
    between = len(ratios) - 1
    free = room.measure - between * room.gap
    if free <= 0:
        return None
    least = min(room.lone_caption if between == 0 else room.caption, free / len(ratios))
    height = _height(ratios, free, least)
    widths = [max(ratio * height, least) for ratio in ratios]
    printed = min(height, room.height)
    cells = tuple(
        Cell(
            ((ratio,),),
            width / free,
            -between * width / free,
            picture=min(1.0, ratio * height / width),
            narrow=ratio * printed < least - 1e-9,
        )
        for ratio, width in zip(ratios, widths, strict=True)
    )
    sizes = tuple((ratio * printed, printed) for ratio in ratios)
    return Row(cells, sizes, printed, sum(ratios) * printed)


def _height(ratios: Sequence[float], free: float, least: float) -> float:
    """Return the height at which cells no narrower than ``least`` are ``free`` wide together."""
    wide = list(ratios)
    while wide:
        height = (free - (len(ratios) - len(wide)) * least) / sum(wide)
        kept = [ratio for ratio in wide if ratio * height >= least]
        if len(kept) == len(wide):
            return height
        wide = kept
    return least / max(ratios)
