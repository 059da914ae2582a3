"""The objects of a PDF that cstprint makes, pydyf's, and the transforms of what is drawn into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydyf import Array, Dictionary, Stream, String

if TYPE_CHECKING:
    from cstprint.engine.weasy.types import Matrix

__all__ = ["Array", "Dictionary", "Stream", "String", "moved_right"]


def moved_right(matrix: Matrix, x: float) -> Matrix:
    """Return a transform before which everything is moved by ``x``."""
    from weasyprint.matrix import Matrix as Transform

    moved: Matrix = Transform(e=x) @ matrix
    return moved
