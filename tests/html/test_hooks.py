"""What an editor gives the layout to hold on to: classes, names, design tokens of the issue and of sections."""

from __future__ import annotations

import re

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import prepare
from tests.support.projects import ISSUE, SmallProject, picture_bytes

BLOCKS = """\
      - figure: images/a.png
        alt: 图
        {}
      - figures:
          - {{image: images/a.png, alt: 甲, class: first, id: 图一}}
          - {{image: images/a.png, alt: 乙}}
        {}
      - table: |
          | 甲 |
          |----|
          | 乙 |
        {}
      - {{quote: 引文, {}}}
      - {{pull: 摘句, {}}}
      - {{box: 框, body: 文, {}}}
      - {{notice: 启事, body: 文, {}}}
      - {{events: [{{date: 今天, title: 事}}], {}}}
      - {{verse: 诗, {}}}
      - {{interview: [{{question: 问, answer: 答}}], {}}}
      - {{credits: [{{role: 编, names: 人}}], {}}}
"""
KINDS = ["figures"] * 2 + [
    "table",
    "quote",
    "pull",
    "box",
    "notice",
    "events",
    "verse",
    "interview",
    "credits",
]

SECTIONS = """\
layout: {layout}
language: zh-Hans
title: 刊名
publisher: 单位
date: 2020
tokens: {issue}
sections:
  - section: 新闻
    id: news
    class: dark
    tokens: {section}
    articles:
      - {{title: 标题, id: lead, class: wide, body: 正文。}}
  - section: 生活
    articles:
      - {{title: 标题, body: 正文。}}
"""


def blocks(given: str) -> str:
    """A block of each kind that is given something."""
    return BLOCKS.replace("{{", "{").replace("}}", "}").replace("{}", given)


def issue_with(body: str) -> str:
    return ISSUE.replace("    body: 正文。\n", f"    body:\n{body}")


def prepared(project: SmallProject, text: str, layout: str | None = None) -> tuple[str, list[Diagnostic]]:
    """The HTML of an issue, and what is reported about it besides classes that no style sheet knows."""
    project.write("issues/one/images/a.png", picture_bytes())
    made = prepare(project.issue(text), open_project(project.root), RenderOptions(layout=layout))
    told = [found for found in made.diagnostics if found.code != "CST-M031"]
    return made.value.html.html if made.value else "", told


# ── classes ──


def test_each_kind_of_block_has_its_class_on_its_outermost_element(project: SmallProject) -> None:
    html, told = prepared(project, issue_with(blocks("class: wide dark")))
    assert told == []
    found = re.findall(r'<\w+ class="(\w+)[^"]* wide dark"', html)
    assert found == KINDS


def test_a_picture_of_a_group_has_a_class_of_its_own(project: SmallProject) -> None:
    html, _ = prepared(project, issue_with(blocks("class: wide")))
    assert re.search(r'<figure class="figure first" id="图一"', html)


def test_articles_and_sections_have_their_classes_and_names(project: SmallProject) -> None:
    html, told = prepared(project, SECTIONS.format(layout="newsletter", issue="", section=""))
    assert told == []
    assert '<section class="section dark" data-id="news" data-section="新闻">' in html
    assert '<article class="article wide" data-id="lead">' in html


@pytest.mark.parametrize("written", ["Wide", "3d", "宽", "a.b", "[wide, 'x_y']"])
def test_what_css_or_a_writer_cannot_type_is_no_class(project: SmallProject, written: str) -> None:
    _, told = prepared(project, issue_with(f"      - {{pull: 摘句, class: {written}}}\n"))
    assert [(found.code, found.span.line) for found in told if found.span] == [("CST-Y063", 10)]


def test_a_class_that_no_style_sheet_knows_is_a_warning_at_its_place(project: SmallProject) -> None:
    path = project.issue(issue_with("      - {pull: 摘句, class: box hero}\n"))
    told = prepare(path, open_project(project.root), RenderOptions()).diagnostics
    assert [(found.code, found.span.column) for found in told if found.span] == [("CST-M031", 31)]


def test_a_key_class_is_proposed_for_a_slip(project: SmallProject) -> None:
    _, (told,) = prepared(project, issue_with("      - {pull: 摘句, clas: wide}\n"))
    assert told.hint is not None
    assert dict(told.hint.values)["meant"] == "class"


# ── names ──


def test_what_the_editor_names_has_this_id_and_nothing_else_has_it(project: SmallProject) -> None:
    text = issue_with(
        """\
      - |
        # 方法 {#b1}

        见[@f1]、[@b1]、[@a1]。
      - {figure: images/a.png, alt: 图, caption: 注}
      - {figure: images/a.png, alt: 图, caption: 注, id: f1}
      - {box: 框, body: 文, id: a1}
"""
    )
    html, told = prepared(project, text)
    assert told == []
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert re.search(r'<h3 class="heading level-1" id="b1"', html)
    assert re.search(r'<aside class="box[^"]*" id="a1"', html)
    assert html.index('id="f2"') < html.index('id="f1"'), "the first figure has another id"
    assert re.findall(r'class="reference[^>]*href="#(f1|b1|a1)"', html) == ["f1", "b1", "a1"]


