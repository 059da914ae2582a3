"""``issue.yaml`` to :class:`~cstprint.issue.model.Issue`: all errors of the file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cstprint.diagnostics import Result, msg, warning
from cstprint.issue.anchors import resolve_anchors
from cstprint.issue.block_reader import BlockReader, numbered
from cstprint.issue.front_matter import take_front_matter
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Article, Author, Issue, Section
from cstprint.issue.schema import ArticleEntry, Form, IssueEntry
from cstprint.project import issue_id
from cstprint.reading.files import read_source
from cstprint.reading.validate import validate
from cstprint.reading.yaml import YamlMap, YamlValue, load_yaml, span_of, texts_of
from cstprint.source import SourceFile, SourceText, Span


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
    reading = _Reading(source.value, path, frozenset(_names_in(tree.value)))
    reading.read.diagnostics += found
    number = tree.value.get("number") if isinstance(tree.value, YamlMap) else None
    read = reading.issue(entry.value, span_of(number) if number else None, tuple(texts_of(tree.value)))
    return Result(read.value, (*tree.diagnostics, *read.diagnostics))


#: A name that a heading gets in its text.
_HEADING_NAME = re.compile(r"\{[^{}\n]*?#([\w-]+)")


def _names_in(tree: YamlValue) -> Iterator[str]:
    """Yield the ids that the editor has given; no other element of the page may have one of them."""
    if isinstance(tree, SourceText):
        yield from _HEADING_NAME.findall(tree)
        return
    if isinstance(tree, YamlMap) and isinstance(name := tree.get("id"), SourceText):
        yield name.strip()
    for inner in tree.values() if isinstance(tree, YamlMap) else tree:
        yield from _names_in(inner)


@dataclass
class _Reading:
    """Turns the shape of the file into the model."""

    file: SourceFile
    path: Path
    names: frozenset[str] = frozenset()
    read: BlockReader = field(init=False)
    article_ids: Iterator[str] = field(init=False)
    section_ids: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.read = BlockReader(names=self.names)
        self.article_ids, self.section_ids = numbered("a", self.names), numbered("s", self.names)

    def issue(
        self, entry: IssueEntry, number_span: Span | None, texts: tuple[SourceText, ...]
    ) -> Result[Issue]:
        headline = self.read.title(entry.headline)
        cover = self.read.blocks(entry.cover)
        cover_notes = self.read.settled_notes()
        sections = tuple(self._sections(entry))
        titles = "；".join(article.title.plain for section in sections for article in section.articles)
        identity = issue_id(self.path)
        issue = Issue(
            id=identity,
            file=self.file,
            folder=self.path.parent.resolve(),
            layout=entry.layout,
            language=str(entry.language),
            language_span=entry.language.span,
            title=entry.title,
            title_en=entry.title_en,
            headline=headline,
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
            settings=entry.tokens,
        )
        self.read.diagnostics += resolve_anchors(issue)
        return Result(issue, tuple(gathered(self.read.diagnostics)))

    def _sections(self, entry: IssueEntry) -> Iterator[Section]:
        if not entry.sections:
            yield Section("s0", None, None, tuple(map(self._article, entry.articles)))
            return
        for identity, section in zip(self.section_ids, entry.sections, strict=False):
            if not section.articles:
                self._tell_empty(section.section)
                continue
            title, intro = self.read.a_title(section.section), self.read.inline(section.intro)
            notes = self.read.settled_notes()
            articles = tuple(self._article(article, section.form) for article in section.articles)
            yield Section(
                str(section.id or identity),
                section.span,
                title,
                articles,
                section.id,
                intro,
                notes,
                section.class_,
                section.tokens,
            )

    def _tell_empty(self, title: SourceText) -> None:
        message = msg("The section “{title}” has no articles and is left out.", title=title)
        hint = msg("Add an article below `articles:`, or delete the section.")
        self.read.diagnostics.append(warning("CST-Y034", message, span=title.span, hint=hint))

    def _article(self, entry: ArticleEntry, form: Form | None = None) -> Article:
        """Return an article; ``form`` is that of its section."""
        read, identity = self.read, next(self.article_ids)
        authors = (Author(read.a_title(one.name), read.title(one.affiliation)) for one in entry.byline)
        return Article(
            id=str(entry.id or identity),
            span=entry.title.span,
            title=read.a_title(entry.title),
            kicker=read.title(entry.kicker),
            subtitle=read.title(entry.subtitle),
            standfirst=read.inline(entry.standfirst),
            authors=tuple(authors),
            credits=tuple(one.to_credit() for one in entry.credits),
            date=entry.date,
            source=read.title(entry.source),
            blocks=read.blocks(entry.body),
            notes=read.settled_notes(),
            name=entry.id,
            form=entry.form or form or "article",
            classes=entry.class_,
        )
