"""Marks that people use beside CommonMark's, and text that only looks like them."""

from __future__ import annotations

import pytest

from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from tests.issue.test_markdown import plain, read, told

# ── emphasis beside Chinese marks ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("**注意：**请看", "<strong>注意：</strong>请看"),
        ("又称**“三步法”**，", "又称<strong>“三步法”</strong>，"),
        ("*《年报》*；", "<em>《年报》</em>；"),
        ("他说**真。**她走了", "他说<strong>真。</strong>她走了"),
        ("看*真：*她", "看<em>真：</em>她"),
        ("前**（注）**后", "前<strong>（注）</strong>后"),
        ("名**《书》**的", "名<strong>《书》</strong>的"),
        ("甲**「乙」**丙", "甲<strong>「乙」</strong>丙"),
        ("甲**乙——**丙", "甲<strong>乙——</strong>丙"),
        ("甲**乙……**ABC", "甲<strong>乙……</strong>ABC"),
        ("术语**全身**见下", "术语<strong>全身</strong>见下"),
        ("~~删去：~~留下", "<s>删去：</s>留下"),
        ("__注__：乙", "<strong>注</strong>：乙"),
        ("**A**乙**B**", "<strong>A</strong>乙<strong>B</strong>"),
        ("**[甲](https://example.org/)：**乙", '<strong><a href="https://example.org/">甲</a>：</strong>乙'),
        # as CommonMark has it
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("foo**bar**baz", "foo<strong>bar</strong>baz"),
        ('a*"foo"*', "a*&quot;foo&quot;*"),
    ],
)
def test_emphasis_works_as_writers_mean_it(text: str, printed: str) -> None:
    assert plain(text) == printed


# ── marks, and what is none ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("H~2~O", "H<sub>2</sub>O"),
        ("PM~2.5~", "PM<sub>2.5</sub>"),
        ("10 m^2^", "10 m<sup>2</sup>"),
        ("10^-3^", "10<sup>-3</sup>"),
        ("x^n+1^", "x<sup>n+1</sup>"),
        ("*x*^2^", '<em><span class="latin">x</span></em><sup>2</sup>'),
        ("==重点==", "<mark>重点</mark>"),
        ("这是==**重**点==。", "这是<mark><strong>重</strong>点</mark>。"),
        ("~~删~~", "<s>删</s>"),
        ("甲\\\n乙", "甲<br>\n乙"),
    ],
)
def test_a_mark_is_read(text: str, printed: str) -> None:
    assert plain(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "3~5天，6~8天",
        "3~5,6~8",
        "（^_^）",
        "(^o^)",
        "哈哈^o^",
        "US$5和US$10",
        "$5和$10",
        "花了$5和6$",
        "a==b",
        "a==b和c==d",
        "x = 1, y == 2",
        "甲~乙~丙",
        "^甲^",
        "a ~ b ~ c",
        "好的~~",
        "好~~，好",
        "C++ 与 C++",
        "{甲}",
        "1^2",
    ],
)
def test_text_that_looks_like_a_mark_is_printed_as_typed(text: str) -> None:
    assert plain(text) == text
    assert read(text).diagnostics == []


@pytest.mark.parametrize(
    "text",
    [
        "~~甲",
        "[甲][乙]",
        "[[甲]]",
        "＊＊甲＊＊",
        ":smile:",
        "++甲++",
        "::: note\n甲\n:::",
        "甲\n乙\n====",
        "1.文字",
        "１．文字",
        "｜甲｜乙｜",
    ],
)
def test_what_still_looks_like_a_mark_is_reported_at_its_place(text: str) -> None:
    found = read(text)
    assert {code for code, _, _ in told(found)} == {"CST-M026"}
    assert all(not diagnostic.is_error and diagnostic.hint for diagnostic in found.diagnostics)


# ── links ──


def test_links_by_reference_lead_where_their_definitions_say() -> None:
    found = read(
        '见[参考][r]与[另一处][]、[r]。\n\n[r]: https://example.org/a\n[另一处]: <https://example.org/b> "题"'
    )
    (block,) = found.blocks
    assert isinstance(block, Prose)
    links = [token.attrGet("href") for token in block.tokens[1].children or () if token.type == "link_open"]
    assert (links, found.diagnostics) == (
        ["https://example.org/a", "https://example.org/b", "https://example.org/a"],
        [],
    )


@pytest.mark.parametrize("text", ["[编者按]: 冒号后的字", "[注]: 见第3页", "[一]: 甲.乙"])
def test_a_line_that_begins_with_brackets_and_a_colon_is_text(text: str) -> None:
    assert plain(text) == text


def test_definitions_that_nothing_uses_are_reported() -> None:
    found = read("甲\n\n[a]: https://example.org/a\n[b]: ./b.html")
    assert told(found) == [("CST-M025", 4, 3), ("CST-M025", 5, 3)]
    assert [d.subject for d in found.diagnostics] == ["https://example.org/a", "./b.html"]


# ── comments ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("后。<!-- 句中 -->完。", "后。完。"),
        ("<!-- 甲 -->乙**丙**", "乙<strong>丙</strong>"),
        ("甲<!--\n乙\n-->丙", "甲丙"),
    ],
)
def test_a_comment_in_a_line_is_not_printed(text: str, printed: str) -> None:
    assert plain(text) == printed
    assert {code for code, _, _ in told(read(text))} == {"CST-M023"}


def test_a_comment_over_several_paragraphs_is_not_printed() -> None:
    first, second = read("甲\n\n<!-- 乙\n\n丙 -->\n\n丁").blocks
    assert isinstance(first, Prose)
    assert isinstance(second, Prose)
    assert [block.tokens[1].content for block in (first, second) if isinstance(block, Prose)] == ["甲", "丁"]


