"""What a designer may choose of the rules of lines, seen from the breaks and the gaps."""

from __future__ import annotations

import itertools

import pytest

from cstprint.cjk.breaks import plan
from cstprint.cjk.characters import LineStarts, kinds_of
from cstprint.cjk.lines import Paragraph
from cstprint.cjk.rules import Questions, Setting
from tests.support.line_breaks import western_breaks

pytestmark = pytest.mark.usefixtures("_built_in_fonts")


def paragraph(text: str, setting: Setting) -> Paragraph:
    """Every character one em wide."""
    allowed, em = set(western_breaks(text)), [1.0] * len(text)
    western = [place in allowed for place in range(len(text))]
    return Paragraph(text, em, em, western, [False] * len(text), setting=setting)


def parts(text: str, level: LineStarts) -> list[str]:
    """The parts of a text that no line parts."""
    made = paragraph(text, Setting(line_starts=level))
    cheap = [place for place in made.breaks if not made.prices.get(place)]
    return [text[a:b] for a, b in itertools.pairwise([0, *cheap])]


@pytest.mark.parametrize("level", [LineStarts.STRICT, LineStarts.GB, LineStarts.BASIC])
@pytest.mark.parametrize("mark", "，。、；：？！”’）》」·～")
def test_no_level_but_none_lets_a_mark_begin_a_line(level: LineStarts, mark: str) -> None:
    assert parts(f"中{mark}文", level) == [f"中{mark}", "文"]


@pytest.mark.parametrize("level", [LineStarts.STRICT, LineStarts.GB, LineStarts.BASIC])
@pytest.mark.parametrize("mark", "“‘（《「")
def test_no_level_but_none_lets_an_opening_mark_end_a_line(level: LineStarts, mark: str) -> None:
    assert parts(f"中{mark}文", level) == ["中", f"{mark}文"]


def test_the_strictest_level_alone_keeps_dashes_and_ellipses_from_the_start_of_a_line() -> None:
    for mark in ("——", "……"):
        assert parts(f"中{mark}文", LineStarts.STRICT) == [f"中{mark}", "文"]
        assert parts(f"中{mark}文", LineStarts.GB) == ["中", mark, "文"]
        assert parts(f"中{mark}文", LineStarts.BASIC) == ["中", mark, "文"]
        assert parts(f"“{mark}文", LineStarts.GB) == [f"“{mark}", "文"]


def test_a_solidus_ends_a_line_at_the_basic_level_only() -> None:
    assert parts("和/或", LineStarts.STRICT) == parts("和/或", LineStarts.GB) == ["和/或"]
    assert parts("和/或", LineStarts.BASIC) == ["和/", "或"]


def test_without_rules_marks_of_chinese_stand_anywhere_and_those_of_others_do_not() -> None:
    assert parts("中，“文”。", LineStarts.NONE) == list("中，“文”。")
    assert parts("5%的", LineStarts.NONE) == ["5%", "的"]
    assert parts("中——文", LineStarts.NONE) == ["中", "——", "文"]  # never in two (clreq 6.1.2.1)
    made = paragraph("he’s", Setting(line_starts=LineStarts.NONE))
    narrow = Paragraph(
        "he’s",
        [0.5] * 4,
        [1.0] * 4,
        made.western,
        made.joined,
        kinds_of("he’s", "zh", [0.5] * 4, 1.0),
        made.setting,
    )
    assert narrow.breaks == [4]


def lines(text: str, measure: float, setting: Setting) -> list[tuple[str, float]]:
    """The lines of a text, each with how far it ends behind the measure."""
    made = paragraph(text, setting)
    found = []
    for start, following in itertools.pairwise(plan(made, 0, measure, measure, justified=True)):
        line = made.fit(start, following, None if following == len(text) else measure)
        if line.width > measure + 1e-9:
            line = made.fit(start, following, measure)
        advances = made.advances[line.start : line.end]
        found.append((text[line.start : line.end], line.lead + sum(advances) + sum(line.gaps) - measure))
    return found


