"""Notes at the foot of the page: their ordinary and their hardest cases."""

from __future__ import annotations

import pytest

from tests.blocks.conftest import LONG, RAGGED, LayOut
from tests.blocks.test_text import ADDRESS
from tests.support.placed import Placed

pytestmark = pytest.mark.render


def call_and_note_share_pages(placed: Placed) -> bool:
    """Whether each note begins on the page that calls it."""
    calls = {run.text.strip(): run.page for run in placed.runs if run.generated == "footnote-call"}
    marks = [run for run in placed.runs if run.generated == "footnote-marker"]
    return bool(calls) and {run.text.strip(): run.page for run in reversed(marks)} == calls


@pytest.mark.parametrize("before", range(28, 40))
def test_a_note_that_the_last_line_of_a_page_calls(lay: LayOut, before: int) -> None:
    placed = lay("\n\n".join(["段"] * before) + "\n\n段落^[脚注的文字]\n\n" + "\n\n".join(["段"] * 8))
    assert placed.text("note-text") == "脚注的文字"
    assert call_and_note_share_pages(placed)


@pytest.mark.parametrize("before", [1, 12, 20, 30])
def test_a_note_longer_than_half_a_page(lay: LayOut, half_a_page: str, before: int) -> None:
    note = half_a_page + LONG * 4
    placed = lay("\n\n".join(["段"] * before) + f"\n\n段落^[{note}]。\n\n" + LONG * 4)
    assert placed.text("note-text") == note


@pytest.mark.slow
def test_40_notes_on_a_page(lay: LayOut) -> None:
    placed = lay("".join(f"词{n}^[注{n}]，" for n in range(1, 41)))
    assert placed.text("note-text") == "".join(f"注{n}" for n in range(1, 41))
    assert call_and_note_share_pages(placed)


@pytest.mark.slow
def test_60_notes_of_several_lines(lay: LayOut) -> None:
    placed = lay("".join(f"正文里的词{n}^[{LONG}]，" for n in range(1, 61)))
    assert placed.text("note-text") == LONG * 60


def test_an_address_of_300_characters_in_a_note(lay: LayOut) -> None:
    placed = lay(f"正文^[见 <{ADDRESS}> 与[此处](https://example.org/a)]。", told=RAGGED)
    assert ADDRESS in placed.text("note")


def test_a_note_of_several_paragraphs_called_twice(lay: LayOut) -> None:
    placed = lay(f"正文[^a]又[^a]。\n\n[^a]: {LONG}\n\n    第二段\n")
    assert placed.text("note-text").count("第二段") == 1


BLOCKS = {
    "caption": {"figure": "photo.png", "alt": "图", "caption": "图注^[注文]"},
    "caption of a group": {"figures": [{"image": "photo.png", "alt": "图", "caption": "图注^[注文]"}] * 2},
    "key": {
        "figures": [{"image": "photo.png", "alt": "图", "caption": "图注^[注文]"}] * 2,
        "captions": "keyed",
    },
    "table": {"table": "| 甲^[注文] |\n|--|\n| 乙 |", "caption": "题^[注文]", "source": "源^[注文]"},
    "box": {"box": "框", "body": "框文^[注文]"},
    "sidebar": {"box": "框", "body": "框文^[注文]", "place": "right"},
    "figure beside": {"figure": "photo.png", "alt": "图", "caption": "图注^[注文]", "place": "left"},
    "list": "- 项^[注文]\n  1. 项^[注文]",
    "heading": "# 题^[注文]\n\n文",
    "quotation": {"quote": "引文^[注文]"},
    "quotation in text": "> 引文^[注文]",
    "pull": {"pull": "摘句^[注文]"},
    "notice": {"notice": "启事", "body": "启事^[注文]"},
    "events": {"events": [{"date": "5 月", "title": "会", "text": "说明^[注文]"}]},
    "interview": {"interview": [{"question": "问^[注文]", "answer": "答^[注文]"}]},
    "verse": {"verse": "行一^[注文]\n行二"},
    "definition": "词^[注文]\n: 义^[注文]",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_note_in_a_block(lay: LayOut, name: str) -> None:
    placed = lay(["段。", BLOCKS[name], LONG])
    wanted = str(BLOCKS[name]).count("注文")
    assert placed.text("note-text") == "注文" * wanted
    assert call_and_note_share_pages(placed)


def test_a_note_in_a_standfirst_and_on_the_cover(lay: LayOut) -> None:
    placed = lay({"title": "题", "standfirst": "导语^[注文]", "body": "文"}, cover=["封面文字^[注文]"])
    assert placed.text("note-text") == "注文注文"
