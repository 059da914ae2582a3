"""Figures that do not fit on the rest of their page: the text behind them fills it, and they head the next."""

from __future__ import annotations

from typing import Any

import pytest

from tests.blocks.conftest import LayOut
from tests.support.pages import structure
from tests.support.placed import Placed

pytestmark = pytest.mark.render

#: Characters in a line of the newsletter; the height of its lines, and where its pages begin, in pt.
LINE, LEADING, TOP = 35, 20, 84
#: How many lines a picture with its caption takes.
PICTURE = 16
PHOTO = {"figure": "photo.png", "alt": "噪点", "caption": "图注"}


@pytest.fixture
def layout() -> str:
    """The newsletter: its pages are counted in lines here."""
    return "newsletter"


def text(character: str, lines: int) -> str:
    """A paragraph of so many lines."""
    return character * (LINE * lines - 2)


def lines_of(placed: Placed, character: str) -> dict[int, int]:
    """How many lines of the paragraph of a character stand on each page."""
    lines = {(run.page, run.line) for run in placed.of("p") if set(run.text) == {character}}
    return {page: sum(at == page for at, _ in lines) for page in sorted({page for page, _ in lines})}


@pytest.fixture
def room(lay: LayOut) -> tuple[int, int]:
    """How many lines stand on the first page of an article, and on a later one."""
    found = lines_of(lay([text("甲", 100)]), "甲")
    return found[2], found[3]


def pictures(placed: Placed) -> list[tuple[int, int]]:
    """The pages of the pictures, and how far below the top of the text each begins, in lines."""
    return [(area.page, round((area.box.top - TOP) // LEADING)) for area in placed.pictures]


def test_text_fills_the_page_and_the_figure_heads_the_next(lay: LayOut, room: tuple[int, int]) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 20)])
    assert lines_of(placed, "甲") == {2: 20}
    assert lines_of(placed, "乙") == {2: room[0] - 20, 3: 40 - room[0]}
    assert pictures(placed) == [(3, 0)]


def test_text_below_a_moved_figure_is_on_the_grid(lay: LayOut) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 20)])
    tops = {(run.box.top - TOP) % LEADING for run in placed.of("p") if "乙" in run.text}
    assert max(tops) - min(tops) == pytest.approx(0, abs=0.1)


def test_a_figure_that_fits_stays_where_it_stands(lay: LayOut) -> None:
    placed = lay([text("甲", 10), PHOTO, text("乙", 20)])
    assert [page for page, _ in pictures(placed)] == [2]
    assert max(run.box.bottom for run in placed.of("p") if "甲" in run.text) < placed.pictures[0].box.top


def test_a_figure_that_just_fits_stays_where_it_stands(lay: LayOut, room: tuple[int, int]) -> None:
    nineteen_lines = {**PHOTO, "figure": "tall.png", "caption": "图" * 40}
    placed = lay([text("甲", room[0] - 19), nineteen_lines, text("乙", 20)])
    assert [page for page, _ in pictures(placed)] == [2]
    assert lines_of(placed, "乙") == {3: 20}


@pytest.mark.parametrize(("token", "value"), [("figure-place", "here"), ("figure-distance", "0")])
def test_a_layout_may_keep_figures_where_they_stand(
    token: str, value: str, lay: LayOut, room: tuple[int, int]
) -> None:
    placed = lay([text("甲", room[0] - 4), PHOTO, text("乙", 30)], settings={token: value})
    assert lines_of(placed, "乙") == {3: room[1] - PICTURE, 4: 30 - room[1] + PICTURE}


def test_a_layout_may_set_figures_at_the_foot(lay: LayOut, room: tuple[int, int]) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 40)], settings={"figure-place": "foot"})
    above = room[1] - PICTURE
    assert lines_of(placed, "乙") == {2: room[0] - 20, 3: above, 4: 60 - room[0] - above}
    text_above = [run.box.bottom for run in placed.of("p") if run.page == 3 and "乙" in run.text]
    assert max(text_above) < placed.pictures[0].box.top
    caption = max(run.box.bottom for run in placed.of("figcaption"))
    assert placed.text_blocks[3].bottom - caption < LEADING


