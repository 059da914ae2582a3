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

from collections.abc import Callable
from dataclasses import replace
from math import ceil, inf

from cstprint.engine.blocks.articles import articles, at_foot, id_of, refers
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.blocks.measures import (
    MOST_EMPTY,
    any_page,
    content_bottom,
    contents_overflow,
    fit_to_rows,
    overflows,
    refused,
)
from cstprint.engine.page_floats.boxes import put_in, stand_in, taken_out, without_flow
from cstprint.engine.page_floats.marking import ORDERS, defer, mark_article
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult, FloatLayout
from cstprint.engine.weasy.layout import absolute_layout, remove_placeholders
from cstprint.engine.weasy.marks import (
    Barrier,
    PageFloat,
    Rest,
    block_marks,
    context_marks,
    mark_block,
    note_waiting,
)
from cstprint.engine.weasy.trial import State, page_of
from cstprint.engine.weasy.types import Box, Context, SkipStack
from cstprint.placement.decisions import NONE, Decision, Placements

#: Text that ends so many lines or more above the foot is the last of its section or article.
_FEW_LINES = 3


class PageFloats:
    """The figures that wait, page by page of the layout that is being made."""

    def __init__(self, placements: Placements = NONE, *, fills_gaps: bool = False):
        self._given = placements
        self._fills_gaps = fills_gaps
        #: What has become of figures so far in this layout.
        self.placements = placements
        #: Page → the figures that wait when it begins, each with where it goes on if a part of it stands already.
        self.waiting: dict[int, list[Rest]] = {}
        #: Those that this page has no room for either, and those that the flow of this page has left out.
        self.left: list[Rest] = []
        self.passed: set[PageFloat] = set()
        #: The boxes of those that stand on this page.
        self.placed: list[tuple[PageFloat, Box]] = []
        self.at_foot: list[PageFloat] = []
        #: WeasyPrint's own head of the page, and its function.
        self.area: Box
        self.block_level_layout: BlockLayout

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: mark the figures that may leave their places."""

        def build(*arguments: object) -> Box:
            root = original(*arguments)
            self.waiting, self.placements = {}, self._given
            for number, article in enumerate(articles(root)):
                mark_block(article, barriers=(Barrier(number * ORDERS),))
                mark_article(article, number * ORDERS + 1, self.placements, fills_gaps=self._fills_gaps)
            return root

        return build

    def _waiting_before(self, order: int) -> int:
        """Return how many pages the figures take at most that come before a place in the text and wait.

        Those that wait for the foot of this page are counted, too.
        """
        left = (figure for figure, _ in self.left)
        waiting = {figure for figure in (*left, *self.passed, *self.at_foot) if figure.order < order}
        return sum(figure.pages for figure in waiting)

    def _stops(self, context: Context, box: Box) -> bool:
        """Whether a box may not stand on this page because of the figures that come before it."""
        leaves_half = self._leaves_half(context, box.position_y)
        # The end of an article may stand above its figures.
        at_foot = len(self.at_foot) if block_marks(box).is_stand_in else 0
        return any(
            self._waiting_before(barrier.order) > max(barrier.spare, at_foot)
            for barrier in block_marks(box).barriers
            if not barrier.links and not (barrier.figure and leaves_half)
        )

    def _links_that_wait(self, box: Box) -> frozenset[str]:
        """Return the addresses of figures that a box may not mention on this page, as too many wait before them."""
        wait = (
            barrier
            for barrier in block_marks(box).barriers
            if self._waiting_before(barrier.order) > barrier.spare
        )
        return frozenset().union(*(barrier.links for barrier in wait))

    @staticmethod
    def _leaves_half(context: Context, position_y: float) -> bool:
        """Whether so much of a page would be empty from there on that no text waits for a figure's sake."""
        room = context.current_footnote_area.page.height
        return bool(context.page_bottom - position_y > MOST_EMPTY * room)

    def _above_mention(self, links: frozenset[str], original: BlockLayout, call: BlockCall) -> BlockResult:
        """Return the layout of a block, up to the line that refers to one of ``links``."""
        context, box = call.context, call.box
        state, position = State(page_of(call)), (box.position_x, box.position_y)
        result = original(*call)
        made = result[0]
        lines = () if made is None else (line for line in made.descendants() if isinstance(line, LineBox))
        line = next((line for line in lines if refers([line], links)), None)
        if line is None or self._leaves_half(context, line.position_y):
            return result
        state.restore()
        box.position_x, box.position_y = position
        above = max(call.bottom_space, context.page_bottom - line.position_y)
        return original(*call._replace(bottom_space=above))

    def in_flow(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout``: let a block of an article wait, leave its place, or stand."""
        self.block_level_layout = original

        def lay_out(context: Context, box: Box, *rest: object, **options: object) -> BlockResult:
            marks = block_marks(box)
            if marks.page_float is None and not marks.barriers:
                return original(context, box, *rest, **options)
            call = BlockCall(context, box, *rest, **options)  # type: ignore[arg-type]
            begins = call.skip_stack is None
            if begins and not call.page_is_empty and self._stops(context, box):
                return refused()
            if begins and marks.page_float is not None:
                return self._flowing(marks.page_float, original, call)
            if begins and not call.page_is_empty and marks.open_figures is not None:
                return self._mended(original, call)
            links = frozenset[str]() if call.page_is_empty else self._links_that_wait(box)
            if links:
                return self._above_mention(links, original, call)
            return original(*call)

        return lay_out

    def _mended(self, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Return the layout of a figure in its place; if that leaves a gap, it and those after it leave theirs."""
        context, box = call.context, call.box
        position = box.position_x, box.position_y
        result = original(*call)
        made, resume_at, *_ = result
        if made is not None and (
            resume_at is not None or not contents_overflow(context, made, call.bottom_space)
        ):
            return result
        figures = block_marks(box).open_figures
        leaving = figures.leaving_from(box, position[1], self.placements.decisions, context)
        if not leaving:
            return result
        box.position_x, box.position_y = position
        _take_back(call, made)
        for one in leaving:
            article = block_marks(one).open_figures.article
            mark_block(one, open_figures=None)
            defer(one, article)
        deferred = {id_of(one): Decision.DEFER for one in leaving}
        decisions = {**self.placements.decisions, **deferred}
        self.placements = replace(self.placements, decisions=decisions)
        figure = block_marks(box).page_float
        assert figure is not None
        self._note_place(figure, call)
        return self._passed_or_torn(figure, original, call)

    def _flowing(self, figure: PageFloat, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Return the layout of a figure in its place, or an empty box in its stead where it leaves it."""
        context, box = call.context, call.box
        position = box.position_x, box.position_y
        self._note_place(figure, call)
        if call.page_is_empty or not self._waiting_before(figure.order):
            result = original(*call)
            made, resume_at, *_ = result
            fits = (
                made is not None
                and resume_at is None
                and not contents_overflow(context, made, call.bottom_space)
            )
            is_parted = made is not None and block_marks(made).is_parted
            if is_parted:
                figure.pages = 2
            if call.page_is_empty or fits or is_parted:
                self.passed.discard(figure)
                return self._torn(figure, result)
            _take_back(call, made)
            box.position_x, box.position_y = position
        return self._passed_or_torn(figure, original, call)

    @staticmethod
    def _note_place(figure: PageFloat, call: BlockCall) -> None:
        """Remember where a figure would stand in the flow."""
        figure.block = call.containing_block
        page = call.context.current_footnote_area.page
        figure.offset_x = figure.box.position_x - page.content_box_x()

    def _passed_or_torn(self, figure: PageFloat, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Return an empty box instead of a figure that does not fit, or a part of it if it is higher than a page."""
        context, box = call.context, call.box
        position = box.position_x, box.position_y
        if self._is_too_high(context, figure) and not self._waiting_before(figure.order):
            box.position_x, box.position_y = position
            torn = self._torn(figure, original(*call))
            made = torn[0]
            # WeasyPrint lets a first row that does not fit reach over the edge.
            if (
                made is not None
                and block_marks(made).rest is not None
                and not overflows(context, made, call.bottom_space)
            ):
                return torn
            _take_back(call, made)
        box.position_x, box.position_y = position
        self.passed.add(figure)
        margins = call.adjoining_margins if call.adjoining_margins is not None else []
        return BlockResult(stand_in(figure), None, any_page(), margins, collapsing_through=True)

    def _torn(self, figure: PageFloat, result: BlockResult) -> BlockResult:
        """Return the layout of a part of a figure, below which the text goes on; the rest waits for the next page."""
        made, resume_at, *_ = result
        if made is None or resume_at is None:
            return result
        fit_to_rows(made)
        mark_block(made, rest=(figure, resume_at))
        self.passed.add(figure)
        return BlockResult(*result)._replace(resume_at=None)

    def _whole(self, context: Context, figure: PageFloat, absolute: list[Box]) -> Box:
        """Return the layout of a figure where its box is, however little room there is."""
        made = self.block_level_layout(
            context, figure.box, -inf, None, figure.block, True, absolute, absolute
        )[0]
        assert made is not None
        return made

    def _is_too_high(self, context: Context, figure: PageFloat) -> bool:
        """Whether a figure is higher than a page: it is torn between its rows, or reaches over the edge."""
        absolute: list[Box] = []
        made = self._whole(context, figure, absolute)
        remove_placeholders(context, [made], absolute, absolute)
        pages = made.margin_height() / context.current_footnote_area.page.height
        # Rows leave room at the foot of each. A height that is no number, of what has no definite one, is no page.
        figure.pages = ceil(pages) + 1 if 1 < pages < inf else 1
        return figure.pages > 1

    def beside(self, original: FloatLayout) -> FloatLayout:
        """Replace ``float_layout``: what stands beside the text and has figures begins a page where others wait."""

        def lay_out(
            context: Context, box: Box, *rest: object, **options: object
        ) -> tuple[Box, SkipStack | None]:
            made, resume_at = original(context, box, *rest, **options)
            if self._stops(context, box):
                made.height = max(made.height, context.page_bottom + 1 - made.position_y)
            return made, resume_at

        return lay_out

    def on_page(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout`` of pages: place the figures that waited for a page."""

        def lay_out(*arguments: object, **options: object) -> BlockResult:
            call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
            if context_marks(call.context).is_apart:  # which has no flow: figures wait for the page after it
                page = call.context.current_page
                self.waiting[page + 1] = self.waiting.get(page, [])
                return original(*call)
            if call.box.is_for_root_element:
                return self._page(original, call)
            result = original(*call)
            if call.box.element_tag == "@note-area" and result[0] is not None:
                self.area = result[0]
                self._head(call.context, call.containing_block)
            return result

        return lay_out

    def _page(self, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Return the layout of the flow of a page, below or above the figures that waited for it."""
        context, root = call.context, call.box
        result = original(*call._replace(page_is_empty=call.page_is_empty and not self.placed))
        if result[0] is None and self.placed:
            empty = without_flow(root, call.skip_stack)
            made, *_ = original(*call._replace(box=empty, page_is_empty=True))
            result = BlockResult(made, call.skip_stack, any_page(), [], collapsing_through=False)
        if result[0] is not None:
            self._finish(context, result[0])
        return result

    def _head(self, context: Context, page: Box) -> None:
        """Lay out the figures that wait for this page, as many as it has room for."""
        self.placed, self.at_foot, self.passed = [], [], set()
        self.left = list(self.waiting.get(context.current_page, ()))
        y = page.content_box_y() + self.area.margin_height()
        while self.left:
            figure, skip_stack = self.left[0]
            figure.box.position_x, figure.box.position_y = page.content_box_x() + figure.offset_x, y
            absolute: list[Box] = []
            resume_at: SkipStack | None = None
            made: Box | None
            if figure.pages == 1:
                made = self._whole(context, figure, absolute)
            else:
                arguments = figure.box, 0, skip_stack, figure.block, not self.placed, absolute, absolute
                made, resume_at, *_ = self.block_level_layout(context, *arguments)
            if made is None or (self.placed and overflows(context, made, 0)):
                remove_placeholders(context, [made] if made else [], absolute, absolute)
                break
            for positioned in absolute:  # such as the marks of lists; what is in them comes to the end
                absolute_layout(context, positioned, page, absolute, 0, None)
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

    def _finish(self, context: Context, root: Box) -> None:
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
        note_waiting(context, (figure.order for figure, _ in following), in_columns=False)
        boxes = [made for _, made in self.placed]
        self.area.children = [child for child in self.area.children if child not in boxes]
        for figure, made in self.placed:
            put_in(root, figure, made)


def _take_back(call: BlockCall, made: Box | None) -> None:
    """Take back the placeholders that a layout has left on the page."""
    made_boxes = [] if made is None else [made]
    remove_placeholders(call.context, made_boxes, call.absolute_boxes, call.fixed_boxes)
