"""The notes of a page: one for each address, in the order of their calls, numbered so."""

from __future__ import annotations

import pytest

from tests.blocks.conftest import LONG, LayOut
from tests.support.placed import Placed

pytestmark = pytest.mark.render

SITE = "https://example.org/news/"


def marks(placed: Placed, kind: str) -> list[str]:
    """The marks of all calls or of all notes, page by page."""
    return [run.text.strip() for run in placed.runs if run.generated == kind]


def calls(placed: Placed) -> list[str]:
    return marks(placed, "footnote-call")


def notes(placed: Placed) -> list[str]:
    """Each note with its mark."""
    found: list[str] = []
    for run in placed.runs:
        if run.generated == "footnote-marker":
            found.append(run.text.strip())
        elif "note-text" in run.within:
            found[-1] += run.text
    return found


def test_an_address_that_a_page_names_twice_is_one_note(lay: LayOut) -> None:
    placed = lay(f"[甲]({SITE}1)、[乙]({SITE}2)、[丙]({SITE}1)、[丁]({SITE}3)。")
    assert calls(placed) == ["①", "②", "①", "③"]
    assert notes(placed) == [f"①{SITE}1", f"②{SITE}2", f"③{SITE}3"]


def test_an_address_in_the_cells_of_a_table_is_one_note(lay: LayOut) -> None:
    rows = "\n".join(f"| {month} 月 | [12.{month}]({SITE}1) |" for month in range(1, 5))
    placed = lay(f"| 消息 | 截止 |\n|---|---|\n{rows}")
    assert calls(placed) == ["①"] * 4
    assert notes(placed) == [f"①{SITE}1"]


def test_an_address_is_a_note_again_on_another_page(lay: LayOut) -> None:
    placed = lay(f"[甲]({SITE}1)。\n\n" + f"{LONG * 4}\n\n" * 16 + f"[乙]({SITE}1)。")
    assert placed.pages("address") == [min(placed.pages("article")), max(placed.pages("article"))]
    assert notes(placed) == [f"①{SITE}1", f"②{SITE}1"]


def test_the_note_of_a_caption_comes_before_those_of_the_cells_below_it(lay: LayOut) -> None:
    placed = lay([{"table": "| 甲^[格] |\n|--|\n| 乙 |", "caption": "题^[题注]", "source": "源^[源注]"}])
    assert notes(placed) == ["①题注", "②格", "③源注"]


def test_a_figure_that_moves_takes_the_number_of_its_place(lay: LayOut) -> None:
    figure = {"figure": "photo.png", "alt": "图", "caption": "图注^[图]"}
    found: set[str] = set()
    for before in (4, 5, 6, 7, 8):
        placed = lay([LONG * 2] * before + ["段^[前]", figure, "段^[后]"] + [LONG * 2] * 8)
        assert calls(placed) == ["①", "②", "③"]
        assert [note[0] for note in notes(placed)] == ["①", "②", "③"]
        found.add("".join(note[1:] for note in notes(placed)))
    assert found == {"前图后", "前后图"}


def test_the_notes_of_two_articles_on_a_page_have_different_numbers(lay: LayOut) -> None:
    section = {
        "section": "要闻",
        "articles": [{"title": title, "body": f"文^[{title}注]"} for title in ("甲", "乙")],
    }
    placed = lay(sections=[section])
    pages = {run.page for run in placed.runs if run.generated == "footnote-marker"}
    assert notes(placed) == (["①甲注", "②乙注"] if len(pages) == 1 else ["①甲注", "①乙注"])


def test_each_article_that_begins_a_page_counts_anew(lay: LayOut) -> None:
    placed = lay("文^[甲]", "文^[乙]", settings={"article-start": "page"})
    assert notes(placed) == ["①甲", "①乙"]


def test_a_note_that_is_called_again_is_called_by_its_printed_number(lay: LayOut) -> None:
    text = f"[甲]({SITE}1)[乙]({SITE}1)又[^a]再[^a]。\n\n[^a]: 注"
    placed = lay(text)
    assert notes(placed) == [f"①{SITE}1", "②注"]
    assert placed.text("note-call") == "②"


