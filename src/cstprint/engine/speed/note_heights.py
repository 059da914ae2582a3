"""How high the same notes are on a page is found out once, and each note is laid out once for that.

WeasyPrint lays out all notes of a page anew for each one that comes or goes, and columns are tried many times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.marks import block_marks, context_marks, kept_with, mark_block
from cstprint.engine.weasy.types import Box, Context, is_auto


@dataclass
class _Measured:
    """The notes of a page that were laid out to find how high they are, by where each of them stood."""

    #: Whether all in a note flows, and nothing in it calls a note: its layout changes nothing else.
    plain: dict[Box, bool] = field(default_factory=dict)
    made: dict[tuple[object, ...], BlockResult] = field(default_factory=dict)


def remembered(original: Callable[[Context], bool]) -> Callable[[Context], bool]:
    """Replace ``_update_footnote_area``: remember how high the same footnotes are."""

    def update(context: Context) -> bool:
        area, notes = context.current_footnote_area, tuple(context.current_page_footnotes)
        known: dict[tuple[Box, ...], tuple[float, bool]] = kept_with(area, "heights", dict)
        if not notes:
            return bool(original(context))
        if notes not in known:
            for note in notes:
                mark_block(note, measured=note)
            marks, measured = context_marks(context), kept_with(area, "notes", _Measured)
            before, marks.measured_notes = marks.measured_notes, measured
            try:
                overflows = bool(original(context))
            finally:
                marks.measured_notes = before
            if tuple(context.current_page_footnotes) == notes:  # otherwise one of them calls a note itself
                known[notes] = area.height, overflows
            return overflows
        height, overflows = known[notes]
        if not is_auto(area.height) and not context.in_column:
            context.page_bottom += area.margin_height()
        area.children, area.height = context.current_page_footnotes, height
        if not context.in_column:
            context.page_bottom -= area.margin_height()
        return overflows

    return update


def laid_out_once(original: BlockLayout) -> BlockLayout:
    """Replace ``block_level_layout``: a note that stands where it stood before is as it was.

    WeasyPrint measures copies of the notes and throws them away: those that are printed are laid out by themselves.
    """

    def lay_out(context: Context, box: Box, *rest: object, **named: object) -> BlockResult:
        measured = context_marks(context).measured_notes
        note = block_marks(box).measured if measured is not None else None
        if note is None:
            return original(context, box, *rest, **named)
        assert isinstance(measured, _Measured)
        call = BlockCall(context, box, *rest, **named)  # type: ignore[arg-type]
        if not _is_alike(call) or not _is_plain(note, measured):
            return original(*call)
        margins = call.adjoining_margins or ()
        place = box.position_x, box.position_y, call.containing_block.width, call.page_is_empty, *margins
        made = measured.made.get((note, *place))
        if made is None:
            made = BlockResult(*original(*call))
            if made.box is None or made.resume_at is not None:
                return made
            measured.made[note, *place] = made
        else:
            # As a line that begins does.
            marks = context_marks(context)
            marks.called, marks.line_notes = None, []
        assert made.box is not None
        # What is laid out may be moved.
        return made._replace(
            box=made.box.deepcopy(),
            next_page=dict(made.next_page),
            adjoining_margins=list(made.adjoining_margins),
        )

    return lay_out


def _is_alike(call: BlockCall) -> bool:
    """Whether a note is laid out whole, beside no floats, as notes are that are measured."""
    return (
        call.bottom_space == -inf
        and not call.context.excluded_shapes
        and context_marks(call.context).kept is None
        and call.skip_stack is None
        and call[9:] == (None, None, False, None)
    )


def _is_plain(note: Box, measured: _Measured) -> bool:
    plain = measured.plain.get(note)
    if plain is None:
        inner = note.descendants()
        plain = all(one is note or (one.is_in_normal_flow() and one.footnote is None) for one in inner)
        measured.plain[note] = plain
    return plain
