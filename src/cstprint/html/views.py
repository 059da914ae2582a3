"""What templates see of an issue: plain text and markup, no paths, so that a template reads and writes no files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from cstprint.html.block_views import (
    BlockView,
    BoxView,
    CellView,
    CreditsView,
    CreditView,
    EventsView,
    EventView,
    FigureView,
    HeadingView,
    InterviewView,
    NoticeView,
    ProseView,
    PullView,
    QuoteView,
    TableView,
    TurnView,
    VerseView,
)
from cstprint.html.drawings import Drawings, Formulas, address_of, issue_address
from cstprint.html.figure_rows import BESIDE, group_view, room_of
from cstprint.html.frame import NOTE, ArticleFrame, RepeatedFrame
from cstprint.html.markdown import render_inline, render_prose
from cstprint.html.words import date_in_words, figure_mark, words_for
from cstprint.issue import blocks as model
from cstprint.issue.blocks import Block, Credit, Figure, Heading, Inline, Note
from cstprint.issue.model import Article, Author, Issue, Section, figure_numbers, table_numbers
from cstprint.issue.names import targets
from cstprint.layout.resolve import Layout
from cstprint.source import SourceText


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue."""

    id: str
    title: str
    title_en: str | None
    publisher: str
    publisher_en: str | None
    author: str
    subject: str
    date: str
    number: int


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author; ``marks`` are the numbers of their affiliations, empty where there is but one or none."""

    name: str
    marks: str


@dataclass(frozen=True, slots=True)
class AffiliationView:
    """Where authors work, with its number where there are several."""

    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article."""

    id: str
    tag: str
    bookmark: int | None
    title: str
    kicker: str | None
    subtitle: str | None
    standfirst: Markup | None
    authors: tuple[AuthorView, ...]
    affiliations: tuple[AffiliationView, ...]
    credits: tuple[CreditView, ...]
    source: str | None
    blocks: tuple[BlockView, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; its title is ``None`` where the issue has no sections."""

    id: str
    title: str | None
    bookmark: int | None
    articles: tuple[ArticleView, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; ``level`` 0 is a section, 1 an article; ``section`` is what it stands in."""

    level: int
    target: str
    title: Markup
    section: str | None


class Views:
    """Makes the views of one issue in one layout."""

    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        missing: Set[str],
        ratios: Mapping[str, float],
        formulas: Formulas = MappingProxyType({}),
    ):
        self.issue = issue
        self.missing = missing
        self.ratios = ratios
        #: That of what is made, narrower beside the text.
        self.room = room_of(layout)
        self.captions = layout.values.get("figure-captions", "issue")
        self.words = words_for(issue.language)
        self.drawings = Drawings(self.words, missing, formulas)
        self.figure_numbers = figure_numbers(issue)
        self.table_numbers = table_numbers(issue)
        self.depth = layout.integer("contents-depth")
        self.sectioned = any(section.title for section in issue.sections)
        self.addresses = layout.values.get("link-addresses", NOTE)
        self.targets = {str(target.name): target for target in targets(issue)}
        #: That of the article that is being made.
        self.frame = self._frame({})
        #: The level of the heading before, so that none is left out between two (ISO 14289-1, 7.4.2).
        self._heading_level = 1

    def issue_view(self) -> IssueView:
        """Return what the whole issue says of itself."""
        issue = self.issue
        return IssueView(
            id=issue.id,
            title=str(issue.title),
            title_en=_plain(issue.title_en),
            publisher=str(issue.publisher),
            publisher_en=_plain(issue.publisher_en),
            author=issue.author,
            subject=issue.subject,
            date=issue.date,
            number=issue.number,
        )

    def contents(self) -> Iterator[ContentsEntry]:
        """Yield the lines of the table of contents."""
        self.frame = self._frame({}, RepeatedFrame)
        for section in self.issue.sections:
            name = _plain(section.title)
            if name is not None and self.depth >= 1:
                yield ContentsEntry(0, section.id, Markup.escape(name), name)
            for article in section.articles:
                if self.depth >= 1:
                    yield ContentsEntry(1, article.id, Markup.escape(article.title), name)
                for block in article.blocks:
                    if isinstance(block, Heading) and block.level < self.depth:
                        yield ContentsEntry(block.level + 1, block.id, self._inline(block.content), name)

    def cover(self) -> tuple[BlockView, ...]:
        """Return the blocks of the first page."""
        self.frame = self._frame(self.issue.cover_notes)
        self._heading_level = 1  # layouts print the contents, which have a head, before it or after it
        return self._blocks(self.issue.cover)

    def sections(self) -> tuple[SectionView, ...]:
        """Return the sections with their articles."""
        return tuple(self._section(section) for section in self.issue.sections)

    def _section(self, section: Section) -> SectionView:
        bookmark = 1 if section.title is not None and self.depth >= 1 else None
        articles = tuple(self._article(article) for article in section.articles)
        return SectionView(section.id, _plain(section.title), bookmark, articles)

    def _article(self, article: Article) -> ArticleView:
        level = 3 if self.sectioned else 2
        self._heading_level = level
        self.frame = self._frame(article.notes)
        affiliations = _affiliations(article.authors)
        return ArticleView(
            id=article.id,
            tag=f"h{level}",
            bookmark=self._bookmark(0),
            title=str(article.title),
            kicker=_plain(article.kicker),
            subtitle=_plain(article.subtitle),
            standfirst=self._inline(article.standfirst) if article.standfirst else None,
            authors=tuple(_author(author, affiliations) for author in article.authors),
            affiliations=affiliations,
            credits=tuple(map(self._credit, article.credits)),
            source=self.words["source"].format(source=article.source) if article.source else None,
            blocks=self._blocks(article.blocks),
            date=self._date(article.date),
        )

    def _date(self, date: SourceText | None) -> str | None:
        """Return the date of an article in words, where it is written in figures, without the time of day."""
        if date is not None and re.match(r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-9]", date):
            return date_in_words(date[:10], self.words)
        if date is None or not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?", date):
            return _plain(date)
        return date_in_words(date, self.words)

    def _bookmark(self, level: int) -> int | None:
        """Return the level of the bookmark of an article (0) or of a heading, as deep as the contents go."""
        return level + 1 + self.sectioned if level < self.depth else None

    def _frame(self, notes: Mapping[str, Note], kind: type[ArticleFrame] = ArticleFrame) -> ArticleFrame:
        return kind(self.words, self.targets, notes, self.addresses, self.drawings)

    def _inline(self, content: Inline) -> Markup:
        return render_inline(content.tokens, self.frame)

    # ── blocks ──

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[BlockView, ...]:
        return tuple(_MAKERS[type(block)](self, block) for block in blocks)

    def _heading(self, block: Heading) -> HeadingView:
        first = 3 if self.sectioned else 2
        self._heading_level = min(first + block.level, self._heading_level + 1)
        return HeadingView(
            id=block.id,
            html=self._inline(block.content),
            level=block.level,
            tag=f"h{self._heading_level}",
            plain=block.content.plain,
            bookmark=self._bookmark(block.level),
            classes=" ".join(block.attributes.classes),
            language=block.attributes.language,
        )

    def _prose(self, block: model.Prose) -> ProseView:
        return ProseView(block.id, render_prose(block.tokens, block.id, self.frame))

    def _figures(self, block: model.FigureGroup) -> BlockView:
        figures = tuple(self._figure(figure, place) for place, figure in enumerate(block.figures, start=1))
        group = replace(block, captions="each") if self.captions == "each" else block
        return group_view(group, figures, self.ratios, self.room)

    def _figure(self, figure: Figure, place: int) -> FigureView:
        number = self.figure_numbers.get(figure.id)
        return FigureView(
            id=figure.id,
            src=None if figure.id in self.missing else issue_address(figure.image),
            alt=str(figure.alt.strip()) if figure.alt else "",
            decorative=figure.alt is None,
            address=address_of(figure) if figure.pasted else None,
            caption=self._inline(figure.caption) if figure.caption else None,
            credit=self.words["credit"].format(credit=figure.credit) if figure.credit else None,
            number=number,
            mark=figure_mark(place),
            label=self.words["figure_label"].format(number=number) if number else None,
        )

    def _table(self, block: model.Table) -> TableView:
        number = self.table_numbers.get(block.id)
        rows = tuple(
            tuple(
                self._cell(cell, in_head=index < block.head_rows, names_row=cell.column < block.head_columns)
                for cell in row
            )
            for index, row in enumerate(block.rows)
        )
        return TableView(
            id=block.id,
            classes=" ".join(block.attributes.classes),
            language=block.attributes.language,
            label=self.words["table_label"].format(number=number) if number else None,
            caption=self._inline(block.caption) if block.caption else None,
            source=self._inline(block.source) if block.source else None,
            head=rows[: block.head_rows],
            body=rows[block.head_rows :],
        )

    def _cell(self, cell: model.Cell, *, in_head: bool, names_row: bool) -> CellView:
        scope = "col" if in_head else "row" if names_row else None
        return CellView(self._inline(cell.content), scope, cell.columns, cell.rows, cell.align)

    def _quote(self, block: model.Quote) -> QuoteView:
        return QuoteView(block.id, self._blocks(block.blocks), self._by(block.by))

    def _pull(self, block: model.Pull) -> PullView:
        return PullView(block.id, self._inline(block.content), self._by(block.by))

    def _by(self, by: SourceText | None) -> str | None:
        return self.words["by"].format(by=by) if by else None

    def _box(self, block: model.Box) -> BoxView:
        room = self.room
        if block.place in ("left", "right"):
            self.room = replace(room, measure=room.measure * BESIDE)
        blocks = self._blocks(block.blocks)
        self.room = room
        return BoxView(block.id, str(block.title), blocks, block.place)

    def _notice(self, block: model.Notice) -> NoticeView:
        date = date_in_words(block.date, self.words) if block.date else None
        return NoticeView(block.id, str(block.title), self._blocks(block.blocks), _plain(block.signed), date)

    def _events(self, block: model.Events) -> EventsView:
        events = (
            EventView(
                date=str(event.date),
                title=str(event.title),
                time=_plain(event.time),
                place=_plain(event.place),
                html=self._inline(event.text) if event.text else None,
            )
            for event in block.events
        )
        return EventsView(block.id, _plain(block.title), tuple(events))

    def _verse(self, block: model.Verse) -> VerseView:
        stanzas = tuple(tuple(map(self._inline, stanza)) for stanza in block.stanzas)
        return VerseView(block.id, _plain(block.title), _plain(block.by), stanzas)

    def _interview(self, block: model.Interview) -> InterviewView:
        speaker = self.words["speaker"]
        asks = speaker.format(speaker=block.asks or self.words["question"])
        answers = speaker.format(speaker=block.answers or self.words["answer"])
        turns = tuple(
            TurnView(self._inline(turn.question), _run_in(answers, self._blocks(turn.answer)))
            for turn in block.turns
        )
        return InterviewView(block.id, asks, turns)

    def _credits(self, block: model.Credits) -> CreditsView:
        return CreditsView(block.id, _plain(block.title), tuple(map(self._credit, block.entries)))

    def _credit(self, credit: Credit) -> CreditView:
        return CreditView(str(credit.role), self.words["names_separator"].join(credit.names))


