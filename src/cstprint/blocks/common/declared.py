"""The declaration of a block, which each file of ``blocks/`` has as ``BLOCK``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cstprint.blocks.common.block import Block, BlockView
from cstprint.blocks.common.entry import BlockEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockType:
    """A block: how it is typed, its model, its view.

    ``rank`` orders the blocks in the JSON Schema, in the list of names for `omits` and in the guide. A block that is
    made of Markdown or of links has no ``entries``. ``parts`` are the other views that its template sees, by how they
    are written there (``events[…]``), for the guide.
    """

    rank: int
    entries: tuple[type[BlockEntry], ...] = ()
    model: type[Block] | None = None
    view: type[BlockView] | None = None
    parts: Mapping[str, type] = field(default_factory=dict)
