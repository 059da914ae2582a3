"""WeasyPrint's functions replaced for as long as a context lasts: it has no doors where we have to go in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import getattr_static
from typing import Any

#: A module, the name of a function in it, and what makes ours of the original.
Replacement = tuple[Any, str, Callable[[Any], Any]]


@contextmanager
def replaced(*replacements: Replacement) -> Iterator[None]:
    """Put ours in place of the originals, and the originals back when the context is left."""
    # As they lie there: what getattr gives of a static method is not one any more.
    originals = [(module, name, getattr_static(module, name)) for module, name, _ in replacements]
    try:
        for module, name, make in replacements:
            setattr(module, name, make(getattr(module, name)))
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)