def test_numbers_that_become_narrower_are_set_anew(lay: LayOut) -> None:
    text = "".join(f"see [this]({SITE}{n // 2}), " for n in range(24))
    placed = lay(text, language="en")
    assert calls(placed) == [str(n // 2 + 1) for n in range(24)]
    assert notes(placed) == [f"{n + 1}{SITE}{n}" for n in range(12)]


def test_a_link_in_a_note_has_its_address_beside_it(lay: LayOut) -> None:
    placed = lay(f"正文^[见[此处]({SITE}1)]。")
    assert notes(placed) == [f"①见此处（{SITE}1）"]


def test_number_and_address_are_half_an_em_apart(lay: LayOut) -> None:
    address = (
        SITE
        + "content_1234567890_a.html?from=timeline&scene=126&sessionid=1581738000&clicktime=1581738123" * 2
    )
    placed = lay(f"据[报道]({address})。")
    mark = next(run for run in placed.runs if run.generated == "footnote-marker")
    first = next(run for run in placed.runs if "address" in run.within)
    assert mark.line == first.line
    assert abs(mark.box.right - first.box.left) < 0.5
    assert mark.text == "①\N{FIGURE SPACE}"


# ── at the article's end ──

AT_END = {"link-addresses": "end"}


def test_addresses_stand_at_the_end_of_their_article_once_each(lay: LayOut) -> None:
    first = f"[甲]({SITE}1)、[乙]({SITE}2)、[丙]({SITE}1)^[注文]。\n\n末段。"
    placed = lay(first, f"[丁]({SITE}3)。", settings=AT_END)
    assert [run.text for run in placed.of("link-call")] == ["[1]", "[2]", "[1]", "[1]"]
    assert [run.text for run in placed.of("links")] == [f"{SITE}{n}" for n in (1, 2, 3)]
    assert [run.text.strip() for run in placed.runs if "links" in run.within and run.generated] == [
        "[1]",
        "[2]",
        "[1]",
    ]
    assert notes(placed) == ["①注文"]
    end, last = placed.of("links")[0], next(run for run in placed.runs if run.text.startswith("末段"))
    assert (end.page, end.box.top) > (last.page, last.box.bottom - 1)


def test_a_call_of_an_address_at_the_end_leads_to_it(lay: LayOut) -> None:
    placed = lay(f"[甲]({SITE}1)。", settings=AT_END)
    links = [(kind, target) for page in placed.paged.document.pages for kind, target, *_ in page.links]
    assert ("internal", "a1-link-1") in links
    assert links.count(("external", f"{SITE}1")) == 2


def test_the_cover_has_no_end_and_its_addresses_are_notes(lay: LayOut) -> None:
    placed = lay("文", cover=[f"见[甲]({SITE}1)"], settings=AT_END)
    assert notes(placed) == [f"①{SITE}1"]


# ── in columns ──


def columns_of(placed: Placed) -> list[list[str]]:
    """The notes of a page by their left edges."""
    found: dict[int, list[str]] = {}
    for run in placed.runs:
        if run.generated == "footnote-marker":
            found.setdefault(round(run.box.left), []).append(run.text.strip())
    return list(found.values())


@pytest.mark.parametrize(("most", "columns"), [("1", [10]), ("2", [5, 5]), ("3", [4, 4, 2])])
def test_many_short_notes_stand_in_columns(lay: LayOut, layout: str, most: str, columns: list[int]) -> None:
    text = "".join(f"文^[注{n}]" for n in range(10))
    placed = lay(text, settings={"note-columns": most})
    found = columns_of(placed)
    assert [len(column) for column in found] == columns
    assert "".join("".join(column) for column in found) == "①②③④⑤⑥⑦⑧⑨⑩"
    areas = [run.box for run in placed.runs if "note-text" in run.within]
    line = 21 if layout == "brief" else 15
    assert max(box.bottom for box in areas) - min(box.top for box in areas) < line * max(columns)


def test_six_notes_or_long_ones_stand_below_each_other(lay: LayOut) -> None:
    six = lay("".join(f"文^[注{n}]" for n in range(6)), settings={"note-columns": "3"})
    assert columns_of(six) == [list("①②③④⑤⑥")]
    long = lay(f"文^[{LONG[:40]}]" * 8, settings={"note-columns": "3"})
    assert [len(column) for column in columns_of(long)] == [8]
