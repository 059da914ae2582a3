"""The base classes of entries: blocks as an editor types them in issue.yaml."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol

from pydantic import Field

from cstprint.blocks.common.block import Block
from cstprint.blocks.common.keys import CLASS
from cstprint.blocks.common.parts import Grid, Inline
from cstprint.diagnostics import Diagnostic
from cstprint.reading.models import Classes, Located
from cstprint.source import SourceText


class Classed(Located):
    """An entry with classes for the layout."""

    class_: Classes = Field((), alias="class", description=CLASS)


class BlockEntry(Classed):
    """A block as it is typed: a mapping that has the key ``block_tag``. Its docstring stands in the JSON Schema."""

    block_tag: ClassVar[str]

    @classmethod
    def fits(cls, typed: Mapping[str, object]) -> bool:
        """Return whether a mapping is such a block."""
        return cls.block_tag in typed

    @abstractmethod
    def to_block(self, reader: TextReader, block_id: str) -> Block:
        """Return the block of the model."""


if TYPE_CHECKING:
    #: What may stand in a body: Markdown text, or the entry of a block.
    AnyBlock = SourceText | BlockEntry
    #: A body: one or several of these. At run time both are those of :mod:`cstprint.blocks.common.known`.
    Body = tuple[AnyBlock, ...]


class TextReader(Protocol):
    """What entries are read with.

    Texts are read in the order in which they are printed, because this numbers notes and ids.
    """

    #: What was found while reading.
    diagnostics: list[Diagnostic]

    def inline(self, text: SourceText | None) -> Inline | None:
        """Return a text that is one paragraph, if there is one."""

    def paragraph(self, text: SourceText) -> Inline:
        """Return a text that is one paragraph."""

    def title(self, text: SourceText | None) -> Inline | None:
        """Return a title, or another line that stands for itself, if there is one."""

    def a_title(self, text: SourceText) -> Inline:
        """Return a title, or another line that stands for itself."""

    def table(self, text: SourceText, head_rows: int) -> Grid:
        """Return a table typed with bars; its first rows are its head."""

    def blocks(self, body: Body) -> tuple[Block, ...]:
        """Return the blocks of a body."""

    def next_figure_id(self) -> str:
        """Return the id of the next figure that has no name."""
