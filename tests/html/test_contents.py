"""What the contents list: fewer levels or more, as the issue needs, and exactly what was asked for."""

from __future__ import annotations

import pytest

from tests.html.test_compose import composed
from tests.support.projects import ISSUE, SmallProject

HEADS = "# 甲\n\n文\n\n## 乙\n\n文\n\n# 丙\n\n文\n\n# 丁\n\n文"


def issue(*bodies: str, form: str = "article") -> str:
    """An issue of articles with these texts."""
    articles = "".join(
        f"  - title: 第{number}篇\n    form: {form}\n    body: |\n"
        + "".join(f"      {line}\n" for line in body.splitlines())
        for number, body in enumerate(bodies, start=1)
    )
    return ISSUE.partition("articles:")[0] + "articles:\n" + articles


def levels(html: str) -> list[str]:
    """The levels of the lines of the contents."""
    contents = html.partition('<nav class="contents')[2].partition("</nav>")[0]
    return [part[0] for part in contents.split('class="entry level-')[1:]]


def test_an_article_without_heads_has_no_contents(project: SmallProject) -> None:
    html = composed(project, issue("文。"))
    assert 'class="contents' not in html


def test_two_articles_without_heads_have_contents(project: SmallProject) -> None:
    assert levels(composed(project, issue("文。", "文。"))) == ["1", "1"]


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        ("bulletin", HEADS, "1222"),
        ("newsletter", HEADS, "1222"),
        ("newsletter", HEADS.partition("# 丙")[0], "123"),
    ],
)
def test_contents_of_fewer_than_four_lines_go_a_level_deeper(
    layout: str, text: str, expected: str, project: SmallProject
) -> None:
    """Bulletin prints one level, newsletter two."""
    assert "".join(levels(composed(project, issue(text), layout))) == expected


def test_contents_are_as_deep_as_was_asked_for(project: SmallProject) -> None:
    assert levels(composed(project, issue(HEADS), contents_depth="1")) == ["1"]


def test_contents_of_more_than_two_pages_go_a_level_less_deep(project: SmallProject) -> None:
    bodies = ["".join(f"# 第{n}节\n\n文\n\n" for n in range(20))] * 4
    assert set(levels(composed(project, issue(*bodies), "newsletter"))) == {"1"}
    assert set(levels(composed(project, issue(*bodies), "newsletter", contents_depth="2"))) == {"1", "2"}


def test_short_items_are_not_listed_and_their_section_has_its_page(project: SmallProject) -> None:
    sections = "".join(
        f"  - section: 栏目{n}\n    form: {form}\n    articles:\n"
        "      - title: 题\n        body: 文。\n      - title: 目\n        body: 文。\n"
        for n, form in enumerate(["article", "item", "article"])
    )
    html = composed(project, ISSUE.partition("articles:")[0] + "sections:\n" + sections)
    assert levels(html) == list("0110011")
    assert html.count("level-0 alone") == 1


def test_brief_counts_sections_among_the_levels(project: SmallProject) -> None:
    article = "      - title: 题\n        body: |\n          # 甲\n\n          文\n"
    sections = "".join(f"  - section: 栏目{n}\n    articles:\n{article * 2}" for n in range(3))
    html = composed(project, ISSUE.partition("articles:")[0] + "sections:\n" + sections, "brief")
    assert set(levels(html)) == {"0", "1"}
