"""A sentence of the article set large."""

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


class PullEntry(BlockEntry):
    """A block: a sentence of the article set large beside it, to draw readers in."""

    block_tag: ClassVar[str] = "pull"

    pull: Text = Field(description="从文中摘出、放大的句子 · a sentence of the article, set large")
    by: OptionalLine = Field(None, description="谁说的 · who said it")

    def to_block(self, reader: TextReader, block_id: str) -> Pull:
        """Return the sentence."""
        content = reader.paragraph(self.pull)
        return Pull(block_id, self.span, content, reader.title(self.by), classes=self.class_)


@dataclass(frozen=True, slots=True)
class PullView(BlockView):
    """A sentence set large."""

    kind: ClassVar[str] = "pull"
    html: Markup
    by: Markup | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Pull(Block):
    """A sentence of the article set large."""

    omits: ClassVar[tuple[str, ...]] = ("pull", "pull-by")
    content: Inline
    by: Inline | None

    def view(self, views: ViewMaker) -> PullView:
        """Return what its template sees."""
        html = views.inline(self.content)
        return PullView(self.id, html, views.in_words("by", self.by), self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the sentence, then who said it."""
        yield from texts.inline(self.content)
        yield from texts.inline(self.by, "pull-by")


BLOCK = BlockType(rank=60, entries=(PullEntry,), model=Pull, view=PullView)
