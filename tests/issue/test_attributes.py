"""Attributes of blocks, runs of text and headings; definition lists; and that any text can be read."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.blocks.table import Table
from cstprint.html.markdown import render_inline, render_prose
from cstprint.issue.markdown import Notes, TextBlocks, read_blocks, read_inline, read_table
from cstprint.languages.known import language_of
from tests.issue.test_markdown import calls_to_read, from_yaml, plain, read, told
from tests.support.frames import PlainFrame

FRAME = PlainFrame(language_of("zh-Hans"))


def html(found: TextBlocks) -> str:
    """All blocks, printed."""
    parts = []
    for block in found.blocks:
        if isinstance(block, Heading):
            parts.append(render_inline(block.content.tokens, FRAME))
        elif isinstance(block, Table):
            parts += [render_inline(cell.content.tokens, FRAME) for row in block.rows for cell in row]
        elif isinstance(block, Prose):
            parts.append(render_prose(block.tokens, block.id, FRAME))
    return "".join(parts)


def heading(text: str) -> Heading:
    found = read(text)
    assert found.diagnostics == []
    (block,) = found.blocks
    assert isinstance(block, Heading)
    return block


# ── headings ──


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 标题 {#name}", "name"),
        ("# 标题{#第二节_a-1}", "第二节_a-1"),
        ("# 标题 { #a }  ", "a"),
        ("## [en]{lang=en} 题 {#b .c}", "b"),
    ],
)
def test_a_heading_may_have_a_name(text: str, name: str) -> None:
    found = heading(text)
    assert found.name == name
    assert "{" not in found.content.plain
    assert not found.content.plain.endswith(" ")


def test_a_name_knows_where_it_stands() -> None:
    name = heading("# 标题 {.x #name}").name
    assert name is not None
    assert (name.span.line, name.span.column, name.span.width) == (2, 13, 4)


@pytest.mark.parametrize("text", ["# 集合 {甲}", "# 标题 \\{#a}", "# [a]{lang=en}", "# 标题 {#a} 后"])
def test_braces_that_give_no_name_are_part_of_the_heading(text: str) -> None:
    assert heading(text).name is None


def test_a_heading_has_the_attributes_before_and_behind_it() -> None:
    found = heading("{.a lang=en}\n# Title {#t .b}")
    assert (found.attributes.classes, found.attributes.language) == (("a", "b"), "en")


# ── blocks ──


@pytest.mark.parametrize(
    ("block", "tag"),
    [
        ("甲", "p"), ("- 甲", "ul"), ("1. 甲", "ol"), ("> 甲", "blockquote"), ("```\n甲\n```", "pre"), ("甲\n: 乙", "dl"),
        ("---", "hr"), ("\n甲", "p"),
    ],
)  # fmt: skip
def test_a_line_of_attributes_goes_to_the_block_below(block: str, tag: str) -> None:
    found = read(f"{{.a .b-1 lang=zh-Hant}}\n{block}")
    assert found.diagnostics == []
    (opener,) = re.findall(rf"<{tag} .*?>", html(found))
    assert ('class="a b-1' in opener, 'lang="zh-Hant"' in opener, 'id="b1"' in opener) == (True, True, True)


def test_attributes_go_to_blocks_inside_lists_and_quotations() -> None:
    assert '<p class="a">' in plain("> {.a}\n> 甲")
    assert '<ol class="han" ' in plain("- 甲\n\n  {.han}\n  1. 乙")
    assert '<li class="a">甲</li>' in plain("- {.a}\n  甲")


def test_a_line_of_attributes_ends_a_paragraph() -> None:
    assert len(read("甲\n{.a}\n乙").blocks) == 2


@pytest.mark.parametrize("text", ["{甲}", "{}", "{a}", "{.a} 甲", "\\{.a}"])
def test_braces_that_hold_no_attributes_are_text(text: str) -> None:
    assert plain(text) == text.replace("\\", "")


@pytest.mark.parametrize(
    ("item", "column"),
    [
        ("#id", 7),
        ("style=color:red", 7),
        ("onclick=x", 7),
        (".Foo", 7),
        (".1a", 7),
        ("lang=中文", 7),
        ("lang=", 7),
    ],
)
def test_what_cannot_be_given_is_an_error_at_its_place(item: str, column: int) -> None:
    found = read(f"{{.a {item}}}\n甲")
    assert told(found) == [("CST-M020", 2, column)]
    assert found.diagnostics[0].is_error
    assert read(f"甲[乙]{{.a {item}}}").diagnostics[0].span is not None
    assert told(read(f"甲[乙]{{.a {item}}}")) == [("CST-M020", 2, 11)]
    assert "style" not in html(found)


@pytest.mark.parametrize("text", ["甲\n\n{.a}", "- 甲\n\n  {.a}\n\n乙", "{.a}\n[^1]: 注"])
def test_attributes_before_nothing_are_an_error(text: str) -> None:
    assert [code for code, _, _ in told(read(text))] == ["CST-M020"]


# ── runs of text ──


def test_a_run_may_have_a_language_and_a_class() -> None:
    assert plain('[Nature *x*]{lang="en" .a}报') == '<span class="a" lang="en">Nature <em>x</em></span>报'


def test_runs_may_stand_in_each_other() -> None:
    assert plain("[a [b]{.b}]{.a}") == '<span class="a">a <span class="b">b</span></span>'


@pytest.mark.parametrize("text", ["[a]{b}", "[a] {.b}", "\\[a]{.b}", "a]{.b}", "[甲]"])
def test_brackets_without_attributes_are_text(text: str) -> None:
    assert plain(text) == text.replace("\\", "")


# ── definition lists, code ──


def test_a_definition_list_is_one_block_with_places() -> None:
    found = read("术语\n: 解释<x>\n\n  第二段\n\n另一个[@a\n: 甲<x>\n: 乙")
    assert len(found.blocks) == 1
    assert told(found) == [("CST-M003", 3, 7), ("CST-M003", 8, 6)]
    assert html(found).count("<dd>") == 3


def test_a_term_is_settled_like_other_text() -> None:
    assert told(read("甲<x>\n: 乙")) == [("CST-M003", 2, 4)]


@pytest.mark.parametrize(
    ("info", "name"), [("c", "language-c"), ("C++ x", "language-C++"), ("\" onclick='x'", ""), ("", "")]
)
def test_code_has_its_language_as_a_class(info: str, name: str) -> None:
    expected = f'<code class="{name}">' if name else "<code>"
    assert expected in plain(f"```{info}\na < b\n```")


def test_verse_keeps_its_lines() -> None:
    assert (
        plain("{.verse}\n床前明月光，\\\n疑是地上霜。")
        == '<p id="b1" class="verse">床前明月光，<br>\n疑是地上霜。'
    )


def test_what_stands_behind_a_link_is_the_frames() -> None:
    class Bracketed(PlainFrame):
        def link(self, address: str, text: str) -> Markup:
            return Markup("（{} {}）").format(text, address)

    address = "https://example.org/" + "a" * 280
    inline = read_inline(from_yaml(f"a: '[甲*乙*]({address})丙'\n"), Notes(), [])
    printed = str(render_inline(inline.tokens, Bracketed(language_of("zh"))))
    assert printed == f'<a href="{address}">甲<em>乙</em></a>（甲乙 {address}）丙'


# ── any text ──

_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["[^1]", "^[", "]", "[", "[@甲", " page]", "|", "\n", "\n|--|--|\n", "| a | ^^ |\n", "<<", "{.a}", "{#", "}",
             "\n: ", "\n\n", "    ", "- ", "1. ", "> ", "[^1]: ", "`", "**", "\\", "](https://a.cn)", "# ", "甲", "\r", "\t", "&amp;"]
        ),
        st.text(max_size=3),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(_PIECES)
def test_any_text_can_be_read_and_printed(text: str) -> None:
    file = from_yaml("a: |\n  x\n")
    source = type(file).at(text, file.span, 2, 3, block=True)
    notes = Notes()
    found = read_blocks(source, (f"b{n}" for n in count(1)), notes)
    assert isinstance(html(found), str)
    for note in notes.settled(found.diagnostics).values():
        for paragraph in note.content:
            render_inline(paragraph.tokens, FRAME)
    render_inline(read_inline(source, Notes(), []).tokens, FRAME)
    read_table(source, Notes(), [])
    assert all(d.span is not None for d in found.diagnostics)


_PLAIN = st.lists(
    st.text(
        st.characters(codec="utf-8", categories=("L", "N")) | st.sampled_from("，。、；：？！“”（）《》…—·"), min_size=1, max_size=30
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_PLAIN)
def test_text_without_marks_is_printed_letter_by_letter(lines: list[str]) -> None:
    for separator in ("\n", "\n\n"):
        text = separator.join(lines)
        printed = unescape(re.sub("<[^>]*>", "", html(read(text))))
        assert letters(printed) == letters(text)


def letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNPS")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "甲[^1]",
        "^[乙]",
        "[@甲]",
        "[a]{.b}",
        "| a | b |\n|--|--|\n",
        "\n[^1]: 甲\n",
        "{.a}\n",
        "甲\n: 乙\n\n",
        "[^",
        "[@",
        "]{.a",
        "^[",
    ],
)
def test_work_grows_with_the_length_of_the_text_not_with_its_square(piece: str) -> None:
    assert calls_to_read(piece * 4000) < 4.4 * calls_to_read(piece * 1000)
