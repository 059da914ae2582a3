"""Tables of HTML to the tokens of Markdown's tables.

Merged cells are written as an editor types them, ``<<`` and ``^^``, so that :mod:`cstprint.issue.tables` merges
both alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from cstprint.issue.markdown.html_inline import Line, trimmed
from cstprint.issue.markdown.html_tree import Tree, held_number, parts_of
from cstprint.issue.tables import ABOVE, LEFT

#: More columns or rows than any page has room for.
MAX_SPAN = 60
_BLOCKS_IN_CELLS = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure"})


@dataclass(slots=True)
class _Cell:
    node: Element | None
    mark: str = ""  # what stands for a place that a merged cell covers


def is_layout(table: Element) -> bool:
    """Return whether a table only arranges blocks or pictures, as mails and old pages do."""
    cells = [inner for inner in table.iter() if inner.tag in ("td", "th")]
    if any(inner.tag in _BLOCKS_IN_CELLS for cell in cells for inner in cell.iter()):
        return True
    if any(_holds_blocks(cell) for cell in cells):
        return True
    rows = [_cells(row) for row in rows_of(table)]
    if all(len(row) <= 1 for row in rows) and not any(cell.tag == "th" for cell in cells):
        return True
    filled = [
        cell for cell in cells if any(True for inner in cell.iter() if inner.tag == "img") or _text(cell)
    ]
    return bool(filled) and all(
        any(inner.tag == "img" for inner in cell.iter()) and not _text(cell) for cell in filled
    )


def _holds_blocks(cell: Element) -> bool:
    """Return whether there are Markdown's own blocks in a cell, more than one paragraph of text."""
    return sum(held_number(inner) is not None for inner in cell.iter()) > 1


def _text(cell: Element) -> str:
    return "".join(cell.itertext()).strip()


#: Returns the lines of the source, both from 0, that a run of text stands on.
Rows = Callable[[Sequence[Token]], tuple[int, int]]


class Writer(Protocol):
    """What writes the tokens of the document that a table stands in."""

    tree: Tree
    rows: Rows
    depth: int
    line: Line
    tokens: list[Token]

    def push(self, kind: str, tag: str, nesting: int) -> Token:
        """Add a token and return it."""

    def inline(self, children: list[Token]) -> Token:
        """Add a token that holds others and return it."""


def table_of(blocks: Writer, table: Element) -> None:
    """Write a table."""
    head, rows = _rows(table)
    grid = _filled(rows, len(head))
    width = max((len(row) for row in grid), default=0)
    if not width:
        return
    opener, begun = blocks.push("table_open", "table", 1), len(blocks.tokens)
    opener.meta.update(
        head_rows=len(head),
        head_columns=_head_columns(grid[len(head) :]),
        caption=_caption(blocks, table),
        html=True,
    )
    aligns = [_align_of(column) for column in zip(*(_padded(row, width) for row in grid), strict=True)]
    for part, tag in ((grid[: len(head)], "thead"), (grid[len(head) :], "tbody")):
        if not part:
            continue
        blocks.push(f"{tag}_open", tag, 1)
        for row in part:
            blocks.push("tr_open", "tr", 1).meta["cells"] = width
            for cell, align in zip(_padded(row, width), aligns, strict=True):
                _write_cell(blocks, cell, "th" if tag == "thead" else "td", align)
            blocks.push("tr_close", "tr", -1)
        blocks.push(f"{tag}_close", tag, -1)
    blocks.push("table_close", "table", -1)
    opener.map = next((token.map for token in blocks.tokens[begun:] if token.map), None) or [*blocks.rows([])]


def _caption(blocks: Writer, table: Element) -> Token | None:
    caption = table.find("caption")
    if caption is None:
        return None
    children = trimmed(blocks.line.tokens(list(parts_of(caption)), blocks.depth))
    return Token("inline", "", 0, children=children, map=[*blocks.rows(children)]) if children else None


