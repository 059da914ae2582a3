"""The model of an issue: what all later stages work with. Frozen; every block knows its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from markdown_it.token import Token

from cstprint.source import SourceFile, SourceText, Span

CaptionStyle = Literal["each", "keyed"]


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with emphasis and links: ``tokens`` as markdown-it made them, ``plain`` without marks."""

    span: Span
    tokens: tuple[Token, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article; ``level`` 1 is a section (一、), 2 a subsection, 3 below that."""

    id: str
    span: Span
    level: int
    content: Inline


@dataclass(frozen=True, slots=True)
class Prose:
    """One block of running text that is no heading: a paragraph, a list, a quotation."""

    id: str
    span: Span
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture; ``image`` is its path from the issue's folder."""

    id: str
    span: Span
    image: SourceText
    alt: SourceText
    caption: Inline | None
    credit: SourceText | None
    stand_in: bool


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """One or more pictures that stand together, ``columns`` in a row."""

    id: str
    span: Span
    figures: tuple[Figure, ...]
    captions: CaptionStyle
    columns: int
    numbered: bool


Block = Heading | Prose | FigureGroup


@dataclass(frozen=True, slots=True)
class Article:
    """One article."""

    id: str
    span: Span
    title: SourceText
    standfirst: Inline | None
    byline: SourceText | None
    source: SourceText | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A whole issue; ``folder`` is where its pictures are, ``id`` the folder's name."""

    id: str
    file: SourceFile
    folder: Path
    layout: SourceText
    language: str
    title: SourceText
    title_en: SourceText | None
    publisher: SourceText
    publisher_en: SourceText | None
    date: str
    number: int
    author: str
    subject: str
    identifier: str
    #: Every text of the file, in its order, as it was typed.
    texts: tuple[SourceText, ...]
    cover: tuple[Block, ...]
    articles: tuple[Article, ...]

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in reading order, the cover's first."""
        yield from self.cover
        for article in self.articles:
            yield from article.blocks

    def groups(self) -> Iterator[FigureGroup]:
        """Yield all groups of figures in reading order."""
        return (block for block in self.blocks() if isinstance(block, FigureGroup))

    def figures(self) -> Iterator[Figure]:
        """Yield all figures in reading order."""
        return (figure for group in self.groups() for figure in group.figures)


def figure_numbers(issue: Issue) -> dict[str, int]:
    """Return the number of each numbered figure by its id, counted through the issue from 1."""
    numbered = (figure.id for group in issue.groups() if group.numbered for figure in group.figures)
    return {figure_id: number for number, figure_id in enumerate(numbered, start=1)}
