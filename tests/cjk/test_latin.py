"""A paragraph of English to lines, with square glyphs: every sum can be done by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cstprint.cjk.breaks import plan
from cstprint.cjk.characters import kinds_of
from cstprint.cjk.lines import Line, Paragraph

SPACE, LETTER = 0.24, 0.5


class Hyphens:
    """Words may be parted at the places of a text that are marked by a stroke; a hyphen is .3 em wide."""

    def __init__(self, marked: str):
        self.found = [i - k for k, i in enumerate(i for i, c in enumerate(marked) if c == "|")]

    def places(self) -> list[int]:
        return self.found

    def advance(self, place: int) -> float:
        assert place in self.found
        return LETTER + 0.3


def paragraph(marked: str) -> Paragraph:
    """Half an em a letter; UAX 14 allows breaks after spaces only."""
    text = marked.replace("|", "")
    advances = [SPACE if c == " " else LETTER for c in text]
    western = [i > 0 and text[i - 1] == " " for i in range(len(text))]
    kinds = kinds_of(text, "en", advances, 1.0)
    whole = [False] * len(text)
    return Paragraph(
        text, advances, [1.0] * len(text), western, whole, kinds, by_words=True, hyphenation=Hyphens(marked)
    )


def lines(marked: str, measure: float) -> list[Line]:
    made = paragraph(marked)
    starts = plan(made, 0, measure, measure, justified=True)
    width = [None if following == len(made.text) else measure for _, following in pairwise(starts)]
    return [made.fit(a, b, w) for (a, b), w in zip(pairwise(starts), width, strict=True)]


def test_spaces_open_alike() -> None:
    made = paragraph("aaaa bbbb cccc dddd").fit(0, 15, 8.0)
    assert made.width == pytest.approx(8.0)
    assert [gap for gap in made.gaps if gap] == pytest.approx([(8.0 - 6.48) / 2] * 2)


def test_spaces_close_by_a_third() -> None:
    made = paragraph("aaaa bbbb cccc dddd").fit(0, 15, 6.48 - 2 * SPACE / 3)
    assert [gap for gap in made.gaps if gap] == pytest.approx([-SPACE / 3] * 2, abs=1e-3)
    assert not made.ragged


def test_a_hyphen_takes_its_room_on_the_line() -> None:
    made = paragraph("aaaa bbb|bbb cccc").fit(0, 8, 4.6)
    assert made.hyphenated
    assert sum(made.gaps) + SPACE + 7 * LETTER + 0.3 == pytest.approx(4.6)


def test_a_word_is_parted_where_spaces_would_be_torn() -> None:
    assert lines("aa bb ccc|cccccc ddd eee", 5.0)[0].hyphenated


def test_a_word_stays_whole_where_spaces_hardly_open() -> None:
    assert not any(line.hyphenated for line in lines("aaaa bbbb cccc ddd|ddd eee fff", 6.7))


def test_a_dash_with_spaces_does_not_begin_a_line() -> None:
    text = "aaa bbb — ccc ddd — eee fff"
    made = paragraph(text)
    assert all(made.text[place] != "—" for place in made.breaks[:-1])


def test_a_number_in_groups_stays_whole() -> None:
    made = paragraph("of 1 000 000 in 2019 12 of")
    assert [made.text[place:][:4] for place in made.breaks[:-1]] == ["1 00", "in 2", "2019", "12 o", "of"]


def test_no_last_line_has_only_a_part_of_a_word() -> None:
    found = lines("aaaa bbbb cccc dddd eeee fff|fff", 9.6)
    assert not found[-2].hyphenated
