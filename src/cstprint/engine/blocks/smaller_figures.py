"""A figure (group) that just does not fit on the rest of its page becomes smaller, where no text could fill the rest.

Text that comes after a figure may stand before it (:mod:`cstprint.engine.page_floats`). At the end of an article or
of its section and on the cover there is none or not enough, and the rest of the page would stay blank if the figure
began the next. There its rows become lower, all by the same part, down to :data:`LOWEST` of their height, or to half
of it where more than a third of the page would stay blank. Of a group that has no room in any size and may be parted
between its rows, the first rows stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import takewhile
from math import inf

from cstprint.engine.blocks.articles import FIGURES, classes, in_grid_columns, is_movable, role_of
from cstprint.engine.blocks.measures import contents_overflow, overflows
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.marks import LineMarks, block_marks, mark_block, mark_line
from cstprint.engine.weasy.trial import FlowState
from cstprint.engine.weasy.types import Box
from cstprint.placement.facts import BlockRole

#: The part of their height down to which the rows of a figure become lower; rather than leave much of a page blank,
#: down to half.
LOWEST, _HALF = 0.6, 0.5
#: The parts of a page that may stay blank after text that goes before a figure, and before a group is parted.
_BLANK, _MUCH = 0.25, 1 / 3
_GRID, _PICTURE, _CAPTION = "figure-grid", "figure-picture", "caption"


def fitted(original: BlockLayout) -> BlockLayout:
    """Replace ``block_level_layout``: make a figure smaller that does not fit on the rest of its page."""

    def lay_out(*arguments: object, **options: object) -> BlockResult:
        call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
        if not _may_shrink(call):
            return original(*call)
        most = block_marks(call.box).most_height
        if most is not None:
            return _Fitting(original, call).lower(most)
        if call.skip_stack is not None:
            return original(*call)
        return original(*call) if call.page_is_empty else _Fitting(original, call).result()

    return lay_out


def _may_shrink(call: BlockCall) -> bool:
    """Whether a box is a figure in the column, of an article or on the cover, whose size is not the editor's."""
    box, parent = call.box, call.containing_block
    names = classes(box)
    if FIGURES not in names or "sized" in names or not box.is_in_normal_flow() or call.context.in_column:
        return False
    return "cover" in classes(parent) or (parent.element_tag == "article" and not in_grid_columns(parent))


def _text_after(figure: Box, article: Box) -> list[Box]:
    """Return the blocks of text that come after a figure and may stand before it."""
    if not is_movable(figure):
        return []
    order = block_marks(figure).order
    blocks = (
        box for box in article.children if box.element is not None and box.element_tag == box.element.tag
    )
    after = (box for box in blocks if block_marks(box).order > order and role_of(box) is not BlockRole.FIGURE)
    return list(takewhile(lambda box: role_of(box) is BlockRole.TEXT, after))