def test_at_the_foot_a_figure_follows_text_that_ends_above_it(lay: LayOut, room: tuple[int, int]) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 15)], settings={"figure-place": "foot"})
    assert pictures(placed) == [(3, 35 - room[0])]


def test_text_goes_on_below_a_part_of_a_group_that_is_higher_than_a_page(lay: LayOut) -> None:
    tall = {"image": "tall.png", "alt": "噪点", "caption": "图注"}
    group = {"figures": [tall] * 4, "columns": 1}
    placed = lay([text("甲", 10), group, text("乙", 20)])
    pages = [page for page, _ in pictures(placed)]
    assert pages == sorted(pages)
    assert pages[0] < pages[-1]
    assert min(lines_of(placed, "乙")) < pages[-1]


def test_at_the_foot_a_figure_stays_in_its_section(lay: LayOut, room: tuple[int, int]) -> None:
    body = [text("甲", 20), PHOTO, text("乙", 15), "# 又一节", text("丙", 10)]
    placed = lay(body, settings={"figure-place": "foot"})
    assert pictures(placed) == [(3, 35 - room[0])]
    assert placed.pages("heading") == [4]


def test_at_the_foot_a_figure_stays_in_its_article(lay: LayOut) -> None:
    articles = [
        {"title": "其一", "body": [text("甲", 15), PHOTO, text("乙", 20)]},
        {"title": "其二", "body": "丙丁"},
    ]
    placed = lay(sections=[{"section": "栏目", "articles": articles}], settings={"figure-place": "foot"})
    assert [page for page, _ in pictures(placed)] == [3]
    assert placed.pages("article-title") == [2, 4]


def test_figures_keep_their_order(lay: LayOut) -> None:
    panorama = {**PHOTO, "figure": "panorama.png"}
    placed = lay([text("甲", 20), PHOTO, text("乙", 3), panorama, text("丙", 30)])
    names = [area.element.get("src") for area in placed.pictures]
    assert names == ["issue/photo.png", "issue/panorama.png"]
    assert [page for page, _ in pictures(placed)] == [3, 3]
    assert lines_of(placed, "丙")[2] > 0


def test_what_has_no_room_beside_another_goes_a_page_further(lay: LayOut, room: tuple[int, int]) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 3), PHOTO, text("丙", 1), PHOTO, text("丁", 40)])
    assert pictures(placed) == [(3, 0), (3, PICTURE), (4, 0)]
    assert lines_of(placed, "丁")[2] == room[0] - 24


def test_no_figure_leaves_its_section(lay: LayOut) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 4), "# 又一节", text("丙", 10)])
    assert placed.pages("heading") == [3]
    assert pictures(placed) == [(3, 0)]
    assert lines_of(placed, "乙") == {2: 4}


def test_a_layout_may_let_figures_leave_their_sections(lay: LayOut) -> None:
    body = [text("甲", 20), PHOTO, text("乙", 4), "# 又一节", text("丙", 10)]
    placed = lay(body, settings={"figure-barrier": "article"})
    assert placed.pages("heading") == [2]
    assert pictures(placed) == [(3, 0)]


def test_no_figure_leaves_its_article(lay: LayOut) -> None:
    articles = [
        {"title": "其一", "body": [text("甲", 15), PHOTO, text("乙", 5)]},
        {"title": "其二", "body": [text("丙", 2)]},
    ]
    placed = lay(sections=[{"section": "栏目", "articles": articles}])
    assert lines_of(placed, "乙") == {2: 5}
    assert pictures(placed) == [(3, 0)]
    assert placed.pages("article-title") == [2, 3]


def test_rather_than_alone_on_the_last_page_a_figure_leaves_a_small_hole(lay: LayOut) -> None:
    placed = lay([text("甲", 24), PHOTO, text("乙", 4)])
    assert pictures(placed) == [(3, 0)]
    assert lines_of(placed, "乙") == {3: 4}


def test_a_figure_stands_no_earlier_than_what_mentions_it(lay: LayOut) -> None:
    named = {**PHOTO, "figure": "panorama.png", "id": "pan"}
    placed = lay([text("甲", 23), named, text("乙", 20) + "见[@pan]。", text("丙", 20)])
    assert pictures(placed)[0][0] >= placed.pages("reference")[0]


