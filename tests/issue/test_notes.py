"""Notes and references: where they may stand, what is told where they do not match."""

from __future__ import annotations

from itertools import count

import pytest
from markdown_it.token import Token

from cstprint.blocks.common.parts import Note
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.blocks.table import Table
from cstprint.diagnostics import Diagnostic
from cstprint.html.markdown import render_inline
from cstprint.issue.markdown import Notes, read_blocks, read_inline
from cstprint.issue.reader import read_issue
from cstprint.languages.known import language_of
from tests.issue.test_markdown import from_yaml, plain, read, told
from tests.support.frames import PlainFrame
from tests.support.projects import ISSUE, SmallProject

FRAME = PlainFrame(language_of("zh-Hans"))


def article(*texts: str) -> tuple[dict[str, Note], list[tuple[str, int, int]], list[Diagnostic]]:
    """The notes of an article of several texts, and what is told; each text begins in line 2."""
    notes = Notes()
    diagnostics: list[Diagnostic] = []
    for text in texts:
        lines = "".join(f"  {line}\n" for line in text.split("\n"))
        diagnostics += read_blocks(
            from_yaml(f"a: |\n{lines}"), (f"b{n}" for n in count(1)), notes
        ).diagnostics
    found = dict(notes.settled(diagnostics))
    return found, [(d.code, d.span.line, d.span.column) for d in diagnostics if d.span], diagnostics


def said(note: Note) -> list[str]:
    return [paragraph.plain for paragraph in note.content]


def tokens(text: str, kind: str) -> list[Token]:
    """All tokens of a type in the running text of the blocks of ``text``."""
    found = read(text)
    runs: list[list[Token]] = []
    for block in found.blocks:
        if isinstance(block, Heading):
            runs.append(list(block.content.tokens))
        elif isinstance(block, Prose):
            runs += [token.children or [] for token in block.tokens if token.type == "inline"]
        elif isinstance(block, Table):
            runs += [list(cell.content.tokens) for row in block.rows for cell in row]
    return [token for run in runs for token in run if token.type == kind]


# ── notes ──


def test_a_note_is_called_by_its_label() -> None:
    notes, found, _ = article("甲[^1]乙\n\n[^1]: 注*文*")
    assert (list(notes), said(notes["1"]), found) == (["1"], ["注文"], [])
    assert (notes["1"].span.line, notes["1"].span.column) == (4, 3)


def test_a_note_may_be_written_where_it_is_called() -> None:
    notes, found, _ = article("甲^[注 **文** [网](https://example.org) `x]`]乙[^1]\n[^1]: 二")
    assert [said(note) for note in notes.values()] == [["注 文 网 x]"], ["二"]]
    assert found == []
    assert [token.meta["label"] for token in tokens("甲^[乙]丙^[丁]", "footnote_ref")] == [
        "inline 1",
        "inline 2",
    ]


def test_notes_may_be_called_and_written_in_different_texts_of_an_article() -> None:
    notes, found, _ = article("[^b]: 二\n\n甲[^甲]", "# 题[^b]\n\n- 乙[^甲]\n[^甲]: 一")
    assert ({label: said(note) for label, note in notes.items()}, found) == ({"甲": ["一"], "b": ["二"]}, [])


def test_notes_come_in_the_order_of_their_first_calls() -> None:
    notes, _, _ = article("[^a]: 一\n[^b]: 二\n\n甲[^b]乙[^a]丙[^b]")
    assert list(notes) == ["b", "a"]


def test_a_note_may_have_several_paragraphs() -> None:
    notes, found, _ = article("甲[^1]\n\n[^1]: 一\n二\n\n    三\n\n乙")
    assert (said(notes["1"]), found) == (["一二", "三"], [])
    assert [paragraph.span.line for paragraph in notes["1"].content] == [4, 7]


