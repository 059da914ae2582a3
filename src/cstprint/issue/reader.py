"""``issue.yaml`` to :class:`~cstprint.issue.model.Issue`: all errors of the file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Result, msg, warning
from cstprint.issue.markdown import read_blocks, read_inline
from cstprint.issue.model import Article, Block, Figure, FigureGroup, Inline, Issue
from cstprint.issue.schema import ArticleEntry, FigureEntry, FiguresEntry, IssueEntry, PictureEntry
from cstprint.project import issue_id
from cstprint.reading.files import read_source
from cstprint.reading.validate import validate
from cstprint.reading.yaml import load_yaml, texts_of
from cstprint.source import SourceFile, SourceText


def read_issue(path: Path) -> Result[Issue]:
    """Return the issue in the YAML file at ``path``, or every error found in it."""
    source = read_source(path)
    if source.value is None:
        return Result(None, source.diagnostics)
    tree = load_yaml(source.value)
    if tree.value is None:
        return Result(None, tree.diagnostics)
    entry = validate(IssueEntry, tree.value)
    if entry.value is None:
        return Result(None, entry.diagnostics)
    return _Reading(source.value, path).issue(entry.value, tuple(texts_of(tree.value)))


@dataclass
class _Reading:
    """Turns the shape into the model, giving each block its id in reading order."""

    file: SourceFile
    path: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)
    block_ids: Iterator[str] = field(default_factory=lambda: (f"b{n}" for n in count(1)))
    figure_ids: Iterator[str] = field(default_factory=lambda: (f"f{n}" for n in count(1)))

    def issue(self, entry: IssueEntry, texts: tuple[SourceText, ...]) -> Result[Issue]:
        cover = self._blocks(entry.cover)
        articles = tuple(self._article(f"a{n}", article) for n, article in enumerate(entry.articles, 1))
        identity = issue_id(self.path)
        issue = Issue(
            id=identity,
            file=self.file,
            folder=self.path.parent.resolve(),
            layout=entry.layout,
            language=str(entry.language),
            title=entry.title,
            title_en=entry.title_en,
            publisher=entry.publisher,
            publisher_en=entry.publisher_en,
            date=str(entry.date),
            number=entry.number,
            author=str(entry.author or entry.publisher),
            subject=str(entry.subject or "；".join(article.title for article in entry.articles)),
            identifier=str(entry.identifier or identity),
            texts=texts,
            cover=cover,
            articles=articles,
        )
        return Result(issue, tuple(self.diagnostics))

    def _article(self, article_id: str, entry: ArticleEntry) -> Article:
        return Article(
            id=article_id,
            span=entry.title.span,
            title=self._line(entry.title),
            standfirst=self._inline(entry.standfirst),
            byline=entry.byline,
            source=entry.source,
            blocks=self._blocks(entry.body),
        )

    def _blocks(self, entries: tuple[object, ...]) -> tuple[Block, ...]:
        return tuple(block for entry in entries for block in self._block(entry))

    def _block(self, entry: object) -> Iterator[Block]:
        if isinstance(entry, SourceText):
            found = read_blocks(entry, self.block_ids)
            self.diagnostics += found.diagnostics
            yield from found.blocks
        elif isinstance(entry, FigureEntry):
            figure = self._figure(entry.figure, entry)
            yield FigureGroup(next(self.block_ids), entry.span, (figure,), "each", 1, entry.numbered)
        elif isinstance(entry, FiguresEntry):
            figures = tuple(self._figure(picture.image, picture) for picture in entry.figures)
            columns = min(entry.columns, len(figures))
            yield FigureGroup(
                next(self.block_ids), entry.span, figures, entry.captions, columns, entry.numbered
            )

    def _figure(self, image: SourceText, entry: FigureEntry | PictureEntry) -> Figure:
        return Figure(
            id=next(self.figure_ids),
            span=entry.span,
            image=image,
            alt=entry.alt,
            caption=self._inline(entry.caption),
            credit=entry.credit,
            stand_in=entry.stand_in,
        )

    def _line(self, text: SourceText) -> SourceText:
        """Return a one-line text, and tell Markdown in it: it is printed there as it stands."""
        if match := re.search(r"\*\S.*?\S\*|\*\*", text):
            self.diagnostics.append(
                warning(
                    "CST-M009",
                    msg("Markdown is not read in a title; the stars will be printed."),
                    span=text.place_of(match.start(), len(match[0])),
                    hint=msg("Delete the stars."),
                )
            )
        return text

    def _inline(self, text: SourceText | None) -> Inline | None:
        return None if text is None else read_inline(text, self.diagnostics)
