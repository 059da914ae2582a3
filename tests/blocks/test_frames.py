"""Quotations, pull quotes, boxes, sidebars and notices: their ordinary and their hardest cases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.blocks.conftest import LONG, LayOut
from tests.blocks.test_tables import table
from tests.support.samples import some

pytestmark = pytest.mark.render

TITLE = "六十个字的标题在窄栏里要排几行才放得下" * 3 + "完了。"
SIXTY = TITLE[:60]


def test_a_quotation_of_three_pages(lay: LayOut) -> None:
    placed = lay([LONG, {"quote": "\n\n".join([LONG * 4] * 16), "by": "某书第 3 章"}, LONG])
    assert len(placed.pages("quote")) >= 3
    assert placed.pages("by")[0] == placed.pages("quote")[-1]


def test_a_quotation_holds_other_blocks(lay: LayOut) -> None:
    lay(
        [
            {
                "quote": f"- 项\n- {LONG}\n\n{table([['甲', '乙'], ['1', LONG]])}\n\n```\n{'x' * 200}\n```",
                "by": SIXTY,
            }
        ]
    )


def test_a_quotation_in_a_quotation(lay: LayOut) -> None:
    lay(f"> {LONG}\n>\n> > {LONG}\n> >\n> > > > {LONG}\n")


@pytest.mark.parametrize("before", [0, 10, 30, 32, 34])
def test_a_pull_quote_of_60_characters(lay: LayOut, before: int) -> None:
    placed = lay(["\n\n".join(["段"] * before) or "段", {"pull": SIXTY, "by": SIXTY}, LONG])
    assert len(placed.pages("pull")) == 1


@pytest.mark.parametrize("kind", ["box", "notice"])
@pytest.mark.parametrize("title", ["短题", SIXTY, "internationalization" * 6])
def test_titles_of_2_and_of_60_characters(lay: LayOut, kind: str, title: str) -> None:
    placed = lay([LONG, {kind: title, "body": LONG}, LONG])
    assert placed.text(f"{kind}-title").replace("\n", "") == title


@pytest.mark.parametrize("before", [20, 30, 31, 32, 33, 34, 36])
@pytest.mark.parametrize("kind", ["box", "notice"])
def test_a_title_does_not_end_a_page(lay: LayOut, kind: str, before: int) -> None:
    lay(["\n\n".join(["段"] * before), {kind: "标题", "body": LONG}, LONG])


def test_a_box_longer_than_a_page(lay: LayOut) -> None:
    placed = lay([LONG, {"box": "长框", "body": "\n\n".join([LONG * 2] * 16)}, LONG])
    assert len(placed.pages("box")) >= 2


def test_a_box_with_all_kinds_of_blocks(lay: LayOut) -> None:
    body = [
        LONG,
        "# 小标题\n\n1. 一\n2. 二\n\n> 引文",
        {"table": table([["甲", "乙"], ["1", LONG]]), "caption": "题"},
        {"figure": "photo.png", "alt": "图", "caption": "注"},
        {"figures": [{"image": "square.png", "alt": "图"}] * 4, "columns": "4"},
        {"quote": "引文", "by": "某人"},
        {"verse": "行一\n行二"},
        {"interview": [{"question": "问", "answer": LONG}]},
        {"events": [{"date": "5 月", "title": "会", "place": "某地"}]},
        {"credits": [{"role": "撰文", "names": "本刊编辑部"}]},
        {"box": "框中框", "body": LONG},
        f"```\n{'x' * 300}\n```",
    ]
    lay([LONG, {"box": "框", "body": body}, LONG])


# ── sidebars ──


@pytest.mark.parametrize("place", ["left", "right"])
@pytest.mark.parametrize("before", [0, 20, 26, 30, 34])
def test_a_sidebar_wherever_on_the_page(lay: LayOut, place: str, before: int) -> None:
    placed = lay(
        [
            "\n\n".join(["段"] * before) or "段",
            {"box": "链接", "body": LONG, "place": place},
            "\n\n".join([LONG * 2] * 4),
        ]
    )
    assert len(placed.pages("box")) == 1


@pytest.mark.parametrize("place", ["left", "right"])
def test_a_sidebar_longer_than_the_text_beside_it(lay: LayOut, place: str) -> None:
    placed = lay([LONG, {"box": "链接", "body": LONG * 4, "place": place}, "一段短文。"], "第二篇。")
    assert placed.text("box").count("排版是把文字") == 8


@pytest.mark.parametrize("place", ["left", "right"])
@pytest.mark.parametrize("before", [1, 24])
def test_a_sidebar_longer_than_the_page(lay: LayOut, layout: str, place: str, before: int) -> None:
    placed = lay(
        [
            "\n\n".join(["段"] * before),
            {"box": "链接", "body": "\n\n".join([LONG] * 24), "place": place},
            LONG * 30,
        ],
        told="CST-E020",
    )
    assert len(placed.pages("box")) > 1
    found = [one.span for one in placed.diagnostics if one.code == "CST-E020"]
    if layout in ("brief", "bulletin"):  # they have no room beside the text: all their boxes take the column
        assert found == []
        return
    (span,) = found
    assert span is not None
    assert "box: 链接" in span.file.line(span.line)


FOLLOWERS: dict[str, Any] = {
    "heading": "# 小标题\n\n" + LONG,
    "sidebar": {"box": "又一个", "body": LONG, "place": "left"},
    "sidebar of the same side": {"box": "又一个", "body": LONG, "place": "right"},
    "table": {"table": table([["甲", "乙", "丙"], ["internationalization", LONG, LONG]]), "caption": "题"},
    "box": {"box": "框", "body": LONG},
    "notice": {"notice": "启事", "body": LONG},
    "figure": {"figure": "photo.png", "alt": "图", "caption": "注"},
    "group": {"figures": [{"image": "photo.png", "alt": "图", "caption": LONG}] * 3, "columns": "3"},
    "quotation": {"quote": LONG, "by": "某书"},
    "pull": {"pull": SIXTY},
    "code": f"```\n{'x' * 200}\n```",
    "list": f"- {LONG}\n  - {LONG}\n\n1. {LONG}",
    "verse": {"verse": f"{LONG[:36]}\n行二"},
    "events": {"events": [{"date": "5 月 12 日", "title": LONG, "place": "某地"}]},
    "credits": {"credits": [{"role": "撰文", "names": [LONG[:10]] * 5}]},
    "interview": {"interview": [{"question": LONG, "answer": LONG}]},
    "rule": "---\n\n" + LONG,
}


@pytest.mark.parametrize("name", some(FOLLOWERS, one_of=2))
def test_a_sidebar_followed_at_once_by_another_block(lay: LayOut, name: str) -> None:
    lay(["段。", {"box": "链接", "body": LONG, "place": "right"}, FOLLOWERS[name], LONG * 3])


@pytest.mark.parametrize("name", some(FOLLOWERS, one_of=2))
def test_a_figure_beside_the_text_followed_at_once_by_another_block(lay: LayOut, name: str) -> None:
    figure = {"figure": "photo.png", "alt": "图", "caption": LONG, "place": "left"}
    lay(["段。", figure, FOLLOWERS[name], LONG * 3])


# ── notices ──


def test_a_notice_of_20_paragraphs(lay: LayOut) -> None:
    notice = {
        "notice": "征稿启事",
        "body": "\n\n".join([LONG * 2] * 20),
        "signed": "本刊编辑部",
        "date": "2026-11-25",
    }
    placed = lay([LONG, notice, LONG])
    assert placed.pages("signed") == placed.pages("signed-date")


@pytest.mark.parametrize("before", range(24, 34, 2))
def test_a_signature_does_not_stand_alone(lay: LayOut, before: int) -> None:
    notice = {"notice": "启事", "body": LONG, "signed": SIXTY, "date": "2026-11"}
    placed = lay(["\n\n".join(["段"] * before), notice])
    body = [
        run.page for run in placed.of("notice") if not run.within & {"signed", "signed-date", "notice-title"}
    ]
    assert max(body) == placed.pages("signed")[0] == placed.pages("signed-date")[-1]
