"""Which figures leave their place: from where blocks stand to placements, without laying anything out."""

from __future__ import annotations

import pytest

from cstprint.placement.decisions import NONE, OWN_HEIGHT, Decision, Delay, Placements
from cstprint.placement.plan import plan
from tests.placement.pages import LINE, flow


def deferred(planned: Placements) -> list[str]:
    return [figure for figure, decision in planned.decisions.items() if decision is Decision.DEFER]


GAP = ("a 1 0 6", "F 2 0 6", "b 2 6 9", "G 2 9 10", "c 3 0 4")


def test_a_figure_after_a_gap_is_deferred_and_so_are_those_after_it() -> None:
    assert deferred(plan(flow(*GAP), NONE, 1)) == ["F", "G"]


def test_nothing_is_deferred_where_there_is_no_gap() -> None:
    assert plan(flow("a 1 0 9", "F 2 0 6", "b 2 6 9"), NONE, 1) == NONE


def test_nothing_is_deferred_where_the_layout_allows_no_distance() -> None:
    assert plan(flow(*GAP), NONE, 0) == NONE


@pytest.mark.parametrize("after", ["S 2 6 7", "X 2 6 9"])
def test_nothing_is_deferred_where_what_follows_may_not_pass(after: str) -> None:
    assert plan(flow("a 1 0 6", "F 2 0 6", after, "b 2 9 10"), NONE, 1) == NONE


def test_text_after_several_figures_may_pass_them_all() -> None:
    assert deferred(plan(flow("a 1 0 6", "F 2 0 6", "G 2 6 8", "b 2 8 10"), NONE, 1)) == ["F", "G"]


def test_a_group_that_is_torn_above_a_gap_is_deferred_whole() -> None:
    assert deferred(plan(flow("a 1 0 4", "F 1 4 7", "F 2 0 3", "b 2 3 9"), NONE, 1)) == ["F"]


def test_a_plan_that_leaves_nothing_to_mend_is_returned_as_it_was() -> None:
    first = plan(flow(*GAP), NONE, 1)
    moved = flow("a 1 0 6", "*F 2 0 6", "b 1 6 9", "G 1 9 10", "c 2 6 10")
    assert plan(moved, first, 1) == first


def test_a_figure_moves_after_the_block_that_refers_to_it_on_a_later_page() -> None:
    found = plan(flow("a 1 0 4", "F 1 4 9", "b 2 0 4", references="Fb"), NONE, 1)
    assert found.moved_after == {"F": "b"}


@pytest.mark.parametrize("between", ["G 1 8 9", "S 1 8 9", "X 1 8 9"])
def test_a_figure_passes_no_other_and_no_head_to_stand_after_its_reference(between: str) -> None:
    found = plan(flow("a 1 0 4", "F 1 4 8", between, "b 2 0 4", references="Fb"), NONE, 1)
    assert found.moved_after == {}


def test_a_figure_alone_on_the_last_page_is_kept_where_its_gap_is_small() -> None:
    moved = flow("a 1 0 8", "*F 2 0 6", "b 1 8 10")
    assert plan(moved, Placements({"F": Decision.DEFER}), 1).decisions == {"F": Decision.KEEP}


def test_a_figure_alone_on_the_last_page_is_deferred_where_its_gap_would_be_large() -> None:
    moved = flow("a 1 0 5", "*F 2 0 6", "b 1 5 10")
    assert deferred(plan(moved, Placements({"F": Decision.DEFER}), 1)) == ["F"]


def test_a_figure_alone_on_the_last_page_is_decided_on_when_nothing_else_is_deferred() -> None:
    laid = flow("a 1 0 5", "G 2 0 5", "b 2 5 8", "*F 3 0 6", "c 2 8 10")
    assert plan(laid, Placements({"F": Decision.DEFER}), 2).decisions == {
        "F": Decision.DEFER,
        "G": Decision.DEFER,
    }


def test_a_figure_alone_on_the_last_page_becomes_lower_where_it_then_fills_a_large_gap() -> None:
    moved = flow("a 1 0 5", "*F 2 0 5", "b 1 5 6")
    assert plan(moved, Placements({"F": Decision.DEFER}), 1).heights == {"F": 4 * LINE}


def test_the_figures_on_the_page_with_the_gap_become_lower_too_where_one_alone_would_be_too_low() -> None:
    moved = flow("a 1 0 10", "*F 2 0 5", "*G 3 0 6", "b 2 5 6")
    assert plan(moved, Placements({"F": Decision.DEFER, "G": Decision.DEFER}), 1).heights == {
        "F": 4 * LINE,
        "G": 4 * LINE,
    }


