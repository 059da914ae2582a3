"""Parts of an issue that are no blocks: runs of text, notes, pictures, targets of references. Frozen.

``name`` is the name that the editor gave to a thing for references (``[@name]``), ``None`` where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from markdown_it.token import Token

from cstprint.source import SourceText, Span

Place = Literal["column", "left", "right", "full", "margin", "page", "spread"]
Align = Literal["left", "center", "right", ""]
#: Classes that the editor gave to the entry of a block; classes in Markdown text are :class:`Attributes`.
Classes = tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with emphasis and links: ``tokens`` as markdown-it made them, ``plain`` its plain form."""

    span: Span
    tokens: tuple[Token, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its label, its paragraphs. The label of a note that was written in place has a blank in it."""

    label: str
    span: Span
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a writer gave to a block in Markdown: classes that the layout may know, the language of its text."""

    classes: tuple[SourceText, ...] = ()
    language: str | None = None


NO_ATTRIBUTES = Attributes()


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture; ``image`` is its path from the issue's folder, ``alt`` ``None`` of a decorative picture."""

    id: str
    span: Span
    image: SourceText
    alt: SourceText | None
    caption: Inline | None
    credit: Inline | None
    stand_in: bool
    name: SourceText | None = None
    #: Where it leads to.
    link: SourceText | None = None
    #: ``None`` where only a reference asks for its number.
    numbered: bool | None = None
    #: Of a text: where it is not there, its alternative text and its address are printed in its place.
    pasted: bool = False
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, the column (from 0) it begins in, and how many columns and rows it takes."""

    content: Inline
    column: int
    columns: int = 1
    rows: int = 1
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, each with the cells that begin in it; the first ``head_rows`` are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int


class TargetKind(StrEnum):
    """What a reference prints: the number of a figure or a table, the title of an article, or another title."""

    FIGURE = "figure"
    TABLE = "table"
    ARTICLE = "article"
    SECTION = "section"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Target:
    """A thing with a name: its id in the page, and by what a reference calls it, a number or a title."""

    name: SourceText
    id: str
    kind: TargetKind
    number: int | None = None
    title: str | None = None
