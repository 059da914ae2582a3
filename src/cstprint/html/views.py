"""What templates see of an issue: plain text and markup, no paths, so that a template reads and writes no files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
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
from cstprint.html.drawings import Drawings, PictureFacts, address_of, issue_address
from cstprint.html.figure_rows import BESIDE, group_view, room_of
from cstprint.html.frame import BRACKETS, END, NOTE, ArticleFrame
from cstprint.html.issue_views import (
    AffiliationView,
    ArticleView,
    AuthorView,
    IssueView,
    SectionView,
)
from cstprint.html.markdown import render_inline, render_prose
from cstprint.html.marks import figure_mark
from cstprint.html.run_in import labelled, with_heading
from cstprint.html.section_tokens import style_of
from cstprint.html.titles import Titles
from cstprint.issue import blocks as model
from cstprint.issue.blocks import Block, Credit, Figure, Heading, Inline, Note
from cstprint.issue.model import Article, Author, Issue, Section, figure_numbers, table_numbers
from cstprint.issue.printed_address import printed_address
from cstprint.languages.dates import date_in_words
from cstprint.languages.known import language_of
from cstprint.layout.resolve import Layout
from cstprint.source import SourceText


class Views:
    """Makes the views of one issue in one layout."""

    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        missing: Set[str],
        pictures: PictureFacts,
    ):
        self.issue = issue
        self.missing = missing
        self.shapes = pictures.shapes
        #: The space for pictures; narrower inside a side box.
        self.room = room_of(layout)
        self.captions = layout.values.get("figure-captions", "issue")
        self.language = language_of(issue.language)
        self.words = self.language.words
        self.drawings = Drawings(self.words, missing, pictures)
        self.figure_numbers = figure_numbers(issue)
        self.table_numbers = table_numbers(issue)
        self.tokens = layout.tokens
        self.sectioned = any(section.title for section in issue.sections)
        self.addresses = layout.values.get("link-addresses", NOTE)
        self.titles = Titles.of(issue)
        #: That of the headline and the cover.
        self.cover_frame = self._frame(issue.cover_notes, "cover", has_end=False)
        #: That of the article that is being made.
        self.frame = self.cover_frame
        #: The level of the heading before, so that none is left out between two (ISO 14289-1, 7.4.2).
        self._heading_level = 1

    def issue_view(self) -> IssueView:
        """Return what the whole issue says of itself."""
        issue = self.issue
        self.frame = self.cover_frame
        return IssueView(
            id=issue.id,
            title=str(issue.title),
            title_en=_plain(issue.title_en),
            headline=self._line(issue.headline),
            plain=self._plain_title(issue.headline),
            publisher=str(issue.publisher),
            publisher_en=_plain(issue.publisher_en),
            author=issue.author,
            subject=issue.subject,
            date=issue.date,
            number=issue.number,
        )

    def cover(self) -> tuple[BlockView, ...]:
        """Return the blocks of the first page."""
        self.frame = self.cover_frame
        self._heading_level = 1  # layouts print the contents, which have a head, before it or after it
        return self._blocks(self.issue.cover)

    def sections(self) -> tuple[SectionView, ...]:
        """Return the sections with their articles."""
        return tuple(self._section(section) for section in self.issue.sections)

    def _section(self, section: Section) -> SectionView:
        # Its first article stands right below: the numbers of its notes and of its links go on.
        first = section.articles[0].id if section.articles else section.id
        before = self.frame = self._frame(section.notes, first, has_end=bool(section.articles))
        title, intro = self._line(section.title), self._line(section.intro)
        articles = tuple(
            self._article(article, None if index else before)
            for index, article in enumerate(section.articles)
        )
        bookmark = None if title is None else 1
        return SectionView(
            section.id,
            title,
            self._plain_title(section.title),
            intro,
            bookmark,
            articles,
            _plain(section.name),
            _joined(section.classes),
            style_of(section, self.tokens),
        )

    def _article(self, article: Article, before: ArticleFrame | None) -> ArticleView:
        """Return an article; its notes are numbered after those ``before``, in the order of its fields."""
        level = 3 if self.sectioned else 2
        self._heading_level = level
        self.frame = self._frame(article.notes, article.id)
        if before is not None:
            self.frame.numbered, self.frame.links = before.numbered, before.links
        kicker, title, subtitle = (
            self._line(article.kicker),
            self._inline(article.title),
            self._line(article.subtitle),
        )
        authors, affiliations = self._byline(article.authors)
        standfirst = self._line(article.standfirst)
        blocks, source = self._blocks(article.blocks), self._in_words("source", article.source)
        return ArticleView(
            id=article.id,
            tag=f"h{level}",
            bookmark=self._bookmark(0),
            title=title,
            plain=self.titles.plain(article.title),
            kicker=kicker,
            subtitle=subtitle,
            standfirst=standfirst,
            authors=authors,
            affiliations=affiliations,
            credits=tuple(map(self._credit, article.credits)),
            source=source,
            blocks=(*blocks, *self.frame.end()),
            date=self._date(article.date),
            form=article.form,
            name=_plain(article.name),
            classes=_joined(article.classes),
        )

    def _byline(
        self, authors: Sequence[Author]
    ) -> tuple[tuple[AuthorView, ...], tuple[AffiliationView, ...]]:
        """Return the authors, and their affiliations in that order, numbered where there are several."""
        known = {one.affiliation.plain: one.affiliation for one in reversed(authors) if one.affiliation}
        names = list(dict.fromkeys(one.affiliation.plain for one in authors if one.affiliation))
        marks = {name: str(mark) if len(names) > 1 else "" for mark, name in enumerate(names, 1)}
        views = tuple(
            AuthorView(self._inline(one.name), marks[one.affiliation.plain] if one.affiliation else "")
            for one in authors
        )
        return views, tuple(AffiliationView(marks[name], self._inline(known[name])) for name in names)

    def _date(self, date: SourceText | None) -> str | None:
        """Return the date of an article in words, where it is written in figures, without the time of day."""
        if date is not None and re.match(r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-9]", date):
            return date_in_words(date[:10], self.language)
        if date is None or not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?", date):
            return _plain(date)
        return date_in_words(date, self.language)

    def _bookmark(self, level: int) -> int:
        """Return the level of the bookmark of an article (0) or of a heading."""
        return level + 1 + self.sectioned

    def _frame(self, notes: Mapping[str, Note], series: str, *, has_end: bool = True) -> ArticleFrame:
        """Return a frame; addresses that would stand at the end of a text without one are notes."""
        addresses = NOTE if self.addresses == END and not has_end else self.addresses
        frame = ArticleFrame(self.language, self.titles.targets, notes, addresses, self.drawings)
        frame.series = series
        return frame

    def _inline(self, content: Inline) -> Markup:
        return render_inline(content.tokens, self.frame)

    def _line(self, content: Inline | None) -> Markup | None:
        return None if content is None else self._inline(content)

    def _in_words(self, form: str, content: Inline | None) -> Markup | None:
        """Return a text in the words that the layout prints around it; the form's one place is named as the form."""
        if content is None:
            return None
        return Markup(getattr(self.words, form)).format(**{form: self._inline(content)})

    def _plain_title(self, title: Inline | None) -> str | None:
        return None if title is None else self.titles.plain(title)

    # ── blocks ──

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[BlockView, ...]:
        views: list[BlockView] = []
        for block in blocks:
            view = _MAKERS[type(block)](self, block)
            if (
                views
                and isinstance(view, ProseView)
                and (before := with_heading(views[-1], view)) is not None
            ):
                views[-1] = ProseView(view.id, before)
            else:
                views.append(view)
        return tuple(views)

    def _heading(self, block: Heading) -> HeadingView:
        first = 3 if self.sectioned else 2
        self._heading_level = min(first + block.level, self._heading_level + 1)
        return HeadingView(
            id=block.id,
            html=self._inline(block.content),
            level=block.level,
            tag=f"h{self._heading_level}",
            plain=self.titles.plain(block.content),
            bookmark=self._bookmark(block.level),
            classes=" ".join(block.attributes.classes),
            language=block.attributes.language,
        )

    def _prose(self, block: model.Prose) -> ProseView:
        return ProseView(block.id, render_prose(block.tokens, block.id, self.frame))

    def _figures(self, block: model.FigureGroup) -> BlockView:
        figures = tuple(self._figure(figure, place) for place, figure in enumerate(block.figures, start=1))
        group = replace(block, captions="each") if self.captions == "each" else block
        return group_view(group, figures, self.shapes, self.room)

    def _figure(self, figure: Figure, place: int) -> FigureView:
        number = self.figure_numbers.get(figure.id)
        caption, credit = self._line(figure.caption), self._in_words("credit", figure.credit)
        link = str(figure.link) if figure.link else None
        return FigureView(
            id=figure.id,
            src=None if figure.id in self.missing else issue_address(figure.image),
            alt=self.drawings.alternative(figure),
            decorative=figure.alt is None,
            address=address_of(figure) if figure.pasted else None,
            caption=caption,
            credit=credit,
            number=number,
            mark=figure_mark(place),
            label=self.words.figure_label.format(number=number) if number else None,
            link=link,
            link_printed=self._address(link, captioned=bool(caption or credit)) if link else None,
            classes=_joined(figure.classes),
        )

    def _address(self, address: str, *, captioned: bool) -> Markup | None:
        """Return what is printed of the address of a picture's link; without other words, the address itself."""
        if captioned:
            return self.frame.link(address, "")
        if self.addresses not in (NOTE, BRACKETS, END):
            return None
        return Markup('<a class="address" href="{}">{}</a>').format(address, printed_address(address))

    def _table(self, block: model.Table) -> TableView:
        number, caption = (
            self.table_numbers.get(block.id),
            self._line(block.caption),
        )  # it stands above the cells
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
            label=self.words.table_label.format(number=number) if number else None,
            caption=caption,
            source=self._line(block.source),
            head=rows[: block.head_rows],
            body=rows[block.head_rows :],
            block_classes=_joined(block.classes),
        )

    def _cell(self, cell: model.Cell, *, in_head: bool, names_row: bool) -> CellView:
        scope = "col" if in_head else "row" if names_row else None
        return CellView(self._inline(cell.content), scope, cell.columns, cell.rows, cell.align)

    def _quote(self, block: model.Quote) -> QuoteView:
        return QuoteView(
            block.id, self._blocks(block.blocks), self._in_words("by", block.by), _joined(block.classes)
        )

    def _pull(self, block: model.Pull) -> PullView:
        return PullView(
            block.id, self._inline(block.content), self._in_words("by", block.by), _joined(block.classes)
        )

    def _box(self, block: model.Box) -> BoxView:
        room = self.room
        if block.place in ("left", "right"):
            self.room = replace(room, measure=room.measure * BESIDE)
        title = self._inline(block.title)
        blocks = self._blocks(block.blocks)
        self.room = room
        return BoxView(block.id, title, blocks, block.place, _joined(block.classes))

    def _notice(self, block: model.Notice) -> NoticeView:
        date = date_in_words(block.date, self.language) if block.date else None
        title = self._inline(block.title)
        blocks, signed = self._blocks(block.blocks), _plain(block.signed)
        return NoticeView(block.id, title, blocks, signed, date, _joined(block.classes))

    def _events(self, block: model.Events) -> EventsView:
        title = self._line(block.title)
        events = (
            EventView(
                date=str(event.date),
                title=self._inline(event.title),
                time=_plain(event.time),
                place=_plain(event.place),
                html=self._line(event.text),
            )
            for event in block.events
        )
        return EventsView(block.id, title, tuple(events), _joined(block.classes))

    def _verse(self, block: model.Verse) -> VerseView:
        title, by = self._line(block.title), self._line(block.by)
        stanzas = tuple(tuple(map(self._inline, stanza)) for stanza in block.stanzas)
        return VerseView(block.id, title, by, stanzas, _joined(block.classes))

    def _interview(self, block: model.Interview) -> InterviewView:
        speaker = self.words.speaker
        asks = speaker.format(speaker=block.asks or self.words.question)
        answers = speaker.format(speaker=block.answers or self.words.answer)
        turns = tuple(
            TurnView(self._inline(turn.question), labelled(answers, self._blocks(turn.answer)))
            for turn in block.turns
        )
        return InterviewView(block.id, asks, turns, _joined(block.classes))

    def _credits(self, block: model.Credits) -> CreditsView:
        entries = tuple(map(self._credit, block.entries))
        return CreditsView(block.id, self._line(block.title), entries, _joined(block.classes))

    def _credit(self, credit: Credit) -> CreditView:
        return CreditView(str(credit.role), self.words.names_separator.join(credit.names))


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


def _joined(classes: Sequence[str]) -> str:
    return " ".join(classes)
