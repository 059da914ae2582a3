"""Typed numbers of headings and captions: what contradicts its place is told, what is no number is not."""

from __future__ import annotations

import pytest

from cstprint.check.numbers import check_numbers, chinese_number
from cstprint.issue.reader import read_issue
from tests.support.projects import ISSUE, SmallProject


def headings(project: SmallProject, *lines: str) -> list[tuple[str, str, int]]:
    """Code, message and line of what is told about the headings; the first stands in line 10."""
    body = "".join(f"      {line}\n" for line in lines)
    result = read_issue(project.issue(ISSUE.replace("body: 正文。\n", f"body: |\n{body}")))
    assert result.value is not None
    return [(d.code, str(d.message), d.span.line if d.span else 0) for d in check_numbers(result.value)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("十九", 19),
        ("二十", 20),
        ("二十一", 21),
        ("九十九", 99),
        ("一百", 100),
        ("一百零一", 101),
        ("一百一十", 110),
        ("一百一十一", 111),
        ("三百二十", 320),
        ("九百九十九", 999),
        ("12", 12),
        ("007", 7),
    ],
)
def test_a_chinese_number_has_its_value(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_numbers_in_order_are_not_told(project: SmallProject) -> None:
    tens = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    assert headings(project, *(f"# {number}、甲" for number in tens)) == []


def test_a_number_that_was_left_out_is_told_at_its_heading(project: SmallProject) -> None:
    ((code, message, line),) = headings(project, "# 一、甲", "# 二、乙", "# 四、丙")
    assert (code, line) == ("CST-N001", 12)
    assert message == "The heading has the number “四、”, but its number here is 3."


def test_a_number_typed_twice_is_told(project: SmallProject) -> None:
    assert [line for _, _, line in headings(project, "# 一、甲", "# 一、乙", "# 二、丙")] == [11]


def test_the_first_number_must_be_one(project: SmallProject) -> None:
    assert [line for _, _, line in headings(project, "# 二、甲")] == [10]


def test_subsections_are_counted_anew_in_each_section(project: SmallProject) -> None:
    told = headings(
        project, "# 一、甲", "## （一）乙", "## （二）丙", "# 二、丁", "## （一）戊", "## （三）己"
    )
    assert [line for _, _, line in told] == [15]


def test_a_section_without_a_number_counts_its_subsections_anew_too(project: SmallProject) -> None:
    assert headings(project, "# 甲", "## （一）乙", "# 丙", "## （一）丁") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. 甲", "2. 乙"),
        ("1．甲", "2．乙"),
        ("1、甲", "2、乙"),
        ("（1）甲", "（2）乙"),
        ("(1) 甲", "(2) 乙"),
        ("(一) 甲", "(二) 乙"),
    ],
)
def test_every_form_of_number_is_read(first: str, second: str, project: SmallProject) -> None:
    assert headings(project, f"# {first}", f"# {second}") == []
    assert [line for _, _, line in headings(project, f"# {second}")] == [10]


@pytest.mark.parametrize(
    "text",
    ["2020年的科技", "2.5 亿元", "一带一路", "一是甲", "十四五规划", "3D 打印", "5G、6G 与未来", "第三、甲"],
)
def test_a_heading_that_begins_with_other_digits_is_not_numbered(text: str, project: SmallProject) -> None:
    assert headings(project, f"# {text}") == []


def test_forms_and_levels_are_counted_apart(project: SmallProject) -> None:
    assert (
        headings(project, "# 一、甲", "## 1. 乙", "### （1）丙", "### （2）丁", "## 2. 戊", "# 二、己") == []
    )


def captions(project: SmallProject, caption: str, numbered: str = "true") -> list[str]:
    body = (
        f"\n      - figure: a.png\n        alt: 甲\n        caption: {caption}\n        numbered: {numbered}"
    )
    result = read_issue(project.issue(ISSUE.replace("body: 正文。", f"body:{body}")))
    assert result.value is not None
    found = list(check_numbers(result.value))
    assert all((d.code, d.span.line if d.span else 0) == ("CST-N002", 12) for d in found)
    return [str(d.message) for d in found]


@pytest.mark.parametrize("caption", ["图1 甲", "图 1：甲", "图一 甲", "圖1 甲", "Figure 1. A", "fig. 1: a"])
def test_a_caption_that_says_its_number_is_told_as_double(caption: str, project: SmallProject) -> None:
    (message,) = captions(project, f"'{caption}'")
    assert "printed twice" in message


def test_a_caption_with_another_number_is_told(project: SmallProject) -> None:
    (message,) = captions(project, "图 3 甲")
    assert message == "The caption begins with “图 3”, but this is figure 1."


def test_a_caption_with_a_number_where_none_is_counted_is_told(project: SmallProject) -> None:
    (message,) = captions(project, "图 3 甲", numbered="false")
    assert "is not numbered" in message


@pytest.mark.parametrize("caption", ["图为2020年的会场", "图中一人", "甲如图 1 所示", "图2020年甲"])
def test_a_caption_that_speaks_of_pictures_is_not_numbered(caption: str, project: SmallProject) -> None:
    assert captions(project, caption) == []
