"""A block that fits on no page begins where it stands, and goes on wherever there is room.

CSS has ``break-inside: avoid`` for blocks that are to be kept whole. WeasyPrint lets one that fits on no page begin a
page of its own, which leaves the page before it nearly empty, and in columns it goes on only in the first of a page.
"""

from __future__ import annotations

from enum import Enum
from math import inf
from typing import Any

from cstprint.engine.page_floats.boxes import FIGURES, classes
from cstprint.engine.weasy.trial import HAIR, Page, State

#: What part of a page a block may be high that stands in one that is torn.
_SHARE = 0.5


class _Inside(Enum):
    """What a block stands in: what is to be kept whole settles that for all that is in it."""

    ANY = "any"
    KEPT = "kept"
    TORN = "torn"


def torn(original: Any) -> Any:
    """Replace ``block_container_layout``: tear a block that fits on no page."""
    from weasyprint.layout.block import avoid_page_break

    def lay_out(
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        page_is_empty: bool,
        *rest: Any,
        **named: Any,
    ) -> Any:
        inside = getattr(context, "cst_inside", _Inside.ANY)
        if (
            inside is _Inside.KEPT
            or named
            or bottom_space == -inf
            or not avoid_page_break(box.style["break_inside"], context)
        ):
            return original(context, box, bottom_space, skip_stack, page_is_empty, *rest, **named)
        absolute, fixed, margins, *styles = rest
        try:
            if skip_stack is None:
                state = State(Page(context, bottom_space, page_is_empty, absolute, fixed, ()))
                shapes, again = list(context.excluded_shapes), box.copy()
                given = absolute, fixed, list(margins or []), *styles
                context.cst_inside = _Inside.KEPT
                made, resume_at, *more = original(context, box, bottom_space, None, page_is_empty, *given)
                is_whole = made is not None and resume_at is None
                if is_whole or (made is None and not _is_long(original, context, again, inside)):
                    return made, resume_at, *more
                state.restore()
                context.excluded_shapes, box = shapes, again
            context.cst_inside = _Inside.TORN
            return original(context, _loose(box), bottom_space, skip_stack, page_is_empty, *rest)
        finally:
            context.cst_inside = inside

    return lay_out


def _loose(box: Any) -> Any:
    """Return a box that a page may tear."""
    loose = box.copy()
    loose.style = box.style.copy()
    loose.style["break_inside"] = "auto"
    return loose


def _is_long(original: Any, context: Any, box: Any, inside: _Inside) -> bool:
    """Whether a block cannot be kept whole: it is higher than a page, with the notes that are called in it.

    In one that is torn, half a page is enough: of what stands above it, nothing might be left for the page before.
    Groups of figures are arranged to fit on a page, or may be torn anyway.
    """
    if FIGURES in classes(box):
        return False
    known = vars(context).setdefault("cst_heights", {})
    key = box.element, box.element_tag, box.width
    if key not in known:
        page = Page(context, 0.0, is_empty=False, absolute_boxes=[], fixed_boxes=[], first=())
        state, notes, probe = State(page), page.notes_height, box.copy()
        context.create_block_formatting_context(box)
        made = original(context, probe, -inf, None, False, [], [], [], None, None, False, None)[0]
        context.finish_block_formatting_context()
        known[key] = 0.0 if made is None else made.margin_height() + page.notes_height - notes
        state.restore()
    share = _SHARE if inside is _Inside.TORN else 1.0
    return bool(known[key] > share * context.current_footnote_area.page.height + HAIR)
