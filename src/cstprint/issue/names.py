"""What references lead to: the things of an issue that have names, and the references themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cstprint.issue.blocks import Box, Figure, FigureGroup, Heading, Inline, Prose, Table
from cstprint.issue.model import Issue, figure_numbers, table_numbers
from cstprint.source import SourceText


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
        yield from _named(section.name, section.id, Kind.SECTION, title=_plain(section.title))
    for article in issue.articles:
        yield from _named(article.name, article.id, Kind.ARTICLE, title=article.title.plain)
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
            yield from _named(block.name, block.id, Kind.BOX, title=block.title.plain)


def _plain(title: Inline | None) -> str | None:
    return None if title is None else title.plain


def _named(
    name: SourceText | None, identity: str, kind: Kind, number: int | None = None, title: str | None = None
) -> Iterator[Target]:
    if name is not None:
        yield Target(name, identity, kind, number, title)


def pictures_of(issue: Issue) -> Iterator[Figure]:
    """Yield all pictures of an issue: of figures, in lines of text, then those that texts hold as figures."""
    yield from issue.figures()
    yield from (token.meta["figure"] for token in issue.tokens if token.type == "picture")
    for token in issue.tokens:
        if token.type == "figures":
            yield from token.meta["figures"]


def classes_of(issue: Issue) -> Iterator[SourceText]:
    """Yield the classes that writers gave to sections, articles, blocks and parts of the texts."""
    for section in issue.sections:
        yield from section.classes
    for article in issue.articles:
        yield from article.classes
    for figure in issue.figures():
        yield from figure.classes
    for token in issue.tokens:
        yield from token.meta.get("classes", ())
    for block in issue.blocks():
        if isinstance(block, (Heading, Table)):
            yield from block.attributes.classes
        if not isinstance(block, (Heading, Prose)):
            yield from block.classes
