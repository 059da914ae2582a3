"""HTML in texts: it becomes what Markdown makes, and what is not read is reported once per element."""

from __future__ import annotations

import re

import pytest

from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.blocks.table import Table
from cstprint.html.markdown import render_prose
from cstprint.issue.gathered import gathered
from cstprint.issue.markdown.html import tokens_of_page
from cstprint.languages.known import language_of
from tests.issue.test_markdown import calls_to_read, plain, read, told
from tests.support.frames import PlainFrame

FRAME = PlainFrame(language_of("zh-Hans"))


def html(text: str) -> str:
    """All text blocks, printed, without line ends and ids."""
    found = read(text)
    parts = [render_prose(block.tokens, "", FRAME) for block in found.blocks if isinstance(block, Prose)]
    return "".join(parts).replace("\n", "").replace(' id=""', "")


# ── in a line ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("一<br>二", "一<br>\n二"),
        ("一<br/>二", "一<br>\n二"),
        ("<b>甲</b><strong>乙</strong>", "<strong>甲</strong><strong>乙</strong>"),
        ("<i>甲</i><em>乙</em>", "<em>甲</em><em>乙</em>"),
        ("<u>甲</u><ins>乙</ins>", "<u>甲</u><u>乙</u>"),
        ("<s>甲</s><del>乙</del>", "<s>甲</s><s>乙</s>"),
        ("<mark>甲</mark>", "<mark>甲</mark>"),
        ("H<sub>2</sub>O，10<sup>3</sup>", "H<sub>2</sub>O，10<sup>3</sup>"),
        ("<small>甲</small><kbd>乙</kbd>", "<small>甲</small><kbd>乙</kbd>"),
        ("<code>a *b*</code>", "<code>a b</code>"),
        ('<a href="https://example.org/">甲</a>', '<a href="https://example.org/">甲</a>'),
        ('<a name="x"></a>甲', "甲"),
        ("<font color=red>甲</font><span style='x'>乙</span>", "甲乙"),
        ('<span lang="en">A</span>', '<span lang="en">A</span>'),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字（かんじ）"),
        ("**甲<u>乙**丙</u>", "<strong>甲<u>乙</u></strong><u>丙</u>"),
        ("<b>甲", "<strong>甲</strong>"),
        ("甲</b>乙", "甲乙"),
        ("<B>甲</B>", "<strong>甲</strong>"),
        ('甲<img src="a.png" alt="乙">', '甲<img class="picture" src="issue/a.png" alt="乙">'),
        (
            '甲<img src="a.png" alt="乙" height="20">',
            '甲<img class="picture" src="issue/a.png" alt="乙" style="height: 20px">',
        ),
        ("<script>x</script>甲", "甲"),
    ],
)
def test_an_element_in_a_line_means_what_it_says(text: str, printed: str) -> None:
    assert re.sub("^<p[^>]*>", "", plain(text)) == printed


@pytest.mark.parametrize("text", ["a < b 而 c > d", "x<3>", "A<B", "<https://example.org>", "1 <2> 3"])
def test_what_is_no_element_is_not_taken_for_one(text: str) -> None:
    assert read(text).diagnostics == []


def test_an_address_that_runs_something_is_no_link() -> None:
    assert "javascript" not in plain('<a href="javascript:alert(1)">甲</a>')
    assert told(read('<a href="javascript:alert(1)">甲</a>'))[0][0] == "CST-M010"


def test_only_known_attributes_are_printed() -> None:
    printed = plain('<b onclick="x" style="y">甲</b><span lang="en&quot; onclick=&quot;x">乙</span>')
    assert printed == "<strong>甲</strong>乙"


# ── blocks ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<p>甲</p><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("<div>甲</div>", "<p>甲</p>"),
        ("<div>\n\n**甲**\n\n乙\n\n</div>", "<p><strong>甲</strong></p><p>乙</p>"),
        ("<center>甲<br>乙</center>", "<p>甲<br>乙</p>"),
        ("<section><article><p>甲</p></article></section>", "<p>甲</p>"),
        ("<p>甲\n乙 <b>丙</b></p>", "<p>甲乙 <strong>丙</strong></p>"),
        ("<div><p>甲</p>乙<p>丙</p></div>", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<blockquote><p>甲</p></blockquote>", "<blockquote><p>甲</p></blockquote>"),
        ("<ul><li>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<ul>\n\n<li>甲</li>\n\n<li>**乙**</li>\n\n</ul>", "<ul><li>甲</li><li>**乙**</li></ul>"),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        ("<dl><dt>词<dd>义</dl>", "<dl><dt>词</dt><dd>义</dd></dl>"),
        ("<hr>", "<hr>"),
        ("<pre>a  b\n c</pre>", "<pre><code>a  b c</code></pre>"),
        (
            "<details><summary>甲</summary>\n\n*乙*\n\n</details>",
            "<p><strong>甲</strong></p><p><em>乙</em></p>",
        ),
        ("<header>甲</header>", "<p>甲</p>"),
        ("<div>甲", "<p>甲</p>"),
        ("<table><tr><td>甲</td></tr></table>", "<p>甲</p>"),
        ("<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>", ""),
        ("<script>x()</script>\n\n甲", "<p>甲</p>"),
        ("<iframe src=x>\n\n甲", "<p>甲</p>"),
        ("> <p>甲</p>\n\n- <div>乙</div>", "<blockquote><p>甲</p></blockquote><ul><li><p>乙</p></li></ul>"),
    ],
)
def test_a_block_becomes_what_markdown_makes(text: str, printed: str) -> None:
    assert html(text) == printed