class _Fitting:
    """A figure where it stands on its page, in the sizes that are tried."""

    def __init__(self, original: BlockLayout, call: BlockCall) -> None:
        self._original = original
        self._call = call
        self._place = call.box.position_x, call.box.position_y
        self._state = FlowState(call)
        self._page_height = call.context.current_footnote_area.page.height
        self._room = call.context.page_bottom - call.bottom_space - call.box.position_y

    def result(self) -> BlockResult:
        """Return the layout in the largest size that fits; in its own, if none does, or text fills the page."""
        box = self._call.box
        result = self._laid_out(box)
        if self._fits(result):
            return result
        self._state.restore()
        text = self._height_of_text()
        if self._leaves_blank(text):
            width = self._width()
            # At best all of the text that comes after it stands on this page, too.
            for below in dict.fromkeys((text, 0.0)) if width else ():
                if size := self._largest(width, partial(self._fits, below=below)):
                    return self._laid_out(_scaled(box, size, width))
            if result[1] is not None:
                return self._parted(box)
            is_worth_it = width and self._room > _MUCH * self._page_height
            if is_worth_it and (size := self._largest(width, self._begins)):
                return self._parted(_scaled(box, size, width))
        return self._laid_out(box)

    def _parted(self, box: Box) -> BlockResult:
        """Return the layout of the rows that fit."""
        result = self._laid_out(box)
        if result[0] is not None:
            mark_block(result[0], is_parted=True)
        return result

    def lower(self, most: float) -> BlockResult:
        """Return the layout in the largest size that is no higher than ``most`` (px); in the least, if none is."""

        def is_low(result: BlockResult) -> bool:
            return result[0] is not None and result[0].margin_height() <= most

        width, box = self._width(), self._call.box
        if not width:
            return self._laid_out(box)
        low = _scaled(box, self._largest(width, is_low, self._unlimited) or LOWEST, width)
        result = self._laid_out(low)
        goes_on = self._call.skip_stack is not None
        if result[0] is None or result[1] is None or self._call.page_is_empty or goes_on:
            return result
        self._state.restore()
        return self._parted(low) if self._leaves_blank(self._height_of_text()) else self._laid_out(low)

    def _leaves_blank(self, text: float) -> bool:
        """Whether ``text`` (px) that goes before the figure is none, or leaves much of the page blank."""
        return not text or self._room - text > _BLANK * self._page_height

    @property
    def _unlimited(self) -> BlockCall:
        """The call as if the page had no end."""
        return self._call._replace(bottom_space=-inf, page_is_empty=True, skip_stack=None)

    def _width(self) -> float:
        """Return how wide (px) the pictures of the widest row are in their own size, 0 if there are none."""
        whole = self._laid_out(self._call.box, self._unlimited)[0]
        self._state.restore()
        return 0.0 if whole is None else _width_of_rows(whole)

    def _largest(
        self, width: float, is_right: Callable[[BlockResult], bool], call: BlockCall | None = None
    ) -> float:
        """Return the largest part of its size in which the layout ``is_right``, 0 if there is none."""
        leaves_much = call is None and self._room > _MUCH * self._page_height
        lowest = round((_HALF if leaves_much else LOWEST) * 100)
        least, most, fitting, size = lowest, 99, 0, lowest
        while least <= most:
            tried = self._laid_out(_scaled(self._call.box, size / 100, width), call)
            self._state.restore()
            if is_right(tried):
                fitting, least = size, size + 1
            elif size == lowest:
                break
            else:
                most = size - 1
            size = (least + most) // 2
        return fitting / 100

    def _height_of_text(self) -> float:
        """Return how high (px) the text is that may stand before the figure, as far as the page has room for it."""
        call, height = self._call, 0.0
        for block in _text_after(call.box, call.containing_block):
            probe = block.copy()
            probe.position_x, probe.position_y = self._place
            probing = call._replace(box=probe, bottom_space=-inf, page_is_empty=True, adjoining_margins=[])
            made = self._original(*probing)[0]
            self._state.restore()
            height += 0.0 if made is None else made.margin_height()
            if height > self._room:
                break
        return height

    def _laid_out(self, box: Box, call: BlockCall | None = None) -> BlockResult:
        """Return the layout of the figure."""
        call = call or self._call
        box.position_x, box.position_y = self._place
        return self._original(*call._replace(box=box, adjoining_margins=list(call.adjoining_margins or [])))

    def _fits(self, result: BlockResult, below: float = 0) -> bool:
        made, resume_at, *_ = result
        context, space = self._call.context, self._call.bottom_space
        if made is None or resume_at is not None or contents_overflow(context, made, space):
            return False
        return not below or not overflows(context, made, space + below)

    def _begins(self, result: BlockResult) -> bool:
        """Whether the figure has room, or its first rows do."""
        return self._fits(result) or (result[0] is not None and result[1] is not None)


def _width_of_rows(figure: Box) -> float:
    """Return how wide (px) the pictures of the widest row of a figure are, with the gaps between them."""
    widest = 0.0
    for row in (
        box for box in figure.descendants() if {"figure-row"} == classes(box) & {"figure-row", "inner"}
    ):
        pictures = [box for box in row.descendants() if _PICTURE in classes(box)]
        if pictures:
            left = min(box.border_box_x() for box in pictures)
            right = max(box.border_box_x() + box.border_width() for box in pictures)
            widest = max(widest, right - left)
    return widest


def _scaled(figure: Box, scale: float, width: float) -> Box:
    """Return a figure whose rows, ``width`` px wide at most, are ``scale`` times as high; their captions are as wide.

    A picture by itself that is narrower than a caption may be has its own width limited, not that of its caption. In
    a group captions become narrow: they are ragged.
    """
    pictures = [box for box in figure.descendants() if _PICTURE in classes(box)]
    if len(pictures) > 1:
        return _changed(
            _changed(figure, _CAPTION, _ragged), _GRID, lambda grid: _limited(grid, scale * width)
        )
    alone = any("narrow" in classes(box) for box in figure.descendants())
    return _changed(figure, _PICTURE if alone else _GRID, lambda box: _limited(box, scale * width))


def _changed(box: Box, name: str, change: Callable[[Box], Box]) -> Box:
    """Return a copy of a box in which those of the class ``name`` are changed."""
    if name in classes(box) and box.element_tag == box.element.tag:
        return change(box)
    copy = box.copy()
    if getattr(box, "children", None):
        copy.children = [_changed(child, name, change) for child in box.children]
    return copy


def _limited(box: Box, width: float) -> Box:
    """Return a copy of a box that is at most ``width`` px wide, in the middle."""
    copy = box.copy()
    copy.style = box.style.copy()
    copy.style["max_width"] = Dimension(width, "px")
    copy.style["margin_left"] = copy.style["margin_right"] = "auto"
    return copy


def _ragged(box: Box) -> Box:
    """Return a copy of a box whose lines begin at its left edge and are not justified."""
    copy = box.copy()
    copy.style = box.style.copy()
    copy.style["text_align_all"] = "left"
    if isinstance(box, LineBox):
        mark_line(copy, LineMarks())  # what was collected of it is for lines that are justified
    else:
        copy.children = [_ragged(child) for child in box.children]
    return copy
