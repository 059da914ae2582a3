"""Sums of ``calc()`` that WeasyPrint refuses or fails on: functions in parentheses, and signs without an operand.

Tokens that are worked out from other tokens make the first: ``calc((var(--cst-small) + 2pt) * 2)``. A property that
is not set makes the second: ``calc(100% - var(--mine))``, invalid at computed-value time (CSS Variables 1, 3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from cstprint.engine.weasy.types import Style


class Token(Protocol):
    """A token of tinycss2."""

    type: str
    value: object


#: ``_resolve_calc_sum``: style, tokens, name of the property, what percentages refer to (px); the sum as a token.
Sum = Callable[[Style | None, Sequence[Token], str | None, float | None], Token | None]


def with_functions(original: Sum) -> Sum:
    """Replace ``_resolve_calc_sum``: work out the functions among the operands first."""
    from cstprint.engine.weasy.css import check_math, resolve_math

    def resolved(
        style: Style | None, tokens: Sequence[Token], name: str | None, refer_to: float | None
    ) -> Token | None:
        operands = [
            resolve_math(token, style, name, refer_to) if check_math(token) else token for token in tokens
        ]
        if None in operands or not _is_sum(operands):
            return None
        return original(style, operands, name, refer_to)

    return resolved


def _is_sum(tokens: Sequence[Token]) -> bool:
    """Whether each sign stands between two operands."""
    signs = [token.type == "literal" and token.value in ("+", "-") for token in tokens]
    return bool(signs) and not (signs[0] or signs[-1] or any(map(all, pairwise(signs))))
