"""Blocks on pages of their own: turned tables, pictures that fill a page or two facing ones.

Where the flow comes to such a block, an empty box stands in for it, and the text goes on to the end of its page. The
next page has nothing but the block; after it the text goes on. A picture over two pages waits for a left one: where
the text goes on, it has the page before; where that has ended, or a break is forced, that page is blank.

Blocks keep their order, and stand before the next article. What a page leaves to the next, notes and parts of floats,
comes before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias
from xml.etree.ElementTree import Element

from cstprint.engine.blocks import plates, turned
from cstprint.engine.blocks.starts import Between, is_part
from cstprint.engine.weasy.calls import PageCall
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.layout import ZERO_PIXELS
from cstprint.engine.weasy.marks import Apart, Kind, Part, block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context, NextPage, SkipStack

#: The page, where the next one goes on, and what that is to be.
PageResult: TypeAlias = tuple[Box, SkipStack | None, NextPage]
PageLayout: TypeAlias = Callable[..., PageResult]

#: Breaks that ask for more than another page.
_SIDES_OF_SHEETS = ("left", "right", "recto", "verso")
_SIDES = ("top", "right", "bottom", "left")
#: What is said of the boxes around a block, and is not for a page of its own.
_PLAIN = {
    **{f"{name}_{side}": ZERO_PIXELS for name in ("margin", "padding") for side in _SIDES},
    **{f"border_{side}_width": 0 for side in _SIDES},
    **dict.fromkeys(("width", "height", "min_width", "min_height", "column_count", "column_width"), "auto"),
    **dict.fromkeys(("break_before", "break_after", "break_inside"), "auto"),
    **dict.fromkeys(("max_width", "max_height"), Dimension(float("inf"), "px")),
}


@dataclass(frozen=True)
class _Waiting:
    """The blocks that wait when a page begins, and where the first ones go on if a part of them stands already.

    ``flow`` is where the text goes on after them, on pages of the name ``name``; it is ``None`` where this page is
    still one of the text.
    """

    blocks: tuple[Apart, ...]
    inner: SkipStack | None = None
    flow: tuple[SkipStack | None, NextPage] | None = None
    name: str | None = None
    #: Whether the left half of a picture over two pages stands already.
    is_half: bool = False


class OwnPages:
    """The blocks that wait for pages of their own, page by page."""

    def __init__(self) -> None:
        self.waiting: dict[int, _Waiting] = {}
        #: The pictures before which a page is blank, by their elements.
        self.blank: dict[Element, None] = {}
        #: The page that is being made.
        self.number = 0

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: let empty boxes stand in for pictures that fill pages."""

        def build(*arguments: object, **options: object) -> Box:
            root = original(*arguments, **options)
            self.waiting.clear()
            self.blank.clear()
            plates.stand_in_for_plates(root)
            return root

        return build

    def making_page(self, original: PageLayout) -> PageLayout:
        """Replace ``make_page``: make a page of the blocks that wait for one."""

        def make(*arguments: object) -> PageResult:
            call = PageCall(*arguments)  # type: ignore[arg-type]
            self.number = call.page_number
            begun = self.waiting.get(call.page_number)
            if begun is None or begun.flow is None:
                page, resume_at, next_page = original(*call)
                blocks = (*(begun.blocks if begun else ()), *_left_on(page))
                return self._after(call, blocks, page, (resume_at, next_page))
            if call.page_type.blank:
                self._note(call.context, call.page_number + 1, begun)
                return original(*call)
            return self._own_page(original, call, begun)

        return make

    def between(self, original: Between) -> Between:
        """Replace ``block_level_page_break``: no other article begins before all blocks of one have their pages."""

        def page_break(before: Box | None, after: Box | None) -> str | None:
            asked = original(before, after)
            waits = before is not None and after is not None and is_part(after) and self._has_waiting(before)
            return "page" if waits and asked not in _SIDES_OF_SHEETS else asked

        return page_break

    def _has_waiting(self, before: Box) -> bool:
        """Return whether blocks wait for the next pages, those of ``before``, which stands on this one, too."""
        begun = self.waiting.get(self.number)
        return bool(begun and begun.flow is None and begun.blocks) or any(_left_on(before))

    def _after(
        self,
        call: PageCall,
        blocks: tuple[Apart, ...],
        page: Box,
        flow: tuple[SkipStack | None, NextPage],
        name: str | None = None,
    ) -> PageResult:
        """Return a page and what follows it: a page of the ``blocks`` that wait, or the text, from ``flow`` on."""
        context, following = call.context, call.page_number + 1
        resume_at, next_page = flow
        name = call.page_type.name if name is None else name
        # What this page has left to the next, notes and parts of floats, belongs to the text.
        is_left = context.reported_footnotes or (context.broken_out_of_flow and resume_at is not None)
        waits_for_left = bool(blocks) and blocks[0].kind is Kind.SPREAD and call.page_type.side == "left"
        goes_on = resume_at is not None and next_page["break"] == "any"
        if not blocks or is_left or (goes_on and (waits_for_left or _comes_later(context, blocks[0]))):
            self._note(context, following, _Waiting(blocks) if blocks else None)
            return page, resume_at, next_page
        self._note(context, following, _Waiting(blocks, flow=flow, name=name))
        if waits_for_left:
            self.blank[blocks[0].box.element] = None
        asked = "left" if waits_for_left else "any"
        # A layout that has no place to go on ends.
        return page, resume_at or {0: None}, {"break": asked, "page": _name_of(blocks[0], name)}

    def _note(self, context: Context, number: int, waiting: _Waiting | None) -> None:
        """Note what waits when a page begins."""
        pages_apart = context_marks(context).pages_apart
        pages_apart.discard(number)
        self.waiting.pop(number, None)
        if waiting is not None:
            self.waiting[number] = waiting
            if waiting.flow is not None:
                pages_apart.add(number)

    def _own_page(self, original: PageLayout, call: PageCall, begun: _Waiting) -> PageResult:
        """Return a page with the first blocks that wait: as many tables as fit, one picture, half of one."""
        assert begun.flow is not None
        first, marks = begun.blocks[0], context_marks(call.context)
        blocks = tuple(
            takewhile(lambda one: one.around == first.around and one.kind is first.kind, begun.blocks)
        )
        is_table = first.kind is Kind.TABLE
        blocks = blocks if is_table else blocks[:1]
        boxes = [one.box if is_table else plates.part_of(one.box, _part(begun)) for one in blocks]
        marks.is_apart, marks.is_turned = True, is_table
        try:
            root = _alone(first.around, boxes)
            page, inner, next_page = original(*call._replace(root_box=root, resume_at=begun.inner))
        finally:
            marks.is_apart = marks.is_turned = False
        mark_block(page, is_apart=True)
        if is_table:
            turned.turn(page, centred=inner is None and begun.inner is None)
        elif begun.is_half:
            plates.move_to_right_half(page)
        if first.kind is Kind.SPREAD and not begun.is_half:
            rest = replace(begun, is_half=True)
        elif is_table and inner is not None:
            rest = replace(begun, inner=inner)
        else:
            return self._after(call, begun.blocks[len(blocks) :], page, begun.flow, begun.name)
        self._note(call.context, call.page_number + 1, rest)
        name = _name_of(first, begun.name)
        return page, begun.flow[0] or {0: None}, {**next_page, "break": "any", "page": name}


