"""How the few lines on the last page of an article come to stand before it, from where its blocks stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cstprint.placement.decisions import NONE, OWN_HEIGHT, Placements
from cstprint.placement.facts import PageFlow, TextArea
from cstprint.placement.plan import plan
from cstprint.placement.tails import tails
from tests.placement.pages import LINE, LINES, flow

TEXT = ("a 1 0 10", "b 2 0 10", "c 3 0 10", "d 4 0 2")


def lines_over(pages: PageFlow) -> list[int]:
    return [tail.lines for _, _, tail in tails(pages)]


@pytest.mark.parametrize(("last", "lines"), [("d 4 0 2", [2]), ("d 4 0 4", [4]), ("d 4 0 5", [])])
def test_four_lines_alone_on_the_last_page_are_a_tail(last: str, lines: list[int]) -> None:
    assert lines_over(flow(*TEXT[:3], last)) == lines


def test_a_page_with_a_figure_or_an_imprint_and_the_only_page_are_none() -> None:
    assert lines_over(flow(*TEXT[:3], "F 4 0 2")) == []
    assert lines_over(flow("a 1 0 3")) == []
    pages = flow(*TEXT)
    areas = {**pages.areas, 4: TextArea(0.0, LINES * LINE, has_others=True)}
    assert lines_over(replace(pages, areas=areas)) == []


def test_a_page_on_which_another_article_begins_is_none() -> None:
    first, second = flow(*TEXT), flow("e 4 4 9")
    assert lines_over(replace(first, articles=first.articles + second.articles)) == []


def test_figures_become_a_little_lower_where_that_makes_room() -> None:
    pages = flow("a 1 0 4", "F 1 4 10", "G 2 0 6", "b 2 6 10", "c 3 0 2")
    assert plan(pages, NONE, 1).heights == {"F": 5 * LINE, "G": 5 * LINE}


def test_facing_pages_become_a_line_longer_where_there_are_no_figures() -> None:
    assert plan(flow(*TEXT), NONE, 1).longer.keys() == {2, 3}


def test_so_do_they_where_lower_figures_have_not_helped() -> None:
    pages = flow("a 1 0 4", "F 1 4 10", "G 2 0 6", "b 2 6 10", "c 3 0 10", "d 4 0 2")
    lower = plan(pages, NONE, 1)
    longer = plan(pages, lower, 1)
    assert longer.heights == {"F": OWN_HEIGHT, "G": OWN_HEIGHT}
    assert longer.longer.keys() == {2, 3}


def test_pages_are_longer_as_whole_spreads_the_last_ones() -> None:
    pages = flow(*(f"{name} {page} 0 10" for page, name in enumerate("abcdefg", 1)), "h 8 0 3")
    assert plan(pages, NONE, 1).longer == dict.fromkeys((4, 5, 6, 7), LINE)


def test_where_nothing_helps_all_is_as_it_was_and_planning_ends() -> None:
    given_up = Placements(tails=frozenset({0}))
    assert plan(flow("a 1 0 10", "b 2 0 2"), NONE, 1) == NONE
    assert plan(flow(*TEXT), plan(flow(*TEXT), NONE, 1), 1) == given_up
    assert plan(flow(*TEXT), given_up, 1) == given_up


def test_the_longer_pages_of_another_article_stay_longer() -> None:
    first, second = flow(*TEXT[:3]), flow("e 4 0 10", "f 5 0 10", "g 6 0 2")
    pages = replace(first, articles=first.articles + second.articles)
    before = Placements(longer=dict.fromkeys((2, 3, 4, 5), LINE))
    assert plan(pages, before, 1) == Placements(longer={2: LINE, 3: LINE}, tails=frozenset({1}))
