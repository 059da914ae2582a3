"""The widths of tables and their columns, measured from the origins of glyphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.glyphs import Glyph, read_glyphs
from tests.support.small_issues import rendered

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LONG = "观" * 120


def laid_out(root: Path, *body: Any, layout: str = "newsletter") -> tuple[list[Glyph], list[str]]:
    """The glyphs of the pages of an article, and the codes of what is reported."""
    made = rendered(root, layout, [{"title": "题", "body": list(body)}])
    # Without the cover, running heads and page numbers.
    glyphs = [one for one in read_glyphs(made.pdf) if one.page > 1 and 80 < one.y < 780]
    return glyphs, made.codes


def lines(glyphs: list[Glyph], text: str) -> int:
    """On how many lines the characters of a text stand."""
    return len({(one.page, round(one.y)) for one in glyphs if one.text in text})


def rows(*cells: str, count: int = 1) -> str:
    """A table with the same cells in each row, its head too."""
    row = "| " + " | ".join(cells) + " |\n"
    return row + "|" + "---|" * len(cells) + "\n" + row * count


@pytest.mark.parametrize("layout", ["newsletter", "brief", "bulletin"])
def test_a_number_and_a_short_cell_stay_whole_beside_a_long_text(layout: str, tmp_path: Path) -> None:
    glyphs, codes = laid_out(tmp_path, rows("0.031", "负责人", LONG), layout=layout)
    assert lines(glyphs, "031") == lines(glyphs, "负责人") == 2  # of the head and of the row
    assert codes == []


def test_type_becomes_smaller_before_anything_is_torn(tmp_path: Path) -> None:
    glyphs, codes = laid_out(tmp_path, rows(*["12345.678"] * 9))
    sizes = {round(one.size, 1) for one in glyphs if one.text == "5"}
    assert lines(glyphs, "12345678") == 2
    assert len(sizes) == 1
    assert 7.5 <= sizes.pop() < 9
    assert codes == []


def test_a_table_without_room_is_reported(tmp_path: Path) -> None:
    glyphs, codes = laid_out(tmp_path, rows(*["123456.789"] * 19))
    assert codes == ["CST-E024"]
    assert max(one.end for one in glyphs) < 842


def test_an_address_does_not_push_a_table_over_its_measure(tmp_path: Path) -> None:
    glyphs, codes = laid_out(tmp_path, rows("址", "https://example.org/" + "x" * 200), LONG)
    measure = max(one.end for one in glyphs if one.text == "观")
    assert max(one.end for one in glyphs) <= measure + 0.1
    assert codes == []


def test_a_small_table_stands_in_the_middle_flush_with_its_rules(tmp_path: Path) -> None:
    source = {"table": rows("甲甲", "乙乙"), "source": "源"}
    glyphs, _ = laid_out(tmp_path, source, LONG)
    left = min(one.x for one in glyphs if one.text == "甲")
    text = [one for one in glyphs if one.text == "观"]
    assert left > min(one.x for one in text) + 100
    assert min(one.x for one in glyphs if one.text == "源") == pytest.approx(left, abs=0.5)


def test_a_table_that_needs_more_than_a_column_spans(tmp_path: Path) -> None:
    glyphs, codes = laid_out(tmp_path, rows(*["1234567.8901"] * 4), layout="bulletin")
    assert lines(glyphs, "1234567890") == 2
    assert (
        min(one.x for one in glyphs if one.text == "5")
        < 297
        < max(one.x for one in glyphs if one.text == "5")
    )
    assert codes == []


def test_a_long_table_begins_where_it_is_met(tmp_path: Path) -> None:
    before = "\n\n".join(["观" * 30] * 20)
    glyphs, _ = laid_out(tmp_path, before, rows("甲", "乙", count=22), "丙")
    pages = [one.page for one in glyphs if one.text == "甲"]
    assert pages.count(2) >= 3
    assert pages.count(3) >= 3  # its head again, and two rows at least


def test_a_first_column_of_centred_cells_is_flush_with_the_rules(tmp_path: Path) -> None:
    table = "| 甲甲 | 乙 | 丁 |\n|:-:|---|---|\n" + "| 甲甲 | 乙 | 观观观观观观观观观观观观观 |\n"
    glyphs, _ = laid_out(tmp_path, table + "\n" + LONG, layout="brief")
    measure = min(one.x for one in glyphs if one.text == "观" and one.size > 14)
    assert min(one.x for one in glyphs if one.text == "甲") == pytest.approx(measure, abs=0.5)


def test_a_row_of_more_than_a_third_of_a_page_is_parted_between_its_lines(tmp_path: Path) -> None:
    body = ["前" * 22 * 10, f"| 甲 | 丙 |\n|--|--|\n| 甲 | {'乙' * 300} |"]
    glyphs, codes = laid_out(tmp_path, *body, layout="brief")
    on_pages = [
        len({round(one.y) for one in glyphs if one.page == page and one.text == "乙"}) for page in (2, 3)
    ]
    assert min(on_pages) >= 2
    assert codes == []


def test_a_row_of_less_is_kept_whole(tmp_path: Path) -> None:
    body = ["前" * 22 * 12, rows("甲", "丙", count=2) + "| 丁 | " + "乙" * 90 + " |\n" + "| 甲 | 丙 |\n" * 9]
    glyphs, _ = laid_out(tmp_path, *body, layout="brief")
    assert len({one.page for one in glyphs if one.text == "乙"}) == 1


@pytest.mark.slow
def test_no_row_is_parted_where_one_of_its_cells_has_no_room(tmp_path: Path) -> None:
    # Of the second cell three lines cannot be parted, and there is room for two.
    cell = "丙" * 24
    for count in range(6):
        body = ["前" * 22 * (9 + count), f"| 甲 | 丁 | 戊 |\n|--|--|--|\n| 甲 | {'乙' * 300} | {cell} |"]
        glyphs, _ = laid_out(tmp_path / str(count), *body, layout="brief")
        begun = {one.text: one.page for one in reversed(glyphs) if one.text in "乙丙"}
        assert begun["乙"] == begun["丙"]


@pytest.mark.slow
def test_a_table_with_notes_begins_below_the_title_that_has_room_for_it(tmp_path: Path) -> None:
    # At the height that notes leave to the columns, the sum of the heights in one differs in its last digit.
    before = "\n\n".join(["观" * 30] * 5)
    table = "| 甲甲甲甲 | 乙 | 丁 | 戊 |\n|--|--|--|--|\n"
    for number in range(5):
        table += f"| [甲甲甲甲](https://example.org/{number}) | {'乙' * 36} | 12345.67% | 12345.67% |\n"
    glyphs, _ = laid_out(tmp_path, before, table, "丙" * 60, layout="bulletin")
    assert {one.page for one in glyphs} == {2}
