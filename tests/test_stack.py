"""Calls in calls in calls map no memory anew: CPython 3.11 does so at each end of its chunks of frames."""

from __future__ import annotations

import pytest

from cstprint.stack import with_room

resource = pytest.importorskip("resource")
#: How deep, and how many calls at each depth.
DEPTH, CALLS = 300, 200


def nothing() -> None:
    """Push a frame, and pop it: one of half a chunk, so that it ends one at every other depth."""


nothing.__code__ = nothing.__code__.replace(co_stacksize=1000)


def calls_at_each_depth(depth: int) -> int:
    """Call at this depth, then at each below; return how often the system had to give memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        nothing()
    given: int = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    return given + (calls_at_each_depth(depth - 1) if depth else 0)


def test_no_depth_of_calls_is_at_the_end_of_a_chunk() -> None:
    assert with_room(calls_at_each_depth)(DEPTH) < CALLS