def rows_of(table: Element, *parts: str) -> Iterator[Element]:
    """Yield the rows of a table, without those of tables in it; with ``parts``, of these only."""
    for part in table:
        if part.tag == "tr" and not parts:
            yield part
        elif part.tag in (parts or ("thead", "tbody", "tfoot")):
            yield from part.findall("tr")


def cells_of(table: Element) -> Iterator[Element]:
    """Yield the cells of a table, without those of tables in it."""
    for row in rows_of(table):
        yield from _cells(row)


def _rows(table: Element) -> tuple[list[Element], list[Element]]:
    """Return the rows of the head, and all rows, the head's first."""
    head, foot = list(rows_of(table, "thead")), list(rows_of(table, "tfoot"))
    apart = set(map(id, (*head, *foot)))
    body = [row for row in rows_of(table) if id(row) not in apart]
    if not head:
        while body and all(cell.tag == "th" for cell in _cells(body[0])) and len(_cells(body[0])) > 1:
            head.append(body.pop(0))
    return head, [*head, *body, *foot]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _filled(rows: list[Element], head_rows: int) -> list[list[_Cell]]:
    """Return the rows with a cell for each place, those that merged cells cover too."""
    grid: list[list[_Cell]] = [[] for _ in rows]
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        last = head_rows if y < head_rows else len(rows)  # no cell reaches out of the head
        for node in _cells(row):
            _fill(grid[y], y, taken)
            x = len(grid[y])
            width, height = _span(node, "colspan"), min(_span(node, "rowspan"), last - y)
            grid[y].append(_Cell(node))
            for below in range(height):
                for beside in range(width):
                    if below or beside:
                        taken[y + below, x + beside] = LEFT if beside else ABOVE
        _fill(grid[y], y, taken)
    return grid


def _fill(row: list[_Cell], y: int, taken: dict[tuple[int, int], str]) -> None:
    while (y, len(row)) in taken:
        row.append(_Cell(None, taken[y, len(row)]))


def _span(node: Element, name: str) -> int:
    typed = node.get(name, "1").strip()
    return min(max(int(typed), 1), MAX_SPAN) if typed.isdecimal() and len(typed) < 5 else 1


def _head_columns(body: list[list[_Cell]]) -> int:
    """Return how many columns at the left name the rows."""
    count = 0
    for column in zip(*body, strict=False):
        if not all(cell.mark or (cell.node is not None and cell.node.tag == "th") for cell in column):
            break
        count += 1
    return count


def _padded(row: list[_Cell], width: int) -> list[_Cell]:
    return [*row, *[_Cell(None)] * (width - len(row))]


def _align_of(column: Sequence[_Cell]) -> str:
    """Return how a column is set: as all its cells that are no heads say."""
    said = {_align(cell.node) for cell in column if cell.node is not None and cell.node.tag == "td"}
    return said.pop() if len(said) == 1 else ""


def _write_cell(blocks: Writer, cell: _Cell, tag: str, align: str) -> None:
    opener = blocks.push(f"{tag}_open", tag, 1)
    if align:
        opener.attrs["style"] = f"text-align:{align}"
    if cell.mark:
        children = [Token("text", "", 0, content=cell.mark)]
    else:
        children = trimmed(list(_content(blocks, cell.node))) if cell.node is not None else []
    inline = blocks.inline(children)
    if cell.mark:
        inline.content, inline.meta["merged"] = cell.mark, True
    blocks.push(f"{tag}_close", tag, -1)


def _content(blocks: Writer, node: Element) -> Iterator[Token]:
    """Yield the text of a cell; blocks in it stand on lines of their own."""
    for part in parts_of(node):
        number = held_number(part) if isinstance(part, Element) else None
        if number is None:
            yield from blocks.line.tokens([part], blocks.depth)
            continue
        blocks.line.emitted.add(number)
        for token in blocks.tree.held[number].tokens:
            yield from token.children or ()


def _align(node: Element | None) -> str:
    if node is None:
        return ""
    style = node.get("style", "").replace(" ", "").lower()
    for align in ("left", "center", "right"):
        if f"text-align:{align}" in style or node.get("align", "").lower() == align:
            return align
    return ""
