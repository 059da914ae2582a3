"""The rule of gaps, which the layout and the planner share."""

from __future__ import annotations

import pytest

from cstprint.placement.decisions import Decision
from cstprint.placement.facts import PlacedBlock
from cstprint.placement.rules import deferred_by_gap, is_worth_filling, text_may_pass
from tests.placement.pages import LINE, flow


def blocks(names: str) -> tuple[PlacedBlock, ...]:
    """The blocks of an article by their names, in the order of the text."""
    (article,) = flow(*(f"{name} 1 0 1" for name in names)).articles
    return article.blocks


def deferred(names: str, figure: str, decisions: dict[str, Decision], lines: float = 3) -> str:
    """The names of the figures that are deferred because one leaves a gap of so many lines."""
    article = blocks(names)
    (leaving,) = (block for block in article if block.block_id == figure)
    return "".join(one.block_id for one in deferred_by_gap(leaving, article, decisions, lines * LINE, LINE))


@pytest.mark.parametrize(("lines", "worth"), [(0, False), (1.9, False), (2, True), (5, True)])
def test_a_gap_of_two_lines_is_worth_filling(lines: float, worth: bool) -> None:
    assert is_worth_filling(lines * LINE, LINE) is worth


@pytest.mark.parametrize(
    ("after", "may"),
    [
        ("", False),
        ("b", True),
        ("Gb", True),
        ("GHb", True),
        ("G", False),
        ("Sb", False),
        ("GSb", False),
        ("Xb", False),
    ],
)
def test_only_text_passes_a_figure_and_the_figures_directly_after_it(after: str, may: bool) -> None:
    article = blocks(f"aF{after}")
    assert text_may_pass(article[1], article) is may


def test_text_before_a_figure_does_not_matter_to_what_passes_it() -> None:
    article = blocks("abFSc")
    assert not text_may_pass(article[2], article)


def test_a_figure_after_a_gap_is_deferred_with_all_figures_after_it() -> None:
    assert deferred("aFbGcH", "F", {}) == "FGH"


def test_figures_before_it_are_not_deferred() -> None:
    assert deferred("aFbGcHd", "G", {}) == "GH"


def test_fixed_figures_and_heads_are_never_deferred() -> None:
    assert deferred("aFbSXcG", "F", {}) == "FG"


def test_a_small_gap_defers_nothing() -> None:
    assert deferred("aFb", "F", {}, lines=1.5) == ""


def test_a_gap_that_no_text_may_fill_defers_nothing() -> None:
    assert deferred("aFSb", "F", {}) == ""


@pytest.mark.parametrize("decision", Decision)
def test_a_figure_with_a_decision_keeps_it(decision: Decision) -> None:
    assert deferred("aFbG", "F", {"F": decision}) == ""


@pytest.mark.parametrize("decision", Decision)
def test_a_later_figure_with_a_decision_keeps_it(decision: Decision) -> None:
    assert deferred("aFbGcH", "F", {"G": decision}) == "FH"
