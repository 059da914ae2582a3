"""Room for deep calls: CPython keeps its frames in chunks of 16 KB, and gives a chunk back as soon as it is empty.

Layout calls itself, and where its inner loops stand at the end of a chunk, each call maps memory and unmaps it:
14,000 times in 14 pages, a sixth of the render. A function that says that it needs more than half a megabyte gets a
chunk of one, and all that it calls has the rest (``push_chunk`` in CPython's ``Python/pystate.c``). What nobody
writes to takes no memory.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: A little more than half of 1 MB, in words of 8 bytes: the rest has room for some 800 calls in each other.
_WORDS = 66_000


def with_room(function: Callable[P, T]) -> Callable[P, T]:
    """Return ``function`` with room for what it calls."""

    def call(*given: Any, **named: Any) -> T:
        return function(*given, **named)

    call.__code__ = call.__code__.replace(co_stacksize=_WORDS)
    return functools.wraps(function)(call)
