"""Figures that leave their place in the text for the head or the foot of a later page (page floats).

CSS has them (CSS Page Floats, ``float-reference: page``), WeasyPrint has not. Where the flow comes to a figure that
may leave its place and does not fit, an empty box stands in for it and the text goes on; when the page is made, the
stand-ins that are on it tell which figures wait for the next one. There they are laid out first, the flow begins
below them (or ends above them), and they are put into their article's part of that page, so that they are read there.

Which figures may leave their places is known beforehand, or found when one leaves a gap (:mod:`.gaps`).

Figures keep their order, and none is passed by a section's head, the end of its article, or a figure that stays:
these begin a page of their own while figures wait.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf
from typing import Any

from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.columns.children import in_grid_columns, may_move
from cstprint.engine.page_floats.boxes import (
    MOST_EMPTY,
    Barrier,
    PageFloat,
    Rest,
    any_page,
    articles,
    at_foot,
    barriers,
    content_bottom,
    contents_overflow,
    fit_to_rows,
    holds_figures,
    id_of,
    in_new_order,
    is_movable,
    let_wait,
    opens_section,
    overflows,
    put_in,
    refers,
    refused,
    stand_in,
    taken_out,
    without_flow,
)
from cstprint.engine.page_floats.gaps import OpenFigures, may_end_with
from cstprint.engine.weasy.trial import Page, State
from cstprint.placement.decisions import NONE, Decision, Placements

#: More than the places in the text of an article.
_ORDERS = 1_000_000
#: Text that ends so many lines or more above the foot is the last of its section or article.
_FEW_LINES = 3


class PageFloats:
    """The figures that wait, page by page of the layout that is being made."""

    def __init__(self, placements: Placements = NONE, *, mends_holes: bool = False):
        self._given = placements
        self._mends_holes = mends_holes
        #: What has become of figures so far in this layout.
        self.placements = placements
        #: Page → the figures that wait when it begins, each with where it goes on if a part of it stands already.
        self.waiting: dict[int, list[Rest]] = {}
        #: Those that this page has no room for either, and those that the flow of this page has left out.
        self.left: list[Rest] = []
        self.passed: set[PageFloat] = set()
        #: The boxes of those that stand on this page.
        self.placed: list[tuple[PageFloat, Any]] = []
        self.at_foot: list[PageFloat] = []
        #: WeasyPrint's own head of the page, and its function.
        self.area: Any = None
        self.block_level_layout: Any = None

    def building(self, original: Any) -> Any:
        """Replace ``build_formatting_structure``: mark the figures that may leave their places."""

        def build(*arguments: Any) -> Any:
            root = original(*arguments)
            self.waiting, self.placements = {}, self._given
            for number, article in enumerate(articles(root)):
                article.cst_barriers = [Barrier(number * _ORDERS)]
                self._mark(article, number * _ORDERS + 1)
            return root

        return build

    def _mark(self, article: Any, first: int) -> None:
        """Note at the children of an article which of them may leave their place, and which none may pass.

        Their places in the text are numbered from ``first``.
        """
        from weasyprint.formatting_structure import boxes

        article.children = in_new_order(article.children, self.placements.moved_after)
        end = boxes.BlockBox(None, article.style.anonymous_style, None, [])
        end.cst_barriers, end.cst_stands_in = [Barrier(first + len(article.children))], None
        in_columns, leave = in_grid_columns(article), False
        for index, child in enumerate(article.children):
            child.cst_order = order = first + index
            identity = id_of(child)
            decision = self.placements.decisions.get(identity)
            if in_columns:  # what does not fit there goes without being told to
                child.cst_stays = decision is Decision.KEEP
            if opens_section(child) or (holds_figures(child) and not (in_columns and may_move(child))):
                child.cst_barriers = [Barrier(order)]
            if not in_columns and decision is Decision.DEFER and is_movable(child):
                leave = True
                self._let_go(child, article)
        let_wait(article.children, self.placements.delays)
        figures = OpenFigures(article, self.placements.decisions)
        if self._mends_holes and figures.boxes and may_end_with(article, end):
            leave = True
            for child in figures.boxes:
                child.cst_open = figures, article
        if leave:
            article.children = [*article.children, end]

    @staticmethod
    def _let_go(box: Any, article: Any) -> None:
        """Let a figure leave its place; it is passed, unless it was said to wait for others."""
        box.cst_float = PageFloat(box, article, box.cst_order)
        box.cst_barriers = [barrier for barrier in barriers(box) if barrier.figure]

    def _waiting_before(self, order: int) -> int:
        """Return how many pages the figures take at most that come before a place in the text and wait.

        Those that wait for the foot of this page are counted, too.
        """
        left = (figure for figure, _ in self.left)
        waiting = {figure for figure in (*left, *self.passed, *self.at_foot) if figure.order < order}
        return sum(figure.pages for figure in waiting)

    def _stops(self, context: Any, box: Any) -> bool:
        """Whether a box may not stand on this page because of the figures that come before it."""
        leaves_half = self._leaves_half(context, box.position_y)
        # The end of an article may stand above its figures.
        at_foot = len(self.at_foot) if hasattr(box, "cst_stands_in") else 0
        return any(
            self._waiting_before(barrier.order) > max(barrier.spare, at_foot)
            for barrier in barriers(box)
            if not barrier.links and not (barrier.figure and leaves_half)
        )

    def _links_that_wait(self, box: Any) -> frozenset[str]:
        """Return the addresses of figures that a box may not mention on this page, as too many wait before them."""
        wait = (barrier for barrier in barriers(box) if self._waiting_before(barrier.order) > barrier.spare)
        return frozenset().union(*(barrier.links for barrier in wait))

    @staticmethod
    def _leaves_half(context: Any, position_y: float) -> bool:
        """Whether so much of a page would be empty from there on that no text waits for a figure's sake."""
        room = context.current_footnote_area.page.height
        return bool(context.page_bottom - position_y > MOST_EMPTY * room)

    def _above_mention(self, links: frozenset[str], original: Any, arguments: Any) -> Any:
        """Return the layout of a block, up to the line that mentions one of ``links``."""
        from weasyprint.formatting_structure import boxes

        context, box, bottom_space, _, _, page_is_empty, absolute, fixed, *_ = arguments
        state = State(Page(context, bottom_space, page_is_empty, absolute, fixed, ()))
        position = box.position_x, box.position_y
        made, *_ = result = original(*arguments)
        lines = (
            () if made is None else (line for line in made.descendants() if isinstance(line, boxes.LineBox))
        )
        line = next((line for line in lines if refers([line], links)), None)
        if line is None or self._leaves_half(context, line.position_y):
            return result
        state.restore()
        box.position_x, box.position_y = position
        above = max(bottom_space, context.page_bottom - line.position_y)
        return original(context, box, above, *arguments[3:])

    def in_flow(self, original: Any) -> Any:
        """Replace ``block_level_layout``: let a block of an article wait, leave its place, or stand."""
        self.block_level_layout = original

        def lay_out(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
            figure = getattr(box, "cst_float", None)
            if figure is None and not barriers(box):
                return original(context, box, *rest, **options)
            page_is_empty, begins = rest[3], rest[1] is None
            if begins and not page_is_empty and self._stops(context, box):
                return refused()
            if begins and figure is not None:
                return self._flowing(figure, original, (context, box, *rest))
            if begins and not page_is_empty and hasattr(box, "cst_open"):
                return self._mended(original, (context, box, *rest))
            links = frozenset[str]() if page_is_empty else self._links_that_wait(box)
            if links:
                return self._above_mention(links, original, (context, box, *rest))
            return original(context, box, *rest, **options)

        return lay_out

    def _mended(self, original: Any, arguments: Any) -> Any:
        """Return the layout of a figure in its place; if that leaves a gap, it and those after it leave theirs."""
        from weasyprint.layout.block import remove_placeholders

        context, box, bottom_space, *rest = arguments
        position = box.position_x, box.position_y
        made, resume_at, *_ = result = original(*arguments)
        if made is not None and (resume_at is not None or not contents_overflow(context, made, bottom_space)):
            return result
        figures, _ = box.cst_open
        leaving = figures.leaving_from(box, position[1], self.placements.decisions, context)
        if not leaving:
            return result
        box.position_x, box.position_y = position
        remove_placeholders(context, [made] if made else [], rest[3], rest[4])
        for one in leaving:
            _, article = one.cst_open
            del one.cst_open
            self._let_go(one, article)
        deferred = {id_of(one): Decision.DEFER for one in leaving}
        decisions = {**self.placements.decisions, **deferred}
        self.placements = replace(self.placements, decisions=decisions)
        self._note_place(box.cst_float, context, rest[1])
        return self._passed_or_torn(box.cst_float, original, arguments)

    def _flowing(self, figure: PageFloat, original: Any, arguments: Any) -> Any:
        """Return the layout of a figure in its place, or an empty box in its stead where it leaves it."""
        from weasyprint.layout.block import remove_placeholders

        context, box, bottom_space, _, containing_block, page_is_empty, *rest = arguments
        position = box.position_x, box.position_y
        self._note_place(figure, context, containing_block)
        if page_is_empty or not self._waiting_before(figure.order):
            made, resume_at, *_ = result = original(*arguments)
            fits = (
                made is not None and resume_at is None and not contents_overflow(context, made, bottom_space)
            )
            if page_is_empty or fits:
                self.passed.discard(figure)
                return self._torn(figure, result)
            remove_placeholders(context, [made] if made else [], rest[0], rest[1])
            box.position_x, box.position_y = position
        return self._passed_or_torn(figure, original, arguments)

    def _note_place(self, figure: PageFloat, context: Any, containing_block: Any) -> None:
        """Remember where a figure would stand in the flow."""
        figure.block = containing_block
        figure.offset_x = figure.box.position_x - context.current_footnote_area.page.content_box_x()

    def _passed_or_torn(self, figure: PageFloat, original: Any, arguments: Any) -> Any:
        """Return an empty box instead of a figure that does not fit, or a part of it if it is higher than a page."""
        from weasyprint.layout.block import remove_placeholders

        context, box, bottom_space, _, _, _, absolute, fixed, adjoining_margins, *_ = arguments
        position = box.position_x, box.position_y
        if self._is_too_high(context, figure) and not self._waiting_before(figure.order):
            box.position_x, box.position_y = position
            torn = self._torn(figure, original(*arguments))
            # WeasyPrint lets a first row that does not fit reach over the edge.
            if hasattr(torn[0], "cst_rest") and not overflows(context, torn[0], bottom_space):
                return torn
            remove_placeholders(context, [torn[0]] if torn[0] else [], absolute, fixed)
        box.position_x, box.position_y = position
        self.passed.add(figure)
        return stand_in(figure), None, any_page(), adjoining_margins, True, None

    def _torn(self, figure: PageFloat, result: Any) -> Any:
        """Return the layout of a part of a figure, below which the text goes on; the rest waits for the next page."""
        made, resume_at, *others = result
        if made is None or resume_at is None:
            return result
        fit_to_rows(made)
        made.cst_rest = figure, resume_at
        self.passed.add(figure)
        return made, None, *others

    def _whole(self, context: Any, figure: PageFloat, absolute: list[Any]) -> Any:
        """Return the layout of a figure where its box is, however little room there is."""
        return self.block_level_layout(
            context, figure.box, -inf, None, figure.block, True, absolute, absolute
        )[0]

    def _is_too_high(self, context: Any, figure: PageFloat) -> bool:
        """Whether a figure is higher than a page: it is torn between its rows, or reaches over the edge."""
        from weasyprint.layout.block import remove_placeholders

        absolute: list[Any] = []
        made = self._whole(context, figure, absolute)
        remove_placeholders(context, [made], absolute, absolute)
        pages = made.margin_height() / context.current_footnote_area.page.height
        figure.pages = 1 if pages <= 1 else ceil(pages) + 1  # rows leave room at the foot of each
        return figure.pages > 1

    def beside(self, original: Any) -> Any:
        """Let what stands beside the text and has figures begin a page where others wait."""

        def lay_out(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
            made, resume_at = original(context, box, *rest, **options)
            if self._stops(context, box):
                made.height = max(made.height, context.page_bottom + 1 - made.position_y)
            return made, resume_at

        return lay_out

    def on_page(self, original: Any) -> Any:
        """Replace ``block_level_layout`` of pages: place the figures that waited for a page."""

        def lay_out(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
            if box.is_for_root_element:
                return self._page(original, context, box, rest)
            result = original(context, box, *rest, **options)
            if box.element_tag == "@note-area":
                self.area = result[0]
                self._head(context, rest[2])
            return result

        return lay_out

    def _page(self, original: Any, context: Any, root: Any, rest: tuple[Any, ...]) -> Any:
        """Return the layout of the flow of a page, below or above the figures that waited for it."""
        bottom_space, skip_stack, page, page_is_empty, *lists = rest
        place = bottom_space, skip_stack, page
        result = original(context, root, *place, page_is_empty and not self.placed, *lists)
        if result[0] is None and self.placed:
            made, *_ = original(context, without_flow(root, skip_stack), *place, True, *lists)
            result = made, skip_stack, any_page(), [], False, None
        if result[0] is not None:
            self._finish(context, result[0])
        return result

    def _head(self, context: Any, page: Any) -> None:
        """Lay out the figures that wait for this page, as many as it has room for."""
        from weasyprint.layout.block import remove_placeholders

        self.placed, self.at_foot, self.passed = [], [], set()
        self.left = list(self.waiting.get(context.current_page, ()))
        y = page.content_box_y() + self.area.margin_height()
        while self.left:
            figure, skip_stack = self.left[0]
            figure.box.position_x, figure.box.position_y = page.content_box_x() + figure.offset_x, y
            absolute: list[Any] = []
            resume_at = None
            if figure.pages == 1:
                made = self._whole(context, figure, absolute)
            else:
                arguments = figure.box, 0, skip_stack, figure.block, not self.placed, absolute, absolute
                made, resume_at, *_ = self.block_level_layout(context, *arguments)
            if made is None or (self.placed and overflows(context, made, 0)):
                remove_placeholders(context, [made] if made else [], absolute, absolute)
                break
            self.placed.append((figure, made))
            self.left.pop(0)
            if resume_at is not None:
                fit_to_rows(made)
                self.left.insert(0, (figure, resume_at))
                break
            y = made.position_y + made.margin_height()
        if not self.placed:
            return
        first, last = self.placed[0][1], self.placed[-1][1]
        height = last.position_y + last.margin_height() - first.position_y
        if at_foot(first):
            context.page_bottom -= height
            self.at_foot = [figure for figure, _ in self.placed]
        else:
            # The flow begins below WeasyPrint's own head of the page, if there is anything in it.
            self.area.children = [*self.area.children, *(made for _, made in self.placed)]
            self.area.height += height

    def _finish(self, context: Any, root: Any) -> None:
        """Put the figures that stand on this page into their articles, and note those that wait for the next."""
        if self.at_foot:
            first = self.placed[0][1]
            bottom = content_bottom(root)
            ends_early = context.page_bottom - bottom > _FEW_LINES * line_height(first)
            for _, made in self.placed:
                made.translate(0, (bottom if ends_early else context.page_bottom) - first.position_y)
        following = [*self.left, *taken_out(root)]
        following_page = context.current_page  # its index from 0
        if (
            following != self.waiting.get(following_page + 1, [])
            and following_page < len(context.page_maker) - 1
        ):
            context.page_maker[following_page][-1]["content_changed"] = True  # it was laid out without them
        self.waiting[following_page + 1] = following
        boxes = [made for _, made in self.placed]
        self.area.children = [child for child in self.area.children if child not in boxes]
        for figure, made in self.placed:
            put_in(root, figure, made)
