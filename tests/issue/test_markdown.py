"""Markdown to blocks: which blocks there are, where each stands, and what is told about slips."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest

from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.diagnostics import Diagnostic
from cstprint.html.markdown import render_prose
from cstprint.issue.markdown import Notes, TextBlocks, read_blocks, read_inline
from cstprint.languages.known import language_of
from cstprint.reading.yaml import YamlMap, load_yaml
from cstprint.source import SourceFile, SourceText
from tests.support.frames import PlainFrame
from tests.support.samples import some
from tests.support.work import calls_in

FRAME = PlainFrame(language_of("zh-Hans"))


def from_yaml(yaml: str) -> SourceText:
    """The text of the key ``a`` of a YAML file."""
    tree = load_yaml(SourceFile(Path("a.yaml"), yaml)).value
    assert isinstance(tree, YamlMap)
    text = tree["a"]
    assert isinstance(text, SourceText)
    return text


def read(text: str) -> TextBlocks:
    """The blocks of a text that stands in a block scalar, indented by two, from line 2 on."""
    lines = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    return read_blocks(from_yaml(f"a: |\n{lines}"), (f"b{n}" for n in count(1)), Notes())


def plain(text: str) -> str:
    """The text of the only paragraph of a text, as it is printed."""
    (block,) = read(text).blocks
    assert isinstance(block, Prose)
    return str(render_prose(block.tokens, block.id, FRAME)).replace('<p id="b1">', "").removesuffix("</p>\n")


def told(found: TextBlocks) -> list[tuple[str, int, int]]:
    """Code, line and column of what was found."""
    return [(d.code, d.span.line, d.span.column) for d in found.diagnostics if d.span]


def codes(text: str) -> list[tuple[str, int]]:
    """Code and line of what was found."""
    return [(code, line) for code, line, _column in told(read(text))]


# ── places ──


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: |\n  # 一\n\n  甲\n", [(2, 3), (4, 3)]),
        ("a: |\n      # 一\n\n      甲\n", [(2, 7), (4, 7)]),
        ("a: |\n\n\n  # 一\n\n\n  甲\n", [(4, 3), (7, 3)]),
        ("a: |-\n  # 一\n\n  甲", [(2, 3), (4, 3)]),
        ("a: |+\n  # 一\n\n  甲\n\n", [(2, 3), (4, 3)]),
        ("a: |2\n  # 一\n\n  甲\n", [(2, 3), (4, 3)]),
        ("a: |2\n   # 一\n\n  甲\n", [(2, 3), (4, 3)]),
        ("b: 1\na:   |   # why\n  # 一\n\n  甲\n", [(3, 3), (5, 3)]),
        ("a: |\n  甲\n  乙\n\n  - 丙\n  - 丁\n\n  > 戊\n", [(2, 3), (5, 3), (8, 3)]),
        ("a: 甲\n", [(1, 4)]),
        ("a: '甲'\n", [(1, 5)]),
        ('a: "甲"\n', [(1, 5)]),
        ("a: >\n  甲\n", [(2, 3)]),
    ],
)
def test_a_block_knows_the_line_and_column_it_begins_at(yaml: str, places: list[tuple[int, int]]) -> None:
    blocks = read_blocks(from_yaml(yaml), (f"b{n}" for n in count(1)), Notes()).blocks
    assert [(block.span.line, block.span.column) for block in blocks] == places


def test_a_span_covers_the_first_line_of_its_block() -> None:
    first, second = read("# 标题\n\n一二三四\n五").blocks
    assert (first.span.width, second.span.width) == (4, 4)


def test_blocks_are_numbered_in_reading_order() -> None:
    assert [block.id for block in read("# 一\n\n甲\n\n乙").blocks] == ["b1", "b2", "b3"]


def test_a_folded_text_places_a_later_slip_at_least_on_the_text() -> None:
    found = read_blocks(from_yaml("a: >\n  甲\n\n  <x>乙\n"), (f"b{n}" for n in count(1)), Notes())
    assert [(d.code, d.span.line >= 2) for d in found.diagnostics if d.span] == [("CST-M003", True)]


# ── line ends ──


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("中国\n科技", "中国科技"),
        ("science\nnews", "science news"),
        ("中国\nscience", "中国 science"),
        ("science\n中国", "science 中国"),
        ("甲，\nscience", "甲，science"),
        ("science\n，甲", "science，甲"),
        ("甲。\n乙", "甲。乙"),
        ("“甲”\n“乙”", "“甲”“乙”"),
        ("甲——\n乙", "甲——乙"),
        ("かな\nカナ", "かなカナ"),
        ("1\n2", "1 2"),
        ("甲  \n乙", "甲<br>\n乙"),
        ("**甲**\n乙", "<strong>甲</strong>乙"),
        ("甲\n**乙**", "甲<strong>乙</strong>"),
        ("*一*\n*two*", '<em>一</em> <em><span class="latin">two</span></em>'),
        ("one\n`two`", "one <code>two</code>"),
        ("𠮷\n野", "𠮷野"),
    ],
)
def test_a_line_end_is_a_space_only_where_chinese_does_not_touch_it(text: str, printed: str) -> None:
    assert plain(text) == printed


# ── what is a block ──


@pytest.mark.parametrize(("mark", "level"), [("#", 1), ("##", 2), ("###", 3)])
def test_headings_have_three_levels(mark: str, level: int) -> None:
    (block,) = read(f"{mark} 标题").blocks
    assert isinstance(block, Heading)
    assert (block.level, block.content.plain) == (level, "标题")


@pytest.mark.parametrize("mark", ["####", "######"])
def test_a_deeper_heading_becomes_the_lowest_and_is_reported(mark: str) -> None:
    found = read(f"甲\n\n{mark} 标题")
    heading = found.blocks[1]
    assert isinstance(heading, Heading)
    assert (heading.level, told(found)) == (3, [("CST-M001", 4, 3)])
    assert not found.diagnostics[0].is_error


def test_emphasis_in_a_heading_is_not_in_its_plain_text() -> None:
    (block,) = read("# 一、**重要**的 *x*").blocks
    assert isinstance(block, Heading)
    assert block.content.plain == "一、重要的 x"


def test_a_paragraph_indented_by_spaces_is_a_paragraph() -> None:
    (block,) = read("甲").blocks
    (indented,) = read_blocks(from_yaml("a: |2\n        甲\n"), iter("b"), Notes()).blocks
    assert isinstance(block, Prose)
    assert isinstance(indented, Prose)
    assert indented.tokens[0].type == "paragraph_open"


@pytest.mark.parametrize(("line", "level"), [("===", 1), ("---", 2), ("======", 1)])
def test_a_line_with_a_rule_of_signs_below_is_a_heading(line: str, level: int) -> None:
    (block,) = read(f"甲\n{line}").blocks
    assert isinstance(block, Heading)
    assert (block.level, block.content.plain) == (level, "甲")


@pytest.mark.parametrize("text", ["甲\n乙\n---", "这是一句话。\n---", "甲" * 61 + "\n---"])
def test_dashes_below_a_sentence_or_several_lines_are_a_rule(text: str) -> None:
    first, second = read(text).blocks
    assert isinstance(first, Prose)
    assert isinstance(second, Prose)
    assert [first.tokens[0].type, second.tokens[0].type] == ["paragraph_open", "hr"]


def test_lists_and_quotations_are_one_block_each() -> None:
    assert len(read("1. 甲\n2. 乙\n\n> 丙\n\n- 丁").blocks) == 3


def test_what_looks_like_a_link_reference_is_printed() -> None:
    (block,) = read("[a]: 冒号后的字").blocks
    assert isinstance(block, Prose)
    assert "[a]: 冒号后的字" in render_prose(block.tokens, "b1", FRAME)


def test_a_list_keeps_the_number_that_it_begins_with() -> None:
    (block,) = read("3. 丙\n4. 丁").blocks
    assert isinstance(block, Prose)
    html = render_prose(block.tokens, "b1", FRAME)
    assert 'start="3"' in html
    assert re.findall("--cst-mark: '(.*?)'", html) == ["3. ", "4. "]


@pytest.mark.parametrize("line", ["2、乙", "（2）乙", "二、乙", "• 乙"])
def test_an_entry_joined_to_the_line_before_is_told(line: str) -> None:
    assert told(read(f"甲\n{line}")) == [("CST-M007", 3, 3)]
    assert read(f"甲\n\n{line}").diagnostics == []


# ── slips ──


@pytest.mark.parametrize("text", ["他说**“重要”**的话", "甲**（乙）**丙", "甲**乙，**丙"])
def test_stars_next_to_quotes_that_markdown_prints_are_told(text: str) -> None:
    found = read(text)
    codes = {code for code, _, _ in told(found)}
    printed = plain(text)
    assert ("**" in printed) == ("CST-M004" in codes)
    if "**" in printed:
        assert told(found)[0] == ("CST-M004", 2, 3 + text.index("**"))


def test_stars_without_their_pair_are_asked_for_it() -> None:
    (found,) = read("甲**乙丙").diagnostics
    assert "is the other ** missing?" in str(found.hint)


def test_stars_that_are_printed_are_told_where_they_stand_not_where_others_do() -> None:
    text = "**好**和他说** 坏 **的"
    assert told(read(text)) == [("CST-M004", 2, 3 + text.index("** 坏"))]


def test_stars_that_were_meant_to_be_printed_are_not_told() -> None:
    assert read("甲 \\*\\* 乙").diagnostics == []


def test_what_stands_in_code_is_not_told() -> None:
    assert read("甲 `<x>` 乙").diagnostics == []
    assert read("```\n#include <stdio.h>\n<x>\n```").diagnostics == []


def test_an_element_that_is_not_of_html_is_reported_and_printed_as_it_stands() -> None:
    found = read("甲<x>乙</x>")
    assert told(found) == [("CST-M003", 2, 4), ("CST-M003", 2, 8)]
    assert plain("甲<x>乙</x>") == "甲&lt;x&gt;乙&lt;/x&gt;"


def test_a_comparison_is_no_html() -> None:
    assert read("a < b 而 c > d，x<3>").diagnostics == []


@pytest.mark.parametrize("text", ["#标题", "##标题"])
def test_a_number_sign_without_a_space_is_told(text: str) -> None:
    assert told(read(text)) == [("CST-M006", 2, 3)]


@pytest.mark.parametrize("text", ["＃ 标题", "＃标题", "＃＃ 标题"])
def test_a_full_width_number_sign_is_told(text: str) -> None:
    assert told(read(text)) == [("CST-M006", 2, 3)]


def test_a_line_that_begins_like_a_paragraph_is_told() -> None:
    assert told(read("　　甲\n　　乙")) == [("CST-M002", 3, 3)]


def test_a_paragraph_after_an_empty_line_may_begin_with_blanks_and_prints_none() -> None:
    found = read("甲\n\n　　乙")
    assert found.diagnostics == []
    second = found.blocks[1]
    assert isinstance(second, Prose)
    assert "　" not in render_prose(second.tokens, "b2", FRAME)


def test_the_first_paragraph_prints_no_typed_indent() -> None:
    assert plain("　　甲") == "甲"


# ── links ──


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a",
        "HTTP://例子.中国/甲",
        "mailto:a@example.org",
        "https://example.org/a_(b)",
        "#a1",
    ],
)
def test_a_link_to_the_web_to_a_mailbox_or_within_the_text_is_kept(address: str) -> None:
    found = read(f"甲[乙]({address})丙")
    assert found.diagnostics == []
    assert "<a href=" in plain(f"甲[乙]({address})丙")


def test_addresses_in_angle_brackets_are_links() -> None:
    assert read("<https://example.org> 和 <a@example.org>").diagnostics == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert",
        "data:text/html,x",
        "vbscript:x",
        "tel:123",
        "../x.pdf",
        "//a/b",
        "x.pdf",
        "http:",
        "https:///x",
        "mailto:x",
        "#",
    ],
)
def test_a_link_to_anywhere_else_is_reported_at_its_address_and_no_link(address: str) -> None:
    found = read(f"甲\n\n`](x)`甲[乙]({address})丙")
    assert told(found) == [("CST-M010", 4, 14)]
    assert not found.diagnostics[0].is_error
    second = found.blocks[1]
    assert isinstance(second, Prose)
    assert "href" not in render_prose(second.tokens, "b2", FRAME)


def test_an_empty_link_is_reported() -> None:
    assert told(read("甲[乙]()丙")) == [("CST-M010", 2, 8)]


def test_each_of_several_links_is_told_where_it_stands() -> None:
    text = "[甲](file:a)[甲](https://example.org)[甲](file:b)<file:c>"
    columns = [3 + text.index(address) for address in ("file:a", "file:b", "file:c")]
    assert told(read(text)) == [("CST-M010", 2, column) for column in columns]


def test_a_link_in_a_caption_is_reported_at_its_place() -> None:
    found: list[Diagnostic] = []
    read_inline(from_yaml("a: 图[甲](x.pdf)\n"), Notes(), found)
    assert [(d.code, str(d.span)) for d in found] == [("CST-M010", "a.yaml:1:9")]


# ── depth ──


@pytest.mark.parametrize("depth", [2, 10, 19])
def test_lists_in_each_other_are_printed_whole(depth: int) -> None:
    found = read("\n".join("  " * n + "- 字" for n in range(depth)) + "末")
    (block,) = found.blocks
    assert isinstance(block, Prose)
    html = render_prose(block.tokens, block.id, FRAME)
    assert (found.diagnostics, html.count("字"), "字末" in html) == ([], depth, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲\n\n" + "\n".join("  " * n + "- 字" for n in range(21)), 23),
        ("甲\n\n" + "> " * 41 + "末", 4),
        ("甲\n\n" + "- " * 21 + "末", 4),
        ("甲\n\n" + "> - " * 14 + "末", 4),
        ("甲\n\n" + "*字 **字 " * 25 + "字** 字* " * 25, 4),
    ],
    ids=["lists", "quotations", "lists in one line", "lists in quotations", "emphasis"],
)
def test_what_is_nested_too_deeply_is_one_error_at_its_line(text: str, line: int) -> None:
    found = read(text)
    assert [(code, row) for code, row, _ in told(found) if code == "CST-M011"] == [("CST-M011", line)]


def test_what_is_nested_just_within_the_limit_loses_nothing() -> None:
    for mark, most in (("- ", 20), ("> ", 40), ("> - ", 13)):
        for depth in range(1, most + 3):
            found = read(mark * depth + "末")
            (block,) = found.blocks
            assert isinstance(block, Prose)
            printed = "末" in render_prose(block.tokens, block.id, FRAME)
            assert printed or [code for code, _, _ in told(found)] == ["CST-M011"]


# ── long texts ──


def calls_to_read(markdown: str) -> int:
    text = from_yaml("a: |\n" + "".join(f"  {line}\n" for line in markdown.split("\n")))
    return calls_in(lambda: read_blocks(text, (f"b{n}" for n in count(1)), Notes()))


@pytest.mark.parametrize(
    "piece",
    some(
        [
            "甲**“乙”**丙 &amp; ",
            "[甲](https://example.org/)`x`",
            "<x>字",
            "甲\n乙\n",
            "甲\n\n",
            "&lt; \\* *乙* ",
        ],
        one_of=3,
    ),
)
def test_work_grows_with_the_length_of_the_text_not_with_its_square(piece: str) -> None:
    assert calls_to_read(piece * 4000) < 4.4 * calls_to_read(piece * 1000)


# ── single paragraphs ──


def test_a_caption_has_emphasis_and_no_blocks() -> None:
    found: list[Diagnostic] = []
    inline = read_inline(from_yaml("a: '# 甲 **乙**'\n"), Notes(), found)
    assert (inline.plain, found) == ("# 甲 乙", [])


def test_a_slip_in_a_caption_is_told_at_its_place() -> None:
    found: list[Diagnostic] = []
    read_inline(from_yaml("a: 图为<x>甲</x>\n"), Notes(), found)
    assert [str(d.span) for d in found] == ["a.yaml:1:6", "a.yaml:1:10"]


def test_a_caption_of_two_lines_is_one_line() -> None:
    found: list[Diagnostic] = []
    assert read_inline(from_yaml("a: |\n  甲，\n  乙\n"), Notes(), found).plain == "甲，乙"


@pytest.mark.parametrize("info", ["注意这一句", "python 注意", "note this sentence", "print('x')", "# 标题"])
def test_words_behind_the_marks_of_code_are_not_lost_in_silence(info: str) -> None:
    assert codes(f"前。\n\n```{info}\n代码\n```") == [("CST-M033", 4)]


@pytest.mark.parametrize(
    "info", ["", "python", "c++", "objective-c", 'js title="a.js"', "{.python}", "text {1,3}"]
)
def test_the_language_of_code_is_no_text(info: str) -> None:
    assert codes(f"```{info}\n代码\n```") == []


@pytest.mark.parametrize(
    "text",
    [
        "```\n代码\n\n正文。",
        "```",
        "~~~\n代码\n```",
        "````\n代码\n```",
        "> ```\n> 代码\n\n正文。",
        "- ```\n  代码",
    ],
)
def test_code_that_nothing_closes_is_told(text: str) -> None:
    assert codes(text) == [("CST-M034", 2)]


@pytest.mark.parametrize(
    "text",
    ["```\n代码\n```", "```\n```", "~~~\n```\n~~~", "> ```\n> 代码\n> ```", "- ```\n  代码\n  ```\n\n后。"],
)
def test_code_that_is_closed_is_not_told(text: str) -> None:
    assert codes(text) == []
