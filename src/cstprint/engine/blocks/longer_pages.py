"""Pages that are a line longer, so that the last page of an article does not hold a few lines alone.

The line is taken from the margin at the foot; what is printed there keeps its distance from the text. A page whose
margin would become too small keeps its length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cstprint.engine.weasy.calls import PageCall
from cstprint.engine.weasy.marks import mark_block
from cstprint.engine.weasy.types import Box, Context, NextPage, SkipStack
from cstprint.units import pt_to_px

#: The least margin (px) at the foot of a longer page: printers and binders want half an inch.
_LEAST_MARGIN = pt_to_px(36)
_Heights = Callable[[Box, Context, float], None]
_Pages = Callable[..., tuple[Box, SkipStack | None, NextPage]]


class LongerPages:
    """The pages of a layout that are a line longer; ``lines`` (pt) are by their numbers from 1."""

    def __init__(self, lines: Mapping[int, float] | None = None) -> None:
        self._lines = {page: pt_to_px(line) for page, line in (lines or {}).items()}
        #: The page that is being made.
        self._page = 0

    def making(self, original: _Pages) -> _Pages:
        """Replace ``make_page``: note which page is made, and on it whether a break is forced after it."""

        def make(*arguments: object) -> tuple[Box, SkipStack | None, NextPage]:
            self._page = PageCall(*arguments).page_number  # type: ignore[arg-type]
            made = original(*arguments)
            page, _, next_page = made
            mark_block(page, is_cut=next_page["break"] not in ("any", "auto"))
            return made

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
