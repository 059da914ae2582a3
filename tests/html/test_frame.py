"""What notes, references and links print, by the article and the layout."""

from __future__ import annotations

import re

import pytest

from tests.html.test_compose import body, composed
from tests.support.projects import ISSUE, SmallProject


def notes(html: str) -> list[tuple[str, str]]:
    return re.findall(
        r'<span class="note" data-tag="note" data-mark="([^"]*)"[^>]*><span class="note-text">(.*?)</span></span>',
        html,
    )


def references(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="reference(?: numbered)?" href="#(.*?)">(.*?)</a>', html)


def test_notes_stand_where_they_are_called_first_and_are_numbered_so(project: SmallProject) -> None:
    html = composed(project, body("甲[^b]乙[^a]丙[^b]丁^[三]。\n\n[^a]: 一\n\n[^b]: 二"))
    assert notes(html) == [("①", "二"), ("②", "一"), ("③", "三")]
    assert re.findall(r'<sup class="note-call"[^>]*>(.*?)</sup>', html) == ["①"]


def test_each_article_counts_its_notes_anew(project: SmallProject) -> None:
    text = ISSUE.replace("正文。", "'甲^[一]乙^[二]'") + "  - title: 二\n    body: '丙^[三]'\n"
    assert [mark for mark, _ in notes(composed(project, text))] == ["①", "②", "①"]


def test_english_notes_have_digits(project: SmallProject) -> None:
    text = ISSUE.replace("language: zh-Hans", "language: en").replace("正文。", "'One^[two].'")
    assert notes(composed(project, text)) == [("1", "two")]


def test_a_note_in_a_heading_is_not_repeated_in_the_contents(project: SmallProject) -> None:
    html = composed(project, body("# 一^[注]\n\n文。"))
    assert len(notes(html)) == 1
    assert re.findall(r'<li class="entry level-2".*?>(.*?)</li>', html) == ['<a href="#b1">一</a>']


@pytest.mark.parametrize(
    ("addresses", "printed"),
    [
        (
            "note",
            '<span class="note" data-tag="note" data-mark="①" data-series="a1" data-address="https://example.org/a">'
            '<span class="note-text">'
            '<a class="address" href="https://example.org/a">https://example.org/a</a></span></span>',
        ),
        ("brackets", '（<a class="address" href="https://example.org/a">https://example.org/a</a>）'),
        ("none", ""),
        ("end", '<sup class="link-call"><a href="#a1-link-1">[1]</a></sup>'),
    ],
)
def test_the_layout_says_how_addresses_are_printed(
    addresses: str, printed: str, project: SmallProject
) -> None:
    html = composed(project, body("见[文](https://example.org/a)。"), link_addresses=addresses)
    assert f'<a href="https://example.org/a">文</a>{printed}。' in html


@pytest.mark.parametrize(
    "text",
    [
        "<https://example.org/a> <a@example.org>",
        "[www.example.org](https://www.example.org/)",
        "[example.org/中文](https://example.org/%E4%B8%AD%E6%96%87)",
        "[中国.cn](https://xn--fiqs8s.cn)",
    ],
)
def test_an_address_that_is_its_own_text_is_not_printed_twice(text: str, project: SmallProject) -> None:
    assert notes(composed(project, body(text))) == []


def test_addresses_at_the_end_are_listed_once_with_their_numbers(project: SmallProject) -> None:
    text = body("[甲](https://example.org/a)[乙](https://example.org/b)[丙](https://example.org/a)")
    html = composed(project, text, link_addresses="end")
    assert re.findall(r'<li id="(.*?)" style="--cst-mark: \'(.*?)\'"><a .*?>(.*?)</a>', html) == [
        ("a1-link-1", "[1] ", "https://example.org/a"),
        ("a1-link-2", "[2] ", "https://example.org/b"),
    ]


NAMED = """\
layout: base
language: {language}
title: 刊名
publisher: 单位
date: 2020
number: 2
sections:
  - section: 要闻
    id: news
    articles:
      - title: 标题
        id: lead
        body:
          - |
            # 一、背景 {{#ground}}

            [@news]，[@lead]，[@ground]，[@pic]，[@tab]，[@more]，[@pic page]。
          - figure: images/1.png
            alt: 图
            id: pic
          - table: |
              | 甲 |
              |---|
              | 乙 |
            caption: 表题
            id: tab
          - box: 链接
            id: more
            body: 文。
"""


def test_references_call_things_by_number_or_title(project: SmallProject) -> None:
    found = references(composed(project, NAMED.format(language="zh-Hans")))
    assert found == [
        ("news", "“要闻”"),
        ("lead", "《标题》"),
        ("ground", "“一、背景”"),
        ("pic", "图 1"),
        ("tab", "表 1"),
        ("more", "“链接”"),
        ("pic", '第 <span class="page-number" data-target="#pic"></span> 页'),
    ]


def test_english_references_are_english(project: SmallProject) -> None:
    found = [words for _, words in references(composed(project, NAMED.format(language="en")))]
    assert found[3:5] == ["Figure 1", "Table 1"]
    assert found[6].startswith("page <span")
