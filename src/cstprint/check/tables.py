"""Tables of a finished PDF: a head has a body, and all rows have the same number of columns (ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cstprint.diagnostics import Message, msg
from cstprint.pdf.structure import Element

_PARTS = ("THead", "TBody", "TFoot")


def check_tables(elements: Iterable[Element]) -> Iterator[tuple[Element, Message]]:
    """Yield the tables among the elements that are wrong, with what is wrong."""
    for element in elements:
        if element.kind == "Table":
            yield from ((element, problem) for problem in _parts(element))
            yield from ((element, problem) for problem in _grid(element))


def _parts(table: Element) -> Iterator[Message]:
    parts = Counter(kid.kind for kid in table.kids if kid.kind in _PARTS)
    if parts and not parts["TBody"]:
        yield msg("a table has a header or a footer but no body")
    if parts["THead"] > 1 or parts["TFoot"] > 1:
        yield msg("a table has several headers or footers")


def _grid(table: Element) -> Iterator[Message]:
    rows = [row for row in _rows(table) if row.kind == "TR"]
    taken: list[set[int]] = [set() for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            while column in taken[at]:
                column += 1
            columns = set(range(column, column + cell.columns))
            if at + cell.rows > len(rows):
                yield msg("a cell extends below the last row of its table")
            for place in range(at, min(at + cell.rows, len(rows))):
                if taken[place] & columns:
                    yield msg("two cells of a table are in the same place")
                taken[place] |= columns
    if len({len(row) for row in taken}) > 1:
        yield msg("the rows of a table have different numbers of columns")


def _rows(table: Element) -> Iterator[Element]:
    for kid in table.kids:
        yield from kid.kids if kid.kind in _PARTS else [kid]
