"""The order in which a page is painted: that of the text, so that readers without tags meet it in its order.

CSS 2.2 (appendix E) paints all floats of a page before its text, and the marks of list items, which WeasyPrint
positions, after it. Floats and marks stand beside text, not on it, so that they look the same in their place.
What only clips, as pictures do by default, has its place in the flow there; WeasyPrint paints it after all text.
"""

from __future__ import annotations

from typing import Any


def in_place(original: Any) -> Any:
    """Replace ``_dispatch``: floats and marks of list items have their place in the flow."""
    from weasyprint.formatting_structure.boxes import InlineLevelBox
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.stacking import StackingContext

    def dispatch(box: Any, page: Any, contexts: Any, *lists: Any) -> Any:
        _, floats, in_flow = lists
        if isinstance(box, AbsolutePlaceholder) and box._box.element_tag == "li::marker":
            in_flow[StackingContext.from_box(box._box, page, contexts)] = {}
            return None
        before = len(floats)
        made = original(box, page, contexts, *lists)
        if _only_clips(box):
            context = contexts.pop()
            if isinstance(box, InlineLevelBox):
                return context
            in_flow[context] = {}
        elif len(floats) > before:  # only by this box: what is inside has been put in its place
            in_flow[floats.pop()] = {}
        return made

    return dispatch


def _only_clips(box: Any) -> bool:
    """Whether a box is painted by itself for nothing but its ``overflow``: that makes no stacking context in CSS."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        return False
    style = box.style
    return bool(
        style["overflow"] != "visible"
        and style["position"] == "static"
        and style["opacity"] == 1
        and not style["transform"]
        and not (box.is_grid_item and style["z_index"] != "auto")
    )


def with_contexts(original: Any) -> Any:
    """Replace ``draw_block_level``: draw the stacking contexts in the flow."""
    from weasyprint import draw
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.stacking import StackingContext

    def draw_block_level(page: Any, stream: Any, in_flow: Any) -> None:
        for block, inner in in_flow.items():
            if isinstance(block, StackingContext):
                draw.draw_stacking_context(stream, block)
                continue
            rest = inner
            if block.children and isinstance(block.children[-1], LineBox):
                # What its lines flow around, as a drop cap, or what marks it stands before them.
                for context in (one for one in inner if isinstance(one, StackingContext)):
                    draw.draw_stacking_context(stream, context)
                rest = {one: of for one, of in inner.items() if not isinstance(one, StackingContext)}
            original(page, stream, {block: rest})

    return draw_block_level


def any_context(original: Any) -> Any:
    """Draw contexts in lines, of pictures too; WeasyPrint knows those of ``inline-block`` and the like."""
    from weasyprint import draw
    from weasyprint.stacking import StackingContext

    def draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if isinstance(box, StackingContext):
            draw.draw_stacking_context(stream, box)
        else:
            original(stream, page, box, *rest, **options)

    return draw_inline_level
