"""A block that fits on no page begins where it stands, and goes on wherever there is room.

CSS has ``break-inside: avoid`` for blocks that are to be kept whole. WeasyPrint lets one that fits on no page begin a
page of its own, which leaves the page before it nearly empty, and in columns it goes on only in the first of a page.

Neither may a block that fits on the next page leave too much of this one blank: ``--cst-whole-gap`` says what part of
a page may be. With more, it is parted where it stands, with two lines at least on each side.
"""

from __future__ import annotations

from math import inf

from cstprint.engine.blocks.articles import FIGURES, classes
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.lines.style import number, token
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import BlockLayout, BlockResult, ContainerCall
from cstprint.engine.weasy.layout import avoid_page_break
from cstprint.engine.weasy.marks import Inside, context_marks
from cstprint.engine.weasy.trial import HAIR, FlowState, State, TrialPage
from cstprint.engine.weasy.types import Box, Context

#: What part of a page a block may be high that stands in one that is torn.
_SHARE = 0.5
#: So many lines stand at least on each side of where a block is parted that fits on a page.
_LINES = 2


def torn(original: BlockLayout) -> BlockLayout:
    """Replace ``block_container_layout``: tear a block that fits on no page."""

    def lay_out(*arguments: object, **named: object) -> BlockResult:
        call = ContainerCall(*arguments, **named)  # type: ignore[arg-type]
        marks = context_marks(call.context)
        if (
            marks.inside is Inside.KEPT
            or named
            or call.bottom_space == -inf
            or not avoid_page_break(call.box.style["break_inside"], call.context)
        ):
            return original(*call)
        inside, again = marks.inside, call.box.copy()
        try:
            if call.skip_stack is None:
                whole = _kept_whole(original, call, again, inside)
                if whole is not None and whole[0] is None and _leaves_too_much(call, inside):
                    return _parted(original, call, again) or whole
                if whole is not None:
                    return whole
                call = call._replace(box=again)
            marks.inside = Inside.TORN
            return original(*call._replace(box=_loose(call.box)))
        finally:
            marks.inside = inside

    return lay_out


def kept_to(box: Box) -> float:
    """Return up to what part of a page a block is kept whole, 1 for a page."""
    return number(token(box.style, "whole_to"), 100) or 1.0


def _kept_whole(original: BlockLayout, call: ContainerCall, again: Box, inside: Inside) -> BlockResult | None:
    """Return the layout of a block that is kept whole; ``None``, and nothing is changed, where it has to be torn.

    ``again`` is a copy of its box.
    """
    context = call.context
    state = FlowState(call)
    context_marks(context).inside = Inside.KEPT
    result = original(*call._replace(adjoining_margins=list(call.adjoining_margins or [])))
    made, resume_at, *_ = result
    is_whole = made is not None and resume_at is None
    if is_whole or (made is None and not _is_long(original, context, again, inside)):
        return result
    state.restore()
    return None


def _leaves_too_much(call: ContainerCall, inside: Inside) -> bool:
    """Whether a block that begins the next page leaves more of this one blank than its style sheet lets it."""
    part = number(token(call.box.style, "whole_gap"), 100)
    if part is None or inside is not Inside.ANY or call.context.in_column:
        return False
    room = call.context.page_bottom - call.bottom_space - call.box.position_y
    return bool(room > part * call.context.current_footnote_area.page.height)


def _parted(original: BlockLayout, call: ContainerCall, box: Box) -> BlockResult | None:
    """Return the layout of the lines of a block that the page has room for; ``None`` if some would stand alone."""
    context = call.context
    context_marks(context).inside = Inside.TORN
    state = FlowState(call)
    position = box.position_x, box.position_y
    whole = original(
        *call._replace(box=_loose(box), bottom_space=-inf, page_is_empty=True, adjoining_margins=[])
    )[0]
    lines = 0 if whole is None else _lines(whole)
    # What would be left alone on the next page takes a line of this one along.
    for fewer in range(_LINES):
        state.restore()
        loose = _loose(box)
        loose.position_x, loose.position_y = position
        space = call.bottom_space + fewer * line_height(box)
        margins = list(call.adjoining_margins or [])
        result = original(*call._replace(box=loose, bottom_space=space, adjoining_margins=margins))
        here = 0 if result[0] is None else _lines(result[0])
        if here < _LINES:
            break
        if lines - here >= _LINES:
            return result
    state.restore()
    return None


def _lines(block: Box) -> int:
    """Return how many lines a block has, those of titles left out."""
    children = [child for child in getattr(block, "children", ()) if child.style["break_after"] != "avoid"]
    return sum(1 if isinstance(child, LineBox) else _lines(child) for child in children)


def _loose(box: Box) -> Box:
    """Return a box that a page may tear."""
    loose = box.copy()
    loose.style = box.style.copy()
    loose.style["break_inside"] = "auto"
    return loose


def _is_long(original: BlockLayout, context: Context, box: Box, inside: Inside) -> bool:
    """Whether a block cannot be kept whole: it is higher than a page, with the notes that are called in it.

    In one that is torn, half a page is enough: of what stands above it, nothing might be left for the page before.
    A style sheet may say for a block that less is enough (``--cst-whole-to``).
    Groups of figures are arranged to fit on a page, or may be torn anyway.
    """
    if FIGURES in classes(box):
        return False
    known = context_marks(context).heights
    key = box.element, box.element_tag, box.width
    if key not in known:
        page = TrialPage(context, 0.0, is_empty=False, absolute_boxes=[], fixed_boxes=[])
        state, notes, probe = State(page), page.notes_height, box.copy()
        context.create_block_formatting_context(box)
        made = original(context, probe, -inf, None, False, [], [], [], None, None, False, None)[0]
        context.finish_block_formatting_context()
        known[key] = 0.0 if made is None else made.margin_height() + page.notes_height - notes
        state.restore()
    share = min(_SHARE if inside is Inside.TORN else 1.0, kept_to(box))
    return bool(known[key] > share * context.current_footnote_area.page.height + HAIR)
