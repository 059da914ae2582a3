"""What is drawn of large generated sets: few seeds for every day, a tenth for CI, all for ``make test-long``."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pytest

#: CI draws one of so many.
ONE_OF = 10


def seeds(count: int, few: int = 0) -> list[Any]:
    """Return the seeds 0 to ``count`` − 1 as parameters of a test.

    The first ``few`` have no mark: `make test` runs them. A fixed tenth of all is marked ``slow`` (`make test-slow`,
    CI), the others ``long`` (`make test-long`).
    """
    tenth = drawn(count)
    return [pytest.param(seed, id=str(seed), marks=_mark(seed, few, tenth)) for seed in range(count)]


def drawn(count: int) -> frozenset[int]:
    """Return the fixed tenth of the seeds 0 to ``count`` − 1."""
    return frozenset(random.Random(count).sample(range(count), -(-count // ONE_OF)))


def crossed(count: int, others: Sequence[str], few: int = 0) -> list[Any]:
    """Return ``(seed, other)`` for all seeds and all of ``others``, marked as :func:`seeds` marks the seed."""
    tenth = drawn(count)
    return [
        pytest.param((seed, other), id=f"{seed}-{other}", marks=_mark(seed, few, tenth))
        for seed in range(count)
        for other in others
    ]


def _mark(seed: int, few: int, tenth: frozenset[int]) -> Any:
    if seed < few:
        return ()
    return pytest.mark.slow if seed in tenth else pytest.mark.long


def some(values: Iterable[Any], one_of: int = 4) -> list[Any]:
    """Return values as parameters of a test: `make test` runs one of so many, `make test-slow` the others."""
    return [
        pytest.param(value, marks=() if index % one_of == 0 else pytest.mark.slow)
        for index, value in enumerate(values)
    ]


def combined(*sets: Sequence[Any], one_of: int = 4) -> list[Any]:
    """Return all combinations of the values as parameters of a test: one of so many without a mark, the others ``long``.

    They are drawn so that each value is among them with each of another set, as far as they are so many.
    """
    return [
        pytest.param(
            *(values[at] for values, at in zip(sets, places, strict=True)),
            marks=() if sum(places) % one_of == 0 else pytest.mark.long,
        )
        for places in product(*(range(len(values)) for values in sets))
    ]
