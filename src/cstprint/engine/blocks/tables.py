"""The widths of tables and of their columns: nothing short is torn, and no table is wider than it needs to be.

A column is at least as wide as its widest number, word and short cell (:mod:`cstprint.cjk.cells`). Where a table has
no room for that, its type becomes smaller, down to ``--cst-table-least-size``; where even that does not do, it spans
the columns of the page, if there are any; then words are torn, at last numbers, and that is reported. The layout asks
for all this with ``--cst-table-fill``: a table that needs less than this part of its measure has its own width, any
other takes the whole measure.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias
from xml.etree.ElementTree import Element

from cstprint.cjk.cells import TORN, WHOLE, Limits
from cstprint.engine.blocks.table_rows import keep_rows
from cstprint.engine.blocks.type_size import scale_type
from cstprint.engine.lines.style import number, token
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.layout import ZERO_PIXELS, preferred
from cstprint.engine.weasy.marks import Fit, block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context, is_auto
from cstprint.units import PT_PER_PX

AutoLayout: TypeAlias = Callable[[Context, Box, tuple[float, float]], None]

#: By how much (pt) type becomes smaller at a time.
_STEP = 0.5
#: Widths that differ by less (px) are the same.
_HAIR = 0.01


class Tables:
    """The tables of a document; ``torn`` are the elements of those in which numbers or words are torn."""

    def __init__(self) -> None:
        self.torn: dict[Element, None] = {}

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: note what stands below each table and is to be as wide."""

        def build(*arguments: object, **options: object) -> Box:
            root = original(*arguments, **options)
            for box in (root, *root.descendants()):
                children = getattr(box, "children", ())
                for first, second in pairwise(children):
                    if first.is_table_wrapper and token(second.style, "table_below") == "yes":
                        mark_block(first, below=(second,))
            return root

        return build

    def fitted(self, original: AutoLayout) -> AutoLayout:
        """Replace ``auto_table_layout``: choose the size of the type and the width of the table."""

        def lay_out(context: Context, wrapper: Box, containing_block: tuple[float, float]) -> None:
            table, marks = wrapper.get_wrapped_table(), context_marks(context)
            fill = number(token(table.style, "table_fill"), 100)
            if fill is None or not table.children:
                original(context, wrapper, containing_block)
                return
            available = _available(wrapper, table, containing_block[0])
            fit = self._fit(context, wrapper, available)
            before, marks.cell_limits = marks.cell_limits, fit.limits
            try:
                is_narrow = is_auto(table.width) and fit.most <= fill * available
                if is_auto(table.width):
                    table.width = fit.most if is_narrow else available
                original(context, wrapper, containing_block)
            finally:
                marks.cell_limits = before
            if is_narrow:
                _loosen(table, fill * available)
            if token(table.style, "table_flush") == "yes":
                _tighten(context, table)
            _align(context, wrapper, available, fill)
            keep_rows(context, table)

        return lay_out

    def _fit(self, context: Context, wrapper: Box, available: float) -> Fit:
        """Return how a table fits into ``available``; its type has become as small as that asks for."""
        table = wrapper.get_wrapped_table()
        known = block_marks(table).fit
        if known is not None and abs(known.available - available) < _HAIR:
            return known
        if known is None and token(table.style, "table_flush") == "yes":
            _flush(table)
        if known is not None and known.scale != 1:
            _scale(context, table, 1 / known.scale)
        scale, limits = _choice(context, wrapper, available)
        if limits in TORN and _least(context, wrapper, WHOLE[-1]) * scale > available + 1:
            self.torn[table.element] = None
        else:
            self.torn.pop(table.element, None)
        if scale != 1:
            _scale(context, table, scale)
        fill = number(token(table.style, "table_fill"), 100) or 1.0
        least, most = _widths(context, wrapper, limits)
        most = max(least, most, min(fill * available, _captions(context, wrapper)))
        fit = Fit(available, scale, limits, min(most, available))
        mark_block(table, fit=fit)
        return fit


def _flush(table: Box) -> None:
    """Take away the padding at the left and right edge of a table: its text is flush with its rules.

    Which cells stand there, CSS cannot tell where cells are merged.
    """
    cells = [cell for group in table.children for row in group.children for cell in row.children]
    last = max((cell.grid_x + cell.colspan for cell in cells), default=0)
    for cell in cells:
        cell.style = cell.style.copy()
        if cell.grid_x == 0:
            cell.style["padding_left"] = ZERO_PIXELS
        if cell.grid_x + cell.colspan == last:
            cell.style["padding_right"] = ZERO_PIXELS


