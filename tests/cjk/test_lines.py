"""A paragraph to lines, with square glyphs: every sum can be done by hand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstprint.cjk.breaks import LINE_COST, _Chooser, plan
from cstprint.cjk.characters import NO_END, NO_START, kinds_of
from cstprint.cjk.lines import Line, Paragraph

SENTENCE = "中国科研人员快速分离鉴定出病毒毒株并与世界卫生组织共享了病毒全基因组序列，为全球科学家开展药物、疫苗、诊断研究奠定了重要基础。"


def paragraph(text: str) -> Paragraph:
    """One em a character, half an em for Latin; UAX 14 allows breaks at spaces and beside Han only."""
    advances = [0.25 if c == " " else 0.5 if c < "\u2000" else 1.0 for c in text]
    western = [
        i > 0 and text[i] != "\u3000" and (text[i - 1] == " " or max(text[i - 1], text[i]) > "\u2000")
        for i in range(len(text))
    ]
    return Paragraph(text, advances, [1.0] * len(text), western, [False] * len(text))


def lines(text: str, measure: float, indent: float = 0.0, *, justified: bool = True) -> list[Line]:
    made = paragraph(text)
    starts = plan(made, 0, measure - indent, measure, justified=justified)
    found = []
    for start, following in itertools.pairwise(starts):
        last = following == len(text)
        width = measure - indent if start == 0 else measure
        line = made.fit(start, following, width if justified and not last else None)
        found.append(made.fit(start, following, width) if line.width > width + 1e-9 else line)
    return found


def texts(text: str, made: list[Line]) -> list[str]:
    return [text[line.start : line.end] for line in made]


def test_han_alone_fills_lines_without_any_gap() -> None:
    text = "中" * 50
    made = lines(text, 20)
    assert texts(text, made) == ["中" * 20, "中" * 20, "中" * 10]
    assert all(gap == 0 for line in made for gap in line.gaps)


def test_all_lines_but_the_last_are_as_wide_as_the_measure() -> None:
    for measure in (10, 13.5, 20, 42):
        for line in lines(SENTENCE * 3, measure, indent=2)[1:-1]:
            assert line.width == pytest.approx(measure)


def test_a_mark_that_ends_a_line_is_half_as_wide() -> None:
    text = "中" * 9 + "，" + "国" * 9
    made = lines(text, 9.5)
    assert texts(text, made)[0] == "中" * 9 + "，"
    assert made[0].trail == -0.5
    assert made[0].width == 9.5


def test_an_opening_mark_that_begins_a_line_loses_its_blank_half() -> None:
    text = "“中国”说"
    assert lines(text, 20, indent=2)[0].lead == -0.5


def test_a_mark_that_would_begin_a_line_is_pushed_in() -> None:
    text = "中国，" + "中" * 7 + "，国国国国"
    made = lines(text, 10)
    assert texts(text, made)[0] == "中国，" + "中" * 7 + "，"
    assert min(made[0].gaps) == pytest.approx(-0.5)


def test_a_single_character_is_not_left_on_the_last_line() -> None:
    for length in range(30, 60):
        text = ("中" * 7 + "，") * 20
        text = text[:length] + "国。"
        made = lines(text, 20)
        assert len(texts(text, made)[-1].rstrip("。，")) > 1


@pytest.mark.parametrize("measure", [10, 20, 34])
def test_no_gap_opens_above_the_cap_where_a_lone_character_helps(measure: int) -> None:
    for last in ("国", "国。", "国）。"):
        text = "中" * measure * 2 + last
        opened = max(gap for line in lines(text, measure) for gap in line.gaps)
        assert opened <= (0.06 if measure > 30 else 0.10)


def test_no_character_stands_alone_so_that_the_lines_after_it_are_full() -> None:
    text = "导语文字在标题之下。"
    assert all(line.end - line.start > 1 for line in lines(text, 3.0))


def test_one_character_and_two_marks_are_not_alone() -> None:
    text = "中" * 40 + "例）。"
    assert texts(text, lines(text, 20)) == ["中" * 20, "中" * 20, "例）。"]


def test_an_address_is_parted_before_gaps_open_above_the_cap() -> None:
    text = "详见https://example.org/register/abcdefghijklmnopqrstuvwxyz一文。" * 2
    for measure in (12, 16, 20, 24):
        for line in lines(text, measure):
            assert max(line.gaps, default=0.0) <= 0.34
            assert line.width > measure - 2.5 or line.next == len(text)


def test_the_space_that_ends_a_line_takes_no_room() -> None:
    text = "word " * 8 + "中文"
    for line in lines(text, 7.5):
        assert text[line.end - 1] != " "


def test_a_run_wider_than_the_measure_stands_alone_and_runs_over() -> None:
    text = "中国" + "a" * 60 + "中国"
    made = lines(text, 10)
    assert any(line.width > 10 for line in made)
    assert "".join(texts(text, made)) == text


def test_a_line_that_cannot_be_filled_stays_ragged() -> None:
    text = "中 " + "a" * 19 + "中"
    made = lines(text, 10)
    assert made[0].ragged


def test_ragged_setting_opens_no_gap() -> None:
    made = lines(SENTENCE, 20, justified=False)
    assert all(gap <= 0 for line in made for gap in line.gaps)
    assert all(line.width <= 20 + 1e-9 for line in made)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text(alphabet="中国文字，。、“”（）《》：abc12 3%年月—…", min_size=1, max_size=120),
    st.sampled_from([6.0, 10.0, 17.5, 20.0, 42.0]),
)
def test_no_character_is_lost_and_no_line_begins_or_ends_with_what_it_must_not(
    text: str, measure: float
) -> None:
    text = " ".join(text.split()) or "中"
    made = lines(text, measure)
    assert [line.start for line in made[1:]] == [line.next for line in made[:-1]]
    assert made[0].start == 0
    assert made[-1].next == len(text)
    for before, after in itertools.pairwise(made):
        assert text[after.start] not in NO_START or text[after.start : after.start + 2] == "——"
        assert text[before.end - 1] not in NO_END or text[before.end] == " "


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text(alphabet="中国文字，。、“”（）《》：abc12 3%年月—…", min_size=1, max_size=120),
    st.sampled_from([6.0, 10.0, 17.5, 20.0, 42.0]),
)
def test_the_breaks_are_the_cheapest_of_all(text: str, measure: float) -> None:
    """Beside a search that leaves nothing out, from the end to the beginning."""
    made = paragraph(" ".join(text.split()) or "中")
    end, chooser = len(made.text), _Chooser(made)
    costs, ends = {end: 0.0}, dict[int, dict[int, float]]()
    for start in reversed([0, *made.breaks[:-1]]):
        ends[start] = dict(chooser._ends(start, measure, end))
        costs[start] = min(costs[following] + cost + LINE_COST for following, cost in ends[start].items())
    chosen = itertools.pairwise(chooser.total_fit(0, measure, measure))
    assert sum(ends[start][following] + LINE_COST for start, following in chosen) == pytest.approx(costs[0])


def test_the_least_width_is_that_of_the_widest_part_that_is_never_broken() -> None:
    made = paragraph("中国 Nature 通讯")
    assert made.min_content() == 3.0  # Nature
    assert made.min_content(indent=2.5) == 3.5  # the first line need hold no more than 中
    assert paragraph("中（国家）").min_content() == 1.5  # brackets lose a blank half at a line's ends


def test_where_words_may_break_anywhere_the_least_width_is_that_of_the_widest_character() -> None:
    made = paragraph("中国 Nature 通讯")
    made.anywhere = True
    assert made.min_content() == 1.0
    made.closed = frozenset(range(4, 9))
    assert made.min_content() == 3.0
    assert paragraph("12亩").min_content() == 2.25  # a number keeps its Han


def test_a_forced_break_keeps_marks_from_the_edges() -> None:
    made = paragraph("甲abcdef，乙")
    made.anywhere = True
    assert [made.text[start] for start in plan(made, 0, 3.0, 3.0, justified=True)[1:-1]] == ["a", "f"]
    made = paragraph("糖，尿，病")
    made.anywhere = True
    assert made.min_content() == 1.5  # a cell is never so narrow that a mark begins a line


def test_a_line_that_is_not_justified_keeps_a_number_and_its_han_too() -> None:
    assert texts("中文中文12亩地", lines("中文中文12亩地", 5.2, justified=False)) == ["中文中文", "12亩地"]


def test_where_nothing_else_fits_a_dash_begins_a_line() -> None:
    text = "咚——咚——咚——咚——咚"
    made = lines(text, 8.0)
    assert [text[line.start] for line in made] == ["咚", "—"]
    assert not made[0].ragged
    text = "中" * 9 + "——" + "国" * 9
    assert texts(text, lines(text, 10))[0] == "中" * 8  # not for gaps of .29 em


def test_a_blank_at_the_end_of_a_line_takes_no_room() -> None:
    text = "一二三四五六七八九\u3000甲乙丙丁戊己庚"
    made = lines(text, 9.0)
    assert texts(text, made)[:2] == ["一二三四五六七八九", "甲乙丙丁戊己庚"]
    assert made[0].width == 9.0
    assert lines("姓名\u3000", 9.0)[0].end == 3  # the last line keeps its blank


@pytest.mark.parametrize("marks", ["？！", "！！", "？？？"])
def test_marks_of_question_and_exclamation_keep_an_em_each(marks: str) -> None:
    assert paragraph(f"啊{marks}中").width(0, 1 + len(marks)) == 1 + len(marks) - 0.5
    for measure in (5.6, 6.4, 7.0):
        made = lines(f"啊{marks}中文中文中文中文", measure)[0]
        assert all(gap == 0 for gap in made.gaps[1 : len(marks)])


def test_a_ratio_of_han_opens_with_them() -> None:
    text = "甲∶乙＝丙∶丁"
    kinds = kinds_of(text, "zh-Hans", [1.0] * len(text), 1.0)
    advances, western = [1.0] * len(text), [True] * len(text)
    made = Paragraph(text, advances, advances, western, [False] * len(text), kinds)
    assert made.fit(0, len(text), 7.6).gaps == pytest.approx([0.1] * 6)
    assert 1 not in made.breaks


def test_a_run_wider_than_the_measure_need_not_begin_a_line_of_its_own() -> None:
    made = paragraph("校验" + "a" * 60 + "完")
    made.anywhere = True
    starts = plan(made, 0, 10.0, 10.0, justified=True)
    assert starts[1] == 17  # 校验 with its gap leaves room for fifteen letters of half an em


def test_a_line_that_is_short_by_less_than_a_character_opens_its_only_gap_a_little() -> None:
    made = paragraph("校验" + "a" * 60 + "完")
    line = made.fit(0, 10, made.width(0, 10) + 0.8)
    assert line.gaps[0] == pytest.approx(0.1)
    assert line.ragged
