"""Tables of a Word file: those with facts as tables, those that only place things as what they place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from cstprint.importing.word.tally import text_within
from cstprint.importing.word.xml import at, descendants, is_on, number_of, value_at

#: A caption in a cell is not longer; more of it is text beside pictures.
_LONGEST_CAPTION = 160
#: From so many letters on, a cell of a table of one row holds running text.
_RUNNING_TEXT = 120

Purpose = Literal["facts", "pictures", "flow"]


@dataclass(slots=True)
class Cell:
    """A cell: its element, the column (from 0) that it begins in, how many columns and rows it takes."""

    node: Element
    column: int
    columns: int = 1
    rows: int = 1

    @property
    def has_picture(self) -> bool:
        """Whether a picture stands in it."""
        return next(descendants(self.node, "a:blip", "v:imagedata"), None) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``is_head`` where Word repeats it on every page. Cells that a merged one covers stand in ``covered``."""

    cells: tuple[Cell, ...]
    covered: tuple[Cell, ...]
    is_head: bool


def rows_of(table: Element) -> list[Row]:
    """Return the rows of a table, merged cells counted."""
    rows: list[Row] = []
    above: dict[int, Cell] = {}
    for node in (child for child in table if child.tag == "w:tr"):  # not those of tables in it
        column = number_of(value_at(node, "w:trPr", "w:gridBefore"))
        cells, covered, now = [], [], dict[int, Cell]()
        for inner in node:
            if inner.tag != "w:tc":
                continue
            width = max(1, number_of(value_at(inner, "w:tcPr", "w:gridSpan"), 1))
            cell = Cell(inner, column, width)
            merge = at(inner, "w:tcPr", "w:vMerge")
            over = above.get(column)
            if (
                merge is not None
                and merge.get("w:val") != "restart"
                and over is not None
                and over.columns == width
            ):
                over.rows += 1
                covered.append(cell)
                now[column] = over
            else:
                cells.append(cell)
                if merge is not None:
                    now[column] = cell
            column += width
        above = now
        rows.append(Row(tuple(cells), tuple(covered), bool(is_on(node, "w:trPr", "w:tblHeader"))))
    return rows


def purpose_of(rows: Sequence[Row]) -> Purpose:
    """Return what a table is for: facts, pictures side by side with their captions, or any blocks in their places."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) == 1:
        return "flow"
    texts = {id(cell): len(text_within(cell.node)) for cell in cells}
    with_pictures = [cell for cell in cells if cell.has_picture]
    captions = [cell for cell in cells if not cell.has_picture and texts[id(cell)]]
    if with_pictures:
        short = max(texts.values()) <= _LONGEST_CAPTION
        if short and len(captions) <= len(with_pictures) and _is_under(captions, rows):
            return "pictures"
        if len(rows) == 1 or max(texts.values()) > 2 * _LONGEST_CAPTION:
            return "flow"
    if len(rows) == 1 and any(texts[id(cell)] > _RUNNING_TEXT for cell in cells):
        return "flow"
    return "facts"


def _is_under(captions: Sequence[Cell], rows: Sequence[Row]) -> bool:
    """Return whether each cell of text stands in a row below or above one with a picture, not beside pictures."""
    for row in rows:
        if any(cell.has_picture for cell in row.cells) and any(cell in captions for cell in row.cells):
            return False
    return True


def table_of(rows: Sequence[Row], contents: dict[int, list[Element]], heads: int) -> Element:
    """Return a table as HTML; ``contents`` are those of its cells by the ids of their elements."""
    table = Element("table")
    for number, row in enumerate(rows):
        line = Element("tr")
        for cell in row.cells:
            node = Element("th" if number < heads else "td")
            if cell.columns > 1:
                node.set("colspan", str(cell.columns))
            if cell.rows > 1:
                node.set("rowspan", str(cell.rows))
            node.extend(contents.get(id(cell.node), ()))
            line.append(node)
        if len(line):
            table.append(line)
    return table
