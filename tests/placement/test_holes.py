"""What is tried where an article leaves much of its last page blank, as the next has no room there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cstprint.placement.decisions import NONE, OWN_HEIGHT, Placements
from cstprint.placement.facts import PageFlow
from cstprint.placement.holes import holes
from cstprint.placement.plan import plan
from tests.placement.pages import LINE, flow


def two(first: PageFlow, *second: str, opens_page: bool = False) -> PageFlow:
    """Return the pages of an article, and of the one after it."""
    (following,) = flow(*second).articles
    return replace(first, articles=(*first.articles, replace(following, opens_page=opens_page)))


@pytest.mark.parametrize(("end", "found"), [(6, [2]), (7, [])])
def test_more_than_a_third_of_a_page_before_the_next_article_is_a_hole(end: int, found: list[int]) -> None:
    pages = two(flow("a 1 0 10", f"b 2 0 {end}"), "c 3 0 10")
    assert [page for page, _ in holes(pages)] == found


def test_none_is_where_the_layout_opens_a_page_or_the_next_article_has_begun() -> None:
    assert [*holes(two(flow("a 1 0 10", "b 2 0 5"), "c 3 0 10", opens_page=True))] == []
    assert [*holes(two(flow("a 1 0 10", "b 2 0 5"), "c 2 5 7", "d 3 0 9"))] == []


def test_figures_on_the_page_become_lower_then_facing_pages_longer_then_all_is_as_it_was() -> None:
    pages = two(flow("a 1 0 10", "b 2 0 1", "F 2 1 5"), "c 3 0 10")
    lower = plan(pages, NONE, 1)
    assert lower == Placements(heights={"F": 3 * LINE})
    longer = plan(pages, lower, 1)
    assert longer == Placements(heights={"F": OWN_HEIGHT}, longer={2: LINE, 3: LINE})
    given_up = plan(pages, longer, 1)
    assert given_up == Placements(heights={"F": OWN_HEIGHT}, holes=frozenset({2}))
    assert plan(pages, given_up, 1) == given_up