# ── tokens ──


def test_tokens_of_an_issue_and_of_a_section_are_those_of_its_pages(project: SmallProject) -> None:
    text = SECTIONS.format(layout="newsletter", issue="{accent: '#111111'}", section="{accent: '#222222'}")
    html, told = prepared(project, text)
    assert told == []
    assert "  --cst-accent: #111111;" in html
    assert 'data-page="section-news" style="--cst-accent: #222222"' in html
    assert "@page section-news { --cst-accent: #222222; --cst-section: 1; }" in html
    assert html.count('data-section="新闻" style="--cst-accent: #222222"') == 2, "its lines in the contents"


@pytest.mark.parametrize(
    ("issue", "section", "code", "line"),
    [
        ("{accent: red}", "", "CST-L004", 6),
        ("", "{accent: red}", "CST-L004", 11),
        ("{acent: '#111'}", "", "CST-L003", 6),
        ("", "{acent: '#111'}", "CST-L003", 11),
        ("", "{measure: 30em}", "CST-L022", 11),
        ("", "{leading: 30pt}", "CST-L022", 11),
        ("{size: -1pt}", "", "CST-L004", 6),
        ("{small: calc(var(--cst-sze) * 2)}", "", "CST-L003", 6),
        ("", "{small: calc(var(--cst-sze) * 2)}", "CST-L003", 11),
        ("{accent: #111}", "", "CST-Y023", 6),
    ],
)
def test_a_token_that_does_not_fit_is_an_error_at_its_place(
    project: SmallProject, issue: str, section: str, code: str, line: int
) -> None:
    text = SECTIONS.format(layout="newsletter", issue=issue, section=section)
    if code == "CST-Y023":
        text = text.replace("{accent: #111}", "\n  accent: #111")
        line += 1
    html, told = prepared(project, text)
    assert [(found.code, found.span.line) for found in told if found.span] == [(code, line)]
    assert told[0].is_error
    assert html == ""


def test_a_token_that_another_layout_lacks_is_a_warning_there(project: SmallProject) -> None:
    text = SECTIONS.format(
        layout="bulletin", issue="{section-1: '#111111'}", section="{section-2: '#222222', accent: '#333333'}"
    )
    html, told = prepared(project, text, layout="newsletter")
    assert [(found.code, found.is_error) for found in told] == [("CST-L003", False)] * 2
    assert "#333333" in html
    assert "#222222" not in html


# ── parts of templates ──


def test_a_byline_is_one_line_of_a_child_layout(project: SmallProject) -> None:
    byline = '{% block byline %}<p class="byline">文 / {{ article.authors[0].name }}</p>{% endblock %}'
    template = f'{{% extends "newsletter/blocks/article.html.j2" %}}\n{byline}\n'
    project.layout("mine", "title: 我的\nextends: newsletter\n", **{"blocks/article.html.j2": template})
    html, told = prepared(
        project, ISSUE.replace("body:", "byline: 张三\n    standfirst: 导语\n    body:"), "mine"
    )
    assert told == []
    assert '<p class="byline">文 / 张三</p>' in html
    assert '<p class="standfirst">' in html
    assert "正文。" in html


@pytest.mark.parametrize("part", ["head", "byline", "standfirst", "body", "foot"])
def test_articles_have_these_parts(project: SmallProject, part: str) -> None:
    template = f'{{% extends "base/blocks/article.html.j2" %}}{{% block {part} %}}<i>甲</i>{{% endblock %}}'
    project.layout("mine", **{"blocks/article.html.j2": template})
    assert "<i>甲</i>" in prepared(project, ISSUE, "mine")[0]


@pytest.mark.parametrize(("part", "captions", "count"), [("caption", "each", 2), ("key", "keyed", 1)])
def test_figures_have_a_caption_each_or_a_key(
    project: SmallProject, part: str, captions: str, count: int
) -> None:
    mark = "<i>{{ figure.alt }}</i>" if part == "caption" else "<i>{{ block.figures[0].alt }}</i>"
    template = f'{{% extends "base/blocks/figures.html.j2" %}}{{% block {part} %}}{mark}{{% endblock %}}'
    project.layout("mine", **{"blocks/figures.html.j2": template})
    pictures = "[{image: images/a.png, alt: 甲}, {image: images/a.png, alt: 乙}]"
    html, _ = prepared(
        project, issue_with(f"      - {{figures: {pictures}, captions: {captions}}}\n"), "mine"
    )
    assert re.findall("<i>(.)</i>", html) == ["甲", "乙"][:count]
