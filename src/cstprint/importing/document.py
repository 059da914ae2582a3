"""A document as all readers give it: heads, texts and pictures in their order, and an issue made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cstprint.diagnostics import Diagnostic
from cstprint.source import Span


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; ``level`` is 1 to 6, ``text`` Markdown of one line."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """One block of Markdown; ``is_paragraph`` where it is a paragraph and nothing else."""

    markdown: str
    span: Span
    is_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands for itself; ``address`` is its path from the document, or where it is on the web.

    ``caption`` is Markdown; ``label`` is what was typed before it: “图 1：”. ``source`` is where
    its file was fetched, if it was.
    """

    address: str
    alt: str
    caption: str
    span: Span
    label: str = ""
    source: str = ""


Piece = Head | Text | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    ``meta`` is what its front matter says, by lower-case keys. ``definitions`` are those of links and notes, as
    typed, by the label that calls them: ``[label]`` or ``[^label]``.
    """

    pieces: tuple[Piece, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class Article:
    """An article of the issue to be written."""

    title: str
    body: list[Text | Picture]
    subtitle: str = ""
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
