"""Cells of a table that are merged: ``^^`` is part of the cell above, ``<<`` of the cell to the left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cstprint.blocks.common.parts import Align, Cell, Grid, Inline
from cstprint.diagnostics import Diagnostic, Message, error, msg

ABOVE, LEFT = "^^", "<<"
MERGED = (ABOVE, LEFT)

Place = tuple[int, int]


def merge_cells(
    rows: Sequence[Sequence[Inline]],
    aligns: tuple[Align, ...],
    head_rows: int,
    diagnostics: list[Diagnostic],
) -> Grid:
    """Return the rows with merged cells; what cannot be merged is an error and stays a cell of its own.

    All rows have as many cells as there are ``aligns``.
    """
    regions: dict[Place, list[Place]] = defaultdict(list)
    owners: dict[Place, Place] = {}
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            typed = cell.plain if cell.span.width == 2 else ""  # \\^^ is printed as ^^
            neighbour = {ABOVE: (y - 1, x), LEFT: (y, x - 1)}.get(typed, (y, x))
            problem = _impossible(typed, y, x, head_rows)
            if problem:
                diagnostics.append(error("CST-M014", problem, span=cell.span, hint=_HINT))
            owners[y, x] = owners.get(neighbour, (y, x)) if not problem else (y, x)
            regions[owners[y, x]].append((y, x))
    spans: dict[Place, Place] = {}
    for owner, places in regions.items():
        height, width = (max(at) - min(at) + 1 for at in zip(*places, strict=True))
        if height * width == len(places):
            spans[owner] = (height, width)
            continue
        span = rows[owner[0]][owner[1]].span
        diagnostics.append(
            error("CST-M014", msg("The merged cells are not a rectangle."), span=span, hint=_HINT)
        )
        spans.update((place, (1, 1)) for place in places)
    merged = [
        tuple(
            Cell(cell, column=x, columns=spans[y, x][1], rows=spans[y, x][0], align=aligns[x])
            for x, cell in enumerate(row)
            if (y, x) in spans
        )
        for y, row in enumerate(rows)
    ]
    return Grid(tuple(merged), head_rows)


_HINT = msg("^^ is part of the cell above, << of the cell to the left; together they must be a rectangle.")


def _impossible(typed: str, y: int, x: int, head_rows: int) -> Message | None:
    if typed == ABOVE and y == 0:
        return msg("There is no cell above to merge with.")
    if typed == ABOVE and y == head_rows:
        return msg("A header cell cannot be merged with a cell below the header.")
    if typed == LEFT and x == 0:
        return msg("There is no cell to the left to merge with.")
    return None
