"""How narrow a cell may be: short ones, numbers, dates and words stay whole; square glyphs, so sums are done by hand."""

from __future__ import annotations

import pytest

from cstprint.cjk.cells import TORN, WHOLE, cell_text
from tests.cjk.test_lines import paragraph

BEST, *_, JUST = WHOLE


def width(text: str, limits: object = BEST) -> float:
    made = paragraph(text)
    made.anywhere = True
    return cell_text(made).width(limits)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["负责人", "某某编辑部处", "0.031", "-0.042", "1,234.5%"])
def test_a_short_cell_stays_whole(text: str) -> None:
    assert width(text, JUST) == width(text) == cell_text(paragraph(text)).whole


def test_a_long_text_gives_way_first() -> None:
    assert [width("甲" * 40, limits) for limits in WHOLE] == [6, 4, 2]


def test_a_number_keeps_its_unit_and_a_word_its_letters_in_a_long_text() -> None:
    assert width("甲" * 40 + "2020年" + "乙" * 40, JUST) == 3.25  # four digits, a gap, a Han
    assert width("甲" * 40 + "organization" + "乙" * 40, JUST) == 6


def test_what_has_no_end_does_not_push_a_table_over_its_measure() -> None:
    assert width("x" * 300, BEST) == 6
    assert width("甲" * 40 + "x" * 300, JUST) == 2


def test_words_are_torn_before_numbers() -> None:
    text = "甲" * 40 + "12345678" + "乙" * 40 + "organization"
    assert [width(text, limits) for limits in TORN] == [5.25, 4, 1]  # with a Han, without it, by digits
