"""Initials and other floats at the start of a paragraph never hang out of a column or a page.

WeasyPrint asks whether a line has room, not whether what floats beside it has: two lines stand at the foot of a page
with an initial of three, which hangs into the margin. As many lines as such a float is high stay together: where they
do not fit, all of the paragraph stands in the next column or on the next page.
"""

from __future__ import annotations

from cstprint.engine.blocks.articles import is_paragraph
from cstprint.engine.blocks.measures import refused
from cstprint.engine.weasy.calls import BlockLayout, BlockResult, ContainerCall
from cstprint.engine.weasy.trial import HAIR, FlowState
from cstprint.engine.weasy.types import Box


def kept_in(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: refuse a paragraph whose initial hangs out of what it stands in."""

    def lay_out(*arguments: object, **named: object) -> BlockResult:
        call = ContainerCall(*arguments, **named)  # type: ignore[arg-type]
        begins = call.skip_stack is None and not call.page_is_empty and not named
        if not (begins and is_paragraph(call.box)):
            return original(*call)
        state = FlowState(call)
        result = original(*call)
        made, resume_at, *_ = result
        limit = call.context.page_bottom - call.bottom_space
        if made is None or not _hangs_out(made, limit, is_torn=resume_at is not None):
            return result
        state.restore()
        return refused()

    return lay_out


def _hangs_out(made: Box, limit: float, *, is_torn: bool) -> bool:
    """Whether a float of the first line ends below ``limit`` (px), or below the last line of a part."""
    if not made.children:
        return False
    first, last = made.children[0], made.children[-1]
    floats = (box for box in first.descendants() if box.is_floated())
    bottom = max((box.position_y + box.margin_height() for box in floats), default=0.0)
    if is_torn:
        limit = min(limit, last.position_y + last.height)
    return bottom > limit + HAIR