_MAKERS: dict[type, Callable[[Views, Any], BlockView]] = {
    model.Heading: Views._heading,
    model.Prose: Views._prose,
    model.FigureGroup: Views._figures,
    model.Table: Views._table,
    model.Quote: Views._quote,
    model.Pull: Views._pull,
    model.Box: Views._box,
    model.Notice: Views._notice,
    model.Events: Views._events,
    model.Verse: Views._verse,
    model.Interview: Views._interview,
    model.Credits: Views._credits,
}


def _plain(text: SourceText | None) -> str | None:
    return None if text is None else str(text)


def _run_in(label: str, blocks: tuple[BlockView, ...]) -> tuple[BlockView, ...]:
    """Put a label before the first words of blocks, in a paragraph of its own where they begin with no text."""
    span = Markup('<span class="speaker">{}</span>').format(label)
    first, *rest = blocks
    if isinstance(first, ProseView) and (opening := re.match("<p[^>]*>", first.html)):
        begun = Markup(opening[0]) + span + Markup(first.html[opening.end() :])
        return ProseView(first.id, begun), *rest
    return ProseView("", Markup("<p>{}</p>").format(span)), *blocks


def _affiliations(authors: tuple[Author, ...]) -> tuple[AffiliationView, ...]:
    """Return the affiliations in the order of their authors, numbered where there are several."""
    names = list(dict.fromkeys(str(author.affiliation) for author in authors if author.affiliation))
    numbered = len(names) > 1
    return tuple(AffiliationView(str(n) if numbered else "", name) for n, name in enumerate(names, 1))


def _author(author: Author, affiliations: tuple[AffiliationView, ...]) -> AuthorView:
    marks = (known.mark for known in affiliations if known.name == str(author.affiliation))
    return AuthorView(str(author.name), "".join(marks))
