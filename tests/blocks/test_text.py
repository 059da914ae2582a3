"""Running text, headings, lists, code and links: their ordinary and their hardest cases."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.blocks.conftest import LONG, RAGGED, LayOut
from tests.support.placed import Placed, Run
from tests.support.samples import combined

pytestmark = pytest.mark.render

ADDRESS = "https://example.org/" + "a1b2/c3d4?e=5&f=6-" * 15 + "0123456789"
assert len(ADDRESS) == 300


def lines(runs: list[Run]) -> list[str]:
    """The text of each line."""
    found: dict[int, str] = {}
    for run in runs:
        found[run.line] = found.get(run.line, "") + run.text
    return list(found.values())


@dataclass(frozen=True)
class Place:
    """Where a run begins: its page, its column, and how far (pt) from that column's left edge."""

    page: int
    column: int
    x: float


def place(placed: Placed, run: Run, layout: str) -> Place:
    """Where a run begins; ``bulletin`` has two columns with 21 pt between."""
    area = placed.text_blocks[run.page]
    pitch = (area.right - area.left + 21) / (2 if layout == "bulletin" else 1)
    column, x = divmod(run.box.left - area.left, pitch)
    return Place(run.page, int(column), x)


# ── lists ──


@pytest.mark.parametrize("mark", ["-", "1."])
def test_a_list_six_deep_with_long_entries(lay: LayOut, layout: str, mark: str) -> None:
    deep = "".join(f"{'   ' * depth}{mark} {LONG}\n" for depth in range(6))
    placed = lay(deep + "\n" + deep * 3)
    entries = [run for run in placed.of("li") if run.text.startswith("排版是把")]
    edges = {round(place(placed, run, layout).x) for run in entries}
    assert len(edges) == 6


def test_an_ordered_list_of_120_entries(lay: LayOut, layout: str) -> None:
    placed = lay("".join(f"{n}. 第 {n} 项\n" for n in range(1, 121)))
    marks = [
        run for run in placed.runs if run.generated and "li" in run.within and "contents" not in run.within
    ]
    assert [run.text.strip() for run in marks] == [f"{n}." for n in range(1, 121)]
    items = [place(placed, run, layout) for run in placed.of("li", "article") if run.text.startswith("第")]
    assert len({(item.page, item.column) for item in items}) > 2
    assert max(item.x for item in items) - min(item.x for item in items) < 0.01
    ends = [place(placed, run, layout).x + run.box.right - run.box.left for run in marks]
    assert max(ends) <= min(item.x for item in items) + 0.01


def test_a_chinese_list_of_21_entries_with_lists_inside(lay: LayOut) -> None:
    entries = "".join(f"{n}. {LONG}\n    1. 其一\n    2. 其二\n       1. 再其一\n" for n in range(1, 22))
    placed = lay("{.han}\n" + entries)
    marks = [run.text for run in placed.runs if run.generated and "article" in run.within]
    assert [mark for mark in marks if mark.endswith("、")][-2:] == ["二十、", "二十一、"]
    assert marks.count("（二）") == 21


def test_lists_of_all_kinds_in_each_other_beside_a_quotation(lay: LayOut) -> None:
    lay("- 甲\n\n  > 引文。\n\n  1. 一\n     - 乙\n\n       段落。\n\n- 丙\n\n      代码\n")


def test_a_definition_list_with_a_term_of_100_characters(lay: LayOut) -> None:
    term = "一百个字的术语" * 14 + "完了"
    placed = lay(f"{term}\n: {LONG}\n: 第二个解释\n\n短\n: 也短\n\nGlossary-{'x' * 90}\n: {LONG}\n")
    assert placed.text("dt").startswith(term)


# ── long runs ──


def test_an_address_of_300_characters_as_text(lay: LayOut) -> None:
    placed = lay(f"网址是 <{ADDRESS}>，见其中。", told=RAGGED)
    assert ADDRESS in placed.text("article").replace("\n", "")


@pytest.mark.parametrize("form", ["note", "brackets", "none"])
def test_an_address_of_300_characters_behind_a_link(lay: LayOut, form: str) -> None:
    placed = lay(f"见[这里]({ADDRESS})。" + LONG, settings={"link-addresses": form}, told=RAGGED)
    assert placed.text("address") == ("" if form == "none" else ADDRESS)