@pytest.mark.parametrize("before", ["甲[^1]", "> 甲[^1]", "- 甲[^1]", "1. 甲[^1]", "| 甲[^1] |\n|--|"])
def test_a_note_may_be_written_right_below_any_block(before: str) -> None:
    notes, found, _ = article(f"{before}\n[^1]: 注\n[^2]: 二\n\n乙[^2]")
    assert ({label: said(note) for label, note in notes.items()}, found) == ({"1": ["注"], "2": ["二"]}, [])


def test_a_note_written_inside_a_list_is_not_printed_there() -> None:
    notes, found, _ = article("- 甲[^1]\n\n  [^1]: 注\n\n- 乙")
    assert (said(notes["1"]), found) == (["注"], [])
    (block,) = read("- 甲[^1]\n\n  [^1]: 注\n\n- 乙").blocks
    assert isinstance(block, Prose)
    assert "注" not in "".join(token.content for token in block.tokens)


@pytest.mark.parametrize(
    "text", ["**甲[^1]**", "> - 甲[^1]", "| 甲[^1] |\n|--|", "# 甲[^1]", "术语[^1]\n: 甲"]
)
def test_a_note_may_be_called_from_anywhere(text: str) -> None:
    assert [token.meta["label"] for token in tokens(text, "footnote_ref")] == ["1"]


def test_a_caption_may_call_a_note() -> None:
    notes, diagnostics = Notes(), list[Diagnostic]()
    inline = read_inline(from_yaml("a: 图[^1]^[乙]\n"), notes, diagnostics)
    assert inline.plain == "图"
    assert [t.meta["label"] for t in inline.tokens if t.type == "footnote_ref"] == ["1", "inline 1"]


def test_a_full_width_mark_or_bracket_behind_a_note_does_not_hide_it() -> None:
    assert len(tokens("甲[^1]。乙[^2]（丙）丁[^3](戊)", "footnote_ref")) == 3


@pytest.mark.parametrize("text", ["\\[^1]", "`[^1]`", "[^ 1]", "[^]", "^[甲", "2^10", "甲^乙^"])
def test_what_is_no_note_is_printed_as_typed(text: str) -> None:
    assert article(text)[:2] == ({}, [])
    assert tokens(text, "footnote_ref") == []


def test_a_note_without_a_text_is_an_error_with_the_nearest_label() -> None:
    notes, found, diagnostics = article("甲\n乙[^notes]\n\n丙[^note]\n\n[^note]: 注")
    assert (list(notes), found) == (["note"], [("CST-M016", 3, 4)])
    assert diagnostics[0].is_error
    assert str(diagnostics[0].hint) == "Did you mean “note”?"


def test_a_note_that_nothing_refers_to_is_told() -> None:
    _, found, diagnostics = article("甲\n\n[^1]: 注")
    assert found == [("CST-M017", 4, 3)]
    assert not diagnostics[0].is_error


def test_a_label_of_two_notes_is_an_error_at_the_second() -> None:
    notes, found, _ = article("甲[^1]\n\n[^1]: 一", "[^1]: 二")
    assert (said(notes["1"]), found) == (["一"], [("CST-M018", 2, 3)])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲[^1]\n\n[^1]: - 乙", (4, 3)),
        ("甲[^1]\n\n[^1]: 乙\n\n    > 丙", (6, 3)),
        ("甲[^1]\n\n[^1]:", (4, 3)),
        ("甲^[]", (2, 4)),
        ("甲^[乙^[丙]]", (2, 7)),
        ("甲[^1]^[乙]\n\n[^1]: 丙[^1]", (4, 10)),
        ("[甲^[乙]](https://example.org)", (2, 5)),
    ],
    ids=["list", "quotation", "empty", "empty in place", "in a note", "in a note below", "in a link"],
)
def test_what_a_note_cannot_hold_and_where_it_cannot_stand_is_an_error(
    text: str, place: tuple[int, int]
) -> None:
    assert article(text)[1] == [("CST-M019", *place)]


def test_a_full_width_colon_behind_a_label_is_told() -> None:
    assert ("CST-M022", 2, 3) in article("[^1]：注")[1]


