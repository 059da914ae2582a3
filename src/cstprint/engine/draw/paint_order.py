"""The order in which a page is painted: that of the text, so that readers without tags meet it in its order.

CSS 2.2 (appendix E) paints all floats of a page before its text, and the marks of list items, which WeasyPrint
positions, after it. Floats and marks stand beside text, not on it, so that they look the same in their place.
What only clips, as pictures do by default, has its place in the flow there; WeasyPrint paints it after all text.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.weasy import boxes
from cstprint.engine.weasy.layout import draw
from cstprint.engine.weasy.reading import box_of_placeholder
from cstprint.engine.weasy.types import Box, StackingContext, Stream, is_auto

#: Blocks and stacking contexts in the flow, each with those inside it.
Flow = dict[object, "Flow"]


def in_place(original: Callable[..., object]) -> Callable[..., object]:
    """Replace ``_dispatch``: floats and marks of list items have their place in the flow."""

    def dispatch(
        box: Box,
        page: Box,
        contexts: list[StackingContext],
        *lists: *tuple[list[Box], list[StackingContext], Flow],
    ) -> object:
        _, floats, in_flow = lists
        if isinstance(box, boxes.AbsolutePlaceholder) and box.element_tag == "li::marker":
            in_flow[boxes.StackingContext.from_box(box_of_placeholder(box), page, contexts)] = {}
            return None
        before = len(floats)
        made = original(box, page, contexts, *lists)
        if _only_clips(box):
            context = contexts.pop()
            if isinstance(box, boxes.InlineLevelBox):
                return context
            in_flow[context] = {}
        elif len(floats) > before:  # only by this box: what is inside has been put in its place
            in_flow[floats.pop()] = {}
        return made

    return dispatch


def _only_clips(box: Box) -> bool:
    """Return whether a box is painted by itself only for its ``overflow``, which makes no stacking context in CSS."""
    if isinstance(box, boxes.AbsolutePlaceholder):
        return False
    style = box.style
    return bool(
        style["overflow"] != "visible"
        and style["position"] == "static"
        and style["opacity"] == 1
        and not style["transform"]
        and not (box.is_grid_item and not is_auto(style["z_index"]))
    )


def with_contexts(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_block_level``: draw the stacking contexts in the flow."""

    def draw_block_level(page: Box, stream: Stream, in_flow: Flow) -> None:
        for block, inner in in_flow.items():
            if isinstance(block, boxes.StackingContext):
                draw.draw_stacking_context(stream, block)
                continue
            rest = inner
            if _ends_with_line(block):
                # What its lines flow around, as a drop cap, or what marks it stands before them.
                for context in (one for one in inner if isinstance(one, boxes.StackingContext)):
                    draw.draw_stacking_context(stream, context)
                rest = {one: of for one, of in inner.items() if not isinstance(one, boxes.StackingContext)}
            original(page, stream, {block: rest})

    return draw_block_level


def _ends_with_line(block: object) -> bool:
    """Return whether the last child of a block is a line."""
    last = block.children[-1:] if isinstance(block, boxes.Box) else ()
    return any(isinstance(child, boxes.LineBox) for child in last)


def any_context(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_inline_level``: draw all contexts in lines, those of pictures, too.

    WeasyPrint draws only those of ``inline-block`` and the like.
    """

    def draw_inline_level(stream: Stream, page: Box, box: object, *rest: object, **options: object) -> None:
        if isinstance(box, boxes.StackingContext):
            draw.draw_stacking_context(stream, box)
        else:
            original(stream, page, box, *rest, **options)

    return draw_inline_level
