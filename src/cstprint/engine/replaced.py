"""WeasyPrint's functions replaced for as long as a context lasts: it has no doors where we have to go in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

#: A module, the name of a function in it, and what makes ours of the original.
Replacement = tuple[Any, str, Callable[[Any], Any]]


@contextmanager
def replaced(*replacements: Replacement) -> Iterator[None]:
    """Put ours in place of the originals, and the originals back when the context is left."""
    originals = [(module, name, getattr(module, name)) for module, name, _ in replacements]
    try:
        for (module, name, original), (_, _, make) in zip(originals, replacements, strict=True):
            setattr(module, name, make(original))
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)
