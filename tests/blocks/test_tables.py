"""Tables: their ordinary and their hardest cases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.blocks.conftest import LONG, LayOut
from tests.blocks.test_text import ADDRESS
from tests.support.pages import structure

pytestmark = pytest.mark.render


def table(rows: list[list[str]], columns: int | None = None) -> str:
    """Rows as Markdown; the first is the head."""
    head, *body = rows
    rule = ["---"] * (columns or len(head))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


def test_a_table_of_one_column(lay: LayOut) -> None:
    assert lay(table([["项目"], ["甲"], [LONG]])).text("td").startswith("甲")


def test_a_table_longer_than_a_page_repeats_its_head(lay: LayOut, layout: str) -> None:
    rows = [["年份", "期数"], ["卷", "期"], *([f"{1900 + n}", f"第 {n} 期"] for n in range(160))]
    placed = lay(
        [LONG, {"table": table(rows), "head_rows": "2", "head_columns": "1", "caption": "历年各期"}, LONG]
    )
    assert len(placed.pages("td")) > 2
    middle = 297 if layout == "bulletin" else 0  # a column, too, has a head
    parts = {(run.page, run.box.left > middle) for run in placed.of("td")}
    for part in parts:
        head = [run for run in placed.of("thead") if (run.page, run.box.left > middle) == part]
        assert [run.text for run in head] == ["年份", "期数", "卷", "期"]
        cells = [run for run in placed.of("td") if (run.page, run.box.left > middle) == part]
        assert max(run.box.bottom for run in head) <= min(run.box.top for run in cells)
    tags: list[tuple[str, Any]] = [(kind, element) for _, kind, element in structure(placed.pdf())]
    scopes = [element["/A"]["/Scope"] for kind, element in tags if kind == "/TH"]
    assert scopes.count("/Row") == 160
    assert set(scopes) == {"/Row", "/Column"}


def test_a_table_of_12_columns_of_long_words(lay: LayOut) -> None:
    words = ["internationalization", "https://example.org/a/b/c", "1234567890123", "排版的术语很长"]
    rows = [[f"栏目{n}" for n in range(12)], *([(words * 3)[n % 4 :][0] + str(n)] * 12 for n in range(6))]
    placed = lay([{"table": table(rows), "caption": "十二栏"}, table(rows)], told="CST-E024")
    assert placed.text("td").count("internationalization") == 48


def test_an_address_of_300_characters_in_a_cell(lay: LayOut) -> None:
    placed = lay(table([["名", "址"], ["甲", f"<{ADDRESS}>"], [f"[乙]({ADDRESS})", "短"]]))
    assert ADDRESS in placed.text("td")


def test_merged_cells_in_head_and_rows(lay: LayOut) -> None:
    text = table(
        [
            ["地区", "经费", "<<", "<<"],
            ["^^", "甲", "乙", "丙"],
            ["北", LONG, "<<", "3"],
            ["^^", "^^", "^^", "4"],
            ["^^", "1", "2", LONG],
        ]
    )  # fmt: skip
    placed = lay([{"table": text, "head_rows": "2", "head_columns": "1", "caption": LONG, "source": LONG}])
    head = "地区经费甲乙丙"  # again, where the table goes on
    assert placed.text("th") in (head + "北", head + "北" + head)


def test_merged_cells_that_a_page_would_part(lay: LayOut) -> None:
    rows = [["甲", "乙"]]
    for n in range(12):
        rows += [[f"{LONG}{n}", f"{n}-{i}"] if i == 0 else ["^^", f"{n}-{i}"] for i in range(6)]
    placed = lay([LONG * 5, {"table": table(rows)}])
    assert len(placed.pages("td")) > 1


def test_cells_with_notes_and_marks(lay: LayOut) -> None:
    rows = [["名^[头注]", "值"], *([f"*甲*{n}^[注{n}]", f"**{n}** `c`[@tab]"] for n in range(12))]
    placed = lay([{"table": table(rows), "caption": "题^[题注]", "id": "tab", "source": "来源^[来源注]"}])
    assert len({run.text for run in placed.of("note-text")}) >= 14


@pytest.mark.parametrize("before", range(26, 40, 2))
def test_a_caption_does_not_end_a_page(lay: LayOut, before: int) -> None:
    rows = table([["甲", "乙"], *([["一", "二"]] * 3)])
    placed = lay(["\n\n".join(["段"] * before), {"table": rows, "caption": "表题", "source": "来源"}])
    assert placed.pages("caption")[0] == placed.pages("thead")[0]


@pytest.mark.slow
def test_a_cell_longer_than_a_page(lay: LayOut) -> None:
    placed = lay(LONG + "\n\n" + table([["甲", "乙"], ["短", LONG * 60], ["末", "末"]]))
    assert len(placed.pages("td")) > 1


def test_figures_of_all_alignments(lay: LayOut) -> None:
    lay("| 左 | 中 | 右 |\n|:--|:-:|--:|\n| 1 | 22 | 333 |\n| -1.5 | 2,000 | 3% |\n")


def test_a_table_in_a_list_and_in_a_quotation(lay: LayOut) -> None:
    inner = table([["甲", "乙"], ["internationalization" * 4, LONG]])
    lay("- 项\n\n" + "\n".join("  " + line for line in inner.splitlines()))
    lay("\n".join("> " + line for line in inner.splitlines()))
