"""Notes, figures and boxes in the outer margin: left of the text on left pages, right of it on right ones.

CSS has no place that depends on the side of the page. A style sheet asks for it with ``--cst-side: outer`` on what is
``position: absolute`` and has a width; its margins keep it off the text. Before layout, empty boxes stand in for such
boxes; when the flow of a page is made, each is laid out beside its own: a note level with the line
that it stands in, a caption with the head of its figure, all else where it would begin. None overlaps another: it is
moved down as far as it has to be, and all are moved up where the last would end below the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from cstprint.engine.blocks.side_floats import CROWDED, LONG, into_column
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import BlockBox, InlineBox, LineBox, TextBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.layout import block
from cstprint.engine.weasy.marks import block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box

#: Between notes (px), if they have to be moved.
_BETWEEN = 4.0
#: What holds the notes of its lines itself: a list, and a row of a table, may hold nothing but items and cells.
_HOLDERS = ("li", "td", "th", "dd", "dt")


class SideNotes:
    """What stands in the outer margins of a document."""

    def __init__(self) -> None:
        self.has_some = False

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: let empty boxes stand in for what goes to the outer margin."""

        def build(*arguments: object, **options: object) -> Box:
            root = original(*arguments, **options)
            self.has_some = _stand_in(root)
            return root

        return build

    def on_page(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout`` of pages: lay out what belongs to the lines of a page in its margin."""

        def lay_out(*arguments: object, **options: object) -> BlockResult:
            result = original(*arguments, **options)
            call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
            made, *_ = result
            is_flow = self.has_some and call.box.is_for_root_element
            if made is not None and is_flow and not context_marks(call.context).is_turned:
                _place(call, made)
            return result

        return lay_out


def _stand_in(box: Box) -> bool:
    """Exchange all that goes to the outer margin for empty boxes; return whether there is any."""
    children = getattr(box, "children", None)
    if not children:
        return False
    found = False
    for index, child in enumerate(children):
        if child.is_absolutely_positioned() and token(child.style, "side") == "outer":
            kind = InlineBox if isinstance(box, (LineBox, InlineBox)) else BlockBox
            empty: Box = kind(None, box.style.anonymous_style, None, [])
            mark_block(empty, beside=child)
            box.children = [*box.children[:index], empty, *box.children[index + 1 :]]
            found = True
        else:
            found = _stand_in(child) or found
    return found


@dataclass(frozen=True)
class _Beside:
    """A ``note``; what it stands ``after`` in ``parent``; where it begins, or the baseline it is level with (px)."""

    note: Box
    parent: Box
    after: Box | None
    y: float
    baseline: float | None = None


def _place(call: BlockCall, root: Box) -> None:
    """Lay out what stands beside the lines and blocks of a page, none over another."""
    page = call.containing_block
    found = [(one, _laid_out(call, one)) for one in _beside(root)]
    _keep_on_paper([made for _, made in found], page.height)
    for one, made in found:
        children = one.parent.children
        at = len(children) if one.after is None else children.index(one.after) + 1
        while at < len(children) and any(children[at] is other for _, other in found):
            at += 1
        one.parent.children = [*children[:at], made, *children[at:]]
    _part(
        sorted((made for _, made in found), key=lambda made: made.position_y),
        page.content_box_y() + page.height,
    )


def _keep_on_paper(notes: list[Box], height: float) -> None:
    """Let the highest note take the column where the notes of a page are together higher than its text.

    Raises ``LongFloatError``: the pages are laid out anew. What only a layout's own style puts there is left.
    """
    heights = [note.margin_height() for note in notes]
    if sum(heights) + _BETWEEN * (len(notes) - 1) > height:
        highest = max(notes, key=lambda note: note.margin_height())
        into_column(highest.element, LONG if highest.margin_height() > height else CROWDED)


def _part(notes: list[Box], bottom: float) -> None:
    """Move notes, from the head of a page to its foot, so that none stands over another or ends below ``bottom``."""
    for before, note in pairwise(notes):
        note.translate(0, max(0.0, before.position_y + before.margin_height() + _BETWEEN - note.position_y))
    for note in reversed(notes):
        note.translate(0, min(0.0, bottom - note.position_y - note.margin_height()))
        bottom = note.position_y - _BETWEEN


def _beside(box: Box) -> Iterator[_Beside]:
    """Yield what stands beside the blocks in a box, and beside their lines."""
    for child in getattr(box, "children", ()):
        note = block_marks(child).beside
        if note is not None:
            is_caption = note.element_tag == "figcaption"
            yield _Beside(note, box, child, box.position_y if is_caption else child.position_y)
        elif isinstance(child, LineBox):
            continue
        else:
            yield from _beside_lines(box, child)
            yield from _beside(child)


def _beside_lines(parent: Box, block_box: Box) -> Iterator[_Beside]:
    """Yield what stands beside the lines of a block."""
    for line in getattr(block_box, "children", ()):
        if not isinstance(line, LineBox):
            continue
        notes = [block_marks(inner).beside for inner in line.descendants()]
        for note in notes:
            if note is not None:
                within = block_box.element_tag in _HOLDERS
                holder, after = (block_box, None) if within else (parent, block_box)
                yield _Beside(note, holder, after, line.position_y, _baseline(line))


def _baseline(box: Box) -> float | None:
    """Return where the baseline of the first text in a box is (px); ``None`` where it has none."""
    texts = (inner for inner in box.descendants() if isinstance(inner, TextBox))
    return next((text.position_y + text.baseline for text in texts), None)


def _laid_out(call: BlockCall, one: _Beside) -> Box:
    """Return a note in the outer margin of its page."""
    context, page = call.context, call.containing_block
    box = one.note.deepcopy()
    box.style = box.style.copy()
    box.style["position"] = "static"
    box.position_x, box.position_y = page.content_box_x(), one.y
    context.create_block_formatting_context(one.note)
    made: Box | None = block.block_level_layout(
        context, box, -inf, None, page, True, call.absolute_boxes, call.fixed_boxes
    )[0]
    context.finish_block_formatting_context()
    assert made is not None
    own = _baseline(made)
    down = 0.0 if one.baseline is None or own is None else one.baseline - own
    is_left = page.page_type.side == "left"
    x = page.content_box_x() + (-made.margin_width() if is_left else page.width)
    made.translate(x - made.position_x, down)
    return made
