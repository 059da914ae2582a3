"""Tables typed with bars: cells with their places, merged cells, and what is told about slips."""

from __future__ import annotations

import re

import pytest

from cstprint.blocks.common.parts import Grid
from cstprint.blocks.prose import Prose
from cstprint.blocks.table import Table
from cstprint.diagnostics import Diagnostic
from cstprint.html.compose import compose
from cstprint.issue.markdown import Notes, read_table
from cstprint.issue.reader import read_issue
from cstprint.layout.resolve import resolve_layout
from cstprint.project import builtin_folder
from tests.issue.test_markdown import from_yaml, plain, read, told
from tests.support.projects import ISSUE, SmallProject


def table_of(text: str) -> Table:
    """The only table of a text about which nothing is told."""
    found = read(text)
    assert found.diagnostics == []
    (block,) = found.blocks
    assert isinstance(block, Table)
    return block


def texts(table: Table | Grid) -> list[list[str]]:
    return [[cell.content.plain for cell in row] for row in table.rows]


def spans(table: Table | Grid) -> list[list[tuple[int, int]]]:
    """Columns and rows that each cell covers."""
    return [[(cell.columns, cell.rows) for cell in row] for row in table.rows]


def from_block(text: str, head_rows: int = 1) -> tuple[Grid, list[tuple[str, int, int]]]:
    """The table of a YAML block, and what was told: code, line, column."""
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    diagnostics: list[Diagnostic] = []
    found = read_table(from_yaml(f"a: |\n{lines}"), Notes(), diagnostics, head_rows)
    return found, [(d.code, d.span.line, d.span.column) for d in diagnostics if d.span]


# ── cells ──


def test_a_table_has_a_head_rows_and_aligned_columns() -> None:
    table = table_of("| 年份 | 产量 | 说明 | 备注 |\n|:-----|-----:|:----:|------|\n| 2019 | 1.5 | 甲 | 乙 |")
    assert texts(table) == [["年份", "产量", "说明", "备注"], ["2019", "1.5", "甲", "乙"]]
    assert table.head_rows == 1
    assert [cell.align for cell in table.rows[1]] == ["left", "right", "center", ""]


def test_each_cell_knows_its_line_and_column() -> None:
    table = table_of("|  中国科技 | b|\n|--|--|\n|甲||")
    places = [[(c.content.span.line, c.content.span.column) for c in row] for row in table.rows]
    assert places == [[(2, 6), (2, 13)], [(4, 4), (4, 6)]]
    assert table.rows[0][0].content.span.width == 4


def test_a_bar_with_a_backslash_is_part_of_its_cell() -> None:
    assert texts(table_of("| a \\| b | `c\\|d` |\n|--|--|\n| \\|\\| | 乙 |")) == [
        ["a | b", "c|d"],
        ["||", "乙"],
    ]


def test_empty_cells_are_cells() -> None:
    assert texts(table_of("| a | | c |\n|--|--|--|\n| | | |")) == [["a", "", "c"], ["", "", ""]]


def test_a_table_may_have_one_column_and_no_bars_around() -> None:
    assert texts(table_of("| 甲 |\n|--|\n| 乙 |")) == [["甲"], ["乙"]]
    assert texts(table_of("a | b\n--|--\nc | d")) == [["a", "b"], ["c", "d"]]


def test_a_head_without_text_is_no_head() -> None:
    table = table_of("| | |\n|--|--|\n| 甲 | 乙 |")
    assert (texts(table), table.head_rows) == ([["甲", "乙"]], 0)


def test_a_table_may_have_a_head_only() -> None:
    table = table_of("| 甲 |\n|--|")
    assert (texts(table), table.head_rows) == ([["甲"]], 1)


def test_a_table_of_a_file_with_carriage_returns_is_read_where_it_stands(project: SmallProject) -> None:
    text = ISSUE.replace("正文。", "|\n      | 甲 | 乙 |\n      |--|--|\n      | 丙 | <x> |")
    found = read_issue(project.issue(text.replace("\n", "\r\n")))
    assert [(d.code, str(d.span).split(":", 1)[1]) for d in found.diagnostics] == [("CST-M003", "12:13")]
    assert found.value is not None
    (block,) = found.value.articles[0].blocks
    assert isinstance(block, Table)
    assert texts(block) == [["甲", "乙"], ["丙", "<x>"]]


def test_a_slip_in_a_cell_is_told_in_its_own_cell() -> None:
    assert told(read("| <x> | <x> |\n|--|--|\n| x | [甲](file:a) |")) == [
        ("CST-M003", 2, 5),
        ("CST-M003", 2, 11),
        ("CST-M010", 4, 13),
    ]


@pytest.mark.parametrize("content", ["https://example.org/" + "a" * 280, "1" * 40, "字" * 300])
def test_a_long_cell_is_kept_whole(content: str) -> None:
    assert texts(table_of(f"| 甲 |\n|--|\n| {content} |"))[1] == [content]


def test_a_table_between_paragraphs_is_a_block_of_its_own() -> None:
    blocks = read("甲\n| a | b |\n|--|--|\n| c | d |\n\n乙").blocks
    assert [type(block) for block in blocks] == [Prose, Table, Prose]
    assert [block.span.line for block in blocks] == [2, 3, 7]


