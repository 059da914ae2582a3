"""The calls of WeasyPrint's functions by names: the fields of each are the parameters of the function.

``BlockCall(*arguments, **options)`` reads a call, ``original(*call)`` makes it, ``call._replace(…)`` changes it. A
test compares the fields with the signatures of the installed WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cstprint.engine.weasy.reading import Marked
from cstprint.engine.weasy.types import (
    Box,
    Context,
    Matrix,
    NextPage,
    PageType,
    PangoLayout,
    Pdf,
    PdfObject,
    SkipStack,
    Stream,
    Style,
)


class BlockCall(NamedTuple):
    """A call of ``block_level_layout`` or ``block_box_layout``."""

    context: Context
    box: Box
    bottom_space: float
    skip_stack: SkipStack | None
    containing_block: Box
    page_is_empty: bool = True
    absolute_boxes: list[Box] | None = None
    fixed_boxes: list[Box] | None = None
    adjoining_margins: list[float] | None = None
    first_letter_style: Style | None = None
    first_line_style: Style | None = None
    discard: bool = False
    max_lines: int | None = None


class ContainerCall(NamedTuple):
    """A call of ``block_container_layout``."""

    context: Context
    box: Box
    bottom_space: float
    skip_stack: SkipStack | None
    page_is_empty: bool
    absolute_boxes: list[Box]
    fixed_boxes: list[Box]
    adjoining_margins: list[float] | None
    first_letter_style: Style | None
    first_line_style: Style | None
    discard: bool
    max_lines: int | None


class PageCall(NamedTuple):
    """A call of ``make_page``."""

    context: Context
    root_box: Box
    page_type: PageType
    resume_at: SkipStack | None
    page_number: int
    page_state: object


class ColumnsCall(NamedTuple):
    """A call of ``columns_layout``."""

    context: Context
    box: Box
    bottom_space: float
    skip_stack: SkipStack | None
    containing_block: Box
    page_is_empty: bool
    absolute_boxes: list[Box]
    fixed_boxes: list[Box]
    adjoining_margins: list[float] | None
    first_letter_style: Style | None
    first_line_style: Style | None


class FloatCall(NamedTuple):
    """A call of ``float_layout``."""

    context: Context
    box: Box
    containing_block: Box
    absolute_boxes: list[Box]
    fixed_boxes: list[Box]
    bottom_space: float
    skip_stack: SkipStack | None


class LineCall(NamedTuple):
    """A call of ``split_inline_box``."""

    context: Context
    box: Box
    position_x: float
    max_x: float
    bottom_space: float
    skip_stack: SkipStack | None
    containing_block: Box
    absolute_boxes: list[Box]
    fixed_boxes: list[Box]
    line_placeholders: list[Box]
    waiting_floats: list[Box]
    line_children: list[tuple[int, Box]]
    first_letter_style: Style | None
    first_line_style: Style | None


class TextCall(NamedTuple):
    """A call of ``split_first_line``."""

    text: str
    style: Style
    context: Context | None
    max_width: float | None
    justification_spacing: float
    is_line_start: bool = True
    minimum: bool = False


class TextLine(NamedTuple):
    """What ``split_first_line`` returns: lengths and places are in bytes, the others in px."""

    layout: PangoLayout
    length: int
    #: Where the next line begins, if there is one.
    resume_at: int | None
    width: float
    height: float
    baseline: float


class TagCall(NamedTuple):
    """A call of ``_build_box_tree``, which makes the structure elements of a box.

    ``nums`` are references of elements by the numbers of their marked content on the page.
    """

    box: Box
    parent: PdfObject
    pdf: Pdf
    page_number: int
    nums: dict[int, bytes]
    annotations: list[tuple[bytes, PdfObject]]
    tags: Marked

    @property
    def page(self) -> bytes:
        """The reference of the page."""
        return self.pdf.page_references[self.page_number]


class WidthCall(NamedTuple):
    """A call of ``inline_min_content_width``."""

    context: Context
    box: Box
    outer: bool = True
    skip_stack: SkipStack | None = None
    first_line: bool = False
    is_line_start: bool = False


class DrawCall(NamedTuple):
    """A call of ``draw_first_line``."""

    stream: Stream
    textbox: Box
    text_overflow: str
    block_ellipsis: object
    matrix: Matrix


class BlockResult(NamedTuple):
    """What the layout of a block returns; WeasyPrint's functions return a plain tuple."""

    box: Box | None
    resume_at: SkipStack | None
    next_page: NextPage
    adjoining_margins: list[float]
    collapsing_through: bool
    max_lines: int | None = None


#: ``block_level_layout``, ``block_box_layout``, ``block_container_layout``.
BlockLayout = Callable[..., BlockResult]
#: ``float_layout``: the box, and where it goes on.
FloatLayout = Callable[..., tuple[Box, SkipStack | None]]

#: What ``split_inline_box`` returns: the line, where the next one begins, whether a line feed ends it, its first and
#: last letter, and the widths of the floats on its sides.
LineResult = tuple[Box, SkipStack | None, bool, object, object, dict[str, float]]
#: ``split_inline_box``.
LineLayout = Callable[..., LineResult]
#: ``draw_first_line``: the emoji that are still to be drawn.
DrawText = Callable[..., list[object]]

#: The calls, by the functions that they are of.
CALLS: dict[str, type[NamedTuple]] = {
    "weasyprint.pdf.tags:_build_box_tree": TagCall,
    "weasyprint.layout.block:block_level_layout": BlockCall,
    "weasyprint.layout.block:block_box_layout": BlockCall,
    "weasyprint.layout.block:block_container_layout": ContainerCall,
    "weasyprint.layout.block:columns_layout": ColumnsCall,
    "weasyprint.layout.block:float_layout": FloatCall,
    "weasyprint.layout.inline:split_inline_box": LineCall,
    "weasyprint.layout.inline:split_first_line": TextCall,
    "weasyprint.layout.page:make_page": PageCall,
    "weasyprint.layout.preferred:inline_min_content_width": WidthCall,
    "weasyprint.layout.preferred:split_first_line": TextCall,
    "weasyprint.draw.text:draw_first_line": DrawCall,
}
