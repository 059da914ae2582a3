"""A notice, signed and dated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import OptionalDate, OptionalLine
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Title
from cstprint.source import SourceText

if TYPE_CHECKING:
    from cstprint.blocks.common.entry import Body


class NoticeEntry(BlockEntry):
    """A block: a notice, signed and dated."""

    block_tag: ClassVar[str] = "notice"

    notice: Title = Field(description="启事、通知的标题 · the notice's title")
    body: Body = Field(description="启事的内容 · the text of the notice")
    signed: OptionalLine = Field(None, description="落款 · who signs it")
    date: OptionalDate = Field(None, description="日期 · its date")

    def to_block(self, reader: TextReader, block_id: str) -> Notice:
        """Return the notice."""
        date = str(self.date) if self.date else None
        title = reader.a_title(self.notice)
        blocks = reader.blocks(self.body)
        return Notice(block_id, self.span, title, blocks, self.signed, date, classes=self.class_)


@dataclass(frozen=True, slots=True)
class NoticeView(BlockView):
    """A notice; its date in words."""

    kind: ClassVar[str] = "notice"
    title: Markup
    blocks: tuple[BlockView, ...]
    signed: str | None
    date: str | None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Notice(Block):
    """A notice, signed and dated; ``date`` as in the file (2020-02-29)."""

    omits: ClassVar[tuple[str, ...]] = ("notice", "notice-title", "signed", "signed-date")
    title: Inline
    blocks: tuple[Block, ...]
    signed: SourceText | None
    date: str | None

    def view(self, views: ViewMaker) -> NoticeView:
        """Return what its template sees."""
        title, blocks = views.inline(self.title), views.blocks(self.blocks)
        signed = None if self.signed is None else str(self.signed)
        date = views.date(self.date) if self.date else None
        return NoticeView(self.id, title, blocks, signed, date, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the title, what the notice says, who signs it, its date."""
        yield from texts.inline(self.title, "notice-title")
        yield from texts.blocks(self.blocks)
        yield from texts.plain(self.signed, "signed")
        if self.date:
            yield texts.made_of((texts.date(self.date),), self.span, "signed-date")

    def inside(self) -> tuple[Block, ...]:
        """Return what the notice says."""
        return self.blocks


BLOCK = BlockType(rank=80, entries=(NoticeEntry,), model=Notice, view=NoticeView)
