"""Tables typed with bars: their cells with their places, and what is wrong with their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from markdown_it.token import Token

from cstprint.blocks.common.parts import Align, Grid, Inline
from cstprint.diagnostics import Diagnostic, error, msg, warning
from cstprint.issue.markdown.grammar import parse
from cstprint.issue.markdown.html import read_html
from cstprint.issue.markdown.inline import Seeker, settle
from cstprint.issue.markdown.notes import Notes
from cstprint.issue.markdown.plain import plain_form
from cstprint.issue.tables import MERGED, merge_cells
from cstprint.source import SourceText, Span


def read_table(text: SourceText, notes: Notes, diagnostics: list[Diagnostic], head_rows: int = 1) -> Grid:
    """Return the table that ``text`` is, or no rows and an error where it is anything else.

    The first ``head_rows`` rows are its head; a first row without any text is left out.
    """
    tokens = read_html(parse(text), text, diagnostics)
    other = next((token for token in tokens if token.level == 0 and token.type not in _TABLE), None)
    tables = [token for token in tokens if token.type == "table_open"]
    if other is None and len(tables) == 1:
        return read_grid(tokens, text, notes, diagnostics, head_rows)
    second = other or (tables[1] if tables else None)
    row = second.map[0] if second and second.map else 0
    problem = msg("This is not a table, or there is text beside the table.")
    hint = msg(
        "A table is a header, a line |---|---| with as many cells, and rows, without empty "
        "lines between them."
    )
    diagnostics.append(error("CST-M015", problem, span=text.place(row), hint=hint))
    return Grid((), 0)


_TABLE = ("table_open", "table_close")


def read_grid(
    tokens: Sequence[Token], text: SourceText, notes: Notes, diagnostics: list[Diagnostic], head_rows: int = 1
) -> Grid:
    """Return the table of ``tokens``, its cells merged and settled."""
    diagnostics += _counts(tokens, text)
    rows: list[list[Inline]] = []
    aligns: list[Align] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open") and len(rows) == 1:
            aligns.append(align_of(token))
        elif token.type == "inline":
            diagnostics += settle(token, seeker_of(token, text), notes)
            children = tuple(token.children or ())
            rows[-1].append(Inline(_place_of(token, text), children, plain_form(children)))
    if not any(cell.tokens for cell in rows[0]):
        rows, head_rows = rows[1:], max(0, head_rows - 1)
    return merge_cells(rows, tuple(aligns), min(head_rows, len(rows)), diagnostics)


def _place_of(cell: Token, text: SourceText) -> Span:
    """Return where a cell stands; one of HTML, at its line."""
    if "place" in cell.meta:
        begin, end = cell.meta["place"]
        return text.place_of(begin, max(1, end - begin))
    return text.place(cell.map[0] if cell.map else 0, 0, 2 if cell.meta.get("merged") else 1)


def align_of(token: Token) -> Align:
    """Return how the column of a ``th_open`` or ``td_open`` is set."""
    return cast(Align, str(token.attrGet("style") or "").removeprefix("text-align:"))


def seeker_of(inline: Token, text: SourceText) -> Seeker:
    """Return a seeker over the lines of a run of text, or over its cell."""
    seeker = Seeker(text, *(inline.map or (0, text.count("\n") + 1)))
    if "place" in inline.meta:
        seeker.offset, seeker.end = inline.meta["place"]
    return seeker


def inner_tables(tokens: Sequence[Token], text: SourceText) -> Iterator[Diagnostic]:
    """Yield what is wrong with tables inside lists and quotations."""
    yield from _counts(tokens, text)
    for token in tokens:
        if "place" in token.meta and token.content in MERGED:
            yield error(
                "CST-M014",
                msg("Cells can be merged only in a table that is a block of its own."),
                span=text.place_of(token.meta["place"][0], len(token.content)),
                hint=msg("Put the table outside the list or the quotation."),
            )


def _counts(tokens: Sequence[Token], text: SourceText) -> Iterator[Diagnostic]:
    """Yield what is reported about rows that have more or fewer cells than the head of their table."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.meta["cells"] != columns:
            cells = token.meta["cells"]
            told, hint = (
                error,
                msg("Remove cells, or add columns to the header. Write \\| for a bar in a text."),
            )
            if cells < columns:
                told, hint = (
                    warning,
                    msg("Add cells, which may be empty, or put an empty line before text that is not a row."),
                )
            yield told(
                "CST-M013",
                msg(
                    "This row has {cells} cells, but the table has {columns} columns.",
                    cells=cells,
                    columns=columns,
                ),
                span=text.place(token.map[0] if token.map else 0),
                hint=hint,
            )
