"""Pages that are a line longer, so that the last page of an article does not hold a few lines alone.

The line is taken from the margin at the foot; what is printed there keeps its distance from the text. A page whose
margin would become too small keeps its length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cstprint.engine.weasy.calls import PageCall
from cstprint.engine.weasy.types import Box, Context
from cstprint.units import pt_to_px

#: The least margin (px) at the foot of a longer page: printers and binders want half an inch.
_LEAST_MARGIN = pt_to_px(36)
_Heights = Callable[[Box, Context, float], None]


class LongerPages:
    """The pages of a layout that are a line longer; ``lines`` (pt) are by their numbers from 1."""

    def __init__(self, lines: Mapping[int, float] | None = None) -> None:
        self._lines = {page: pt_to_px(line) for page, line in (lines or {}).items()}
        #: The page that is being made.
        self._page = 0

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
                page.margin_bottom -= line
                page.height += line

        return resolve