def test_a_stop_that_does_not_fit_hangs_beyond_the_measure() -> None:
    text = "甲乙丙丁戊己庚辛，壬癸子丑寅卯"
    first, behind = lines(text, 8.0, Setting(hanging=True))[0]
    assert first == "甲乙丙丁戊己庚辛，"
    assert behind == pytest.approx(1.0)
    assert lines(text, 8.0, Setting(push_in=False))[0][0] != "甲乙丙丁戊己庚辛，"


def test_a_stop_that_fits_stands_inside() -> None:
    first, behind = lines("甲乙丙丁戊己庚辛，壬癸子丑寅卯辰巳午未", 8.5, Setting(hanging=True))[0]
    assert first == "甲乙丙丁戊己庚辛，"
    assert behind == pytest.approx(0.5)  # its blank half alone is beyond


def test_of_marks_in_succession_none_hangs() -> None:
    for text in ("甲乙丙丁戊己庚辛”，壬癸子丑寅卯", "甲乙丙丁戊己庚辛）。壬癸子丑寅卯"):
        assert max(behind for _, behind in lines(text, 8.0, Setting(hanging=True))) <= 0.5


def test_no_stop_hangs_unless_a_designer_says_so() -> None:
    text = "甲乙丙丁戊己庚辛，壬癸子丑，寅卯辰巳午未申酉。戌亥"
    for measure in (5.0, 7.0, 8.0, 9.0):
        assert max(behind for _, behind in lines(text, measure, Setting())) <= 0.5 + 1e-9


@pytest.mark.parametrize(("marks", "width"), [("？！", 1.5), ("！！", 1.5), ("？？？", 2.0)])
def test_marks_of_question_and_exclamation_can_be_closed_up(marks: str, width: float) -> None:
    made = paragraph(f"啊{marks}中", Setting(questions=Questions.CLOSED))
    assert made.width(0, 1 + len(marks)) == 1 + width - 0.5  # half of the last ends the line


def proportional(text: str, setting: Setting) -> Paragraph:
    """Latin letters half an em wide."""
    allowed = set(western_breaks(text))
    western = [place in allowed for place in range(len(text))]
    advances = [1.0 if one > "~" else 0.5 for one in text]
    return Paragraph(text, advances, [1.0] * len(text), western, [False] * len(text), setting=setting)


@pytest.mark.parametrize("measure", [12.3, 15.4, 18.6, 21.7, 26.4])
def test_a_line_with_an_address_opens_no_gap_where_it_may_be_ragged(measure: float) -> None:
    text = "甲乙丙丁戊己庚辛壬癸甲乙丙丁，见https://example.org/register/2020/abc.html，戊己庚辛壬癸甲乙丙丁戊己庚辛。"
    made, parts = proportional(text, Setting(ragged_addresses=True)), 0
    first, last = text.index("https"), text.index("，戊")
    for start, following in itertools.pairwise(plan(made, 0, measure, measure, justified=True)):
        line = made.fit(start, following, measure)
        if made.is_final(following):
            continue
        if line.end <= first or line.start >= last:
            assert line.width == pytest.approx(measure)
            continue
        parts += 1
        assert measure - 1.0 <= line.width <= measure
        assert all(gap <= made.gaps[at].natural for at, gap in enumerate(line.gaps, start))
        assert not line.ragged
    assert parts


def test_a_host_is_parted_between_letters_only_where_gaps_would_be_too_wide_without() -> None:
    text = "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛，例如https://commonmark.org/。甲乙丙丁戊己庚辛壬癸。"
    made, scheme_end = proportional(text, Setting()), text.index("commonmark")
    parted = whole = 0
    for tenths in range(160, 320, 3):
        measure = tenths / 10
        for start, following in itertools.pairwise(plan(made, 0, measure, measure, justified=True)):
            whole += following == scheme_end
            if scheme_end < following < text.index(".org"):
                parted += 1
                left = measure - made.width(start, scheme_end)
                assert left > 0.25 * (made.han[scheme_end - 1] - made.han[start])
    assert whole > parted
