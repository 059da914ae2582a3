"""An issue, its sections and its articles as templates see them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from cstprint.blocks.common.block import BlockView
from cstprint.blocks.credits import CreditView


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue."""

    id: str
    title: str
    title_en: str | None
    publisher: str
    headline: Markup | None
    #: The plain form of the headline.
    plain: str | None
    publisher_en: str | None
    author: str
    subject: str
    date: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author; ``marks`` are the numbers of their affiliations, empty where there is but one or none."""

    name: Markup
    marks: str


@dataclass(frozen=True, slots=True)
class AffiliationView:
    """Where authors work, with its number where there are several."""

    mark: str
    name: Markup


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article; ``plain`` is the plain form of its title, ``name`` what the editor calls it by."""

    id: str
    tag: str
    bookmark: int
    title: Markup
    plain: str
    kicker: Markup | None
    subtitle: Markup | None
    standfirst: Markup | None
    authors: tuple[AuthorView, ...]
    affiliations: tuple[AffiliationView, ...]
    credits: tuple[CreditView, ...]
    source: Markup | None
    blocks: tuple[BlockView, ...]
    date: str | None = None
    #: ``article`` or ``item``.
    form: str = "article"
    name: str | None = None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; its title is ``None`` where the issue has no sections, ``plain`` its plain form.

    ``name`` is what the editor calls it by; ``style`` sets the tokens that are its own, where it has any.
    """

    id: str
    title: Markup | None
    plain: str | None
    intro: Markup | None
    bookmark: int | None
    articles: tuple[ArticleView, ...]
    name: str | None = None
    classes: str = ""
    style: str = ""

    @property
    def groups(self) -> tuple[tuple[str, tuple[ArticleView, ...]], ...]:
        """The articles in groups of one form, short items with those beside them; each group with its form."""
        grouped = groupby(self.articles, key=attrgetter("form"))
        return tuple((form, tuple(articles)) for form, articles in grouped)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; ``level`` 0 is a section, 1 an article; ``section`` is what it stands in.

    Titles are in their plain form; ``style`` is that of its section.
    """

    level: int
    target: str
    title: str
    section: str | None
    style: str = ""
    #: Whether it is the only line of its section, which then has the number of a page.
    is_alone: bool = False
