"""Pages that are a line longer, so that the last page of an article does not hold a few lines alone.

The line is taken from the margin at the foot; what is printed there keeps its place. Where that margin would become
too small, the page keeps its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cstprint.engine.weasy.calls import PageCall
from cstprint.engine.weasy.types import Box, Context
from cstprint.units import pt_to_px

#: The least margin (px) at the foot of a longer page: printers and binders want half an inch.
_LEAST_MARGIN = pt_to_px(36)
_Heights = Callable[[Box, Context, float], None]
_MarginBoxes = Callable[[Context, Box, object], Iterable[Box]]


class LongerPages:
    """The pages of a layout that are a line longer; ``lines`` (pt) are by their numbers from 1."""

    def __init__(self, lines: Mapping[int, float] | None = None) -> None:
        self._lines = {page: pt_to_px(line) for page, line in (lines or {}).items()}
        #: The page that is being made.
        self._page = 0
        #: Page → by how much (px) it is longer.
        self._longer: dict[int, float] = {}

    def making(self, original: Callable[..., object]) -> Callable[..., object]:
        """Replace ``make_page``: note which page is made."""

        def make(*arguments: object) -> object:
            self._page = PageCall(*arguments).page_number  # type: ignore[arg-type]
            return original(*arguments)

        return make

    def height(self, original: _Heights) -> _Heights:
        """Replace ``page_height``: take the line from the margin at the foot."""

        def resolve(page: Box, context: Context, containing_height: float) -> None:
            original(page, context, containing_height)
            line = self._lines.get(self._page, 0.0)
            if line and page.margin_bottom - line >= _LEAST_MARGIN:
                self._longer[self._page] = line
                page.margin_bottom -= line
                page.height += line

        return resolve

    def margin_boxes(self, original: _MarginBoxes) -> Callable[[Context, Box, object], list[Box]]:
        """Replace ``make_margin_boxes``: leave what is printed in the margins where it is on other pages."""

        def make(context: Context, page: Box, state: object) -> list[Box]:
            line = self._longer.get(context.current_page, 0.0)
            page.margin_bottom += line
            page.height -= line
            made = list(original(context, page, state))
            page.margin_bottom -= line
            page.height += line
            return made

        return make