def test_a_table_has_the_attributes_of_the_line_before() -> None:
    (block,) = read("{.wide lang=en}\n| a |\n|--|").blocks
    assert isinstance(block, Table)
    assert (block.attributes.classes, block.attributes.language) == (("wide",), "en")


# ── rows that do not fit ──


def test_a_cell_too_many_is_an_error_at_its_row_because_it_would_be_lost() -> None:
    found = read("| a | b |\n|--|--|\n| 1 | 2 | 3 |")
    assert told(found) == [("CST-M013", 4, 3)]
    assert found.diagnostics[0].is_error


def test_a_cell_too_few_is_told() -> None:
    found = read("| a | b |\n|--|--|\n| 1 |\n没有空行")
    assert told(found) == [("CST-M013", 4, 3), ("CST-M013", 5, 3)]
    assert not any(d.is_error for d in found.diagnostics)


@pytest.mark.parametrize("text", ["| 年份 | 产量 |", "| a | b |\n|--|\n", "| 甲 |\n\n|--|"])
def test_bars_that_make_no_table_are_told(text: str) -> None:
    assert told(read(text))[0] == ("CST-M012", 2, 3)


# ── merged cells ──


def test_cells_merge_with_the_one_above_and_to_the_left() -> None:
    table = table_of("| a | << | b |\n|--|--|--|\n| c | d | e |\n| ^^ | f | << |")
    assert texts(table) == [["a", "b"], ["c", "d", "e"], ["f"]]
    assert spans(table) == [[(2, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(2, 1)]]


def test_a_block_of_cells_merges_whichever_marks_fill_it() -> None:
    for marks in ("| ^^ | ^^ |", "| ^^ | << |"):
        table = table_of(f"| a | b |\n|--|--|\n| c | << |\n{marks}\n| d | e |")
        assert spans(table)[1:] == [[(2, 2)], [], [(1, 1), (1, 1)]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("| ^^ | b |\n|--|--|", (2, 5)),
        ("| << | b |\n|--|--|", (2, 5)),
        ("| a | b |\n|--|--|\n| c | ^^ |", (4, 9)),
        ("| a | b |\n|--|--|\n| << | c |", (4, 5)),
        ("| a | b |\n|--|--|\n| c | << |\n| d | ^^ |", (4, 5)),
    ],
    ids=[
        "above the first row",
        "left of the first",
        "across the head's end",
        "left in the body",
        "not a rectangle",
    ],
)
def test_what_cannot_be_merged_is_an_error_at_its_cell(text: str, place: tuple[int, int]) -> None:
    assert told(read(text)) == [("CST-M014", *place)]


def test_marks_with_a_backslash_are_printed() -> None:
    assert texts(table_of("| a | b |\n|--|--|\n| \\^^ | \\<< |"))[1] == ["^^", "<<"]


def test_cells_of_a_table_inside_a_list_cannot_be_merged() -> None:
    assert told(read("- 甲\n\n  | a | b |\n  |--|--|\n  | c | << |")) == [("CST-M014", 6, 11)]


# ── the block ──


def test_a_block_is_exactly_one_table() -> None:
    table, found = from_block("| a |\n|--|\n| b |")
    assert (texts(table), found) == ([["a"], ["b"]], [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲", 2),
        ("| a |", 2),
        ("| a |\n|--|\n\n乙", 5),
        ("| a |\n|--|\n\n| b |\n|--|", 5),
        ("- | a |\n  |--|", 2),
        ("", 2),
    ],
)
def test_a_block_that_is_anything_else_is_an_error(text: str, line: int) -> None:
    table, found = from_block(text)
    assert (table.rows, [(code, row) for code, row, _ in found]) == ((), [("CST-M015", line)])


def test_a_block_may_have_more_than_one_row_of_head() -> None:
    table, found = from_block("| a | b |\n|--|--|\n| ^^ | c |\n| d | e |", head_rows=2)
    assert (table.head_rows, found) == (2, [])
    assert spans(table)[0] == [(1, 2), (1, 1)]


# ── HTML ──


def test_a_row_is_named_by_the_cells_of_its_first_columns_whatever_is_merged(project: SmallProject) -> None:
    table = "- table: |\n          | a | b | c |\n          |--|--|--|\n          | d | e | 1 |\n          | ^^ | f | 2 |\n        head_columns: 2"
    found = read_issue(project.issue(ISSUE.replace("body: 正文。", f"body:\n      {table}")))
    assert (found.diagnostics, found.value is None) == ((), False)
    assert found.value is not None
    layout = resolve_layout("base", [builtin_folder("layouts")], {}).value
    assert layout is not None
    composed = compose(found.value, layout).value
    assert composed is not None
    assert re.findall(r"<t[hd].*?>", composed.html)[1:] == [
        *['<th scope="col">'] * 3, '<th scope="row" rowspan="2">', '<th scope="row">', "<td>", '<th scope="row">', "<td>",
    ]  # fmt: skip


def test_a_table_inside_a_list_is_printed_with_the_same_classes() -> None:
    html = plain("- 甲\n\n  | a | b |\n  |--|--:|\n  | c | d |")
    assert re.findall(r"<t[hd].*?>", html) == [
        "<thead>",
        '<th scope="col">',
        '<th scope="col" class="align-right">',
        "<td>",
        '<td class="align-right">',
    ]
