"""The name of a periodical: as large as its token says where it has room, otherwise smaller, on one line or two.

A style sheet asks for it with ``--cst-fit: 60%``: a text that does not fit on a line becomes smaller, down to this
part of its size; one that does not fit then either stands on two lines of that size or smaller, which are of one
length where ``--cst-text-wrap`` says ``balance``.
"""

from __future__ import annotations

from cstprint.cjk.breaks import plan_head
from cstprint.engine.blocks.type_size import scale_type
from cstprint.engine.lines.collect import paragraph_in
from cstprint.engine.lines.style import number, token
from cstprint.engine.weasy.boxes import AnonymousStyle, LineBox
from cstprint.engine.weasy.calls import BlockLayout, BlockResult, ContainerCall
from cstprint.engine.weasy.layout import preferred
from cstprint.engine.weasy.marks import block_marks, mark_block
from cstprint.engine.weasy.types import Box, Context

#: So many lines become smaller by this factor at a time, down to this part of their size; what is longer takes more.
_LINES, _STEP, _SMALLEST = 2, 0.97, 0.3
#: A text that is wider than its room by no more than this part of it fits: widths are sums of rounded advances.
_HAIR = 1e-4


def fitted(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: choose the size of a name."""

    def lay_out(*arguments: object, **named: object) -> BlockResult:
        call = ContainerCall(*arguments, **named)  # type: ignore[arg-type]
        box = call.box
        least = None if isinstance(box.style, AnonymousStyle) else number(token(box.style, "fit"), 100)
        if least is not None and call.skip_stack is None:
            lines = [child for child in box.children if isinstance(child, LineBox)]
            if len(lines) == len(box.children) == 1:
                _fit(call.context, box, lines[0], least)
        return original(*arguments, **named)

    return lay_out


def _fit(context: Context, box: Box, line: Box, least: float) -> None:
    """Give the text in ``line``, all that stands in ``box``, the size that the width of the box has room for."""
    before = block_marks(line).type_scale
    natural = float(preferred.max_content_width(context, line)) / before
    scale = _scale(context, line, (box.width, natural), before, least)
    if abs(scale - before) > _HAIR:
        for inner in (line, *line.descendants()):
            scale_type(inner, scale / before)
        mark_block(line, type_scale=scale)


def _scale(context: Context, line: Box, widths: tuple[float, float], before: float, least: float) -> float:
    """Return how large the type is to be; ``widths`` are that of the room and that of the text in its own size.

    The type is ``before`` times as large as its own now.
    """
    room, natural = widths
    if natural <= room * (1 + _HAIR):
        return 1.0
    one = room / natural * (1 - _HAIR)
    if one >= least:
        return one
    paragraph = paragraph_in(line, context)
    if paragraph is None:
        return max(_SMALLEST, min(least, 2 * one))
    scale = least
    while scale > _SMALLEST:
        measure = room * before / scale
        if len(plan_head(paragraph, 0, measure, measure)) - 1 <= _LINES:
            return scale
        scale *= _STEP
    return scale