def _part(begun: _Waiting) -> Part:
    """Return the part of a picture that begins the pages of what waits."""
    if begun.blocks[0].kind is Kind.PLATE:
        return Part.WHOLE
    return Part.RIGHT if begun.is_half else Part.LEFT


def _comes_later(context: Context, block: Apart) -> bool:
    """Whether figures wait for the next page that come before a picture in the text."""
    following, waiting = context.current_page + 1, context_marks(context).first_waiting
    first = min(
        (waiting[key] for key in ((following, True), (following, False)) if key in waiting), default=None
    )
    return block.kind is not Kind.TABLE and first is not None and first < block_marks(block.box).order


def _name_of(block: Apart, name: str | None) -> str | None:
    """Return the name of a block's page, which is that of the text, ``name``, if it has none."""
    return block.box.page_values()[0] or name if block.kind is not Kind.TABLE else name


def _left_on(part: Box) -> Iterator[Apart]:
    """Yield the blocks for which empty boxes stand on a page, or in a part of it."""
    marks = (block_marks(box) for box in part.descendants())
    return (one.apart for one in marks if one.apart is not None)


def _alone(around: Sequence[Box], children: list[Box]) -> Box:
    """Return the root box, the first of those ``around``, with nothing in it but ``children`` of one article."""
    for outer in reversed(around):
        box = outer.copy_with_children(children)
        box.style = outer.style.copy()
        for name, value in _PLAIN.items():
            box.style[name] = value
        children = [box]
    return children[0]
