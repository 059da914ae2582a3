"""Text ends beside its figure: one or two lines of a paragraph do not go on below what the others stand beside.

What floats there keeps its indent for them: it becomes higher by these lines, which nothing shows.
"""

from __future__ import annotations

from cstprint.engine.blocks.articles import classes, is_paragraph
from cstprint.engine.blocks.side_floats import BESIDE
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import BlockLayout, BlockResult, ContainerCall
from cstprint.engine.weasy.trial import HAIR, FlowState
from cstprint.engine.weasy.types import Box

#: So many lines do not stand below a float alone.
_FEW = 2
#: Beside a float the lines are shorter, and become more.
_TRIES = 3


def ended(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: let a paragraph end beside a float where it just goes on below."""

    def lay_out(*arguments: object, **named: object) -> BlockResult:
        call = ContainerCall(*arguments, **named)  # type: ignore[arg-type]
        floats = [box for box in call.context.excluded_shapes if classes(box) & BESIDE]
        if not floats or not is_paragraph(call.box) or call.skip_stack is not None or named:
            return original(*call)
        state, place = FlowState(call), (call.box.position_x, call.box.position_y)

        def laid_out() -> BlockResult:
            state.restore()
            call.box.position_x, call.box.position_y = place
            return original(*call._replace(adjoining_margins=list(call.adjoining_margins or [])))

        first = result = laid_out()
        heights = [box.height for box in floats]
        for _ in range(_TRIES):
            below = _few_below(result, floats)
            if below is None:
                break
            box, bottom = below
            box.height += bottom - (box.position_y + box.margin_height())
            result = laid_out()
        if result is first or (result[1] is None and _few_below(result, floats) is None):
            return result
        for box, height in zip(floats, heights, strict=True):
            box.height = height
        return laid_out()

    return lay_out


def _few_below(result: BlockResult, floats: list[Box]) -> tuple[Box, float] | None:
    """Return the float below which the last lines of a paragraph stand, if they are few, and where they end (px)."""
    made, resume_at, *_ = result
    if made is None or resume_at is not None:
        return None
    lines = [line for line in made.children if isinstance(line, LineBox)]
    for box in floats:
        bottom = box.position_y + box.margin_height()
        below = [line for line in lines if line.position_y > bottom - HAIR]
        if 0 < len(below) <= _FEW and len(below) < len(lines) and lines[0].position_y < bottom - HAIR:
            return box, below[-1].position_y + below[-1].height
    return None
