"""Long strings of Western text, and where a line may end inside them."""

from __future__ import annotations

import pytest

from cstprint.cjk.places import SIGN_COST, STANDARD_COST, places_in
from cstprint.cjk.strings import long_strings


def parted(text: str) -> str:
    """The strings of a text with the places after their marks."""
    marks = {place for string in long_strings(text) for place in string.marks}
    return "".join("⏎" * (at in marks) + one for at, one in enumerate(text))


@pytest.mark.parametrize(
    "expected",
    [
        "在/usr/⏎local/⏎share/⏎cstprint/⏎layout.⏎yaml里",
        "函数get⏎International⏎Cooperation()返回",
        "序列号CST-⏎2020-⏎00045-⏎9821-⏎77AC-⏎B312",
    ],
)
def test_a_string_is_parted_after_its_marks(expected: str) -> None:
    assert parted(expected.replace("⏎", "")) == expected


def test_a_checksum_is_parted_after_letters_but_not_after_digits() -> None:
    text = "值9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"
    (string,) = long_strings(text)
    assert len(string.others) > 5
    assert all(text[place - 1].isalpha() for place in string.others)


@pytest.mark.parametrize("text", ["hydroxychloroquine", "中国", "ISO 3166-1", "lopinavir/ritonavir"])
def test_words_and_short_runs_are_no_strings(text: str) -> None:
    assert not list(long_strings(text))


def test_a_formula_and_a_standard_are_parted_only_before_a_line_is_left_short() -> None:
    assert places_in("y=3.21+0.45·x").weak == {2: SIGN_COST, 7: SIGN_COST, 12: SIGN_COST}
    assert places_in("按GB/T 15834—2011").weak == {6: STANDARD_COST, 12: STANDARD_COST}
