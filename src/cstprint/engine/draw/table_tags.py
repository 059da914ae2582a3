"""Tables: rows of the same number of columns, a head only above a body, cells that name the heads they stand under.

ISO 32000-1, 14.8.4.3.4; ISO 14289-1, 7.5. WeasyPrint tags what HTML says. A page may hold only a part of that: of a
cell over several rows those that stand on it, and of one that began on the page before nothing; a row whose cells all
began above has none; a table may be nothing but a head. HTML also lets a row end before the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from cstprint.engine.draw.tag_tree import TagTree
from cstprint.engine.weasy.pdf import Array, Dictionary, String
from cstprint.engine.weasy.types import Pdf, PdfObject

_GROUPS = ("/THead", "/TBody", "/TFoot")
_CELLS = ("/TH", "/TD")


@dataclass(slots=True)
class _Cell:
    """A cell in the grid; ``column`` and ``row`` from 0, the latter at first counted in its part of the table."""

    element: PdfObject
    row: int
    column: int
    columns: int
    rows: int

    def its_rows(self) -> range:
        """Return the rows that it stands in."""
        return range(self.row, self.row + self.rows)

    def its_columns(self) -> range:
        """Return the columns that it stands in."""
        return range(self.column, self.column + self.columns)


@dataclass(slots=True)
class _Part:
    """The rows of a head, a body or a foot, or those that stand directly in a table, and the cells in them."""

    rows: list[PdfObject] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)


def mend_table(tree: TagTree, pdf: Pdf, table: PdfObject) -> None:
    """Put right the rows and cells of a table, or of the part of it that stands on a page."""
    parts = [_read(tree, holder) for holder in _holders(tree, table)]
    _one_head(tree, table)
    columns = max((cell.column + cell.columns for part in parts for cell in part.cells), default=0)
    rows_above = 0
    for part in parts:
        _fill(tree, pdf, part, columns)
        for cell in part.cells:
            _say_span(cell)
            cell.row += rows_above
        rows_above += len(part.rows)
    _name_heads(tree, [cell for part in parts for cell in part.cells])


def _holders(tree: TagTree, table: PdfObject) -> Iterator[PdfObject]:
    """Yield what holds rows: the groups of a table, and the table itself; what has no cells loses its rows."""
    yield from [kid for kid in tree.kids(table) if kid["S"] in _GROUPS]
    if any(kid["S"] == "/TR" for kid in tree.kids(table)):
        yield table


def _read(tree: TagTree, holder: PdfObject) -> _Part:
    """Return the rows of a group with their cells; rows without cells are taken out of it."""
    rows = [kid for kid in tree.kids(holder) if kid["S"] == "/TR"]
    kept = {id(row): number for number, row in enumerate(row for row in rows if _cells(tree, row))}
    part = _Part([row for row in rows if id(row) in kept])
    for at, row in enumerate(rows):
        for element in _cells(tree, row):
            box = tree.box(element)
            covered = sum(id(other) in kept for other in rows[at : at + max(1, box.rowspan)])
            part.cells.append(_Cell(element, kept[id(row)], box.grid_x, box.colspan, covered))
        if id(row) not in kept:
            tree.drop(row, holder)
    return part


def _cells(tree: TagTree, row: PdfObject) -> list[PdfObject]:
    return [kid for kid in tree.kids(row) if kid["S"] in _CELLS]


def _one_head(tree: TagTree, table: PdfObject) -> None:
    """Leave one head at most, and none without a body; take out what has no rows any more."""
    groups = [kid for kid in tree.kids(table) if kid["S"] in _GROUPS]
    for group in [group for group in groups if not group["K"]]:
        groups.remove(group)
        tree.drop(group, table)
    bodiless = all(group["S"] != "/TBody" for group in groups)
    for number, group in enumerate(groups):
        if group["S"] != "/TBody" and (bodiless or (number and group["S"] == "/THead")):
            group["S"] = "/TBody"


def _fill(tree: TagTree, pdf: Pdf, part: _Part, columns: int) -> None:
    """Add an empty cell wherever the grid has none, over several rows where these lack the same columns."""
    gaps = _gaps(part, columns)
    for row, lacking in enumerate(gaps):
        for gap in lacking:
            rows = 1
            while row + rows < len(gaps) and gap in gaps[row + rows]:
                gaps[row + rows].remove(gap)
                rows += 1
            parent = part.rows[row]
            element = tree.add(pdf, "/TD", parent, parent["Pg"])
            element["A"] = Dictionary({"O": "/Table"})
            before = sum(cell.row == row and cell.column < gap.start for cell in part.cells)
            tree.put(element, parent, before)
            part.cells.append(_Cell(element, row, gap.start, len(gap), rows))


def _gaps(part: _Part, columns: int) -> list[list[range]]:
    """Return the runs of columns that no cell takes, a list a row."""
    taken: list[set[int]] = [set() for _ in part.rows]
    for cell in part.cells:
        for row in cell.its_rows():
            taken[row].update(cell.its_columns())
    return [list(_runs(column for column in range(columns) if column not in row)) for row in taken]


def _runs(columns: Iterable[int]) -> Iterator[range]:
    for _, run in groupby(enumerate(columns), lambda pair: pair[1] - pair[0]):
        found = [column for _, column in run]
        yield range(found[0], found[-1] + 1)


def _say_span(cell: _Cell) -> None:
    for key, count in (("ColSpan", cell.columns), ("RowSpan", cell.rows)):
        cell.element["A"].pop(key, None)
        if count > 1:
            cell.element["A"][key] = count


def _name_heads(tree: TagTree, cells: list[_Cell]) -> None:
    """Let each cell of data name the heads above it and beside it; one that says nothing is the head of nothing."""
    of_rows: dict[int, list[_Cell]] = defaultdict(list)
    of_columns: dict[int, list[_Cell]] = defaultdict(list)
    for head in [cell for cell in cells if cell.element["S"] == "/TH"]:
        head.element["ID"] = String(f"head-{head.element.number}")
        if tree.says_something(head.element):
            names_row = head.element["A"]["Scope"] == "/Row"
            for place in head.its_rows() if names_row else head.its_columns():
                (of_rows if names_row else of_columns)[place].append(head)
    for cell in cells:
        cell.element["A"].pop("Headers", None)
        if cell.element["S"] == "/TD":
            heads = [head for row in cell.its_rows() for head in of_rows[row]]
            heads += [
                head for column in cell.its_columns() for head in of_columns[column] if head.row < cell.row
            ]
            names = dict.fromkeys(head.element["ID"].string for head in heads)
            if names:
                cell.element["A"]["Headers"] = Array(map(String, names))
