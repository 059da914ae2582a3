"""Front matter in a body: what an article takes from it, and that nothing of it is printed."""

from __future__ import annotations

import pytest

from cstprint.blocks.prose import Prose
from cstprint.diagnostics import Result
from cstprint.issue.model import Article, Issue
from cstprint.issue.reader import read_issue
from tests.support.projects import SmallProject

_HEAD = "layout: base\nlanguage: zh-Hans\ntitle: 刊名\npublisher: 单位\ndate: 2026\nnumber: 1\n"


def read(project: SmallProject, body: str, keys: str = "") -> Result[Issue]:
    lines = "".join(f"      {line}\n" for line in body.split("\n"))
    first = keys.split("\n", 1)[0] or "body: |"
    rest = "".join(f"    {line}\n" for line in keys.split("\n")[1:] if line)
    text = f"articles:\n  - {first}\n{rest}" + ("    body: |\n" if keys else "") + lines
    return read_issue(project.issue(_HEAD + text))


def article(result: Result[Issue]) -> Article:
    assert result.value is not None, [str(found) for found in result.diagnostics]
    return result.value.articles[0]


FRONT = "---\ntitle: 第十二期\nsubtitle: 副题\nauthor: 甲\ndate: 2024-05-12\ntags: [a, b]\n---\n\n正文。"


def test_an_article_takes_what_it_has_not(project: SmallProject) -> None:
    found = read(project, FRONT)
    one = article(found)
    assert (one.title.plain, one.subtitle and one.subtitle.plain, one.authors[0].name.plain, one.date) == (
        "第十二期",
        "副题",
        "甲",
        "2024-05-12",
    )
    assert [(d.code, str(d.severity)) for d in found.diagnostics] == [("CST-M030", "note")]
    assert "tags" in str(found.diagnostics[0].message)
    assert "title" not in str(found.diagnostics[0].message)


def test_what_the_article_says_itself_stays(project: SmallProject) -> None:
    found = read(project, FRONT, "title: 自己的\nbyline: 乙\n")
    one = article(found)
    assert (one.title.plain, one.authors[0].name.plain) == ("自己的", "乙")
    assert "title, author" in str(found.diagnostics[0].message)


def test_nothing_of_it_is_printed_and_what_follows_keeps_its_place(project: SmallProject) -> None:
    (block,) = article(read(project, FRONT)).blocks
    assert isinstance(block, Prose)
    assert (block.tokens[1].content, block.span.line) == ("正文。", 17)


def test_places_in_front_matter_are_those_of_the_file(project: SmallProject) -> None:
    assert (
        article(read(project, FRONT)).title.span.line,
        article(read(project, FRONT)).title.span.column,
    ) == (10, 14)


def test_several_authors_and_toml_are_read(project: SmallProject) -> None:
    one = article(
        read(project, '+++\ntitle = "题"\nauthors = ["甲", "乙"]\ndate = 2024-05-12\n+++\n\n正文。')
    )
    assert (one.title.plain, [author.name.plain for author in one.authors], one.date) == (
        "题",
        ["甲", "乙"],
        "2024-05-12",
    )


@pytest.mark.parametrize(
    "body", ["---\n\n正文。\n\n---", "正文。\n\n---\ntitle: 甲\n---", "---\n没有冒号\n---\n\n正文。"]
)
def test_rules_around_text_are_no_front_matter(body: str, project: SmallProject) -> None:
    found = read(project, body, "title: 题\n")
    assert [d.code for d in found.diagnostics] == []
    assert "正文" in str(article(found).blocks) or "没有" in str(article(found).blocks)


def test_an_article_without_any_title_is_still_an_error(project: SmallProject) -> None:
    found = read(project, "---\ntags: a\n---\n\n正文。")
    assert found.value is None
    assert "CST-Y021" in [d.code for d in found.diagnostics]
