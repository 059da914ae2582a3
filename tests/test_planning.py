"""Which figures leave their place: from where blocks stand to placements, without laying anything out."""

from __future__ import annotations

import pytest

from cstprint.engine.pages.flow import ArticleFlow, Flow, Kind, Mention, Piece, TextArea
from cstprint.engine.placements import NONE, Hold, Placements, Way
from cstprint.planning import plan

#: Pages of ten lines of 20 pt.
LINE, LINES = 20.0, 10
KINDS = {"F": Kind.FIGURE, "G": Kind.FIGURE, "H": Kind.FIGURE, "X": Kind.FIXED, "S": Kind.SECTION}


def flow(*blocks: str, mentions: str = "", in_columns: bool = False) -> Flow:
    """The blocks of an article in the order of its text: name, page, first line and the one behind its last.

    Names in capitals are figures (F, G, H), a figure that stays (X), the head of a section (S). A star: it has left its
    place. ``mentions`` pairs figures with the blocks that mention them.
    """
    pieces = []
    orders: dict[str, int] = {}
    for block in blocks:
        name, page, first, end = block.strip("*").split()
        order = orders.setdefault(name, len(orders))
        top, bottom = int(first) * LINE, int(end) * LINE
        kind = KINDS.get(name[0], Kind.TEXT)
        pieces.append(Piece(name, kind, order, int(page), top, bottom, block.startswith("*")))
    at = {piece.block: Mention(piece.page, piece.block, piece.order) for piece in pieces}
    named = {pair[0]: at[pair[1]] for pair in mentions.split()}
    areas = {page: TextArea(0.0, LINES * LINE) for page in range(1, 10)}
    return Flow((ArticleFlow(tuple(pieces), named, LINE, in_columns),), areas)


def moves(planned: Placements) -> list[str]:
    return [figure for figure, way in planned.ways.items() if way is Way.MOVE]


HOLE = ("a 1 0 6", "F 2 0 6", "b 2 6 9", "G 2 9 10", "c 3 0 4")


def test_a_figure_behind_a_hole_may_move_and_so_may_those_behind_it() -> None:
    assert moves(plan(flow(*HOLE), NONE, 1)) == ["F", "G"]


def test_nothing_moves_where_there_is_no_hole() -> None:
    assert plan(flow("a 1 0 9", "F 2 0 6", "b 2 6 9"), NONE, 1) == NONE


def test_nothing_moves_where_the_layout_allows_no_distance() -> None:
    assert plan(flow(*HOLE), NONE, 0) == NONE


@pytest.mark.parametrize("behind", ["S 2 6 7", "X 2 6 9"])
def test_nothing_moves_where_what_follows_may_not_pass(behind: str) -> None:
    assert plan(flow("a 1 0 6", "F 2 0 6", behind, "b 2 9 10"), NONE, 1) == NONE


def test_text_behind_several_figures_may_pass_them_all() -> None:
    assert moves(plan(flow("a 1 0 6", "F 2 0 6", "G 2 6 8", "b 2 8 10"), NONE, 1)) == ["F", "G"]


def test_a_group_that_is_torn_above_a_hole_may_move_whole() -> None:
    assert moves(plan(flow("a 1 0 4", "F 1 4 7", "F 2 0 3", "b 2 3 9"), NONE, 1)) == ["F"]


def test_a_plan_that_leaves_nothing_to_mend_is_returned_as_it_was() -> None:
    first = plan(flow(*HOLE), NONE, 1)
    moved = flow("a 1 0 6", "*F 2 0 6", "b 1 6 9", "G 1 9 10", "c 2 6 10")
    assert plan(moved, first, 1) == first


def test_a_figure_stands_behind_the_block_that_mentions_it_on_a_later_page() -> None:
    found = plan(flow("a 1 0 4", "F 1 4 9", "b 2 0 4", mentions="Fb"), NONE, 1)
    assert found.behind == {"F": "b"}


@pytest.mark.parametrize("between", ["G 1 8 9", "S 1 8 9", "X 1 8 9"])
def test_a_figure_passes_no_other_and_no_head_to_stand_behind_its_mention(between: str) -> None:
    found = plan(flow("a 1 0 4", "F 1 4 8", between, "b 2 0 4", mentions="Fb"), NONE, 1)
    assert found.behind == {}


