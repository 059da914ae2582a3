"""What references lead to: the things of an issue that have names, and the references themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from markdown_it.token import Token

from cstprint.issue.blocks import Box, Figure, FigureGroup, Heading, Table
from cstprint.issue.model import Issue, figure_numbers, table_numbers
from cstprint.source import SourceFile, SourceText, Span


class Kind(StrEnum):
    """What a named thing is."""

    FIGURE = "figure"
    TABLE = "table"
    HEADING = "heading"
    BOX = "box"
    ARTICLE = "article"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Target:
    """A thing with a name: its id in the page, and by what a reference calls it, a number or a title."""

    name: SourceText
    id: str
    kind: Kind
    number: int | None = None
    title: str | None = None


def targets(issue: Issue) -> Iterator[Target]:
    """Yield all things that have names, sections and articles first, then blocks, each in reading order."""
    for section in issue.sections:
        yield from _named(section.name, section.id, Kind.SECTION, title=section.title)
    for article in issue.articles:
        yield from _named(article.name, article.id, Kind.ARTICLE, title=article.title)
    figures, tables = figure_numbers(issue), table_numbers(issue)
    for block in issue.blocks():
        if isinstance(block, FigureGroup):
            for figure in block.figures:
                yield from _named(figure.name, figure.id, Kind.FIGURE, figures.get(figure.id))
        elif isinstance(block, Table):
            yield from _named(block.name, block.id, Kind.TABLE, tables.get(block.id))
        elif isinstance(block, Heading):
            yield from _named(block.name, block.id, Kind.HEADING, title=block.content.plain)
        elif isinstance(block, Box):
            yield from _named(block.name, block.id, Kind.BOX, title=block.title)


def _named(
    name: SourceText | None, identity: str, kind: Kind, number: int | None = None, title: str | None = None
) -> Iterator[Target]:
    if name is not None:
        yield Target(name, identity, kind, number, title)


def _held(token: Token) -> list[Any]:
    """Return what a token holds: its children, the captions of its pictures."""
    figures = token.meta.get("figures") or [figure for figure in [token.meta.get("figure")] if figure]
    return [*(token.children or ()), *(figure.caption for figure in figures if figure.caption)]


def pictures_in(part: Any) -> Iterator[Figure]:
    """Yield the pictures that stand within texts, in the order of the fields."""
    tokens = list(tokens_in(part))
    yield from (token.meta["figure"] for token in tokens if token.type == "picture")
    for token in tokens:
        if token.type == "figures":
            yield from token.meta["figures"]


def pictures_of(issue: Issue) -> Iterator[Figure]:
    """Yield all pictures of an issue: those of figures, then those that stand within texts."""
    yield from issue.figures()
    yield from pictures_in((issue.cover, issue.cover_notes, issue.sections))


def classes_of(issue: Issue) -> Iterator[SourceText]:
    """Yield the classes that writers gave to parts of the texts."""
    for token in tokens_in((issue.cover, issue.cover_notes, issue.sections)):
        yield from token.meta.get("classes", ())
    for block in issue.blocks():
        if isinstance(block, (Heading, Table)):
            yield from block.attributes.classes


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