def test_no_text_is_lost_in_a_block_that_holds_none() -> None:
    printed = html("<select>\n\n甲\n\n</select>\n\n<table>\n\n乙\n\n<tr>\n\n丙\n\n</table>\n\n丁")
    assert all(word in printed for word in "甲乙丙丁")


def test_headings_are_headings_with_their_names() -> None:
    (block,) = read('<h2 id="here">甲 <b>乙</b></h2>').blocks
    assert isinstance(block, Heading)
    assert (block.level, block.content.plain, block.anchor) == (2, "甲 乙", "here")


def table(text: str) -> Table:
    (block,) = read(text).blocks
    assert isinstance(block, Table)
    return block


def cells(found: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.content.plain, cell.columns, cell.rows) for cell in row] for row in found.rows]


def test_a_table_has_its_head_its_caption_and_merged_cells() -> None:
    found = table(
        "<table><caption>表<b>题</b></caption><thead><tr><th>项目</th><th colspan=2>数值</th></tr></thead>\n\n"
        "<tr><td rowspan=2>甲</td><td>1</td><td align=right>2</td></tr>\n<tr><td>3<td>4</table>"
    )
    assert cells(found) == [
        [("项目", 1, 1), ("数值", 2, 1)],
        [("甲", 1, 2), ("1", 1, 1), ("2", 1, 1)],
        [("3", 1, 1), ("4", 1, 1)],
    ]
    assert found.caption
    assert (found.head_rows, found.caption.plain, found.numbered) == (1, "表题", False)


def test_heads_without_a_thead_and_rows_of_other_lengths_are_read() -> None:
    found = table("<table><tr><th>a<th>b<th>c</tr><tr><th>x<td>1</tr></table>")
    assert (found.head_rows, found.head_columns) == (1, 1)
    assert [len(row) for row in found.rows] == [3, 3]


def test_a_column_is_set_as_its_cells_say() -> None:
    found = table(
        "<table><tr><th>a<th>b</tr><tr><td>x<td align=right>1</tr><tr><td>y<td style='text-align: right'>2</table>"
    )
    assert [cell.align for cell in found.rows[1]] == ["", "right"]


def test_a_cell_spans_no_more_than_its_part_of_the_table() -> None:
    found = table(
        "<table><thead><tr><th rowspan=9>a<th>b</tr></thead><tr><td colspan=99999999>c<td>d</tr></table>"
    )
    assert found.rows[0][0].rows == 1
    assert len(read("<table>" + "<tr><td colspan=60 rowspan=60>x<td>y</tr>" * 3 + "</table>").blocks) == 1


def test_a_cell_may_have_several_lines() -> None:
    found = table("<table><tr><td>a<p>b</p><p>c</p></td><td>d</td></tr></table>")
    kinds = [token.type for token in found.rows[0][0].content.tokens]
    assert kinds == ["text", "hardbreak", "text", "hardbreak", "text"]


def test_a_figure_is_a_figure_and_pictures_in_cells_are_a_group() -> None:
    (figure,) = read("<figure><img src=a.png alt=图><figcaption>说<b>明</b></figcaption></figure>").blocks
    assert isinstance(figure, FigureGroup)
    assert figure.figures[0].caption
    assert (figure.figures[0].alt, figure.figures[0].caption.plain) == ("图", "说明")
    (group,) = read("<table><tr><td><img src=a.png></td><td><img src=b.png></td></tr></table>").blocks
    assert isinstance(group, FigureGroup)
    assert len(group.figures) == 2


def test_a_picture_element_is_its_picture() -> None:
    (figure,) = read("<picture><source srcset=b.webp><img src=a.png alt=图></picture>").blocks
    assert isinstance(figure, FigureGroup)
    assert figure.figures[0].image == "a.png"


# ── what is reported ──


def test_what_is_not_read_is_one_message_for_each_element_with_its_places() -> None:
    found = list(
        gathered(
            read("<video src=a></video>\n\n甲<abbr>乙</abbr><abbr>丙</abbr>\n\n<abbr>丁</abbr>").diagnostics
        )
    )
    assert [(one.code, one.span.line if one.span else 0) for one in found] == [
        ("CST-M024", 2),
        ("CST-M024", 4),
    ]
    assert "<video>" in str(found[0].message)
    assert str(found[1].message).endswith("3 places, lines 4, 6")


def test_a_page_is_read_as_a_text_is() -> None:
    tokens = tokens_of_page(
        "<!doctype html><html><head><title>x</title></head><body><h1>甲</h1><p>乙</p></body></html>"
    )
    assert [token.type for token in tokens if token.nesting >= 0] == [
        "heading_open",
        "inline",
        "paragraph_open",
        "inline",
    ]


# ── long and hostile ──


def test_elements_in_each_other_a_thousand_deep_lose_no_text() -> None:
    for element in ("div", "b", "blockquote", "ul><li", "span"):
        printed = html(f"<{element}>" * 1000 + "末")
        assert "末" in printed or any(
            code == "CST-M011" for code, _, _ in told(read(f"<{element}>" * 1000 + "末"))
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["<b>字</b>", "<div>字</div>\n\n", "<p>字\n", "<!-- 字 -->\n\n", "甲<sub>2</sub>https://example.org/a "],
)
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    assert calls_to_read(piece * 2000) < 4.6 * calls_to_read(piece * 500)