def test_a_slip_inside_a_note_is_told_at_its_place() -> None:
    assert article("甲^[乙<x>]丙<y>")[1] == [("CST-M003", 2, 7), ("CST-M003", 2, 12)]


def test_notes_in_each_other_a_thousand_deep_are_errors_only() -> None:
    assert {code for code, _, _ in article("^[" * 1000 + "甲" + "]" * 1000)[1]} <= {"CST-M019", "CST-M011"}


def test_each_article_has_its_own_notes(project: SmallProject) -> None:
    body = "body: |\n      甲[^1]\n\n      [^1]: {}\n"
    one = ISSUE.replace("body: 正文。\n", body.format("一"))
    text = one + "  - title: 二\n    standfirst: 导语[^1]\n    " + body.format("二")
    issue = read_issue(project.issue(text))
    assert issue.diagnostics == ()
    assert issue.value is not None
    assert [said(found.notes["1"]) for found in issue.value.articles] == [["一"], ["二"]]


# ── references ──


def test_a_reference_has_a_name_and_its_place() -> None:
    (found,) = tokens("甲\n见[@图-1_b]。", "reference")
    assert (found.meta["name"], found.meta["page"]) == ("图-1_b", False)
    assert (found.meta["span"].line, found.meta["span"].column, found.meta["span"].width) == (3, 4, 8)


def test_a_reference_may_ask_for_the_page() -> None:
    (found,) = tokens("见[@甲 page]", "reference")
    assert (found.meta["name"], found.meta["page"]) == ("甲", True)


@pytest.mark.parametrize(
    "text",
    ["*见[@甲]*", "- 见[@甲]", "| [@甲] |\n|--|", "# 见[@甲]", "[en [@甲]]{lang=en}", "> **a *[@甲]* b**"],
)
def test_a_reference_may_stand_anywhere(text: str) -> None:
    assert [found.meta["name"] for found in tokens(text, "reference")] == ["甲"]


def test_a_reference_may_stand_in_a_note_and_in_a_caption() -> None:
    notes, found, _ = article("甲^[见[@乙]][^1]\n[^1]: 见[@丙]")
    names = [t.meta["name"] for note in notes.values() for run in note.content for t in run.tokens if t.meta]
    assert (names, found) == (["乙", "丙"], [])
    caption = read_inline(from_yaml("a: 见[@甲]\n"), Notes(), [])
    assert [token.meta["name"] for token in caption.tokens if token.type == "reference"] == ["甲"]


@pytest.mark.parametrize("text", ["\\[@甲]", "`[@甲]`", "@甲", "[ @甲]", "[@]"])
def test_what_is_no_reference_is_printed_as_typed(text: str) -> None:
    assert tokens(text, "reference") == []
    assert plain(text).replace("<code>", "`").replace("</code>", "`") == text.replace("\\[", "[")


def test_a_link_whose_text_looks_like_a_reference_stays_a_link() -> None:
    assert plain("[@甲](https://example.org)") == '<a href="https://example.org">@甲</a>'


@pytest.mark.parametrize(
    "text", ["[@甲 pages]", "[@甲　page]", "［@甲］", "[甲](https://a.cn", "[甲]（https://a.cn）"]
)
def test_what_was_probably_meant_otherwise_is_told(text: str) -> None:
    assert [code for code, _, _ in told(read(text))] == ["CST-M021"]


def test_without_a_frame_notes_are_not_repeated_and_references_print_as_typed() -> None:
    inline = read_inline(from_yaml("a: 甲[^1]乙[@丙 page]\n"), Notes(), [])
    assert str(render_inline(inline.tokens, FRAME)) == "甲乙[@丙 page]"


def test_cells_know_the_place_of_their_references() -> None:
    (block,) = read("| [@甲] | [@甲] |\n|--|--|").blocks
    assert isinstance(block, Table)
    columns = [cell.content.tokens[0].meta["span"].column for cell in block.rows[0]]
    assert columns == [5, 12]
