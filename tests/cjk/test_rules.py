"""Two neighbours on a line: what clreq and GB/T 15834 ask of them."""

from __future__ import annotations

import itertools

import pytest

from cstprint.cjk.characters import Kind, kind_of, kinds_of
from cstprint.cjk.lines import Paragraph
from cstprint.cjk.rules import (
    HALF,
    LATIN_GAP,
    Shrink,
    Stretch,
    dot_gap,
    gap_between,
    may_break,
    may_break_at_space,
    space_gap,
)


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("中々〇あア①㎡Ａ𠮷", Kind.HAN),
        ("（《“‘【", Kind.OPEN),
        ("）》”’】", Kind.CLOSE),
        ("，、；：", Kind.PAUSE),
        ("。？！", Kind.STOP),
        ("—…～", Kind.JOINED),
        ("aZ9é%αЖ₂⁻", Kind.LATIN),
        (",./()@#+−_“"[:-1], Kind.SIGN),
        ("😀한", Kind.OTHER),
    ],
)
def test_a_character_has_its_kind(characters: str, kind: Kind) -> None:
    assert {kind_of(character) for character in characters} == {kind}


@pytest.mark.parametrize("picture", ["1\ufe0f\u20e3", "#\u20e3", "©\ufe0f", "☎\ufe0f"], ids=ascii)
def test_a_sign_that_is_a_picture_is_not_latin(picture: str) -> None:
    text = f"甲{picture}A"
    kinds = kinds_of(text, "zh-Hans", [1.0] * len(text), 1.0)
    assert kinds == [Kind.HAN, *[Kind.OTHER] * len(picture), Kind.LATIN]


def kinds_at_width(text: str, width: float, language: str = "zh-Hans") -> list[Kind]:
    """The kinds of a text whose interpuncts and quotes are ``width`` em wide."""
    return kinds_of(text, language, [width if c in "·’" else 1.0 for c in text], 1.0)


@pytest.mark.parametrize("width", [0.3, 0.5, 1.0])
def test_an_interpunct_between_han_takes_half_an_em(width: float) -> None:
    text = "约·傅"
    kinds = kinds_at_width(text, width)
    before, after = (dot_gap(kinds[i], kinds[i + 1], width).natural for i in range(2))
    assert before + width + after == pytest.approx(0.5)
    assert before == after


def test_an_interpunct_between_letters_is_a_mark_of_theirs() -> None:
    assert kinds_at_width("A·B", 0.5)[1] is Kind.SIGN
    assert kinds_at_width("J·K·罗", 0.5)[3] is Kind.DOT


def test_in_taiwan_an_interpunct_takes_an_em() -> None:
    assert kinds_at_width("约·傅", 1.0, "zh-Hant")[1] is Kind.FULL
    assert gap_between(Kind.HAN, kinds_at_width("约·傅", 0.5, "zh-Hant")[1]).natural == LATIN_GAP


@pytest.mark.parametrize("mark", ',.:;!?()[]{}/+=@#&*<>|~^_-"×÷−±')
def test_between_han_and_western_marks_stands_no_gap_of_its_own(mark: str) -> None:
    for pair in (("国", mark), (mark, "国")):
        gap = gap_between(kind_of(pair[0]), kind_of(pair[1]))
        assert (gap.natural, gap.stretch) == (0, Stretch.HAN)


@pytest.mark.parametrize("pair", ["国$", "国€", "%国", "‰国", "°国"])
def test_what_is_one_with_a_number_has_its_gap(pair: str) -> None:
    assert gap_between(kind_of(pair[0]), kind_of(pair[1])).natural == LATIN_GAP


def test_a_sign_before_a_number_is_one_with_it() -> None:
    assert kinds_at_width("约±3", 1.0)[1] is Kind.LATIN
    assert kinds_at_width("误差±较大", 1.0)[2] is Kind.SIGN


