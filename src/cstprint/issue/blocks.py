"""The blocks of an issue. Frozen; each knows its id in the page and its place in the file.

``name`` is what a reference calls a thing by (``[@name]``), where the editor gave it one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.token import Token

from cstprint.source import SourceText, Span

CaptionStyle = Literal["each", "keyed"]
Place = Literal["column", "left", "right", "full", "margin", "page", "spread"]
Align = Literal["left", "center", "right", ""]
#: What the editor gave a block for the layout; those of the text itself are :class:`Attributes`.
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
    """What a writer gave to a block: classes that the layout may know, the language of its text."""

    classes: tuple[SourceText, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article; ``level`` 1 is a section (一、), 2 a subsection, 3 below that."""

    id: str
    span: Span
    level: int
    content: Inline
    name: SourceText | None = None
    attributes: Attributes = Attributes()
    #: What links of HTML call it by.
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """One block of running text that is no heading: a paragraph, a list, a quotation.

    Its attributes are those of its first token.
    """

    id: str
    span: Span
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture; ``image`` is its path from the issue's folder, ``alt`` ``None`` of mere decoration."""

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
class FigureGroup:
    """One or more pictures that stand together, ``columns`` in a row, or as their proportions ask for.

    ``width`` is that of one picture, as CSS has it: a share of the room that there is in %, or a length.
    """

    id: str
    span: Span
    figures: tuple[Figure, ...]
    captions: CaptionStyle
    columns: int | None
    place: Place = "column"
    width: str | None = None
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
class Table:
    """A table: ``rows`` without the places that merged cells cover; the first ``head_rows`` are its head."""

    id: str
    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 1
    head_columns: int = 0
    caption: Inline | None = None
    source: Inline | None = None
    numbered: bool = False
    name: SourceText | None = None
    attributes: Attributes = Attributes()
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    id: str
    span: Span
    blocks: tuple[Block, ...]
    by: Inline | None
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """A sentence of the article set large."""

    id: str
    span: Span
    content: Inline
    by: Inline | None
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box with blocks of its own, or a sidebar."""

    id: str
    span: Span
    title: Inline
    blocks: tuple[Block, ...]
    place: Place
    name: SourceText | None = None
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice, signed and dated; ``date`` as in the file (2020-02-29)."""

    id: str
    span: Span
    title: Inline
    blocks: tuple[Block, ...]
    signed: SourceText | None
    date: str | None
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a calendar."""

    date: SourceText
    title: Inline
    time: SourceText | None
    place: SourceText | None
    text: Inline | None


@dataclass(frozen=True, slots=True)
class Events:
    """A calendar."""

    id: str
    span: Span
    title: Inline | None
    events: tuple[Event, ...]
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Verse:
    """Verse: stanzas of lines."""

    id: str
    span: Span
    title: Inline | None
    by: Inline | None
    stanzas: tuple[tuple[Inline, ...], ...]
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer."""

    question: Inline
    answer: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """Questions and answers; ``asks`` and ``answers`` stand before them instead of the language's own words."""

    id: str
    span: Span
    turns: tuple[Turn, ...]
    asks: SourceText | None
    answers: SourceText | None
    classes: Classes = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """A role and who filled it."""

    role: SourceText
    names: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class Credits:
    """Who contributed what."""

    id: str
    span: Span
    title: Inline | None
    entries: tuple[Credit, ...]
    classes: Classes = ()


Block = (
    Heading | Prose | FigureGroup | Table | Quote | Pull | Box | Notice | Events | Verse | Interview | Credits
)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and all that stand inside them, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, (Quote, Box, Notice)):
            yield from walk(block.blocks)
        elif isinstance(block, Interview):
            for turn in block.turns:
                yield from walk(turn.answer)
