"""A page while something is tried on it: footnotes that grow with the text, and what is taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cstprint.engine.weasy.calls import BlockCall, ColumnsCall, ContainerCall
from cstprint.engine.weasy.types import Box, Context, Style, is_auto

#: Lengths that differ by less are the same: sums of lengths in pt are rounded.
HAIR = 0.4


@dataclass(frozen=True)
class TrialPage:
    """What WeasyPrint says about the page where a box is laid out."""

    context: Context
    bottom_space: float
    is_empty: bool
    absolute_boxes: list[Box]
    fixed_boxes: list[Box]
    #: The styles of the first letter and of the first line.
    first: tuple[Style | None, Style | None] = (None, None)

    @property
    def bottom(self) -> float:
        """Where text has to end, above the notes so far."""
        return float(self.context.page_bottom - self.bottom_space)

    @property
    def notes_height(self) -> float:
        """How high the notes of the page are so far."""
        area = self.context.current_footnote_area
        return 0.0 if is_auto(area.height) else float(area.margin_height())

    @contextmanager
    def in_column(self) -> Iterator[None]:
        """Let notes grow without moving the page's bottom, and move it in the end."""
        height = self.notes_height
        self.context.in_column = True
        try:
            yield
        finally:
            self.context.in_column = False
            self.context.page_bottom -= self.notes_height - height

    def leave_notes(self, height: float) -> None:
        """Leave the last notes to the next page until the others are no higher than ``height``."""
        context, left = self.context, list[Box]()
        while context.current_page_footnotes and self.notes_height > height + HAIR:
            left.append(context.current_page_footnotes[-1])
            context.report_footnote(left[-1])
        others = [note for note in context.reported_footnotes if note not in left]
        context.reported_footnotes[:] = [*reversed(left), *others]


def page_of(call: BlockCall | ColumnsCall | ContainerCall) -> TrialPage:
    """Return the page that a call lays out on."""
    absolute, fixed = ([] if boxes is None else boxes for boxes in (call.absolute_boxes, call.fixed_boxes))
    first = call.first_letter_style, call.first_line_style
    return TrialPage(call.context, call.bottom_space, call.page_is_empty, absolute, fixed, first)


class State:
    """What laying out changes besides boxes, to be taken back where it was only tried."""

    def __init__(self, page: TrialPage):
        context = page.context
        self.context = context
        self.lists = (
            context.footnotes,
            context.current_page_footnotes,
            context.reported_footnotes,
            page.absolute_boxes,
            page.fixed_boxes,
        )
        self.contents = tuple(map(list, self.lists))
        self.broken = dict(context.broken_out_of_flow)
        self.bottom, self.area_height = context.page_bottom, context.current_footnote_area.height

    def restore(self) -> None:
        """Take back what has changed since."""
        context = self.context
        for kept, content in zip(self.lists, self.contents, strict=True):
            kept[:] = content
        _, context.current_page_footnotes, context.reported_footnotes, *_ = self.lists
        context.broken_out_of_flow.clear()
        context.broken_out_of_flow.update(self.broken)
        context.page_bottom = self.bottom
        context.current_footnote_area.height = self.area_height
        context.current_footnote_area.children = context.current_page_footnotes


class FlowState(State):
    """The state with the floats that the text beside them keeps clear of (``excluded_shapes``)."""

    def __init__(self, call: BlockCall | ContainerCall):
        super().__init__(page_of(call))
        self.shapes = list(self.context.excluded_shapes)

    def restore(self) -> None:
        """Take back what has changed since."""
        super().restore()
        self.context.excluded_shapes = list(self.shapes)