def test_a_figure_alone_on_the_last_page_stays_where_its_hole_is_small() -> None:
    moved = flow("a 1 0 8", "*F 2 0 6", "b 1 8 10")
    assert plan(moved, Placements({"F": Way.MOVE}), 1).ways == {"F": Way.STAY}


def test_a_figure_alone_on_the_last_page_moves_where_its_hole_would_be_large() -> None:
    moved = flow("a 1 0 5", "*F 2 0 6", "b 1 5 10")
    assert moves(plan(moved, Placements({"F": Way.MOVE}), 1)) == ["F"]


def test_what_becomes_of_a_figure_alone_on_the_last_page_is_decided_when_nothing_else_moves() -> None:
    laid = flow("a 1 0 5", "G 2 0 5", "b 2 5 8", "*F 3 0 6", "c 2 8 10")
    assert plan(laid, Placements({"F": Way.MOVE}), 2).ways == {"F": Way.MOVE, "G": Way.MOVE}


def test_figures_alone_on_a_page_within_the_article_move() -> None:
    moved = flow("a 1 0 8", "*F 2 0 9", "b 1 8 10", "c 3 0 5")
    assert moves(plan(moved, Placements({"F": Way.MOVE}), 1)) == ["F"]


FAR = ("a 1 0 4", "*F 2 0 8", "b 1 4 5", "*G 3 0 8", "c 1 5 10", "d 2 8 10")


def test_what_mentions_a_figure_waits_where_the_figure_would_be_too_far() -> None:
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE})
    assert plan(flow(*FAR, mentions="Gb"), placed, 1).held == {Hold("b", "G", 0)}


def test_without_a_mention_the_figure_itself_waits() -> None:
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE})
    assert plan(flow(*FAR), placed, 1).held == {Hold("G", "G", 0)}


def test_nothing_waits_where_the_distance_is_allowed() -> None:
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE})
    assert plan(flow(*FAR, mentions="Gb"), placed, 2) == placed


def test_as_many_figures_may_wait_as_the_distance_has_pages_to_spare() -> None:
    far = (*FAR[:4], "b2 1 5 6", "*H 4 0 8", "c 1 6 10")
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE, "H": Way.MOVE})
    assert plan(flow(*far), placed, 2).held == {Hold("H", "H", 1)}


def test_text_behind_a_figure_that_mentions_it_waits_rather_than_the_figure() -> None:
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE})
    assert plan(flow(*FAR, mentions="Gc"), placed, 1).held == {Hold("c", "G", 0)}


def test_a_block_may_wait_for_two_figures() -> None:
    placed = Placements({"F": Way.MOVE, "G": Way.MOVE}, held=frozenset({Hold("b", "F", 0)}))
    assert plan(flow(*FAR, mentions="Gb"), placed, 1).held == {Hold("b", "F", 0), Hold("b", "G", 0)}


def test_a_figure_that_is_too_far_in_spite_of_that_lets_the_next_one_be_seen_to() -> None:
    far = (*FAR[:4], "b2 1 5 6", "*H 4 0 8", "c 1 6 10")
    placed = Placements(dict.fromkeys("FGH", Way.MOVE), held=frozenset({Hold("b", "G", 0)}))
    assert plan(flow(*far, mentions="Gb Hc"), placed, 1).held - placed.held == {Hold("c", "H", 0)}


# ── columns move by themselves what does not fit ──


def test_in_columns_what_mentions_a_figure_waits_where_the_figure_would_be_too_far() -> None:
    found = plan(flow(*FAR, mentions="Gb", in_columns=True), NONE, 1)
    assert found == Placements(held=frozenset({Hold("b", "G", 0)}))


def test_in_columns_a_figure_stands_behind_the_block_that_mentions_it() -> None:
    found = plan(flow("a 1 0 4", "F 1 4 9", "b 2 0 4", mentions="Fb", in_columns=True), NONE, 1)
    assert found == Placements(behind={"F": "b"})


def test_in_columns_figures_stay_where_the_layout_allows_no_distance() -> None:
    found = plan(flow(*HOLE, in_columns=True), NONE, 0)
    assert found.ways == {"F": Way.STAY, "G": Way.STAY}
