"""The addresses of the links of an article, printed at its end. They are collected, not typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cstprint.blocks.common.block import BlockView
from cstprint.blocks.common.declared import BlockType


@dataclass(frozen=True, slots=True)
class LinkView:
    """An address at an article's end; ``shown`` is its printed form, ``mark`` its number with the room after it."""

    id: str
    mark: str
    address: str
    shown: str


@dataclass(frozen=True, slots=True)
class LinksView(BlockView):
    """The addresses of an article's links; ``indent`` (em) is what the widest mark needs."""

    kind: ClassVar[str] = "links"
    entries: tuple[LinkView, ...]
    indent: int


BLOCK = BlockType(rank=130, view=LinksView, parts={"entries[…] (links)": LinkView})
