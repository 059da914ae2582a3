"""A document as all readers give it: heads, texts and pictures in their order, and an issue made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cstprint.diagnostics import Diagnostic
from cstprint.source import Span


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; ``level`` is 1 for the highest, ``text`` Markdown of one line."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """One block of Markdown; ``is_paragraph`` where it is a paragraph and nothing else.

    ``role`` is what the document says that it is: ``subtitle``, ``standfirst``, ``caption``; mostly empty.
    """

    markdown: str
    span: Span
    is_paragraph: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands for itself; ``address`` is its path from the document, or where it is on the web.

    ``caption`` is Markdown; ``label`` is what was typed before it: “图 1：”. ``source`` is where its file was
    fetched, if it was. ``width`` is its share of the measure where that is said. Pictures that follow each
    other with the same ``group`` stand side by side.
    """

    address: str
    alt: str
    caption: str
    span: Span
    label: str = ""
    source: str = ""
    credit: str = ""
    width: str = ""
    group: str = ""
    #: Whether the document's own readers see ``alt``: then it is the caption of a picture that has no other.
    alt_is_seen: bool = True


Piece = Head | Text | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    ``meta`` is what its front matter says, by lower-case keys. ``definitions`` are those of links and notes, as
    typed, by the label that calls them: ``[label]`` or ``[^label]``. ``around`` is what stands around its text on
    the pages, which may say the issue's date and number. ``files`` are the pictures that the document itself holds,
    by their addresses; ``None`` for one that it lacks, which its reader has reported.
    """

    pieces: tuple[Piece, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    around: tuple[str, ...] = ()
    files: Mapping[str, bytes | None] = field(default_factory=dict)


@dataclass(slots=True)
class Article:
    """An article of the issue to be written."""

    title: str
    body: list[Text | Picture]
    subtitle: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    date: str = ""
    source: str = ""


@dataclass(slots=True)
class Section:
    """A section (栏目) of the issue to be written; ``name`` is empty where its articles stand in none."""

    name: str
    articles: list[Article]
    intro: list[Text | Picture] = field(default_factory=list)  #: texts only


@dataclass(slots=True)
class Issue:
    """The issue to be written; keys that nothing is known of are empty, those of ``guessed`` need a look."""

    sections: list[Section]
    headline: str = ""
    cover: list[Text | Picture] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    definitions: dict[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> list[Article]:
        """All articles in their order."""
        return [article for section in self.sections for article in section.articles]
