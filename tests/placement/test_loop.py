"""The figure loop, with fakes in the place of layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from cstprint.placement.decisions import NONE, Decision, Placements
from cstprint.placement.facts import PageFlow
from cstprint.placement.loop import MAX_FOR_FIGURES, Attempt, settle
from tests.placement.pages import flow

#: A figure after a gap, the same text once the figure is deferred, and a page that is full before a figure.
GAP = flow("a 1 0 6", "F 2 0 6", "b 2 6 9", "c 3 0 4")
FILLED = flow("a 1 0 6", "*F 2 0 6", "b 1 6 9", "c 2 6 9")
FULL = flow("a 1 0 9", "F 2 0 6", "b 2 6 9")
DEFERRED = Placements({"F": Decision.DEFER})


@dataclass(frozen=True)
class FakePages:
    """Pages that nobody laid out."""

    placements: Placements
    flow: PageFlow


#: What a fake layout gives: its pages, none if it failed, and its problems.
Made = tuple[FakePages | None, set[str]]


@dataclass
class FakeLayout:
    """Gives the pages that ``make`` makes, and notes what it was asked for; the results are counted from 0."""

    make: Callable[[Placements, bool], Made]
    asked: list[tuple[Placements, bool]] = field(default_factory=list)

    def __call__(self, placements: Placements, fills_gaps: bool) -> Attempt[int]:
        number = len(self.asked)
        self.asked.append((placements, fills_gaps))
        pages, problems = self.make(placements, fills_gaps)
        return Attempt(number, pages, frozenset(problems))


def obedient(placements: Placements) -> FakePages:
    """The pages of a layout that defers the figure if the placements say so."""
    return FakePages(placements, FILLED if placements == DEFERRED else GAP)


def never_at_rest(placements: Placements) -> FakePages:
    """The pages of a layout in which another figure leaves a gap each time."""
    return FakePages(placements, flow("a 1 0 6", f"F{len(placements.decisions)} 2 0 6", "b 2 6 9"))


def test_pages_without_gaps_are_laid_out_once() -> None:
    layout = FakeLayout(lambda placements, _: (FakePages(placements, FULL), set()))
    assert settle(layout, 1) == 0
    assert layout.asked == [(NONE, True)]


def test_the_loop_comes_to_rest_when_the_planner_adds_nothing() -> None:
    layout = FakeLayout(lambda placements, _: (obedient(placements), set()))
    assert settle(layout, 1) == 1
    assert layout.asked == [(NONE, True), (DEFERRED, True)]


def test_planning_goes_on_from_what_the_layout_decided_by_itself() -> None:
    layout = FakeLayout(lambda _, fills_gaps: (FakePages(DEFERRED if fills_gaps else NONE, FILLED), set()))
    assert settle(layout, 1) == 0
    assert layout.asked == [(NONE, True)]


def test_where_no_distance_is_allowed_no_layout_fills_gaps() -> None:
    layout = FakeLayout(lambda placements, _: (obedient(placements), set()))
    assert settle(layout, 0) == 0
    assert layout.asked == [(NONE, False)]


@pytest.mark.parametrize("pages", [None, FakePages(DEFERRED, FILLED)])
def test_new_pages_that_fail_or_have_new_problems_are_not_taken(pages: FakePages | None) -> None:
    def make(placements: Placements, _fills_gaps: bool) -> Made:
        return (pages, {"CST-E010"}) if placements == DEFERRED else (obedient(placements), {"CST-P010"})

    layout = FakeLayout(make)
    assert settle(layout, 1) == 0
    assert len(layout.asked) == 2


def test_new_pages_with_known_problems_are_taken() -> None:
    layout = FakeLayout(lambda placements, _: (obedient(placements), {"CST-P010"}))
    assert settle(layout, 1) == 1


@pytest.mark.parametrize("pages", [None, FakePages(DEFERRED, FILLED)])
def test_a_first_layout_that_its_own_decisions_spoil_gives_way_to_one_in_place(
    pages: FakePages | None,
) -> None:
    def make(placements: Placements, fills_gaps: bool) -> Made:
        return (pages, {"CST-E009"}) if fills_gaps else (FakePages(placements, GAP), set())

    layout = FakeLayout(make)
    assert settle(layout, 1) == 1
    assert layout.asked == [(NONE, True), (NONE, False)]


def test_a_first_layout_no_worse_than_one_in_place_is_kept() -> None:
    def make(placements: Placements, fills_gaps: bool) -> Made:
        return FakePages(DEFERRED if fills_gaps else placements, FILLED), {"CST-P010"}

    layout = FakeLayout(make)
    assert settle(layout, 1) == 0
    assert layout.asked == [(NONE, True), (NONE, False)]


def test_where_the_layout_in_place_fails_too_its_failure_is_the_result() -> None:
    layout = FakeLayout(lambda _placements, _fills_gaps: (None, {"CST-E010"}))
    assert settle(layout, 1) == 1
    assert len(layout.asked) == 2


def test_a_first_layout_without_decisions_is_not_compared() -> None:
    layout = FakeLayout(lambda placements, _: (FakePages(placements, FULL), {"CST-P010"}))
    assert settle(layout, 1) == 0
    assert layout.asked == [(NONE, True)]


def test_there_are_never_more_layouts_than_the_limit() -> None:
    layout = FakeLayout(lambda placements, _: (never_at_rest(placements), set()))
    assert settle(layout, 1) == MAX_FOR_FIGURES - 1
    assert len(layout.asked) == MAX_FOR_FIGURES


def test_the_layout_in_place_counts_towards_the_limit() -> None:
    def make(placements: Placements, fills_gaps: bool) -> Made:
        return never_at_rest(DEFERRED if fills_gaps and placements == NONE else placements), {"CST-P010"}

    layout = FakeLayout(make)
    assert settle(layout, 1) == MAX_FOR_FIGURES - 1
    assert len(layout.asked) == MAX_FOR_FIGURES
    assert layout.asked.count((NONE, False)) == 1
