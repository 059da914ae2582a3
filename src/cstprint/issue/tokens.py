"""The tokens of texts, in whatever holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from markdown_it.token import Token

from cstprint.source import SourceFile, Span


def tokens_in(part: Any, kind: str | None = None) -> Iterator[Token]:
    """Yield the tokens in any part of an issue, those of one kind or all, in the order of its fields."""
    todo = [part]
    while todo:
        one = todo.pop()
        if isinstance(one, Token):
            if kind in (None, one.type):
                yield one
            todo += reversed(_held(one))
        elif isinstance(one, (tuple, list)):
            todo += reversed(one)
        elif isinstance(one, (str, Span, SourceFile)):
            continue  # a place leads to its file, with all its lines
        elif is_dataclass(one):
            kind_of_part: Any = type(one)
            todo += reversed([getattr(one, name) for name in _field_names(kind_of_part)])
        elif isinstance(one, Mapping):
            todo += reversed(tuple(one.values()))


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _held(token: Token) -> list[Any]:
    """Return what a token holds: its children, the captions of its pictures."""
    figures = token.meta.get("figures") or [figure for figure in [token.meta.get("figure")] if figure]
    return [*(token.children or ()), *(figure.caption for figure in figures if figure.caption)]
