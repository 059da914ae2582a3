"""The model of an issue: what all later stages work with. Frozen; its blocks are in :mod:`cstprint.blocks`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from markdown_it.token import Token

from cstprint.blocks.common.block import Block, walk
from cstprint.blocks.common.parts import Classes, Figure, Inline, Note
from cstprint.blocks.credits import Credit
from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.table import Table
from cstprint.issue.tokens import tokens_in
from cstprint.source import SourceFile, SourceText, Span


@dataclass(frozen=True, slots=True)
class Author:
    """One author with where they work."""

    name: Inline
    affiliation: Inline | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article."""

    id: str
    span: Span
    title: Inline
    kicker: Inline | None
    subtitle: Inline | None
    standfirst: Inline | None
    authors: tuple[Author, ...]
    credits: tuple[Credit, ...]
    source: Inline | None
    blocks: tuple[Block, ...]
    #: By their labels, in the order of their first calls.
    notes: Mapping[str, Note]
    name: SourceText | None = None
    #: As it is printed, or as 2020-02-29.
    date: SourceText | None = None
    #: A short item is printed with those beside it, without a head of its own size and without a page.
    form: Literal["article", "item"] = "article"
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section (栏目) with its articles; without a title where the issue has no sections."""

    id: str
    span: Span | None
    title: Inline | None
    articles: tuple[Article, ...]
    name: SourceText | None = None
    #: Printed below its title.
    intro: Inline | None = None
    #: Those of its title and intro.
    notes: Mapping[str, Note] = field(default_factory=dict)
    classes: Classes = ()
    #: Design tokens by their names, which know their places.
    settings: Mapping[SourceText, SourceText] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """A whole issue; ``folder`` is where its pictures are, ``id`` the folder's name."""

    id: str
    file: SourceFile
    folder: Path
    layout: SourceText
    language: str
    title: SourceText
    title_en: SourceText | None
    headline: Inline | None
    publisher: SourceText
    publisher_en: SourceText | None
    #: Of date and number one may be absent.
    date: SourceText | None
    number: int | None
    number_span: Span | None
    language_span: Span | None
    author: str
    subject: str
    identifier: str
    #: Every text of the file, in its order, as it was typed.
    texts: tuple[SourceText, ...]
    cover: tuple[Block, ...]
    #: Those of the headline, too.
    cover_notes: Mapping[str, Note]
    sections: tuple[Section, ...]
    #: The imprint (版权页): what stands before the colon, and after it.
    colophon: Mapping[str, SourceText] = field(default_factory=dict)
    #: What figures and tables are counted through.
    numbering: Literal["issue", "article"] = "issue"
    #: Design tokens by their names, which know their places.
    settings: Mapping[SourceText, SourceText] = field(default_factory=dict)

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in reading order."""
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def parts(self) -> tuple[Any, ...]:
        """What holds texts that may have references, links, notes in them."""
        return self.headline, self.cover, self.cover_notes, self.sections

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens of its parts, in their order: found once, because many rules ask for them."""
        return tuple(tokens_in(self.parts))

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in reading order, the cover's first, what stands in boxes after its box."""
        yield from walk(self.cover)
        for article in self.articles:
            yield from walk(article.blocks)

    def groups(self) -> Iterator[FigureGroup]:
        """Yield all groups of figures in reading order."""
        return (block for block in self.blocks() if isinstance(block, FigureGroup))

    def figures(self) -> Iterator[Figure]:
        """Yield all figures in reading order."""
        return (figure for group in self.groups() for figure in group.figures)


def figure_numbers(issue: Issue) -> dict[str, int]:
    """Return the number of each numbered figure by its id, from 1 through the issue, or through each article.

    Who refers to a figure by its number asks for one, where nothing else is said of it.
    """
    called = {
        token.meta["name"] for token in issue.tokens if token.type == "reference" and not token.meta["page"]
    }

    def numbered(blocks: Iterable[Block]) -> Iterator[str]:
        groups = (block for block in blocks if isinstance(block, FigureGroup))
        for figure in (figure for group in groups for figure in group.figures):
            if figure.numbered if figure.numbered is not None else figure.name in called:
                yield figure.id

    return _numbers(issue, numbered)


def table_numbers(issue: Issue) -> dict[str, int]:
    """Return the number of each numbered table by its id, counted as figures are."""
    return _numbers(issue, _numbered_tables)


def _numbers(issue: Issue, numbered: Callable[[Iterable[Block]], Iterator[str]]) -> dict[str, int]:
    parts = [walk(issue.cover), *(walk(article.blocks) for article in issue.articles)]
    counted = parts if issue.numbering == "article" else [chain.from_iterable(parts)]
    return {identity: number for part in counted for number, identity in enumerate(numbered(part), start=1)}


def _numbered_tables(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.id for block in blocks if isinstance(block, Table) and block.numbered)
