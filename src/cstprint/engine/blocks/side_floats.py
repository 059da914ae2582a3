"""Figures and sidebars beside the text are kept whole: where one does not fit on the page, it begins the next.

WeasyPrint tears a float at the page's end wherever its lines allow it, whatever ``break-inside`` says, lets what
cannot be torn, a picture, reach over the edge, and loses or fails at what is longer than a page.
"""

from __future__ import annotations

from math import inf
from typing import Any

from cstprint.engine.weasy.trial import Page

#: The attribute of what should stand beside the text and has become a part of the column.
IN_COLUMN = "data-in-column"
#: The classes of what stands beside the text, and of what takes the column instead.
BESIDE, COLUMN = frozenset({"place-left", "place-right"}), "place-column"


class LongFloatError(Exception):
    """Something beside the text is longer than a page; it has become a part of the column, to be laid out anew."""


def kept_whole(original: Any) -> Any:
    """Replace ``float_layout``: keep floats with ``break-inside: avoid`` whole.

    The new function raises :class:`LongFloatError` where that cannot be.
    """
    from weasyprint.layout.block import avoid_page_break

    def layout(context: Any, box: Any, containing_block: Any, *rest: Any, **options: Any) -> Any:
        *positioned, bottom_space = rest
        if not avoid_page_break(box.style["break_inside"], context):
            return original(context, box, containing_block, *rest, **options)
        page = Page(context, bottom_space, is_empty=False, absolute_boxes=[], fixed_boxes=[], first=())
        before = page.notes_height
        whole, resume_at = original(context, box, containing_block, *positioned, -inf, **options)
        own_notes = max(0.0, page.notes_height - before)
        if whole.margin_height() + own_notes > context.current_footnote_area.page.height:
            _into_column(box.element)
        _reach_over(whole, context.page_bottom - bottom_space)
        return whole, resume_at

    return layout


def _into_column(element: Any) -> None:
    classes = element.get("class", "").split()
    if BESIDE & set(classes):
        kept = [name for name in classes if name not in BESIDE]
        element.set("class", " ".join([*kept, COLUMN]))
        element.set(IN_COLUMN, "")
        raise LongFloatError


def _reach_over(box: Any, edge: float) -> None:
    """Let the content of a box reach over the edge where only its padding or border does.

    WeasyPrint looks at the content alone to see whether it ends the page before the float.
    """
    bottom = box.position_y + box.margin_height() - box.margin_bottom
    if bottom > edge:
        box.height = max(box.height, edge + 1 - box.position_y)
