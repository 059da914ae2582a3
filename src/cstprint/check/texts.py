"""The texts of an issue, field by field, as they should stand on its pages, and what a layout may leave out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from cstprint.blocks.common.known import OMITS
from cstprint.blocks.common.parts import Note
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.check.issue_line import number_of, year_of
from cstprint.issue.model import Article, Issue
from cstprint.languages.dates import date_in_words
from cstprint.languages.known import language_of
from cstprint.source import SourceText

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
    **OMITS,
    "colophon": "blocks/colophon",
}


def texts_of(issue: Issue) -> Iterator[IssueText]:
    """Yield all texts of an issue in its order; words that the layout adds are not among them."""
    return _IssueTexts(issue).all()


class _IssueTexts:
    def __init__(self, issue: Issue):
        self.issue = issue
        self.language = language_of(issue.language)
        self.date = partial(date_in_words, language=self.language)

    def _texts(self, *names: str, owners: tuple[str, ...] = (), article: str | None = None) -> Texts:
        return Texts(names, owners, article, self.date)

    def all(self) -> Iterator[IssueText]:
        issue = self.issue
        head: tuple[tuple[str, SourceText | None], ...] = (
            ("publisher", issue.publisher),
            ("publisher-en", issue.publisher_en),
            ("issue-title", issue.title),
            ("issue-title-en", issue.title_en),
        )
        for name, text in head:
            yield from self._texts(name).plain(text)
        if issue.date is not None:
            date = year_of(issue.date)
            yield IssueText(("issue-date",), (), None, (issue.date,), issue.date.span, date)
        if issue.number is not None and issue.number_span is not None:
            number = number_of(issue.number, issue.date, issue.language)
            yield IssueText(("issue-number",), (), None, (str(issue.number),), issue.number_span, number)
        yield from self._texts("headline").inline(issue.headline)
        yield from self._texts("cover").blocks(issue.cover)
        yield from _notes(self._texts("cover", "notes"), issue.cover_notes)
        for section in issue.sections:
            yield from self._texts("section-title", owners=(section.id,)).inline(section.title)
            yield from self._texts("intro").inline(section.intro)
            yield from _notes(self._texts("section-title", "notes"), section.notes)
            for article in section.articles:
                yield from self._article(article)
        for text in issue.colophon.values():
            yield from self._texts("colophon").plain(text)

    def _article(self, article: Article) -> Iterator[IssueText]:
        own = self._texts(article=article.id)
        yield from own.owned_by(article.id).inline(article.title, "title")
        yield from own.inline(article.kicker, "kicker")
        yield from own.inline(article.subtitle, "subtitle")
        yield from own.inline(article.standfirst, "standfirst")
        for author in article.authors:
            yield from own.inline(author.name, "byline")
        affiliations = {a.affiliation.plain: a.affiliation for a in article.authors if a.affiliation}
        for affiliation in affiliations.values():
            yield from own.inline(affiliation, "affiliations")
        for credit in article.credits:
            yield from credit.texts(self._texts("credits", article=article.id))
        yield from own.inline(article.source, "source")
        yield from own.blocks(article.blocks)
        yield from _notes(self._texts("notes", article=article.id), article.notes)


def _notes(texts: Texts, notes: Mapping[str, Note]) -> Iterator[IssueText]:
    """Yield the texts of notes, which stand in blocks."""
    for note in notes.values():
        for run in note.content:
            yield from texts.inline(run)
