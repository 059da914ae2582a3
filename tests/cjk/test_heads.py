"""Heads to lines, with square glyphs: where a head ends its lines, and how far they hang in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstprint.cjk.breaks import plan_head
from cstprint.cjk.heads import hung
from tests.cjk.test_lines import paragraph


def lines(text: str, measure: float, first: float | None = None) -> list[str]:
    """The lines of a head in a measure (em), the first of another."""
    starts = plan_head(paragraph(text), 0, measure if first is None else first, measure)
    return [text[start:end].strip() for start, end in pairwise(starts)]


def test_a_head_that_fits_stands_on_one_line() -> None:
    assert lines("关于召开年会的通知", 9) == ["关于召开年会的通知"]


@pytest.mark.parametrize("over", range(1, 12))
def test_lines_of_which_nothing_is_known_are_of_one_length(over: int) -> None:
    made = lines("甲" * (20 + over), 20)
    assert len(made) == 2
    assert abs(len(made[0]) - len(made[1])) <= 1


@pytest.mark.parametrize(
    ("text", "measure", "broken"),
    [
        # After marks, however uneven that is up to 14 and 6.
        ("疫苗研发的全球竞赛：谁先跑到终点", 12, ["疫苗研发的全球竞赛：", "谁先跑到终点"]),
        ("照片是怎样“洗”出来的？天文学家访谈", 14, ["照片是怎样“洗”出来的？", "天文学家访谈"]),
        ("人工智能与教育的未来——访张钹院士", 14, ["人工智能与教育的未来", "——访张钹院士"]),
        # After 的 and 和, not before them.
        ("县城里那些慢慢消失的手艺人和他们", 12, ["县城里那些慢慢消失的", "手艺人和他们"]),
        # A name, a number with its unit and a book's title stay whole.
        ("世卫组织总干事Tedros Adhanom到访北京", 14, ["世卫组织总干事", "Tedros Adhanom到访北京"]),
        ("全省一年新造林地共有8300公顷左右", 14, ["全省一年新造林地共有", "8300公顷左右"]),
        ("重读费孝通先生《乡土中国》的札记", 12, ["重读费孝通先生", "《乡土中国》的札记"]),
        # A word that titles are full of.
        ("某某省各地乡镇加强科学技术普及某某", 12, ["某某省各地乡镇加强", "科学技术普及某某"]),
        # Both parts of a title with a space between.
        ("春天的阳台 种下一盆番茄的种子", 12, ["春天的阳台", "种下一盆番茄的种子"]),
    ],
)
def test_lines_end_at_marks_and_between_phrases(text: str, measure: float, broken: list[str]) -> None:
    assert lines(text, measure) == broken


def test_an_english_head_does_not_end_a_line_with_an_article() -> None:
    made = lines("Letters to the Editor of a Journal in the Library", 13)
    assert [line.split()[-1] for line in made if line.split()[-1] in ("a", "the", "of", "in")] == []


@pytest.mark.parametrize("measure", [8.0, 9.0, 13.5, 16.0, 20.0])
@given(st.text("甲乙丙丁的和，：《》“”（）2019Nature 科学技术", min_size=3, max_size=60))
@settings(max_examples=30, deadline=None)
def test_no_line_has_one_or_two_letters(measure: float, text: str) -> None:
    text = " ".join(text.split()).strip()
    if not text:
        return
    made = lines(text, measure)
    unbroken = max(map(len, text.replace("，", " ").split()), default=0)
    short = [line for line in made if sum(map(str.isalnum, line)) <= 2]
    # Marks alone, and long runs that no line may end in, leave no choice.
    if len(made) > 1 and sum(map(str.isalnum, text)) > 3 * len(made) and unbroken < measure:
        assert len(short) <= sum(not any(map(str.isalnum, part)) for part in made)


def test_a_break_that_is_written_parts_a_head_and_each_part_is_set_by_itself() -> None:
    text = "上半句在这里换行\n" + "乙" * 12
    assert lines(text, 8) == ["上半句在这里换行", "乙" * 6, "乙" * 6]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("一、总体要求和若干个基本的原则", 2),
        ("（一）总体要求和若干个基本的原则", 2.5),  # the bracket has lost its blank half
        ("1. 总体要求和若干个基本的原则", 1.25),
        ("总体要求和若干个基本的原则", 0),
        ("一、", 0),
    ],
)
def test_lines_hang_after_the_number_of_a_head(text: str, by: float) -> None:
    assert hung(paragraph(text), 20) == pytest.approx(by)


def test_no_line_ends_after_the_number_of_a_head() -> None:
    assert lines("一、总体要求和若干个基本的原则", 10)[0] != "一、"


def test_a_run_without_a_place_to_end_a_line_runs_over_or_is_broken() -> None:
    made = paragraph("internationalisation")
    assert plan_head(made, 0, 5, 5) == [0, 20]
    made.anywhere = True
    assert all(end - start <= 10 for start, end in pairwise(plan_head(made, 0, 5, 5)))
