"""A quotation with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import OptionalLine
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Text


class QuoteEntry(BlockEntry):
    """A block: a quotation with its source."""

    block_tag: ClassVar[str] = "quote"

    quote: Text = Field(description="引文 · the words quoted")
    by: OptionalLine = Field(None, description="出处 · whose words they are, or from where")

    def to_block(self, reader: TextReader, block_id: str) -> Quote:
        """Return the quotation."""
        blocks = reader.blocks((self.quote,))
        return Quote(block_id, self.span, blocks, reader.title(self.by), classes=self.class_)


@dataclass(frozen=True, slots=True)
class QuoteView(BlockView):
    """A quotation."""

    kind: ClassVar[str] = "quote"
    blocks: tuple[BlockView, ...]
    by: Markup | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Quote(Block):
    """Words of somebody else."""

    omits: ClassVar[tuple[str, ...]] = ("quote", "quote-by")
    blocks: tuple[Block, ...]
    by: Inline | None

    def view(self, views: ViewMaker) -> QuoteView:
        """Return what its template sees."""
        blocks = views.blocks(self.blocks)
        return QuoteView(self.id, blocks, views.in_words("by", self.by), self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the words quoted, then their source."""
        yield from texts.blocks(self.blocks)
        yield from texts.inline(self.by, "quote-by")

    def inside(self) -> tuple[Block, ...]:
        """Return the words quoted."""
        return self.blocks


BLOCK = BlockType(rank=50, entries=(QuoteEntry,), model=Quote, view=QuoteView)
