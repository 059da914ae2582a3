"""The base classes of blocks: the model of a block, and what templates see of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from markdown_it.token import Token
from markupsafe import Markup

from cstprint.blocks.common.parts import Classes, Figure, Inline, Target
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.figures.geometry import Room, Shape
from cstprint.source import Span


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as templates see it; ``kind`` names its template in ``blocks/``."""

    kind: ClassVar[str]
    id: str


class ViewMaker(Protocol):
    """What the views of blocks are made with: text as HTML, the words of the language, facts about pictures.

    Text is made into HTML in the order in which it is printed, because this numbers its notes.
    """

    #: The ids of figures whose files are missing.
    missing: Set[str]
    #: The shapes of pictures, by the ids of their figures.
    shapes: Mapping[str, Shape]
    #: The space for pictures.
    room: Room
    #: The value of the token ``figure-captions``.
    captions: str

    def inline(self, content: Inline) -> Markup:
        """Return a run of text as HTML."""

    def line(self, content: Inline | None) -> Markup | None:
        """Return a run of text as HTML, if there is one."""

    def prose(self, tokens: Sequence[Token], block_id: str) -> Markup:
        """Return running text as HTML, with the id on its outermost element."""

    def blocks(self, blocks: Sequence[Block], *, beside: bool = False) -> tuple[BlockView, ...]:
        """Return the views of blocks; those in a box ``beside`` the text have less room."""

    def plain(self, title: Inline) -> str:
        """Return the plain form of a title."""

    def word(self, name: str, **values: object) -> str:
        """Return a word of the issue's language (:mod:`cstprint.languages.record`) with its places filled in."""

    def in_words(self, form: str, content: Inline | None) -> Markup | None:
        """Return a text in the words that are printed around it; the one place of the form has the form's name."""

    def date(self, date: str) -> str:
        """Return 2020-02-29 as it is printed."""

    def heading_tag(self, level: int) -> str:
        """Return the element of the next heading; ``level`` is that of :class:`~cstprint.blocks.heading.Heading`."""

    def bookmark(self, level: int) -> int:
        """Return the level of the bookmark of a heading."""

    def figure_number(self, figure_id: str) -> int | None:
        """Return the number of a figure."""

    def table_number(self, block_id: str) -> int | None:
        """Return the number of a table."""

    def picture_address(self, figure: Figure) -> str:
        """Return the address of the file of a picture."""

    def mark(self, number: int) -> str:
        """Return the mark of a figure in a group with one key, the number in a circle."""

    def alternative(self, figure: Figure) -> str:
        """Return the alternative text of a picture."""

    def called(self, figure: Figure) -> Markup:
        """Return what is printed in the place of a missing picture of a text: its address."""

    def link_printed(self, address: str, *, captioned: bool) -> Markup | None:
        """Return what is printed of the address of a picture's link."""


@dataclass(frozen=True, slots=True)
class Block(ABC):
    """A block of an article: its id in the page, its place in the file, the classes of its entry.

    ``omits`` are the names by which a layout.yaml may leave out its texts, that of the block itself first.
    """

    omits: ClassVar[tuple[str, ...]]

    id: str
    span: Span
    classes: Classes = field(default=(), kw_only=True)

    @property
    def joined_classes(self) -> str:
        """The classes of its entry, separated by blanks."""
        return " ".join(self.classes)

    @abstractmethod
    def view(self, views: ViewMaker) -> BlockView:
        """Return what its template sees."""

    @abstractmethod
    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield all its texts in the order of its keys; words that the layout adds are not among them."""

    def inside(self) -> Iterable[Block]:
        """Return the blocks that stand in it, in reading order."""
        return ()

    def targets(self) -> Iterator[Target]:
        """Yield the targets of references in it, those with names, without numbers."""
        yield from ()


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and all that stand inside them, in reading order."""
    for block in blocks:
        yield block
        yield from walk(block.inside())
