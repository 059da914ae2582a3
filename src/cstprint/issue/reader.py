"""``issue.yaml`` to :class:`~cstprint.issue.model.Issue`: all errors of the file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from cstprint.diagnostics import Result, msg, warning
from cstprint.issue.anchors import resolve_anchors
from cstprint.issue.block_reader import BlockReader
from cstprint.issue.front_matter import take_front_matter
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Article, Author, Issue, Section
from cstprint.issue.schema import ArticleEntry, IssueEntry
from cstprint.project import issue_id
from cstprint.reading.files import read_source
from cstprint.reading.validate import validate
from cstprint.reading.yaml import YamlMap, load_yaml, span_of, texts_of
from cstprint.source import SourceFile, SourceText, Span

#: Emphasis, or its beginning. No star stands within: from each star the search goes to the next, and no further.
_STARRED = re.compile(r"\*\*|\*[^\s*](?:[^*]*[^\s*])?\*")


def read_issue(path: Path) -> Result[Issue]:
    """Return the issue in the YAML file at ``path``, or every error found in it."""
    source = read_source(path)
    if source.value is None:
        return Result(None, source.diagnostics)
    tree = load_yaml(source.value)
    if tree.value is None:
        return Result(None, tree.diagnostics)
    found = list(take_front_matter(tree.value))
    entry = validate(IssueEntry, tree.value)
    if entry.value is None:
        return Result(None, entry.diagnostics)
    reading = _Reading(source.value, path)
    reading.read.diagnostics += found
    number = span_of(tree.value["number"] if isinstance(tree.value, YamlMap) else tree.value)
    read = reading.issue(entry.value, number, tuple(texts_of(tree.value)))
    return Result(read.value, (*tree.diagnostics, *read.diagnostics))


@dataclass
class _Reading:
    """Turns the shape of the file into the model."""

    file: SourceFile
    path: Path
    read: BlockReader = field(default_factory=BlockReader)
    article_ids: Iterator[str] = field(default_factory=lambda: (f"a{n}" for n in count(1)))

    def issue(self, entry: IssueEntry, number_span: Span, texts: tuple[SourceText, ...]) -> Result[Issue]:
        cover = self.read.blocks(entry.cover)
        cover_notes = self.read.settled_notes()
        sections = tuple(self._sections(entry))
        titles = "；".join(article.title for section in sections for article in section.articles)
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
            date=entry.date,
            number=entry.number,
            number_span=number_span,
            author=str(entry.author or entry.publisher),
            subject=str(entry.subject or titles),
            identifier=str(entry.identifier or identity),
            texts=texts,
            cover=cover,
            cover_notes=cover_notes,
            sections=sections,
            colophon=entry.colophon,
            numbering=entry.numbering,
        )
        self.read.diagnostics += resolve_anchors(issue)
        return Result(issue, tuple(gathered(self.read.diagnostics)))

    def _sections(self, entry: IssueEntry) -> Iterator[Section]:
        if not entry.sections:
            yield Section("s0", None, None, tuple(map(self._article, entry.articles)))
            return
        for number, section in enumerate(entry.sections, 1):
            if not section.articles:
                self._tell_empty(section.section)
                continue
            articles = tuple(map(self._article, section.articles))
            yield Section(f"s{number}", section.span, self._line(section.section), articles, section.id)

    def _tell_empty(self, title: SourceText) -> None:
        message = msg("The section “{title}” has no articles; it is left out.", title=title)
        hint = msg("Add an article below `articles:`, or delete the section.")
        self.read.diagnostics.append(warning("CST-Y034", message, span=title.span, hint=hint))

    def _article(self, entry: ArticleEntry) -> Article:
        return Article(
            id=next(self.article_ids),
            span=entry.title.span,
            title=self._line(entry.title),
            kicker=entry.kicker,
            subtitle=entry.subtitle,
            standfirst=self.read.inline(entry.standfirst),
            authors=tuple(Author(author.name, author.affiliation) for author in entry.byline),
            credits=tuple(map(self.read.credit, entry.credits)),
            date=entry.date,
            source=entry.source,
            blocks=self.read.blocks(entry.body),
            notes=self.read.settled_notes(),
            name=entry.id,
        )

    def _line(self, text: SourceText) -> SourceText:
        """Return a one-line text, and tell Markdown in it: it is printed there as it stands."""
        if match := _STARRED.search(text):
            self.read.diagnostics.append(
                warning(
                    "CST-M009",
                    msg("Markdown is not read in a title; the stars will be printed."),
                    span=text.place_of(match.start(), len(match[0])),
                    hint=msg("Delete the stars."),
                )
            )
        return text
