"""Calendars, verse, interviews, credits and the imprint: their ordinary and their hardest cases."""

from __future__ import annotations

import pytest

from tests.blocks.conftest import LONG, RAGGED, LayOut
from tests.blocks.test_frames import SIXTY
from tests.blocks.test_tables import table
from tests.blocks.test_text import ADDRESS

pytestmark = pytest.mark.render


# ── calendars ──


def test_a_calendar_of_40_events_with_long_titles_and_places(lay: LayOut) -> None:
    events = [
        {
            "date": "10 月 12 日—11 月 30 日",
            "time": "上午 9:00—下午 5:00",
            "title": SIXTY,
            "place": SIXTY,
            "text": LONG,
        }
        for _ in range(40)
    ]
    placed = lay([LONG, {"events": events, "title": SIXTY}, LONG])
    assert placed.text("event-title").replace("\n", "") == SIXTY * 40


def test_a_calendar_of_short_and_unbreakable_entries(lay: LayOut) -> None:
    events = [
        {"date": "1 日", "title": "会"},
        {"date": "W" * 40, "time": "9" * 40, "title": "internationalization" * 6, "place": ADDRESS},
        {"date": "十二月十二日（星期六）至十二月二十日（星期日）", "title": "展"},
    ]
    lay([{"events": events}])


@pytest.mark.parametrize("before", range(26, 38, 2))
def test_a_calendars_title_does_not_end_a_page(lay: LayOut, before: int) -> None:
    lay(["\n\n".join(["段"] * before), {"events": [{"date": "5 月", "title": "会"}] * 3, "title": "日程"}])


# ── verse ──


def test_verse_of_60_stanzas(lay: LayOut) -> None:
    stanza = "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡"
    placed = lay([LONG, {"verse": "\n\n".join([stanza] * 60), "title": "静夜思", "by": "李白"}, LONG])
    assert len(placed.pages("verse")) > 3


def test_a_line_of_verse_longer_than_the_measure(lay: LayOut) -> None:
    placed = lay(
        [{"verse": f"短行\n{LONG}\n{'internationalization' * 6}\n末行", "title": SIXTY, "by": SIXTY}]
    )
    assert LONG in placed.text("verse-line").replace("\n", "")


def test_a_stanza_longer_than_a_page(lay: LayOut) -> None:
    placed = lay([LONG, {"verse": "\n".join(f"第 {n} 行诗" for n in range(120))}])
    assert len(placed.pages("verse")) > 1


@pytest.mark.parametrize("before", range(26, 38, 2))
def test_a_title_of_verse_does_not_end_a_page(lay: LayOut, before: int) -> None:
    verse = {"verse": "行一\n行二\n行三\n行四", "title": "题", "by": "作者"}
    lay(["\n\n".join(["段"] * before), verse])


# ── interviews ──


def test_answers_that_hold_lists_tables_and_figures(lay: LayOut) -> None:
    answers = [
        LONG,
        f"1. {LONG}\n2. 二",
        [{"table": table([["甲", "乙"], ["1", LONG]]), "caption": "题"}, LONG],
        [{"figure": "photo.png", "alt": "图", "caption": "注"}],
        [LONG, {"figure": "photo.png", "alt": "图", "place": "right"}, LONG * 4],
        f"> {LONG}",
        f"```\n{'x' * 200}\n```",
    ]
    turns = [{"question": SIXTY, "answer": answer} for answer in answers]
    lay([{"interview": turns, "asks": "本刊记者", "answers": SIXTY}, LONG])


@pytest.mark.parametrize("before", range(26, 38, 2))
def test_a_question_does_not_end_a_page(lay: LayOut, before: int) -> None:
    turns = [{"question": "问题", "answer": LONG}] * 2
    lay(["\n\n".join(["段"] * before), {"interview": turns}])


def test_an_interview_of_five_pages(lay: LayOut) -> None:
    placed = lay([{"interview": [{"question": LONG, "answer": LONG * 3}] * 24}])
    assert placed.text("speaker") == "问：答：" * 24


# ── credits, imprint ──


def test_credits_of_30_names(lay: LayOut) -> None:
    names = [f"示例{n}" for n in range(30)]
    entries = [{"role": "撰文", "names": names}, {"role": "责任编辑兼版式设计与校对统筹", "names": names}]
    article = {"title": "标题", "body": [LONG, {"credits": entries, "title": SIXTY}], "credits": entries}
    placed = lay(article)
    assert placed.text("credit-entry").replace("\n", "").count("、".join(names)) == 2


def test_credits_with_names_that_do_not_break(lay: LayOut) -> None:
    long = "Internationalization-" * 8
    entries = [{"role": "W" * 40, "names": [long, "x" * 120]}, {"role": "摄影", "names": "本刊"}]
    lay({"title": "标题", "body": [{"credits": entries}], "credits": entries}, told=RAGGED)


@pytest.mark.slow
def test_an_imprint_of_25_long_entries(lay: LayOut) -> None:
    colophon = {f"栏目名称较长的一项{n}": LONG for n in range(23)} | {"网址": ADDRESS, "W" * 30: "0" * 40}
    placed = lay(LONG * 3, colophon=colophon)
    assert placed.text("colophon").replace("\n", "").count(LONG) == 23


def test_a_short_imprint_stays_together(lay: LayOut) -> None:
    for before in (26, 30, 34):
        placed = lay(
            "\n\n".join(["段"] * before), colophon={"主办": "本刊编辑部", "电话": "示例", "刊号": "示例"}
        )
        assert len(placed.pages("colophon")) == 1
