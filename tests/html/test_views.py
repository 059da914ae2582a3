"""What templates see of the blocks: levels of headings, authors, labels, sections."""

from __future__ import annotations

import re

import pytest

from tests.html.test_compose import body, composed
from tests.support.projects import ISSUE, SmallProject


def heads(html: str) -> list[tuple[int, str]]:
    return [(int(level), text) for level, text in re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", html)]


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("# 甲\n\n## 乙\n\n### 丙\n\n# 丁", [3, 4, 5, 3]),
        ("### 甲\n\n### 乙", [3, 4]),
        ("## 甲\n\n# 乙\n\n### 丙", [3, 3, 4]),
    ],
)
def test_headings_leave_out_no_level(markdown: str, levels: list[int], project: SmallProject) -> None:
    found = heads(composed(project, body(markdown)))
    assert [level for level, text in found if text in "甲乙丙丁"] == levels


def test_headings_and_tables_have_the_classes_and_languages_that_they_were_given(
    project: SmallProject,
) -> None:
    text = "{.a lang=en}\n# Title {.b}\n\n{.wide lang=zh-Hant}\n| 甲 |\n|--|\n| 乙 |\n\n# 无\n\n| 甲 |\n|--|\n| 乙 |"
    html = composed(project, body(text))
    openers = re.findall(r"<(?:h3|table)[^>]*>", html)
    assert [re.sub(r' (?:id|data-bookmark|data-plain)="[^"]*"', "", opener) for opener in openers] == [
        '<h3 class="heading level-1 a b" lang="en">',
        '<table class="wide" lang="zh-Hant">',
        '<h3 class="heading level-1">',
        "<table>",
    ]


def test_a_section_and_its_lines_in_the_contents_carry_its_name(project: SmallProject) -> None:
    text = ISSUE.replace("articles:\n", "sections:\n  - section: 要闻\n    articles:\n").replace(
        "  - title: 标题\n    body: 正文。\n", "      - title: 标题\n        body: 正文。\n"
    )
    html = composed(project, text)
    assert html.count(' data-section="要闻"') == 3  # the section, its line and its article's
    assert " data-section" not in composed(project, ISSUE)


def test_sections_stand_over_their_articles(project: SmallProject) -> None:
    text = ISSUE.replace("articles:\n", "sections:\n  - section: 要闻\n    articles:\n").replace(
        "  - title: 标题\n    body: 正文。", "      - title: 标题\n        body: '# 一'"
    )
    html = composed(project, text)
    assert heads(html)[2:] == [(2, '<span class="section-name">要闻</span>'), (3, "标题"), (4, "一")]
    assert re.findall(r'class="entry level-(\d)"', html) == ["0", "1", "2"]


def test_affiliations_are_numbered_where_there_are_several(project: SmallProject) -> None:
    text = ISSUE + (
        "    byline:\n      - {name: 甲, affiliation: 示例大学}\n      - {name: 乙, affiliation: 示例所}\n"
        "      - {name: 丙, affiliation: 示例大学}\n      - 丁\n"
    )
    html = composed(project, text)
    assert re.findall(r'"author">(.*?)</span>', html) == [
        "甲<sup>1</sup>",
        "乙<sup>2</sup>",
        "丙<sup>1</sup>",
        "丁",
    ]
    assert re.findall(r'"affiliation">(.*?)</span>', html) == ["<sup>1</sup>示例大学", "<sup>2</sup>示例所"]


def test_one_affiliation_has_no_number(project: SmallProject) -> None:
    html = composed(project, ISSUE + "    byline:\n      - {name: 甲, affiliation: 示例大学}\n")
    assert "<sup>" not in html
    assert '"affiliation">示例大学</span>' in html


def test_an_answer_begins_with_its_label(project: SmallProject) -> None:
    text = ISSUE.replace(
        "body: 正文。",
        "body:\n      - interview:\n          - {question: 甲？, answer: 乙。}\n          - {question: 丙？, answer: '- 丁'}",
    )
    html = composed(project, text)
    assert re.findall(r'<p[^>]*><span class="speaker">(.*?)</span>(.*?)</p>', html) == [
        ("问：", "甲？"),
        ("答：", "乙。"),
        ("问：", "丙？"),
        ("答：", ""),
    ]


def test_a_verse_keeps_its_lines_and_stanzas(project: SmallProject) -> None:
    text = ISSUE.replace(
        "body: 正文。",
        "body:\n      - verse: |\n          甲\n          乙\n\n\n          丙\n        by: 丁",
    )
    html = composed(project, text)
    stanzas = re.findall(r'<div class="stanza">(.*?)</div>', html, re.DOTALL)
    assert [re.findall(r'"verse-line">(.*?)</p>', stanza) for stanza in stanzas] == [["甲", "乙"], ["丙"]]
