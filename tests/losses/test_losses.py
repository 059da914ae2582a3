"""Whatever a layout does to a text of an issue, nothing of it is lost in silence."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Diagnostic, Severity
from tests.losses.conftest import Reported
from tests.losses.losing import BY_CSS, BY_TEMPLATE, ISSUE
from tests.support.samples import some

pytestmark = pytest.mark.render


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.is_error]


def test_nothing_is_reported_of_an_issue_that_is_whole(reported: Reported) -> None:
    assert reported() == []


@pytest.mark.parametrize("css", some(BY_CSS))
def test_what_css_loses_is_an_error_with_the_rules_place(css: str, reported: Reported) -> None:
    text, code = BY_CSS[css]
    found = errors(reported(css))
    for one in found:
        where = f"{one.span} {one.hint}"
        words = str(one.message) + (one.span.file.line(one.span.line) if one.span else "")
        if one.code == code and set(text[:2]) <= set(words) and "layouts/mine/blocks.css:2:" in where:
            return
    raise AssertionError("\n".join(f"{one} | {one.hint}" for one in found) or "nothing is reported")


@pytest.mark.parametrize("value", ["scale(1e200)", "scale(1e308)", "translateX(1e300px)"])
def test_a_transform_that_no_reader_can_follow_is_one_error(value: str, reported: Reported) -> None:
    assert [one.code for one in reported(f".pull {{ transform: {value} }}")] == ["CST-E041"]


@pytest.mark.parametrize("case", some(BY_TEMPLATE, one_of=2))
def test_what_a_template_loses_is_an_error_in_the_issue(case: str, reported: Reported) -> None:
    template, text, name = BY_TEMPLATE[case]
    path = f"blocks/{case.partition(' ')[0]}.html.j2"
    found = [one for one in errors(reported(**{path: template})) if one.code == "CST-E040"]
    mine = [one for one in found if text in str(one.message) and f"({name})" in str(one.message)]
    assert mine, "\n".join(map(str, found))
    assert mine[0].span is not None
    assert mine[0].span.file.path.name == "issue.yaml"
    assert f"layouts/mine/{path}" in str(mine[0].hint)


NAMES = "{{ issue.title }} {{ issue.title_en }} {{ issue.publisher }} {{ issue.publisher_en }}"
NO_IMPRINT = ISSUE.partition("colophon:")[0]


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("", ["issue-date", "issue-number"]),
        ("{{ issue.date }}", ["issue-number"]),
        ("2020 年 2 月", ["issue-number"]),
        ("总第 2 期", ["issue-date"]),
        ("第十二期", ["issue-date", "issue-number"]),
        ("{{ issue_line }}", []),
        ("2020.02.29　第 2 期", []),
        ("二〇二〇年第二期", []),
        ("Vol. II / 2020", []),
        ("<b>2020</b>-<b>2</b>", []),
    ],
)
def test_a_layout_that_prints_no_date_or_number_of_the_issue_is_an_error(
    line: str, lost: list[str], reported: Reported
) -> None:
    template = f'<header><h1 class="title">{NAMES}</h1><p>{line}</p></header>'
    found = errors(reported(issue=NO_IMPRINT, **{"blocks/nameplate.html.j2": template}))
    assert [one.code for one in found] == ["CST-E040"] * len(lost)
    assert [name for name in lost for one in found if f"({name})" in str(one.message)] == lost
    assert all("issue.yaml" in str(one.span) and one.span and one.span.line in (7, 8) for one in found)


def test_a_date_and_a_number_that_css_leaves_out_are_errors_unless_they_stand_elsewhere(
    reported: Reported,
) -> None:
    css = ".issue-line { display: none }"
    found = errors(reported(css, issue=NO_IMPRINT))
    assert [(one.code, one.span and one.span.line) for one in found] == [("CST-E016", 7), ("CST-E016", 8)]
    assert errors(reported(css)) == []
    assert errors(reported(css, "omits: [issue-date, issue-number]\n", issue=NO_IMPRINT)) == []


def test_a_style_attribute_is_reported_in_its_template(reported: Reported) -> None:
    inside = '<p style="opacity: 0">{{ block.html }}{{ block.by }}</p>'
    template = f'<blockquote class="pull" id="{{{{ block.id }}}}">\n{inside}</blockquote>'
    found = errors(reported(**{"blocks/pull.html.j2": template}))
    assert [one.code for one in found] == ["CST-E041"]
    assert str(found[0].span).endswith("layouts/mine/blocks/pull.html.j2:2:4")


SECTIONED = """\
layout: mine
language: zh-Hans
title: 刊名
publisher: 单位
number: 2
sections:
  - section: 栏目^[栏目的注]
    intro: 引言[文字](https://example.org)接着，见[@one]就是。
    articles:
      - {title: 标题, id: one, body: 正文}
"""


def test_a_section_s_intro_is_found_whatever_stands_in_it(reported: Reported) -> None:
    assert reported(issue=SECTIONED) == []


@pytest.mark.parametrize(("css", "code"), [("display: none", "CST-E016"), ("color: #fff", "CST-E041")])
def test_an_intro_that_css_loses_is_an_error(css: str, code: str, reported: Reported) -> None:
    found = errors(reported(f".intro {{ {css} }}", issue=SECTIONED))
    mine = [one.code for one in found if "issue.yaml:8:" in f"{one.span} {one.message}"]
    assert mine == [code], "\n".join(map(str, found))


def test_an_intro_that_the_template_leaves_out_is_an_error(reported: Reported) -> None:
    template = (
        '<h2 id="{{ section.id }}">{{ section.title }}</h2>{% for article in section.articles %}'
        '{% include "blocks/article.html.j2" %}{% endfor %}'
    )
    found = errors(reported(issue=SECTIONED, **{"blocks/section.html.j2": template}))
    assert [one.code for one in found if "(intro)" in str(one.message)] == ["CST-E040"]


# ── left out on purpose ──


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("publisher", ".publisher { display: none }"),
        ("kicker", ".kicker { visibility: hidden }"),
        ("credits", ".article-credits { display: none }"),
        ("captions, picture-credits", "figcaption { display: none }"),
        ("pull", ".pull { opacity: 0 }"),
        ("notes", ".note { display: none }"),
        ("table", ".table { display: none }"),
        ("figures", ".figures { display: none }"),
        ("colophon", ".colophon { display: none }"),
        ("event-place", ".event-place { display: none }"),
    ],
)
def test_what_is_declared_may_be_hidden_and_is_reported_as_a_note(
    name: str, css: str, reported: Reported
) -> None:
    found = reported(css, f"omits: [{name}]\n")
    assert {one.severity for one in found} == {Severity.NOTE}, "\n".join(map(str, found))
    assert any(f": {name.partition(',')[0]}," in str(one.message) for one in found if one.code == "CST-L021")
    assert all(
        str(one.span).endswith(f"layouts/mine/layout.yaml:3:{one.span.column}") for one in found if one.span
    )


@pytest.mark.parametrize("case", some(BY_TEMPLATE))
def test_what_is_declared_may_be_left_out_by_a_template(case: str, reported: Reported) -> None:
    template, _text, name = BY_TEMPLATE[case]
    path = f"blocks/{case.partition(' ')[0]}.html.j2"
    wanted = {one.message.values[0][1] for one in errors(reported(**{path: template}))}
    found = reported(more=f"omits: [{', '.join(sorted({*map(str, wanted), name}))}]\n", **{path: template})
    assert {one.code for one in found} - {"CST-F013"} == {"CST-L021"}, "\n".join(map(str, found))


def test_a_layout_leaves_out_what_the_one_that_it_extends_leaves_out(reported: Reported) -> None:
    reported(".kicker { display: none }", "omits: [kicker]\n")
    reported.project.layout("child", "title: child\nextends: mine\n")
    found = reported(
        ".kicker { display: none }", "omits: [kicker]\n", ISSUE.replace("layout: mine", "layout: child")
    )
    assert [(one.code, one.severity) for one in found] == [("CST-L021", Severity.NOTE)]


def test_what_is_declared_and_printed_is_not_reported(reported: Reported) -> None:
    without = ISSUE.replace("    kicker: 眉题文字\n", "")
    assert reported(more="omits: [kicker]\n", issue=without) == []


def test_a_name_that_nothing_has_is_reported_with_those_that_there_are(reported: Reported) -> None:
    (found,) = reported(more="omits: [kickers]\n")
    assert (found.code, found.severity) == ("CST-L020", Severity.ERROR)
    assert str(found.span).endswith("layouts/mine/layout.yaml:3:9")
    assert "Did you mean “kicker”? The known names are publisher, " in str(found.hint)


# ── what is not lost ──


@pytest.mark.parametrize(
    "css",
    some(
        [
            ".kicker { color: #767676 }",
            ".nameplate { background: #17406d } .nameplate * { color: #fff !important }",
            ".box-inside { background: linear-gradient(#000, #333) } .box * { color: #eee }",
            ".pull { transform: rotate(-2deg) }",
            ".pull { opacity: .8 }",
            ".box { position: relative; background: #eee; z-index: 2 }",
            ".notice { overflow: hidden }",
            ".standfirst { line-height: 1; overflow: hidden }",
            ".pull { position: relative } .pull::before { content: '“'; position: absolute; left: 0; top: 0; color: #ddd;"
            " font-size: 60pt }",
            ".contents-title { display: none }",
            ".figure-label { color: #17406d }",
            ".article { background: #fdfdfb } .box { box-shadow: 2pt 2pt 4pt #999; border: 8pt solid #ccc }",
            ".publisher::first-letter { font-size: 150%; float: left }",
            "strong { letter-spacing: -.05em }",
            ".figure-picture { position: relative } .figure-picture::after { content: ''; position: absolute; left: 40%;"
            " top: 40%; width: 20%; height: 20%; background: #fff }",
        ],
        one_of=2,
    ),
)
def test_what_can_be_read_is_not_reported(css: str, reported: Reported) -> None:
    assert reported(css) == []


#: An issue of one article whose heads and names have the same words, or parts of each other's.
REPEATING = """\
layout: mine
language: zh-Hans
title: 同样的字
title_en: 同样的字
publisher: 本刊编辑部
date: 2020-02
number: 2
articles:
  - title: 同样的字
    kicker: 同样的字
    subtitle: 同样的字
    credits: [{role: 摄影, names: 本刊}]
    body: 正文。
"""


def test_equal_heads_and_names_within_names_are_each_found_where_they_stand(reported: Reported) -> None:
    assert reported(issue=REPEATING) == []


@pytest.mark.parametrize(
    ("css", "line"),
    [
        (".nameplate .title { display: none }", 3),
        (".article-title { display: none }", 9),
        (".kicker { display: none }", 10),
        (".subtitle { display: none }", 11),
    ],
)
def test_of_equal_heads_the_one_that_is_lost_is_reported(css: str, line: int, reported: Reported) -> None:
    found = errors(reported(css, issue=REPEATING))
    assert [(one.code, one.span and one.span.line) for one in found] == [("CST-E016", line)]


# ── pictures ──


def test_a_crop_is_reported_with_its_edges_and_amounts(reported: Reported) -> None:
    css = ".figure-picture { height: 60pt; overflow: hidden } .figure img { margin-top: -12pt }"
    found = [one for one in reported(css) if one.code == "CST-P012"]
    assert [one.severity for one in found] == [Severity.ERROR]
    assert "images/one.png” is cut off on page" in str(found[0].message)
    assert "4.2 mm at the top" in str(found[0].message)
    assert "at the bottom" in str(found[0].message)
    assert "--cst-crop: allow" in str(found[0].hint)


def test_a_layout_may_crop_on_purpose(reported: Reported) -> None:
    css = ".figure-picture { height: 60pt; overflow: hidden; --cst-crop: allow }"
    found = reported(css)
    assert [(one.code, one.severity) for one in found] == [("CST-P012", Severity.NOTE)]


@pytest.mark.parametrize(
    "inside",
    [
        '<g style="display: none"><rect width="60" height="40"/></g>',
        '<path d="M 0 0 L"/>',
        '<rect width="nan" height="40"/>',
        '<rect width="0" height="40"/>',
        '<rect width="60" height="40" fill="none"/>',
        "",
    ],
)
def test_a_drawing_that_draws_nothing_is_a_warning(inside: str, reported: Reported) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{inside}</svg>'
    reported.project.write("issues/one/images/one.svg", drawing)
    found = reported(issue=ISSUE.replace("one.png", "one.svg"))
    assert [(one.code, one.severity) for one in found] == [("CST-P007", Severity.WARNING)]
    assert found[0].span is not None
    assert "images/one.svg" in found[0].span.file.line(found[0].span.line)


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="60" height="40"/>',
        '<path d="M0 0 L10 10" stroke="black" fill="none"/>',
        '<g opacity=".5"><circle cx="9" cy="9" r="5"/></g>',
        '<line x1="0" y1="0" x2="9" y2="9" stroke="#000"/>',
    ],
)
def test_a_drawing_that_draws_is_not_reported(inside: str, reported: Reported) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{inside}</svg>'
    reported.project.write("issues/one/images/one.svg", drawing)
    assert reported(issue=ISSUE.replace("one.png", "one.svg")) == []
