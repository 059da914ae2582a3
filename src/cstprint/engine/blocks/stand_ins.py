"""Empty boxes in the places of blocks that have pages of their own, and the ways to the articles that have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cstprint.engine.weasy.boxes import BlockBox
from cstprint.engine.weasy.marks import Apart, block_marks, mark_block
from cstprint.engine.weasy.types import Box


def stand_in(block: Apart) -> Box:
    """Return an empty box in the place of a block."""
    style = block.box.style.anonymous_style.copy()
    style["break_after"] = "avoid"  # no head stands alone before it
    style["page"] = block.around[-1].style["page"]
    empty: Box = BlockBox(None, style, None, [])
    marks = block_marks(block.box)
    mark_block(empty, order=marks.order, barriers=marks.barriers, stays=True, apart=block)
    return empty


def paths_to(box: Box, among: Mapping[int, Box], around: tuple[Box, ...] = ()) -> Iterator[tuple[Box, ...]]:
    """Yield the boxes from the root to each of the articles ``among``, by their identities."""
    around = (*around, box)
    if id(box) in among:
        yield around
        return
    for child in getattr(box, "children", ()):
        yield from paths_to(child, among, around)
