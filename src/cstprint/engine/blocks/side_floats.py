"""Figures and sidebars beside the text are kept whole: where one does not fit on the page, it begins the next.

WeasyPrint tears a float at the page's end wherever its lines allow it, whatever ``break-inside`` says, lets what
cannot be torn, a picture, reach over the edge, and loses or fails at what is longer than a page.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from cstprint.engine.weasy.calls import FloatCall, FloatLayout
from cstprint.engine.weasy.trial import TrialPage

if TYPE_CHECKING:
    from cstprint.engine.weasy.types import Box, SkipStack

#: The attribute of what should stand beside the text and has become a part of the column; its value says why: it is
#: longer than a page, or the outer margin of its page has no room for all that should stand there.
IN_COLUMN, LONG, CROWDED = "data-in-column", "long", "crowded"
#: The classes of what stands beside the text, of a note in the outer margin, and of what takes the column instead.
BESIDE, NOTE, COLUMN = frozenset({"place-left", "place-right", "place-margin"}), "side", "place-column"


class LongFloatError(Exception):
    """Something beside the text is longer than a page; it has become a part of the column, to be laid out anew."""


def kept_whole(original: FloatLayout) -> FloatLayout:
    """Replace ``float_layout``: keep floats with ``break-inside: avoid`` whole.

    The new function raises :class:`LongFloatError` where that cannot be.
    """
    from cstprint.engine.weasy.layout import avoid_page_break

    def layout(*arguments: object, **options: object) -> tuple[Box, SkipStack | None]:
        call = FloatCall(*arguments, **options)  # type: ignore[arg-type]
        context = call.context
        if not avoid_page_break(call.box.style["break_inside"], context):
            return original(*call)
        page = TrialPage(context, call.bottom_space, is_empty=False, absolute_boxes=[], fixed_boxes=[])
        before = page.notes_height
        whole, resume_at = original(*call._replace(bottom_space=-inf))
        own_notes = max(0.0, page.notes_height - before)
        if whole.margin_height() + own_notes > context.current_footnote_area.page.height:
            into_column(call.box.element, LONG)
        _reach_over(whole, context.page_bottom - call.bottom_space)
        return whole, resume_at

    return layout


def into_column(element: Element, why: str) -> None:
    """Let an element take the column, or a note the line that it stands in; what has none of their classes is left.

    Raises :class:`LongFloatError`.
    """
    classes = element.get("class", "").split()
    if BESIDE & set(classes):
        kept = [name for name in classes if name not in BESIDE]
        element.set("class", " ".join([*kept, COLUMN]))
    elif NOTE in classes:
        element.set("class", " ".join(name for name in classes if name != NOTE))
    else:
        return
    element.set(IN_COLUMN, why)
    raise LongFloatError


def _reach_over(box: Box, edge: float) -> None:
    """Let the content of a box reach over the edge where only its padding or border does.

    WeasyPrint looks at the content alone to see whether it ends the page before the float.
    """
    bottom = box.position_y + box.margin_height() - box.margin_bottom
    if bottom > edge:
        box.height = max(box.height, edge + 1 - box.position_y)