def needs_more_than(context: Context, box: Box, width: float) -> bool:
    """Whether a table that stands right in ``box`` needs more than ``width``, however small its type is."""
    known = block_marks(box).least_table
    if known is None:
        known = max((_room(context, child) for child in box.children if child.is_table_wrapper), default=0.0)
        mark_block(box, least_table=known)
    return known > width + _HAIR


def _room(context: Context, wrapper: Box) -> float:
    table = wrapper.get_wrapped_table()
    if number(token(table.style, "table_fill"), 100) is None or not table.children:
        return 0.0
    return float(_least(context, wrapper, WHOLE[-1]) * min(_scales(table)))


def _choice(context: Context, wrapper: Box, available: float) -> tuple[float, Limits]:
    """Return by how much the type becomes smaller, and what then stays whole."""
    table = wrapper.get_wrapped_table()
    widths = dict[Limits, float]()

    def fits(limits: Limits, scale: float) -> bool:
        if limits not in widths:
            widths[limits] = _least(context, wrapper, limits)
        return widths[limits] * scale <= available + _HAIR

    scales = _scales(table)
    # Type becomes smaller before long texts stand in columns of two characters.
    for some in (WHOLE[:-1], WHOLE[-1:]):
        for scale in scales:
            for limits in some:
                if fits(limits, scale):
                    return scale, limits
    return scales[-1], next((limits for limits in TORN if fits(limits, scales[-1])), TORN[-1])


def _scales(table: Box) -> list[float]:
    """Return by how much the type of a table may become smaller, the least last."""
    size = float(table.style["font_size"])
    least = number(token(table.style, "table_least_size"), 1)
    step = _STEP / PT_PER_PX
    count = 0 if least is None else int((size - least / PT_PER_PX + _HAIR) / step)
    return [(size - step * index) / size for index in range(count + 1)]


def _least(context: Context, wrapper: Box, limits: Limits) -> float:
    """Return the least width of the content of a table."""
    return _widths(context, wrapper, limits)[0]


def _captions(context: Context, wrapper: Box) -> float:
    """Return how wide the captions of a table are on one line."""
    table = wrapper.get_wrapped_table()
    captions = [child for child in wrapper.children if child is not table]
    return max((float(preferred.max_content_width(context, child)) for child in captions), default=0.0)


def _loosen(table: Box, most: float) -> None:
    """Give each column of a narrow table an em more, as far as the table is no wider than ``most``."""
    count = len(table.column_widths)
    by = min(float(table.style["font_size"]), (most - table.width) / max(1, count))
    table.column_widths = [width + by for width in table.column_widths]
    table.width += by * count


def _tighten(context: Context, table: Box) -> None:
    """Let a first column of centred cells be no wider than its widest, which is flush with the rules then."""
    widths, cells = (
        table.column_widths,
        [cell for group in table.children for row in group.children for cell in row.children],
    )
    first = [cell for cell in cells if cell.grid_x == 0]
    if len(widths) < 2 or any(cell.style["text_align_all"] != "center" or cell.colspan > 1 for cell in first):
        return
    needed = max((float(preferred.max_content_width(context, cell)) for cell in first), default=widths[0])
    spare = max(0.0, widths[0] - needed) / (len(widths) - 1)
    table.column_widths = [min(widths[0], needed), *(width + spare for width in widths[1:])]


def _align(context: Context, wrapper: Box, available: float, fill: float) -> None:
    """Let what stands below a table begin at its left edge, and be as wide as it needs to be within ``fill``."""
    width = wrapper.get_wrapped_table().width
    for box in block_marks(wrapper).below:
        needed = min(fill * available, float(preferred.max_content_width(context, box, outer=False)))
        side = Dimension(max(0.0, available - max(width, needed)) / 2, "px")
        box.style = box.style.copy()
        box.style["margin_left"] = box.style["margin_right"] = side


def _widths(context: Context, wrapper: Box, limits: Limits) -> tuple[float, float]:
    marks = context_marks(context)
    before, marks.cell_limits = marks.cell_limits, limits
    context.tables.pop(wrapper.get_wrapped_table(), None)
    least, most, *_ = preferred.table_and_columns_preferred_widths(context, wrapper, outer=False)
    marks.cell_limits = before
    return float(least), float(most)


def _available(wrapper: Box, table: Box, width: float) -> float:
    """Return the room for the content of a table in a block of ``width``, as WeasyPrint finds it."""
    margins = (margin for margin in (wrapper.margin_left, wrapper.margin_right) if not is_auto(margin))
    edges = table.padding_left + table.padding_right + table.border_left_width + table.border_right_width
    return float(width - sum(margins) - edges)


def _scale(context: Context, table: Box, by: float) -> None:
    """Make the type of a table larger or smaller, and all lengths that go with it."""
    for box in table.descendants():
        scale_type(box, by)
    context.tables.pop(table, None)
