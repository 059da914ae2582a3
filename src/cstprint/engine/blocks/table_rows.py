"""Where a page may end in a table: not after its first row or before its last, and inside a row only if that is tall.

CSS has ``break-inside`` for rows, and that is one word for all of them: a row that is kept whole and does not fit
leaves empty what it would have taken, up to a page. ``--cst-whole-to`` says up to what part of a page a row is kept
whole; a taller one begins where it is met, if of each of its cells a line at least has room there, and goes on on the
next page. ``orphans`` and ``widows`` hold for its cells.
"""

from __future__ import annotations

from math import ceil
from unicodedata import east_asian_width

from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.blocks.long_boxes import kept_to
from cstprint.engine.weasy.boxes import LineBox, TextBox
from cstprint.engine.weasy.calls import BlockLayout, BlockResult
from cstprint.engine.weasy.marks import block_marks, mark_block
from cstprint.engine.weasy.types import Box, Context

#: Rows of so many lines stand together at the head and the foot of a table.
_LOW = 6


def keep_rows(context: Context, table: Box) -> None:
    """Say of each row of a table whose columns have their widths where a page may end.

    No page tears the first row from the second, or the last from the one before it: CSS has no orphans for rows, and
    ``break-after: avoid`` beside a row that is as high as a page empties a page.
    """
    page = context.current_footnote_area.page
    settled = (page.height, *table.column_widths)
    if block_marks(table).rows_settled == settled:
        return
    mark_block(table, rows_settled=settled)
    for group in table.children:
        rows = group.children
        lines = {id(row): _lines(table, row) for row in rows}
        for first, second in {0: rows[:2], len(rows) - 2: rows[-2:]}.values() if len(rows) > 1 else ():
            if max(lines[id(first)], lines[id(second)]) <= _LOW:
                first.style = first.style.copy()
                first.style["break_after"] = "avoid"
        if not (group.is_header or group.is_footer):
            for row in rows:
                height = lines[id(row)] * line_height(row) + _notes(row, page.width)
                is_tall = height > kept_to(row) * page.height
                _let_part(row, is_tall=is_tall and _is_alone(row, rows))


def parted(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: a tall row is parted where there is room for some of each of its cells."""

    def lay_out(context: Context, cell: Box, *rest: object, **named: object) -> BlockResult:
        result = original(context, cell, *rest, **named)
        row = block_marks(cell).tall_row
        if row is not None:
            # WeasyPrint asks for it when all cells of the row are laid out.
            if cell is row.children[0]:
                row.style["break_inside"] = "auto"
            if result[0] is None:
                row.style["break_inside"] = "avoid"
        return result

    return lay_out


def _let_part(row: Box, *, is_tall: bool) -> None:
    """Let a page part a row that its style sheet keeps whole, if it is tall."""
    was_tall = any(block_marks(cell).tall_row is not None for cell in row.children)
    if is_tall == was_tall or (is_tall and row.style["break_inside"] == "auto"):
        return
    row.style = row.style.copy()
    row.style["break_inside"] = "auto" if is_tall else "avoid"
    for cell in row.children:
        mark_block(cell, tall_row=row if is_tall else None)


def _is_alone(row: Box, rows: list[Box]) -> bool:
    """Whether no cell of a row stands in another row, too."""
    index = rows.index(row)
    return not any(
        cell.rowspan > max(1, index - number)
        for number, before in enumerate(rows[: index + 1])
        for cell in before.children
    )


def _lines(table: Box, row: Box) -> int:
    """Return about how many lines of text a row is high."""
    widths = table.column_widths
    return max(
        (_lines_in(cell, sum(widths[cell.grid_x : cell.grid_x + cell.colspan])) for cell in row.children),
        default=0,
    )


def _lines_in(box: Box, width: float) -> int:
    """Return about how many lines the text in a box of some width (px) takes."""
    size = float(box.style["font_size"])
    if isinstance(box, LineBox):
        texts = [""]
        for inner in box.descendants():
            if inner.element_tag == "br":
                texts.append("")
            elif isinstance(inner, TextBox):
                texts[-1] += inner.text
        return sum(max(1, ceil(_em(text) * size / max(width, size))) for text in texts)
    return sum(_lines_in(child, width) for child in getattr(box, "children", ()))


def _notes(row: Box, width: float) -> float:
    """Return about how high (px) the notes of a row are in a page of some width (px): they need room with it."""
    height = 0.0
    for note in (inner.footnote for inner in row.descendants() if inner.footnote is not None):
        text = "".join(inner.text for inner in note.descendants() if isinstance(inner, TextBox))
        height += ceil(_em(text) * float(note.style["font_size"]) / width) * line_height(note)
    return height


def _em(text: str) -> float:
    """Return about how wide a text is (em)."""
    return sum(1.0 if east_asian_width(character) in "WF" else 0.5 for character in text)