@pytest.mark.parametrize(
    "blocks",
    [
        ("a 1 0 7", "*F 2 0 3", "b 1 7 8"),  # the gap is small
        ("a 1 0 5", "*F 2 0 9", "b 1 5 6"),  # the figure is too high
        ("a 1 0 5", "*F 2 0 3", "*G 2 3 6", "b 1 5 6"),  # another stands beside it
        ("a 1 0 5", "*F 2 0 5", "b 1 5 6", "c 2 6 8"),  # text does
    ],
)
def test_otherwise_none_becomes_lower(blocks: tuple[str, ...]) -> None:
    assert plan(flow(*blocks), Placements({"F": Decision.DEFER, "G": Decision.DEFER}), 2).heights == {}


DEFERRED = {"F": Decision.DEFER, "G": Decision.DEFER}


def test_where_one_can_become_no_lower_the_others_make_up_for_it() -> None:
    moved = flow("a 1 0 10", "*F 2 0 5", "*G 3 0 5", "b 2 5 6")
    before = Placements(DEFERRED, heights={"F": 5 * LINE, "G": 4 * LINE})
    assert plan(moved, before, 1).heights == {"F": 4 * LINE, "G": 4 * LINE}


def test_where_the_others_cannot_all_get_their_own_heights_back_for_good() -> None:
    moved = flow("a 1 0 10", "*F 2 0 5", "*G 3 0 7", "b 2 5 6")
    before = Placements(DEFERRED, heights={"F": 5 * LINE, "G": 4 * LINE})
    own = {"F": OWN_HEIGHT, "G": OWN_HEIGHT}
    assert plan(moved, before, 1).heights == own
    assert plan(moved, Placements(DEFERRED, heights=own), 1).heights == own


def test_figures_keep_the_heights_that_were_planned() -> None:
    moved = flow("a 1 0 5", "F 1 6 10", "b 1 5 6")
    before = Placements({"F": Decision.DEFER}, heights={"F": 4 * LINE})
    assert plan(moved, before, 1) == before


def test_figures_alone_on_a_page_within_the_article_are_deferred() -> None:
    moved = flow("a 1 0 8", "*F 2 0 9", "b 1 8 10", "c 3 0 5")
    assert deferred(plan(moved, Placements({"F": Decision.DEFER}), 1)) == ["F"]


FAR = ("a 1 0 4", "*F 2 0 8", "b 1 4 5", "*G 3 0 8", "c 1 5 10", "d 2 8 10")


def test_what_refers_to_a_figure_waits_where_the_figure_would_be_too_far() -> None:
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER})
    assert plan(flow(*FAR, references="Gb"), placed, 1).delays == {Delay("b", "G", 0)}


def test_without_a_reference_the_figure_itself_waits() -> None:
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER})
    assert plan(flow(*FAR), placed, 1).delays == {Delay("G", "G", 0)}


def test_nothing_waits_where_the_distance_is_allowed() -> None:
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER})
    assert plan(flow(*FAR, references="Gb"), placed, 2) == placed


def test_as_many_figures_may_wait_as_the_distance_has_pages_to_spare() -> None:
    far = (*FAR[:4], "b2 1 5 6", "*H 4 0 8", "c 1 6 10")
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER, "H": Decision.DEFER})
    assert plan(flow(*far), placed, 2).delays == {Delay("H", "H", 1)}


def test_text_after_a_figure_that_refers_to_it_waits_rather_than_the_figure() -> None:
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER})
    assert plan(flow(*FAR, references="Gc"), placed, 1).delays == {Delay("c", "G", 0)}


def test_a_block_may_wait_for_two_figures() -> None:
    placed = Placements({"F": Decision.DEFER, "G": Decision.DEFER}, delays=frozenset({Delay("b", "F", 0)}))
    assert plan(flow(*FAR, references="Gb"), placed, 1).delays == {Delay("b", "F", 0), Delay("b", "G", 0)}


def test_where_a_delay_did_not_help_the_next_figure_gets_one() -> None:
    far = (*FAR[:4], "b2 1 5 6", "*H 4 0 8", "c 1 6 10")
    placed = Placements(dict.fromkeys("FGH", Decision.DEFER), delays=frozenset({Delay("b", "G", 0)}))
    assert plan(flow(*far, references="Gb Hc"), placed, 1).delays - placed.delays == {Delay("c", "H", 0)}


# ── columns defer by themselves what does not fit ──


def test_in_columns_what_refers_to_a_figure_waits_where_the_figure_would_be_too_far() -> None:
    found = plan(flow(*FAR, references="Gb", in_columns=True), NONE, 1)
    assert found == Placements(delays=frozenset({Delay("b", "G", 0)}))


def test_in_columns_a_figure_moves_after_the_block_that_refers_to_it() -> None:
    found = plan(flow("a 1 0 4", "F 1 4 9", "b 2 0 4", references="Fb", in_columns=True), NONE, 1)
    assert found == Placements(moved_after={"F": "b"})


def test_in_columns_figures_are_kept_where_the_layout_allows_no_distance() -> None:
    found = plan(flow(*GAP, in_columns=True), NONE, 0)
    assert found.decisions == {"F": Decision.KEEP, "G": Decision.KEEP}