def test_a_figure_that_would_stand_too_far_holds_the_text_that_mentions_it(lay: LayOut) -> None:
    body = [
        text("甲", 20),
        PHOTO,
        text("乙", 1),
        PHOTO,
        text("丙", 1),
        {**PHOTO, "id": "third"},
        text("丁", 40),
    ]
    body[4] = text("丙", 1) + "见[@third]。"
    placed = lay(body)
    assert pictures(placed)[2][0] - placed.pages("reference")[0] == 2
    placed = lay(body, settings={"figure-distance": "1"})
    assert pictures(placed)[2][0] - placed.pages("reference")[0] in (0, 1)


def test_the_lines_above_the_one_that_mentions_it_fill_the_page(lay: LayOut, room: tuple[int, int]) -> None:
    third = {**PHOTO, "id": "third"}
    body = [
        text("甲", 20),
        PHOTO,
        text("乙", 1),
        PHOTO,
        text("丙", 6) + "见[@third]。",
        third,
        text("丁", 60),
    ]
    placed = lay(body, settings={"figure-distance": "1"})
    assert [page for page, _ in pictures(placed)] == [3, 3, 4]
    assert placed.pages("reference") == [3]
    assert lines_of(placed, "丙")[2] == 5  # all of it would have had room
    assert room[0] >= 20 + 1 + 7


def test_text_fills_the_page_where_no_row_of_a_group_higher_than_a_page_has_room(
    lay: LayOut, room: tuple[int, int]
) -> None:
    group = {
        "figures": [{"image": "photo.png", "alt": "噪点", "caption": "图注"} for _ in range(3)],
        "columns": 1,
    }
    placed = lay([text("甲", 18), group, text("乙", 40)])
    assert lines_of(placed, "乙")[2] == room[0] - 18
    assert [page for page, _ in pictures(placed)] == [3, 3, 4]


def test_the_note_of_a_caption_stands_on_the_page_of_the_figure(lay: LayOut) -> None:
    noted = {**PHOTO, "caption": "图注^[甲乙丙丁戊己。]"}
    placed = lay([text("甲", 20), noted, text("乙", 20)])
    assert [page for page, _ in pictures(placed)] == [3]
    assert placed.pages("note-text") == [3]


def test_page_numbers_of_moved_figures_are_right(lay: LayOut) -> None:
    body = [text("甲", 20) + "见[@it page]。", {**PHOTO, "id": "it"}, text("乙", 20)]
    placed = lay(body)
    number = [run.text for run in placed.runs if "page-number" in run.within and run.generated]
    assert number == ["3"] == [str(page) for page, _ in pictures(placed)]


def test_what_stands_beside_the_text_does_not_pass_figures(lay: LayOut) -> None:
    beside: Any = {"figure": "square.png", "alt": "噪点", "place": "right", "caption": "旁"}
    placed = lay([text("甲", 20), PHOTO, text("乙", 2), beside, text("丙", 20)])
    places = [(area.element.get("src"), area.page) for area in placed.pictures]
    assert places == [("issue/photo.png", 3), ("issue/square.png", 3)]


def test_a_moved_figure_is_read_behind_the_paragraph_that_crosses_the_page(lay: LayOut) -> None:
    placed = lay([text("甲", 20), PHOTO, text("乙", 20), text("丙", 2)])
    tags = [kind for _, kind, _ in structure(placed.pdf())]
    article = tags[tags.index("/Art") :]
    assert [kind for kind in article if kind in ("/P", "/Figure")] == ["/P", "/P", "/P", "/Figure", "/P"]


def test_text_passes_a_notice_that_does_not_fit(lay: LayOut, room: tuple[int, int]) -> None:
    notice = {"notice": "启事", "body": text("丙", 8), "signed": "编辑部"}
    placed = lay([text("甲", 24), notice, text("乙", 20)])
    assert placed.pages("notice") == [3]
    assert lines_of(placed, "乙") == {2: room[0] - 24, 3: 44 - room[0]}
