"""What templates see of an issue: plain text and markup, no paths, so that a template reads and writes no files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from markdown_it.token import Token
from markupsafe import Markup

from cstprint.blocks.common.block import Block, BlockView
from cstprint.blocks.common.parts import Figure, Inline, Note
from cstprint.blocks.heading import run_in
from cstprint.blocks.prose import ProseView
from cstprint.figures.geometry import Room
from cstprint.html.drawings import Drawings, PictureFacts, address_of, issue_address
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
from cstprint.html.section_tokens import style_of
from cstprint.html.titles import Titles
from cstprint.issue.model import Article, Author, Issue, Section, figure_numbers, table_numbers
from cstprint.issue.printed_address import printed_address
from cstprint.languages.dates import date_in_words
from cstprint.languages.known import language_of
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout
from cstprint.source import SourceText

#: What stands beside the text is about so wide, in measures. It decides what stands side by side, not how wide it is.
_BESIDE = 0.4


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
        self._figure_numbers = figure_numbers(issue)
        self._table_numbers = table_numbers(issue)
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
            headline=self.line(issue.headline),
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
        return self.blocks(self.issue.cover)

    def sections(self) -> tuple[SectionView, ...]:
        """Return the sections with their articles."""
        return tuple(self._section(section) for section in self.issue.sections)

    def _section(self, section: Section) -> SectionView:
        # Its first article stands right below: the numbers of its notes and of its links go on.
        first = section.articles[0].id if section.articles else section.id
        before = self.frame = self._frame(section.notes, first, has_end=bool(section.articles))
        title, intro = self.line(section.title), self.line(section.intro)
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
            self.line(article.kicker),
            self.inline(article.title),
            self.line(article.subtitle),
        )
        authors, affiliations = self._byline(article.authors)
        standfirst = self.line(article.standfirst)
        blocks, source = self.blocks(article.blocks), self.in_words("source", article.source)
        return ArticleView(
            id=article.id,
            tag=f"h{level}",
            bookmark=self.bookmark(0),
            title=title,
            plain=self.titles.plain(article.title),
            kicker=kicker,
            subtitle=subtitle,
            standfirst=standfirst,
            authors=authors,
            affiliations=affiliations,
            credits=tuple(credit.view(self) for credit in article.credits),
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
            AuthorView(self.inline(one.name), marks[one.affiliation.plain] if one.affiliation else "")
            for one in authors
        )
        return views, tuple(AffiliationView(marks[name], self.inline(known[name])) for name in names)

    def _date(self, date: SourceText | None) -> str | None:
        """Return the date of an article in words, where it is written in figures, without the time of day."""
        if date is not None and re.match(r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-9]", date):
            return date_in_words(date[:10], self.language)
        if date is None or not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?", date):
            return _plain(date)
        return date_in_words(date, self.language)

    def _frame(self, notes: Mapping[str, Note], series: str, *, has_end: bool = True) -> ArticleFrame:
        """Return a frame; addresses that would stand at the end of a text without one are notes."""
        addresses = NOTE if self.addresses == END and not has_end else self.addresses
        frame = ArticleFrame(self.language, self.titles.targets, notes, addresses, self.drawings)
        frame.series = series
        return frame

    def _plain_title(self, title: Inline | None) -> str | None:
        return None if title is None else self.titles.plain(title)

    # ── what blocks ask for (cstprint.blocks.common.block.ViewMaker) ──

    def blocks(self, blocks: Sequence[Block], *, beside: bool = False) -> tuple[BlockView, ...]:
        """Return the views of blocks; those in a box ``beside`` the text have less room."""
        room = self.room
        if beside:
            self.room = replace(room, measure=room.measure * _BESIDE)
        views: list[BlockView] = []
        for block in blocks:
            view = block.view(self)
            if views and isinstance(view, ProseView) and (joined := run_in(views[-1], view)) is not None:
                views[-1] = joined
            else:
                views.append(view)
        self.room = room
        return tuple(views)

    def inline(self, content: Inline) -> Markup:
        """Return a run of text as HTML."""
        return render_inline(content.tokens, self.frame)

    def line(self, content: Inline | None) -> Markup | None:
        """Return a run of text as HTML, if there is one."""
        return None if content is None else self.inline(content)

    def prose(self, tokens: Sequence[Token], block_id: str) -> Markup:
        """Return running text as HTML, with the id on its outermost element."""
        return render_prose(tokens, block_id, self.frame)

    def plain(self, title: Inline) -> str:
        """Return the plain form of a title."""
        return self.titles.plain(title)

    def word(self, name: str, **values: object) -> str:
        """Return a word of the issue's language with its places filled in."""
        return self.words.word(name).format(**values)

    def in_words(self, form: str, content: Inline | None) -> Markup | None:
        """Return a text in the words that are printed around it; the one place of the form has the form's name."""
        return (
            None if content is None else Markup(self.words.word(form)).format(**{form: self.inline(content)})
        )

    def date(self, date: str) -> str:
        """Return 2020-02-29 as it is printed."""
        return date_in_words(date, self.language)

    def mark(self, number: int) -> str:
        """Return the mark of a figure in a group with one key, the number in a circle."""
        return figure_mark(number)

    def heading_tag(self, level: int) -> str:
        """Return the element of the next heading; no level is left out between two."""
        first = 3 if self.sectioned else 2
        self._heading_level = min(first + level, self._heading_level + 1)
        return f"h{self._heading_level}"

    def bookmark(self, level: int) -> int:
        """Return the level of the bookmark of an article (0) or of a heading."""
        return level + 1 + self.sectioned

    def figure_number(self, figure_id: str) -> int | None:
        """Return the number of a figure."""
        return self._figure_numbers.get(figure_id)

    def table_number(self, block_id: str) -> int | None:
        """Return the number of a table."""
        return self._table_numbers.get(block_id)

    def picture_address(self, figure: Figure) -> str:
        """Return the address of the file of a picture."""
        return issue_address(figure.image)

    def alternative(self, figure: Figure) -> str:
        """Return the alternative text of a picture."""
        return self.drawings.alternative(figure)

    def called(self, figure: Figure) -> Markup:
        """Return what is printed in the place of a missing picture of a text: its address."""
        return address_of(figure)

    def link_printed(self, address: str, *, captioned: bool) -> Markup | None:
        """Return what is printed of the address of a picture's link; without other words, the address itself."""
        if captioned:
            return self.frame.link(address, "")
        if self.addresses not in (NOTE, BRACKETS, END):
            return None
        return Markup('<a class="address" href="{}">{}</a>').format(address, printed_address(address))


def room_of(layout: Layout) -> Room:
    """Return the room that a layout's tokens give to pictures; what no token says is in proportion to the measure."""
    values = layout.values
    measure = length_pt(values, "measure") or 420.0
    return Room(
        measure=measure,
        gap=length_pt(values, "figure-gap"),
        height=length_pt(values, "figure-height") or measure,
        least=length_pt(values, "figure-least") or measure / 6,
        caption=length_pt(values, "caption-width") or measure / 5,
        columns=max(1, layout.integer("figure-columns")),
    )


def _plain(text: SourceText | None) -> str | None:
    return None if text is None else str(text)


def _joined(classes: Sequence[str]) -> str:
    return " ".join(classes)
