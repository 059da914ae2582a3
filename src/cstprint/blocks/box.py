"""A box or sidebar with blocks of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import NAME, OptionalName
from cstprint.blocks.common.parts import Inline, Place, Target, TargetKind
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Title
from cstprint.source import SourceText

if TYPE_CHECKING:
    from cstprint.blocks.common.entry import Body


class BoxEntry(BlockEntry):
    """A block: a box with text, pictures, tables of its own."""

    block_tag: ClassVar[str] = "box"

    box: Title = Field(description="框的标题，如“链接”“小知识” · the box's title")
    body: Body = Field(description="框里的内容 · what is in the box")
    place: Literal["column", "left", "right", "full", "margin"] = Field(
        "column",
        description=(
            "栏宽、左、右、通栏或外侧页边 · column, left, right with text around, full: across all columns, "
            "margin: in the outer margin"
        ),
    )
    id: OptionalName = Field(None, description=NAME)

    def to_block(self, reader: TextReader, block_id: str) -> Box:
        """Return the box."""
        title, identity = reader.a_title(self.box), str(self.id or block_id)
        blocks = reader.blocks(self.body)
        return Box(identity, self.span, title, blocks, self.place, self.id, classes=self.class_)


@dataclass(frozen=True, slots=True)
class BoxView(BlockView):
    """A box or sidebar."""

    kind: ClassVar[str] = "box"
    title: Markup
    blocks: tuple[BlockView, ...]
    place: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Box(Block):
    """A box with blocks of its own, or a sidebar."""

    omits: ClassVar[tuple[str, ...]] = ("box", "box-title")
    title: Inline
    blocks: tuple[Block, ...]
    place: Place
    name: SourceText | None = None

    def view(self, views: ViewMaker) -> BoxView:
        """Return what its template sees."""
        title = views.inline(self.title)
        blocks = views.blocks(self.blocks, beside=self.place in ("left", "right"))
        return BoxView(self.id, title, blocks, self.place, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the title, then what is in the box."""
        yield from texts.inline(self.title, "box-title")
        yield from texts.blocks(self.blocks)

    def inside(self) -> tuple[Block, ...]:
        """Return what is in the box."""
        return self.blocks

    def targets(self) -> Iterator[Target]:
        """Yield the box, if it has a name."""
        if self.name is not None:
            yield Target(self.name, self.id, TargetKind.BLOCK, title=self.title.plain)


BLOCK = BlockType(rank=70, entries=(BoxEntry,), model=Box, view=BoxView)