def test_in_an_address_han_and_letters_stand_together() -> None:
    text = "见https://example.org/路径/a。"
    kinds = kinds_at_width(text, 1.0)
    gaps = [gap_between(one, two).natural for one, two in itertools.pairwise(kinds)]
    assert [i for i, gap in enumerate(gaps) if gap] == [0]


def test_a_quote_between_letters_is_an_apostrophe() -> None:
    assert kinds_at_width("Alzheimer’s", 1.0)[9] is Kind.LATIN
    assert [kinds_at_width(text, 1.0)[1] for text in ("A’的", "国’A")] == [Kind.CLOSE] * 2


@pytest.mark.parametrize("pair", ["。”", "），", "》《", "”（", "，“", "：“", "、《", "！”", "（《"])
def test_two_marks_together_take_an_em_and_a_half(pair: str) -> None:
    assert gap_between(kind_of(pair[0]), kind_of(pair[1])).natural == -HALF


@pytest.mark.parametrize("pair", ["国A", "A国", "国9", "9年"])
def test_between_han_and_latin_stands_a_quarter_em_that_keeps_its_limits(pair: str) -> None:
    gap = gap_between(kind_of(pair[0]), kind_of(pair[1]))
    assert gap.natural == LATIN_GAP
    assert gap.natural - gap.shrink_room == pytest.approx(1 / 8)
    assert gap.natural + gap.stretch_room == pytest.approx(1 / 3)


@pytest.mark.parametrize("pair", ["，A", "A，", "“A", "A”", "（9", "AB"])
def test_beside_marks_latin_has_no_gap_of_its_own(pair: str) -> None:
    assert gap_between(kind_of(pair[0]), kind_of(pair[1])).natural == 0


def test_a_typed_space_between_han_and_latin_is_the_gap() -> None:
    typed, untyped = space_gap("年", "A", 0.27), gap_between(Kind.HAN, Kind.LATIN)
    assert 0.27 + typed.natural == pytest.approx(untyped.natural)
    assert (typed.shrink_room, typed.stretch_room) == (untyped.shrink_room, untyped.stretch_room)


def test_the_spaces_of_a_list_of_references_open() -> None:
    for before, after in (",李", "名[", ".A"):
        gap = space_gap(before, after, 0.25)
        assert (gap.natural, gap.stretch) == (0, Stretch.WORD)


def test_the_space_in_a_number_never_changes() -> None:
    gap = space_gap("1", "0", 0.25)
    assert (gap.natural, gap.stretch, gap.shrink) == (0, Stretch.NONE, Shrink.NONE)


@pytest.mark.parametrize("mark", "，。、；：？！）》”’】·—…％"[:-1])
def test_a_closing_mark_never_begins_a_line(mark: str) -> None:
    assert not may_break("国", mark, western=True)


@pytest.mark.parametrize("mark", "（《“‘【￥$±№")
def test_an_opening_mark_never_ends_a_line(mark: str) -> None:
    assert not may_break(mark, "国", western=True)


@pytest.mark.parametrize("pair", ["国“", "”国", "。“", "”（"])
def test_a_line_may_end_beside_chinese_quotes_whatever_uax_14_says(pair: str) -> None:
    assert may_break(pair[0], pair[1], western=False)


@pytest.mark.parametrize("pair", ["——", "……", "9%", "5℃"])
def test_what_belongs_together_stays_together(pair: str) -> None:
    assert not may_break(pair[0], pair[1], western=True)


def test_at_a_typed_space_a_line_may_end_but_not_inside_a_number() -> None:
    assert not may_break_at_space("1", "0")
    assert may_break_at_space("A", "国")


def test_between_latin_letters_the_rules_of_unicode_hold() -> None:
    assert may_break("-", "a", western=True)
    assert not may_break("a", "b", western=False)


def test_a_closing_bracket_before_a_western_stop_has_no_blank_half() -> None:
    text = "《书》. 社，（注）, 文"
    made = Paragraph(text, [1.0] * len(text), [1.0] * len(text), [False] * len(text), [False] * len(text))
    assert [made.gaps[text.index(mark)].natural for mark in "》）"] == [-0.5, -0.5]
