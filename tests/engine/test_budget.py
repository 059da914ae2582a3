"""Layouts are counted over all loops, and the reasons for more than one are reported."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from cstprint.engine.passes.budget import MAX_IN_ALL, Budget, Reason

if TYPE_CHECKING:
    from cstprint.engine.passes.page_numbers import Numbers

pytestmark = pytest.mark.usefixtures("_built_in_fonts")


def never_right(calls: list[Numbers]) -> Any:
    """A layout whose page number is always another one than that of the page."""

    def render(numbers: Numbers) -> object:
        calls.append(numbers)
        place: Any = object()
        numbers.printed[place, "content"] = "here", {"page": [1]}
        numbers.found["here"] = {"page": [len(calls) + 1]}
        return object()

    return render


def test_page_numbers_that_never_come_to_rest_end_after_some_layouts() -> None:
    from cstprint.engine.passes.page_numbers import MAX_FOR_NUMBERS, with_right_numbers

    calls: list[Numbers] = []
    _, right = with_right_numbers(never_right(calls), Budget())
    assert (right, len(calls)) == (False, MAX_FOR_NUMBERS)


def test_a_budget_that_is_spent_ends_them_at_once() -> None:
    from cstprint.engine.passes.page_numbers import with_right_numbers

    calls: list[Numbers] = []
    budget = Budget(Counter({Reason.FIGURES: MAX_IN_ALL}))
    _, right = with_right_numbers(never_right(calls), budget)
    assert (right, len(calls)) == (False, 1)


def test_one_layout_is_not_worth_a_word() -> None:
    budget = Budget()
    budget.count()
    assert budget.notes() == ()


def test_the_reasons_for_more_layouts_are_reported() -> None:
    budget = Budget()
    for reason in (Reason.FIRST, Reason.FIGURES, Reason.FIGURES, Reason.NUMBERS):
        budget.reason = reason
        budget.count()
    (note,) = budget.notes()
    assert (note.code, note.severity.value) == ("CST-E023", "note")
    assert str(note.message) == (
        "Laid out 4 times: 2 for figures that move, or a last page of a few lines, 1 for page numbers that are printed elsewhere."
    )
