"""What references lead to: the things of an issue that have names, and the references themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cstprint.blocks.common.parts import Figure, Inline, Target, TargetKind
from cstprint.blocks.heading import Heading
from cstprint.blocks.table import Table
from cstprint.issue.model import Issue, figure_numbers, table_numbers
from cstprint.source import SourceText


def targets(issue: Issue) -> Iterator[Target]:
    """Yield all things that have names, sections and articles first, then blocks, each in reading order."""
    for section in issue.sections:
        yield from _named(section.name, section.id, TargetKind.SECTION, _plain(section.title))
    for article in issue.articles:
        yield from _named(article.name, article.id, TargetKind.ARTICLE, article.title.plain)
    numbers = {TargetKind.FIGURE: figure_numbers(issue), TargetKind.TABLE: table_numbers(issue)}
    for block in issue.blocks():
        for target in block.targets():
            yield replace(target, number=numbers.get(target.kind, {}).get(target.id))


def _plain(title: Inline | None) -> str | None:
    return None if title is None else title.plain


def _named(name: SourceText | None, identity: str, kind: TargetKind, title: str | None) -> Iterator[Target]:
    if name is not None:
        yield Target(name, identity, kind, title=title)


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
        yield from block.classes
