"""Blocks as templates see them; ``kind`` names the template in ``blocks/``.

``id`` is the editor's name for the block, where there is one; ``classes``, separated by spaces, are the editor's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading; ``tag`` is its element, ``bookmark`` its level among the bookmarks, ``plain`` its plain form.

    ``classes``, separated by spaces, and ``language`` are what the writer gave it.
    """

    kind: ClassVar[str] = "heading"
    id: str
    html: Markup
    level: int
    tag: str
    plain: str
    bookmark: int
    classes: str
    language: str | None


@dataclass(frozen=True, slots=True)
class ProseView:
    """Running text, as markup that has its id already."""

    kind: ClassVar[str] = "prose"
    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure; ``src`` is ``None`` where there is a gap instead of the picture.

    ``address`` is what a picture of a text is called there; ``None`` of other figures.
    """

    id: str
    src: str | None
    alt: str
    decorative: bool
    caption: Markup | None
    credit: Markup | None
    number: int | None
    mark: str
    label: str | None
    address: Markup | None = None
    #: Where its picture leads to, and what is printed of that.
    link: str | None = None
    link_printed: Markup | None = None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class FigureCellView:
    """A cell of a row: a figure, or rows of figures; ``style`` sets the custom properties of its width.

    It is ``narrow`` where a caption is wider than its picture.
    """

    style: Markup
    narrow: bool
    figure: FigureView | None
    rows: tuple[FigureRowView, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRowView:
    """Figures of one height."""

    cells: tuple[FigureCellView, ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Figures, ``columns`` side by side at most; the end of a page may part the rows of a ``long`` group."""

    kind: ClassVar[str] = "figures"
    id: str
    figures: tuple[FigureView, ...]
    rows: tuple[FigureRowView, ...]
    captions: str
    columns: int
    place: str
    long: bool
    #: That of its picture, as CSS has it, where the editor says one.
    width: str | None = None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``scope`` is ``col`` or ``row`` for one that heads others."""

    html: Markup
    scope: str | None
    columns: int
    rows: int
    align: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table; ``classes``, separated by spaces, and ``language`` are what its text gives it.

    ``block_classes`` are those of the block that the table stands in.
    """

    kind: ClassVar[str] = "table"
    id: str
    classes: str
    language: str | None
    label: str | None
    caption: Markup | None
    source: Markup | None
    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    block_classes: str = ""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quotation."""

    kind: ClassVar[str] = "quote"
    id: str
    blocks: tuple[BlockView, ...]
    by: Markup | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class PullView:
    """A sentence set large."""

    kind: ClassVar[str] = "pull"
    id: str
    html: Markup
    by: Markup | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box or sidebar."""

    kind: ClassVar[str] = "box"
    id: str
    title: Markup
    blocks: tuple[BlockView, ...]
    place: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice; its date in words."""

    kind: ClassVar[str] = "notice"
    id: str
    title: Markup
    blocks: tuple[BlockView, ...]
    signed: str | None
    date: str | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event."""

    date: str
    title: Markup
    time: str | None
    place: str | None
    html: Markup | None


@dataclass(frozen=True, slots=True)
class EventsView:
    """A calendar."""

    kind: ClassVar[str] = "events"
    id: str
    title: Markup | None
    events: tuple[EventView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class VerseView:
    """Verse."""

    kind: ClassVar[str] = "verse"
    id: str
    title: Markup | None
    by: Markup | None
    stanzas: tuple[tuple[Markup, ...], ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question and its answer."""

    question: Markup
    answer: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class InterviewView:
    """Questions and answers; ``asks`` stands before each question, its colon included."""

    kind: ClassVar[str] = "interview"
    id: str
    asks: str
    turns: tuple[TurnView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class CreditView:
    """A role and its names."""

    role: str
    names: str


@dataclass(frozen=True, slots=True)
class CreditsView:
    """Who contributed what."""

    kind: ClassVar[str] = "credits"
    id: str
    title: Markup | None
    entries: tuple[CreditView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """An address at an article's end; ``shown`` is its printed form, ``mark`` its number with the room after it."""

    id: str
    mark: str
    address: str
    shown: str


@dataclass(frozen=True, slots=True)
class LinksView:
    """The addresses of an article's links; ``indent`` (em) is what the widest mark needs."""

    kind: ClassVar[str] = "links"
    id: str
    entries: tuple[LinkView, ...]
    indent: int


BlockView = (
    HeadingView
    | ProseView
    | FiguresView
    | TableView
    | QuoteView
    | PullView
    | BoxView
    | NoticeView
    | EventsView
    | VerseView
    | InterviewView
    | CreditsView
    | LinksView
)