@pytest.mark.parametrize(
    ("before", "run"),
    combined(
        ["", "前面的文字", "（", "text "],
        ["1234567890" * 4, "3.14159" * 10, "W" * 200, "一" + "—" * 40, "￥" * 60],
    ),
)
def test_a_run_without_a_break(lay: LayOut, before: str, run: str) -> None:
    placed = lay(f"{before}{run}。\n\n- {run}\n\n> {run}\n\n# {before}{run}\n\n段", told=RAGGED)
    assert run in placed.text("article")


def test_code_within_a_line_of_300_characters(lay: LayOut) -> None:
    code = "abc(def)[ghi]" * 23 + "x"
    assert code in lay(f"用 `{code}` 排版。", told=RAGGED).text("code")


# ── code ──


def test_a_line_of_code_of_300_characters(lay: LayOut) -> None:
    code = "x = " + "f(a,b)+" * 42 + "1;"
    placed = lay(f"```python\n{code}\n```\n\n```\n{'9' * 300}\n```\n\n```\n{'甲' * 120}\n```")
    assert placed.text("code").startswith(code)


def test_code_of_100_lines(lay: LayOut, layout: str) -> None:
    code = "".join(f"    line {n} = {n};  # 注释\n" for n in range(100))
    placed = lay(f"{LONG}\n\n```\n{code}```\n\n{LONG}")
    places = [place(placed, run, layout) for run in placed.of("code")]
    assert len({(at.page, at.column) for at in places}) > 1
    printed = [line.rstrip() for line in lines(placed.of("code"))]
    assert printed == code.splitlines()


# ── headings ──


@pytest.mark.parametrize("before", range(28, 40, 2))
def test_a_heading_does_not_end_a_page(lay: LayOut, before: int) -> None:
    """At whichever line of the page it comes; the generic facts say so."""
    text = "\n\n".join(["段"] * before)
    placed = lay(text + "\n\n# 一级\n\n## 二级\n\n### 三级\n\n段落\n\n段落", text + "\n\n# 一级\n\n- 列表")
    assert placed.of("heading", "level-3")


def test_headings_of_60_characters(lay: LayOut) -> None:
    title = "六十个字的小标题在窄栏里要排几行" * 3 + "才放得下，末行不宜只剩一字，"
    placed = lay("\n\n".join(f"{'#' * level} {title}\n\n{LONG}" for level in (1, 2, 3)))
    assert placed.text("heading").replace("\n", "") == title * 3


def test_a_heading_with_every_mark(lay: LayOut) -> None:
    placed = lay(
        "# *强调* **重点** `code` [链接](https://example.org/)^[注] [English]{lang=en}\n\n正文。",
        settings={"contents-depth": "2"},
    )
    # No diagnostic either: Kai has no bold face, and the style sheet asks for none.
    assert placed.text("heading").startswith("强调")


def test_a_rule_between_paragraphs_at_the_end_of_a_page(lay: LayOut) -> None:
    lay("\n\n---\n\n".join(["段"] * 60))


# ── other languages ──


ENGLISH = (
    "Typesetting internationalization counterrevolutionaries Donaudampfschifffahrtsgesellschaftskapitaen "
    "pneumonoultramicroscopicsilicovolcanoconiosis and the rest of it. "
)


def test_an_issue_in_english_with_long_words(lay: LayOut) -> None:
    word = "internationalization" * 6
    articles = [
        {
            "title": ENGLISH,
            "standfirst": ENGLISH,
            "byline": "Editorial Office",
            "body": [ENGLISH * 20, f"# {word}\n\nText."],
        },
        {"title": word, "body": [f"- {word}\n- {ENGLISH}", {"box": word, "body": ENGLISH * 3}]},
    ]
    lay(*articles, language="en", title="Typesetting Monthly")


def test_an_issue_in_traditional_chinese(lay: LayOut) -> None:
    text = "排版的目的，是讓讀者讀得下去；標點居中，不宜擠壓。「引號」與『書名』——破折號……" * 6
    placed = lay(
        [
            text,
            {"quote": text, "by": "本刊編輯部"},
            f"# 標題\n\n1. {text}\n\n| 欄 | 值 |\n|--|--|\n| {text} | 1 |",
        ],
        language="zh-Hant",
        title="排印月報",
        publisher="本刊編輯部",
        told="CST-F025",
    )
    assert "目錄" in placed.text("contents")


def test_passages_in_english_inside_chinese(lay: LayOut) -> None:
    lay(f"{{lang=en}}\n{ENGLISH * 5}\n\n正文 [{ENGLISH}]{{lang=en}} 正文。", told=RAGGED)
