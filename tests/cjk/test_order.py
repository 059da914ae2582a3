"""The order in which a line closes and opens its gaps, seen from a line that is set narrower and wider."""

from __future__ import annotations

import pytest

from cstprint.cjk.lines import Paragraph

#: A bracket that closes, a comma, Han beside Latin, a full stop: each before Han.
TEXT = "甲）乙，丙丁ab戊己。庚辛"
CLOSE, COMMA, BEFORE_LATIN, BEHIND_LATIN, STOP = 1, 3, 5, 7, 10


def gaps(text: str, slack: float) -> list[float]:
    """How far each gap differs from its natural width in a line that is ``slack`` (em) wider than natural."""
    advances = [0.5 if one.isascii() and one != " " else 0.25 if one == " " else 1.0 for one in text]
    made = Paragraph(text, advances, [1.0] * len(text), [True] * len(text), [False] * len(text))
    natural = made.fit(0, len(text), None)
    line = made.fit(0, len(text), natural.width + slack)
    return [round(a - b, 3) for a, b in zip(line.gaps, natural.gaps, strict=True)]


@pytest.mark.parametrize(
    ("need", "closed"),
    [
        (0.3, {CLOSE: 0.3}),
        (0.5, {CLOSE: 0.5}),
        (0.8, {CLOSE: 0.5, COMMA: 0.3}),
        (1.1, {CLOSE: 0.5, COMMA: 0.5, BEFORE_LATIN: 0.05, BEHIND_LATIN: 0.05}),
        (1.25, {CLOSE: 0.5, COMMA: 0.5, BEFORE_LATIN: 0.125, BEHIND_LATIN: 0.125}),
        (1.5, {CLOSE: 0.5, COMMA: 0.5, BEFORE_LATIN: 0.125, BEHIND_LATIN: 0.125, STOP: 0.25}),
    ],
)
def test_brackets_close_first_then_commas_then_gaps_beside_latin_then_stops(
    need: float, closed: dict[int, float]
) -> None:
    found = gaps(TEXT, -need)
    assert {place: -gap for place, gap in enumerate(found) if gap} == pytest.approx(closed)


def test_gaps_between_han_never_close() -> None:
    assert all(gap == 0 for gap in gaps("甲乙丙丁戊己", -0.5))


def test_word_spaces_open_first_then_gaps_beside_latin_then_all_between_han_alike() -> None:
    text = "甲乙a b丙丁，戊"
    word, beside, han = 3, [1, 4], [0, 5, 6, 7]
    assert gaps(text, 0.2)[word] == pytest.approx(0.2)
    some = gaps(text, 0.25 + 0.1)
    assert [some[place] for place in (word, *beside)] == pytest.approx([0.25, 0.05, 0.05])
    assert [some[place] for place in han[:2]] == [0, 0]
    more = gaps(text, 0.25 + 2 * 0.25 / 3 + 0.2)
    assert [more[place] for place in beside] == pytest.approx([0.083, 0.083], abs=0.001)
    opened = [more[place] for place in (0, 5, 6, 7)]
    assert opened == pytest.approx([0.05] * 4, abs=0.001)


@pytest.mark.parametrize("pair", ["，”", "）。", "。」", "“（"])
def test_two_marks_together_neither_open_nor_close(pair: str) -> None:
    for slack in (-0.4, 0.4):
        assert gaps(f"甲乙{pair}丙丁", slack)[2] == 0


@pytest.mark.parametrize("whole", ["——", "……"])
def test_no_gap_opens_inside_a_mark_of_two_ems(whole: str) -> None:
    assert gaps(f"甲乙{whole}丙丁", 0.5)[2] == 0
