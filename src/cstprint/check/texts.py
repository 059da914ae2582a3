"""The texts of an issue, field by field, as they should stand on its pages, and what a layout may leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cstprint.check.issue_line import number_of, year_of
from cstprint.issue import blocks as model
from cstprint.issue.blocks import Block, Credit, Inline, Note
from cstprint.issue.model import Article, Issue
from cstprint.languages.dates import date_in_words
from cstprint.languages.known import language_of
from cstprint.source import SourceText, Span

#: What `omits` in layout.yaml may name → the template that prints it.
NAMES: Mapping[str, str] = {
    **dict.fromkeys(
        ("publisher", "publisher-en", "issue-title", "issue-title-en", "issue-date", "issue-number"),
        "blocks/nameplate",
    ),
    "headline": "blocks/headline",
    "cover": "issue",
    **dict.fromkeys(("section-title", "intro"), "blocks/section"),
    **dict.fromkeys(
        ("title", "kicker", "subtitle", "standfirst", "byline", "affiliations", "source", "credits"),
        "blocks/article",
    ),
    "heading": "blocks/heading",
    "prose": "blocks/prose",
    "notes": "blocks/prose",
    **dict.fromkeys(("figures", "captions", "picture-credits"), "blocks/figures"),
    **dict.fromkeys(("table", "table-caption", "table-source"), "blocks/table"),
    **dict.fromkeys(("quote", "quote-by"), "blocks/quote"),
    **dict.fromkeys(("pull", "pull-by"), "blocks/pull"),
    **dict.fromkeys(("box", "box-title"), "blocks/box"),
    **dict.fromkeys(("notice", "notice-title", "signed", "signed-date"), "blocks/notice"),
    **dict.fromkeys(("events", "events-title", "event-time", "event-place", "event-text"), "blocks/events"),
    **dict.fromkeys(("verse", "verse-title", "verse-by"), "blocks/verse"),
    "interview": "blocks/interview",
    **dict.fromkeys(("contributors", "contributors-title"), "blocks/credits"),
    "colophon": "blocks/colophon",
}


@dataclass(frozen=True, slots=True)
class IssueText:
    """A text of an issue.

    ``names`` are what it is called in `omits`, from the outermost; ``owners`` the ids of the elements that it may
    stand in, none for what has no block; ``article`` the id of its article; ``pieces`` what it is made of. With a
    ``pattern``, whose group ``it`` is the text, it may be written in several ways and stand in several places.
    """

    names: tuple[str, ...]
    owners: tuple[str, ...]
    article: str | None
    pieces: tuple[str, ...]
    span: Span
    pattern: re.Pattern[str] | None = None

    @property
    def name(self) -> str:
        """What it is called itself."""
        return self.names[-1]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)


def texts_of(issue: Issue) -> Iterator[IssueText]:
    """Yield all texts of an issue in its order; words that the layout adds are not among them."""
    return _Texts(issue).all()


Place = tuple[tuple[str, ...], str | None]


class _Texts:
    def __init__(self, issue: Issue):
        self.issue = issue
        self.language = language_of(issue.language)

    def all(self) -> Iterator[IssueText]:
        issue = self.issue
        head: tuple[tuple[str, SourceText | None], ...] = (
            ("publisher", issue.publisher),
            ("publisher-en", issue.publisher_en),
            ("issue-title", issue.title),
            ("issue-title-en", issue.title_en),
        )
        for name, text in head:
            yield from _plain(((name,), None), (), text)
        if issue.date is not None:
            date = year_of(issue.date)
            yield IssueText(("issue-date",), (), None, (issue.date,), issue.date.span, date)
        if issue.number is not None and issue.number_span is not None:
            number = number_of(issue.number, issue.date, issue.language)
            yield IssueText(("issue-number",), (), None, (str(issue.number),), issue.number_span, number)
        yield from _inline((("headline",), None), (), issue.headline)
        yield from self._blocks(issue.cover, (("cover",), None))
        yield from _notes((("cover", "notes"), None), issue.cover_notes)
        for section in issue.sections:
            yield from _inline((("section-title",), None), (section.id,), section.title)
            yield from _inline((("intro",), None), (), section.intro)
            yield from _notes((("section-title", "notes"), None), section.notes)
            for article in section.articles:
                yield from self._article(article)
        for text in issue.colophon.values():
            yield from _plain((("colophon",), None), (), text)

    def _article(self, article: Article) -> Iterator[IssueText]:
        def own(name: str) -> Place:
            return (name,), article.id

        yield from _inline(own("title"), (article.id,), article.title)
        yield from _inline(own("kicker"), (), article.kicker)
        yield from _inline(own("subtitle"), (), article.subtitle)
        yield from _inline(own("standfirst"), (), article.standfirst)
        for author in article.authors:
            yield from _inline(own("byline"), (), author.name)
        affiliations = {a.affiliation.plain: a.affiliation for a in article.authors if a.affiliation}
        for affiliation in affiliations.values():
            yield from _inline(own("affiliations"), (), affiliation)
        yield from _credits(own("credits"), (), article.credits)
        yield from _inline(own("source"), (), article.source)
        yield from self._blocks(article.blocks, ((), article.id))
        yield from _notes(own("notes"), article.notes)

    def _blocks(self, blocks: Iterable[Block], place: Place) -> Iterator[IssueText]:
        for block in blocks:
            yield from _READERS[type(block)](self, block, place)

    def _heading(self, block: model.Heading, place: Place) -> Iterator[IssueText]:
        yield from _inline(_in(place, "heading"), (block.id,), block.content)

    def _prose(self, block: model.Prose, place: Place) -> Iterator[IssueText]:
        pieces = []
        for token in block.tokens:
            if token.type == "inline":
                pieces += [child.content for child in token.children or () if child.type in _TEXTS]
            elif token.type == "fence":
                pieces.append(token.content)
        yield IssueText(*_named(_in(place, "prose"), (block.id,)), tuple(pieces), block.span)

    def _figures(self, block: model.FigureGroup, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "figures")
        for figure in block.figures:
            owners = (figure.id, block.id)
            yield IssueText(*_named(inner, owners), (), figure.span)  # the picture itself
            yield from _inline(_in(inner, "captions"), owners, figure.caption)
            yield from _inline(_in(inner, "picture-credits"), owners, figure.credit)

    def _table(self, block: model.Table, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "table")
        yield from _inline(_in(inner, "table-caption"), (block.id,), block.caption)
        for row in block.rows:
            for cell in row:
                yield from _inline(inner, (block.id,), cell.content)
        yield from _inline(_in(inner, "table-source"), (block.id,), block.source)

    def _quote(self, block: model.Quote, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "quote")
        yield from self._blocks(block.blocks, inner)
        yield from _inline(_in(inner, "quote-by"), (block.id,), block.by)

    def _pull(self, block: model.Pull, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "pull")
        yield from _inline(inner, (block.id,), block.content)
        yield from _inline(_in(inner, "pull-by"), (block.id,), block.by)

    def _box(self, block: model.Box, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "box")
        yield from _inline(_in(inner, "box-title"), (block.id,), block.title)
        yield from self._blocks(block.blocks, inner)

    def _notice(self, block: model.Notice, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "notice")
        yield from _inline(_in(inner, "notice-title"), (block.id,), block.title)
        yield from self._blocks(block.blocks, inner)
        yield from _plain(_in(inner, "signed"), (block.id,), block.signed)
        if block.date:
            date = date_in_words(block.date, self.language)
            yield IssueText(*_named(_in(inner, "signed-date"), (block.id,)), (date,), block.span)

    def _events(self, block: model.Events, place: Place) -> Iterator[IssueText]:
        inner, own = _in(place, "events"), (block.id,)
        yield from _inline(_in(inner, "events-title"), own, block.title)
        for event in block.events:
            yield from _plain(inner, own, event.date)
            yield from _plain(_in(inner, "event-time"), own, event.time)
            yield from _inline(inner, own, event.title)
            yield from _plain(_in(inner, "event-place"), own, event.place)
            yield from _inline(_in(inner, "event-text"), own, event.text)

    def _verse(self, block: model.Verse, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "verse")
        yield from _inline(_in(inner, "verse-title"), (block.id,), block.title)
        yield from _inline(_in(inner, "verse-by"), (block.id,), block.by)
        for stanza in block.stanzas:
            for line in stanza:
                yield from _inline(inner, (block.id,), line)

    def _interview(self, block: model.Interview, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "interview")
        for turn in block.turns:
            yield from _inline(inner, (block.id,), turn.question)
            yield from self._blocks(turn.answer, inner)

    def _contributors(self, block: model.Credits, place: Place) -> Iterator[IssueText]:
        inner = _in(place, "contributors")
        yield from _inline(_in(inner, "contributors-title"), (block.id,), block.title)
        yield from _credits(inner, (block.id,), block.entries)


_TEXTS = ("text", "code_inline")
_READERS: Mapping[type, Callable[[_Texts, Any, Place], Iterator[IssueText]]] = {
    model.Heading: _Texts._heading,
    model.Prose: _Texts._prose,
    model.FigureGroup: _Texts._figures,
    model.Table: _Texts._table,
    model.Quote: _Texts._quote,
    model.Pull: _Texts._pull,
    model.Box: _Texts._box,
    model.Notice: _Texts._notice,
    model.Events: _Texts._events,
    model.Verse: _Texts._verse,
    model.Interview: _Texts._interview,
    model.Credits: _Texts._contributors,
}


def _in(place: Place, name: str) -> Place:
    names, article = place
    return (*names, name), article


def _named(place: Place, owners: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], str | None]:
    names, article = place
    return names, owners, article


def _plain(place: Place, owners: tuple[str, ...], text: SourceText | None) -> Iterator[IssueText]:
    if text is not None and text.strip():
        yield IssueText(*_named(place, owners), (str(text),), text.span)


def _inline(place: Place, owners: tuple[str, ...], run: Inline | None) -> Iterator[IssueText]:
    if run is not None:
        pieces = tuple(token.content for token in run.tokens if token.type in _TEXTS)
        yield IssueText(*_named(place, owners), pieces, run.span)


def _notes(place: Place, notes: Mapping[str, Note]) -> Iterator[IssueText]:
    """Yield the texts of notes, which stand in blocks."""
    for note in notes.values():
        for run in note.content:
            yield from _inline(place, (), run)


def _credits(place: Place, owners: tuple[str, ...], entries: Iterable[Credit]) -> Iterator[IssueText]:
    for credit in entries:
        for text in (credit.role, *credit.names):
            yield from _plain(place, owners, text)
