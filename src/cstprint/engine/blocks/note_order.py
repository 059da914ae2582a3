"""The notes of a page: one for each address, in the order in which they are called on the page.

What is called where is known when the page is laid out: a figure may have left its place. The numbers follow
(``passes/note_numbers.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import in_grid_columns
from cstprint.engine.weasy.boxes import FootnoteAreaBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.marks import block_marks, context_marks, mark_block
from cstprint.engine.weasy.reading import without_placeholder
from cstprint.engine.weasy.types import Box, Context

#: The address that a note has, and nothing else.
ADDRESS = "data-address"


def once(original: Callable[[Context, Box], bool]) -> Callable[[Context, Box], bool]:
    """Replace ``layout_footnote``: an address that stands at the foot of this page is not printed again."""

    def lay_out(context: Context, note: Box) -> bool:
        marks, address = context_marks(context), note.element.get(ADDRESS)
        has_come = id(note) in marks.left_to_page
        if address is None or has_come or not _standing(context, address):
            return original(context, note)
        context.footnotes.remove(note)
        marks.shared.add(id(note))
        return False

    return lay_out


def _standing(context: Context, address: str) -> bool:
    return any(one.element.get(ADDRESS) == address for one in context.current_page_footnotes)


def in_order(original: BlockLayout) -> BlockLayout:
    """Replace ``block_level_layout`` of pages: put the notes of a page in the order of their calls."""

    def lay_out(*arguments: object, **options: object) -> BlockResult:
        call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
        context, box = call.context, call.box
        marks = context_marks(context)
        if isinstance(box, FootnoteAreaBox):
            _settle(context, box, marks.page_calls)
        result = original(*call)
        if box.is_for_root_element:
            marks.page_calls = [] if result[0] is None else list(calls_in(result[0]))
        return result

    return lay_out


def _settle(context: Context, area: Box, calls: list[Box]) -> None:
    """Say of each call which note is meant, and sort the notes by that; those from the page before come first."""
    marks, standing = context_marks(context), dict[str, Element]()
    printed = {note.element for note in area.children}
    for one in (*area.children, *context.reported_footnotes):
        if address := one.element.get(ADDRESS):
            standing.setdefault(address, one.element)
    places: dict[Element, int] = {}
    for call in calls:
        note = call.footnote
        assert note is not None
        if id(note) in marks.shared and note.element not in printed:
            other = standing.get(note.element.get(ADDRESS, ""))
            if other is None:  # the note that it shared has left the page
                context.reported_footnotes.append(note)
            mark_block(note, meant=other)
        elif note.element in printed or note in context.reported_footnotes:
            mark_block(note, meant=None)
        # Otherwise it stands on the page of the head of a table that is repeated here.
        places.setdefault(meant_by(call), len(places))
    marks.shared.clear()
    area.children = sorted(area.children, key=lambda note: places.get(note.element, -1))


def calls_in(box: Box) -> Iterator[Box]:
    """Yield the calls of notes in a box as they are read on the page."""
    if box.footnote is not None:
        yield box
        return
    children = [without_placeholder(child) for child in getattr(box, "children", ())]
    if not in_grid_columns(box) and any(block_marks(child).put_in for child in children):
        # A figure that has come from the page before stands at the head of its article, or at the foot.
        children.sort(key=lambda child: child.position_y)
    for child in children:
        yield from calls_in(child)


def meant_by(call: Box) -> Element:
    """Return the element of the note that a call on a page is about."""
    note = call.footnote
    assert note is not None
    meant = block_marks(note).meant
    return note.element if meant is None else meant


def is_shared(note: Box) -> bool:
    """Return whether a note is not printed, as another with the same address is."""
    return block_marks(note).meant is not None
