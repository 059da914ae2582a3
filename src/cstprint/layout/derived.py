"""Values of tokens that are worked out from others: ``calc(var(--cst-size) * 7 / 6)``, ``var(--cst-accent)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cstprint.diagnostics import Diagnostic, error, msg, suggest
from cstprint.layout.manifest import Token, TokenKind
from cstprint.layout.tokens import where_set
from cstprint.source import SourceText

_REFERENCE = re.compile(r"var\(\s*--cst-([a-z0-9-]+)\s*\)", re.ASCII)
#: The types of tokens that a value of a type may refer to.
_TYPES: Mapping[TokenKind, tuple[TokenKind, ...]] = {
    "color": ("color",),
    "length": ("length", "number", "integer"),
}


def check_derived(tokens: Mapping[str, Token], values: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield an error for each value that refers to no token, to one of another type, or in the end to itself."""
    for name, value in values.items():
        for other in _REFERENCE.findall(value):
            where = _place(tokens[name], value)
            if other not in tokens:
                unknown = msg("There is no token “{name}”.", name=other)
                yield error("CST-L003", unknown, hint=suggest(other, list(tokens)), **where)
            elif tokens[other].type not in _TYPES.get(tokens[name].type, ()):
                message = msg(
                    "The token {name} is of type {type}; {other} is of type {other_type}.",
                    name=name,
                    type=tokens[name].type,
                    other=other,
                    other_type=tokens[other].type,
                )
                yield error("CST-L004", message, hint=msg("Refer to a token of the same type."), **where)
            elif name in _reached(other, values):
                message = msg("The value of the token {name} refers to itself.", name=name)
                yield error("CST-L004", message, hint=msg("Give one of them a plain value."), **where)


def _reached(name: str, values: Mapping[str, str]) -> set[str]:
    """Return all tokens that a token's value depends on, itself included."""
    reached, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += _REFERENCE.findall(values.get(one, ""))
    return reached


def _place(token: Token, value: str) -> dict[str, object]:
    """Return where a value was written, for a message: in an issue, in a layout, or on the command line."""
    is_default = value == token.default and not isinstance(value, SourceText)
    return where_set(token.default if is_default else value)
