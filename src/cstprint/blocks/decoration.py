"""A decorative picture: screen readers skip it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.parts import Figure
from cstprint.blocks.figures import IMAGE, STAND_IN, FigureGroup, is_decorative
from cstprint.reading.models import FilePath, Flag


def _absent(value: object) -> None:
    if not isinstance(value, str) or value.strip():
        raise PydanticCustomError("cst_decorative", "")


Absent = Annotated[None, BeforeValidator(_absent)]
_NONE = "装饰图不写 · a decorative picture has none"


class DecorationEntry(BlockEntry):
    """A block: a decorative picture, which screen readers skip."""

    block_tag: ClassVar[str] = "decoration"

    figure: FilePath = Field(description=IMAGE)
    decorative: Flag = Field(description="纯装饰，不读给听众 · mere decoration, not read aloud")
    alt: Absent = Field(None, description=_NONE)
    caption: Absent = Field(None, description=_NONE)
    credit: Absent = Field(None, description=_NONE)
    stand_in: Flag = Field(False, description=STAND_IN)

    @classmethod
    def fits(cls, typed: Mapping[str, object]) -> bool:
        """Return whether a mapping is a decorative picture: its first key is that of other pictures."""
        return is_decorative(typed)

    def to_block(self, reader: TextReader, block_id: str) -> FigureGroup:
        """Return the picture, a group of one, without words."""
        figure = Figure(
            reader.next_figure_id(),
            self.span,
            self.figure,
            alt=None,
            caption=None,
            credit=None,
            stand_in=self.stand_in,
            numbered=False,
        )
        return FigureGroup(block_id, self.span, (figure,), "each", None, classes=self.class_)


BLOCK = BlockType(rank=45, entries=(DecorationEntry,))