def test_a_comment_that_does_not_end_takes_nothing_with_it() -> None:
    printed = "".join(str(block) for block in read("<!-- 甲\n\n乙\n\n丙").blocks)
    assert all(word in printed for word in "甲乙丙")


def test_a_comment_in_code_is_code() -> None:
    assert plain("`<!-- 甲 -->`") == "<code>&lt;!-- 甲 --&gt;</code>"


# ── pictures ──


def group(text: str) -> FigureGroup:
    (block,) = read(text).blocks
    assert isinstance(block, FigureGroup)
    return block


def test_a_paragraph_of_a_picture_is_a_figure_with_its_caption() -> None:
    found = group('![照片里看得见什么](images/a.jpg "图的**说明**")')
    (figure,) = found.figures
    assert (figure.image, figure.alt, figure.numbered) == ("images/a.jpg", "照片里看得见什么", True)
    assert figure.caption
    assert figure.caption.plain == "图的说明"


@pytest.mark.parametrize(
    "text", ["![a](a.png)![b](b.png)", "![a](a.png)\n![b](b.png)", "![a](a.png) ![b](b.png)"]
)
def test_several_pictures_in_a_paragraph_are_a_group(text: str) -> None:
    found = group(text)
    assert [figure.image for figure in found.figures] == ["a.png", "b.png"]
    assert not found.figures[0].numbered


def test_a_picture_on_a_line_of_its_own_parts_its_paragraph() -> None:
    first, picture, last = read("甲\n![a](a.png)\n乙").blocks
    assert [type(block) for block in (first, picture, last)] == [Prose, FigureGroup, Prose]


def test_a_picture_without_words_is_a_decoration() -> None:
    assert group("![](a.png)").figures[0].alt is None
    assert told(read("![](a.png)")) == [("CST-M032", 2, 3)]
    assert group('![](a.png "说明")').figures[0].alt == "说明"


@pytest.mark.parametrize(
    ("path", "read_as"),
    [("./a%20b.png", "a b.png"), ("%E5%9B%BE.png", "图.png"), ("a.png?raw=true", "a.png")],
)
def test_a_picture_is_named_as_its_file(path: str, read_as: str) -> None:
    assert group(f"![甲]({path})").figures[0].image == read_as


def test_a_picture_in_a_line_stands_in_the_line() -> None:
    assert plain("甲![乙](a.png)丙").endswith('甲<img class="picture" src="issue/a.png" alt="乙">丙')
    assert 'style="height: 2em"' in plain("甲![乙](a.png){height=2em}丙")
    assert 'data-tag="decoration"' in plain("甲![](a.png)丙")


def test_what_a_picture_cannot_take_is_reported() -> None:
    assert told(read("![甲](a.png){.wide}")) == [("CST-M027", 2, 3)]
    assert told(read("[![甲](a.png)](#标题)"))[0][0] == "CST-M027"
    assert told(read("![甲](a.png){width=50%} ![乙](b.png)")) == [("CST-M027", 2, 3)]
    assert read("![甲](a.png){height=2em}").diagnostics == []


def test_a_picture_that_stands_for_itself_takes_a_width_and_leads_to_an_address() -> None:
    found = group("[![甲](a.png){width=50%}](https://example.org/)")
    assert (found.width, found.figures[0].link) == ("50%", "https://example.org/")
    inside = plain("- 甲\n\n  [![乙](a.png){width=8cm}](https://example.org/)")
    assert '<a class="picture-link" href="https://example.org/"><img src="issue/a.png"' in inside
    assert 'style="width: 8cm; height: auto"' in plain("甲![乙](a.png){width=8cm}丙")


def test_of_several_pictures_each_has_its_own_link() -> None:
    found = group("[![甲](a.png)](https://example.org/) ![乙](b.png)")
    assert [figure.link for figure in found.figures] == ["https://example.org/", None]


def test_a_picture_in_an_entry_of_a_list_is_a_figure_there() -> None:
    (block,) = read("- 甲\n\n  ![乙](a.png)\n- 丙").blocks
    assert isinstance(block, Prose)
    assert [token.type for token in block.tokens if token.type in ("figures", "inline")] == [
        "inline",
        "figures",
        "inline",
    ]


# ── headings, tasks, formulas ──


def test_headings_of_both_forms_have_their_levels() -> None:
    blocks = read("一级\n====\n\n二级\n----\n\n#### 四级").blocks
    assert [(block.level, block.content.plain) for block in blocks if isinstance(block, Heading)] == [
        (1, "一级"),
        (2, "二级"),
        (3, "四级"),
    ]


def test_tasks_have_boxes() -> None:
    (block,) = read("- [ ] 甲\n- [x] 乙\n- 丙").blocks
    assert isinstance(block, Prose)
    boxes = [
        child.content for token in block.tokens for child in token.children or () if child.type == "task"
    ]
    assert boxes == ["□", "✓"]


@pytest.mark.parametrize(
    ("text", "source", "display"),
    [
        ("质能方程 $E=mc^2$，", "E=mc^2", False),
        (r"与 \(a^2+b^2\)。", "a^2+b^2", False),
        ("$$\\int_0^1 x\\,dx$$", "\\int_0^1 x\\,dx", True),
        ("$$\na = b\n$$", "a = b", True),
        ("\\[ a \\]", "a", True),
        (r"$\text{速度 }v$", r"\text{速度 }v", False),
    ],
)
def test_a_formula_is_read(text: str, source: str, display: bool) -> None:
    (block,) = read(text).blocks
    assert isinstance(block, Prose)
    (token,) = (child for child in block.tokens[1].children or () if child.type == "formula")
    assert (token.content, token.meta["display"]) == (source, display)
