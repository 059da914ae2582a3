"""A figure (group) that just does not fit on the rest of its page becomes smaller, where no text could fill the rest.

Text that comes after a figure may stand before it (:mod:`cstprint.engine.page_floats`). At the end of an article or
of its section and on the cover there is none, and the rest of the page would stay blank if the figure began the next.
There its rows become lower, all by the same part, down to :data:`LEAST` of their height.
"""

from __future__ import annotations

from math import inf

from cstprint.engine.blocks.articles import FIGURES, classes, in_grid_columns, is_movable, role_of
from cstprint.engine.blocks.measures import contents_overflow
from cstprint.engine.weasy.boxes import ReplacedBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.marks import block_marks, mark_block
from cstprint.engine.weasy.trial import State, page_of
from cstprint.engine.weasy.types import Box
from cstprint.placement.facts import BlockRole

#: The part of their height (%) down to which the rows of a figure become lower.
LEAST = 60
_GRID, _PICTURE = "figure-grid", "figure-picture"


def fitted(original: BlockLayout) -> BlockLayout:
    """Replace ``block_level_layout``: make a figure smaller that does not fit on the rest of its page."""

    def lay_out(*arguments: object, **options: object) -> BlockResult:
        call = BlockCall(*arguments, **options)  # type: ignore[arg-type]
        if call.skip_stack is not None or call.page_is_empty or not _may_shrink(call):
            return original(*call)
        return _Fitting(original, call).result()

    return lay_out


def _may_shrink(call: BlockCall) -> bool:
    """Whether a box is a figure in the column that no text may pass and whose size is not the editor's."""
    box, parent = call.box, call.containing_block
    names = classes(box)
    if FIGURES not in names or "sized" in names or not box.is_in_normal_flow() or call.context.in_column:
        return False
    if "cover" in classes(parent):
        return True
    return parent.element_tag == "article" and not in_grid_columns(parent) and not _text_passes(box, parent)


def _text_passes(figure: Box, article: Box) -> bool:
    """Whether text that comes after a figure may stand before it, so that the page is filled."""
    if not is_movable(figure):
        return False
    order = block_marks(figure).order
    after = (
        child
        for child in article.children
        if child.element is not None and child.element_tag == child.element.tag
    )
    roles = (role_of(child) for child in after if block_marks(child).order > order)
    return next((role for role in roles if role is not BlockRole.FIGURE), None) is BlockRole.TEXT


class _Fitting:
    """A figure where it stands on its page, in the sizes that are tried."""

    def __init__(self, original: BlockLayout, call: BlockCall) -> None:
        self._original = original
        self._call = call
        self._place = call.box.position_x, call.box.position_y
        self._state, self._shapes = State(page_of(call)), list(call.context.excluded_shapes)

    def result(self) -> BlockResult:
        """Return the layout in the largest size that fits; in its own, if none does."""
        result = self._laid_out(self._call.box)
        if result[1] is not None or self._fits(result):
            return result
        self._take_back()
        whole = self._laid_out(self._call.box, whole=True)[0]
        self._take_back()
        width = 0.0 if whole is None else _width_of_rows(whole)
        least, most, fitting = LEAST, 99, 0
        size = LEAST
        while width and least <= most:
            tried = self._laid_out(_scaled(self._call.box, size / 100, width))
            self._take_back()
            if self._fits(tried):
                fitting, least = size, size + 1
            elif size == LEAST:
                break
            else:
                most = size - 1
            size = (least + most) // 2
        return self._laid_out(_scaled(self._call.box, fitting / 100, width) if fitting else self._call.box)

    def _laid_out(self, box: Box, *, whole: bool = False) -> BlockResult:
        """Return the layout of the figure, however little room there is if ``whole``."""
        call = self._call
        box.position_x, box.position_y = self._place
        margins = list(call.adjoining_margins or [])
        call = call._replace(box=box, adjoining_margins=margins)
        return self._original(*(call._replace(bottom_space=-inf, page_is_empty=True) if whole else call))

    def _fits(self, result: BlockResult) -> bool:
        made, resume_at, *_ = result
        return (
            made is not None
            and resume_at is None
            and not contents_overflow(self._call.context, made, self._call.bottom_space)
        )

    def _take_back(self) -> None:
        """Take back what a layout has left on the page."""
        self._state.restore()
        self._call.context.excluded_shapes = list(self._shapes)


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

    A picture by itself that is narrower than a caption may be has its own width limited, not that of its caption.
    """
    scaled = figure.copy()
    mark_block(scaled, open_figures=None)
    alone = [box for box in figure.descendants() if "narrow" in classes(box)]
    pictures = [box for box in figure.descendants() if _PICTURE in classes(box)]
    narrowed = _PICTURE if alone and len(pictures) == 1 else _GRID
    scaled.children = [_narrowed(child, narrowed, scale * width) for child in figure.children]
    return scaled


def _narrowed(box: Box, name: str, width: float) -> Box:
    """Return a copy of a box in which those of the class ``name`` are at most ``width`` px wide, and centred."""
    copy = box.copy()
    if name in classes(box):
        copy.style = box.style.copy()
        copy.style["max_width"] = Dimension(width, "px")
        copy.style["margin_left"] = copy.style["margin_right"] = "auto"
    elif getattr(box, "children", None) and not isinstance(box, ReplacedBox):
        copy.children = [_narrowed(child, name, width) for child in box.children]
    return copy
