"""Tables that are wider than the text, even in their smallest type, are turned by 90° on a page of their own.

Where the flow comes to such a table, an empty box stands in for it, and the text goes on to the end of its page. The
next page is laid out with its width and height exchanged; nothing stands on it but the table with its caption and its
notes. Then it is turned: the head of the table is at the left edge of the paper (顶左底右), and the running heads are
where they always are. A table that is longer than that page goes on on further ones, with its head. Viewers show such
a page with its table upright (``/Rotate``).

A style sheet asks for this with ``--cst-may-turn: yes`` on the block of a table that stands right in an article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias

from cstprint.engine.blocks.articles import HEADING, articles, classes, in_grid_columns
from cstprint.engine.blocks.measures import content_bottom
from cstprint.engine.blocks.tables import needs_more_than
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import BlockBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult, PageCall
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.layout import ZERO_PIXELS
from cstprint.engine.weasy.marks import WideTable, block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context, NextPage, SkipStack

#: The page, where the next one goes on, and what that is to be.
PageResult: TypeAlias = tuple[Box, SkipStack | None, NextPage]
PageLayout: TypeAlias = Callable[..., PageResult]

#: What is no text of an article.
_BESIDE_TEXT = frozenset({"article-head", HEADING, "source", "article-credits"})
_SIDES = ("top", "right", "bottom", "left")
#: What is said of the boxes around a table, and is not for a page of its own.
_PLAIN = {
    **{f"{name}_{side}": ZERO_PIXELS for name in ("margin", "padding") for side in _SIDES},
    **{f"border_{side}_width": 0 for side in _SIDES},
    **dict.fromkeys(("width", "height", "min_width", "min_height", "column_count", "column_width"), "auto"),
    **dict.fromkeys(("break_before", "break_after", "break_inside"), "auto"),
    **dict.fromkeys(("max_width", "max_height"), Dimension(float("inf"), "px")),
}


@dataclass(frozen=True)
class _Waiting:
    """The tables that wait when a page begins, and where the first ones go on if a part of them stands already.

    ``flow`` is where the text goes on after them; it is ``None`` where this page is still one of the text.
    """

    tables: tuple[WideTable, ...]
    inner: SkipStack | None = None
    flow: tuple[SkipStack | None, NextPage] | None = None


class TurnedTables:
    """The tables that wait for a page of their own, page by page."""

    def __init__(self) -> None:
        self.waiting: dict[int, _Waiting] = {}
        #: Whether a table of the document may be turned.
        self._may_turn = False

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: note the tables that may be turned."""

        def build(*arguments: object, **options: object) -> Box:
            root = original(*arguments, **options)
            self.waiting.clear()
            self._may_turn = False
            among = {id(article): article for article in articles(root)}
            for around in _paths(root, among):
                for child in _tables_of(around[-1]):
                    mark_block(child, wide_table=WideTable(child, around))
                    self._may_turn = True
            return root

        return build

    def in_flow(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout``: let an empty box stand in for a table that is turned."""

        def lay_out(context: Context, box: Box, *rest: object, **options: object) -> BlockResult:
            table = block_marks(box).wide_table
            # Columns exchange their children themselves: only they know how wide all of them are.
            if table is None or context_marks(context).is_turned or in_grid_columns(table.around[-1]):
                return original(context, box, *rest, **options)
            call = BlockCall(context, box, *rest, **options)  # type: ignore[arg-type]
            if call.skip_stack is None:
                there = stood_in_for(context, box, call.containing_block.width)
                there.position_x, there.position_y = box.position_x, box.position_y
                call = call._replace(box=there)
            return original(*call)

        return lay_out

    def making_page(self, original: PageLayout) -> PageLayout:
        """Replace ``make_page``: make a page of the tables that wait for one."""

        def make(*arguments: object) -> PageResult:
            if not self._may_turn:
                return original(*arguments)
            call = PageCall(*arguments)  # type: ignore[arg-type]
            begun = self.waiting.get(call.page_number)
            if begun is not None and begun.flow is not None:
                return self._turned_page(original, call, begun)
            page, resume_at, next_page = original(*call)
            waiting = (*(begun.tables if begun else ()), *_left_on(page))
            return self._after(call, waiting, page, (resume_at, next_page))

        return make

    def turning(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``page_height``: exchange the width and height of a page that is turned."""

        def height(page: Box, context: Context, containing_height: float) -> None:
            original(page, context, containing_height)
            if context_marks(context).is_turned:
                _exchange(page, 1)

        return height

    def _after(
        self,
        call: PageCall,
        tables: tuple[WideTable, ...],
        page: Box,
        flow: tuple[SkipStack | None, NextPage],
    ) -> PageResult:
        """Return a page and what follows it: a page of the ``tables`` that wait, or the text, from ``flow`` on."""
        context, following = call.context, call.page_number + 1
        resume_at, next_page = flow
        # What this page has left to the next, notes and parts of floats, belongs to the text.
        is_left = context.reported_footnotes or (context.broken_out_of_flow and resume_at is not None)
        self._note(context, following, _Waiting(tables, flow=None if is_left else flow) if tables else None)
        if not tables or is_left:
            return page, resume_at, next_page
        # A layout that has no place to go on ends.
        return page, resume_at or {0: None}, {"break": "any", "page": call.page_type.name}

    def _note(self, context: Context, number: int, waiting: _Waiting | None) -> None:
        """Note what waits when a page begins."""
        turned_pages = context_marks(context).turned_pages
        turned_pages.discard(number)
        self.waiting.pop(number, None)
        if waiting is not None:
            self.waiting[number] = waiting
            if waiting.flow is not None:
                turned_pages.add(number)

    def _turned_page(self, original: PageLayout, call: PageCall, begun: _Waiting) -> PageResult:
        """Return a page with the first tables that wait, as far as they fit on it."""
        context, around = call.context, begun.tables[0].around
        assert begun.flow is not None
        tables = tuple(takewhile(lambda table: table.around == around, begun.tables))
        marks = context_marks(context)
        marks.is_turned = True
        try:
            page, inner, next_page = original(*call._replace(root_box=_alone(tables), resume_at=begun.inner))
        finally:
            marks.is_turned = False
        if inner is None and begun.inner is None:
            _centre(page)
        _turn(page)
        if inner is None:
            return self._after(call, begun.tables[len(tables) :], page, begun.flow)
        self._note(context, call.page_number + 1, replace(begun, inner=inner))
        return page, begun.flow[0] or {0: None}, {**next_page, "break": "any", "page": call.page_type.name}


def _tables_of(article: Box) -> list[Box]:
    """Return the tables of an article that may be turned: none where its head would be left alone on its page."""
    inside = (child for child in article.children if child.is_in_normal_flow())
    blocks = [child for child in inside if "::" not in (child.element_tag or "")]
    tables = [block for block in blocks if token(block.style, "may_turn") == "yes"]
    others = (block for block in blocks if block not in tables and not classes(block) & _BESIDE_TEXT)
    return tables if next(others, None) is not None else []


def stood_in_for(context: Context, box: Box, width: float) -> Box:
    """Return an empty box for a table that may be turned and needs more than ``width``, any other box as it is."""
    marks = block_marks(box)
    if marks.wide_table is None or not needs_more_than(context, box, width):
        return box
    style = box.style.anonymous_style.copy()
    style["break_after"] = "avoid"  # no head stands alone before it
    empty: Box = BlockBox(None, style, None, [])
    mark_block(empty, order=marks.order, barriers=marks.barriers, stays=True, turned=marks.wide_table)
    return empty


def _paths(box: Box, among: dict[int, Box], around: tuple[Box, ...] = ()) -> Iterator[tuple[Box, ...]]:
    """Yield the boxes from the root to each of the articles ``among``."""
    around = (*around, box)
    if id(box) in among:
        yield around
        return
    for child in getattr(box, "children", ()):
        yield from _paths(child, among, around)


def _left_on(page: Box) -> list[WideTable]:
    """Return the tables for which empty boxes stand on a page."""
    marks = (block_marks(box) for box in page.descendants())
    return [one.turned for one in marks if one.turned is not None]


def _alone(tables: Sequence[WideTable]) -> Box:
    """Return the root box with nothing in it but tables of one article."""
    children = [table.box for table in tables]
    for outer in reversed(tables[0].around):
        box = outer.copy_with_children(children)
        box.style = outer.style.copy()
        for name, value in _PLAIN.items():
            box.style[name] = value
        children = [box]
    return children[0]


def _exchange(page: Box, by: int) -> None:
    """Exchange width and height of a page, and move what is around its content by ``by`` sides."""
    page.width, page.height = page.height, page.width
    for name in ("margin_{}", "padding_{}", "border_{}_width"):
        values = [getattr(page, name.format(side)) for side in _SIDES]
        for index, side in enumerate(_SIDES):
            setattr(page, name.format(side), values[(index - by) % len(_SIDES)])


def _centre(page: Box) -> None:
    """Move what stands on a page to its middle."""
    root, notes, _ = page.children
    bottom = notes.position_y if notes.children else page.content_box_y() + page.height
    root.translate(0, max(0.0, (bottom - content_bottom(root)) / 2))


def _turn(page: Box) -> None:
    """Turn what stands on a page that was laid out with its width and height exchanged."""
    _exchange(page, -1)
    mark_block(page, is_turned=True)
    for child in page.children:
        child.style = child.style.copy()
        child.style["transform"] = (("matrix", (0, -1, 1, 0, 0, page.margin_height())),)
        # Around the corner of the paper.
        corner = child.border_box_x(), child.border_box_y()
        child.style["transform_origin"] = tuple(Dimension(-edge, "px") for edge in corner)
