"""Where sections and articles begin: on a page of their own, or below what stands there already.

The tokens ``section-start`` and ``article-start`` say it: ``page`` opens a page, ``run-on`` goes on below wherever a
head and its first lines have room. With ``auto`` a page is opened only where less than a third of the page is left,
and that has room neither for the whole article nor for some lines of one in a section that has begun. The first of
them goes on below the contents, on the next line of the grid, unless the token ``first-page`` keeps that page as a
cover; with ``auto`` it is one where pictures stand on it. What goes on below takes the page as it is: its own named
page (CSS Paged Media 3, ``page``) begins with the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from xml.etree.ElementTree import Element

from cstprint.engine.blocks.articles import ARTICLE_HEAD, classes
from cstprint.engine.blocks.line_grid import line_height, missing
from cstprint.engine.blocks.measures import refused
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.trial import HAIR, FlowState
from cstprint.engine.weasy.types import Box, Context
from cstprint.units import pt_to_px

#: Where this part of a page is left, a section or an article begins on it.
ENOUGH = 1 / 3
#: Where less is left, an article that goes on on the next page begins with so many lines at least.
LEAST_LINES = 4
#: The width (px) of a rule.
_RULE = pt_to_px(1)
#: ``block_level_page_break`` and ``block_level_page_name``: of two siblings, what stands between them.
Between = Callable[["Box | None", "Box | None"], "str | None"]


class Start(StrEnum):
    """What a layout asks for before a section or an article."""

    PAGE = "page"
    AUTO = "auto"
    RUN_ON = "run-on"


class Starts:
    """The starts of sections and articles in the layout that is being made."""

    def __init__(self) -> None:
        #: Where a section has begun (px from the top of the page) whose first article has not.
        self._section_top: float | None = None
        #: The element of the first section or article.
        self._first: Element | None = None

    def with_room(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout``: leave an article with too little room on the page to the next page."""

        def lay_out(*arguments: object, **named: object) -> BlockResult:
            call = BlockCall(*arguments, **named)  # type: ignore[arg-type]
            if call.skip_stack is not None or not is_part(call.box):
                return original(*call)
            self._first = call.box.element if self._first is None else self._first
            if call.box.element is self._first and not call.page_is_empty:
                call.box.position_y += _to_grid(call)
            if call.page_is_empty or _room_below(call.context, call.box.position_y) < ENOUGH:
                return self._part(original, call)
            return self._on_begun_page(original, call)

        return lay_out

    def _on_begun_page(self, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Lay out a part where a third of its page is left, or more: rather closer than not there."""
        state, section_top = FlowState(call), self._section_top
        place, margins = (call.box.position_x, call.box.position_y), list(call.adjoining_margins or [])
        result = self._part(original, call._replace(adjoining_margins=list(margins)))
        box = _closer(call.box) if result[0] is None else None
        if box is None:
            return result
        state.restore()
        self._section_top = section_top
        box.position_x, box.position_y = place
        return self._part(original, call._replace(box=box, adjoining_margins=margins))

    def _part(self, original: BlockLayout, call: BlockCall) -> BlockResult:
        if is_section(call.box):
            self._section_top = call.box.position_y
            return original(*call)
        return self._article(original, call)

    def _article(self, original: BlockLayout, call: BlockCall) -> BlockResult:
        """Lay out an article, or a row of items, where it begins."""
        section_top, self._section_top = self._section_top, None
        which = "article_start" if section_top is None else "section_start"
        top = call.box.position_y if section_top is None else section_top
        is_free = call.page_is_empty or (is_items(call.box) and section_top is None)
        if is_free or _asked(call.box, which) is not Start.AUTO or _room_below(call.context, top) >= ENOUGH:
            return original(*call)
        state = FlowState(call)
        result = original(*call._replace(adjoining_margins=list(call.adjoining_margins or [])))
        made, resume_at, *_ = result
        may_go_on = section_top is None or is_items(call.box)
        if made is None or resume_at is None or (may_go_on and _lines_in(made) >= LEAST_LINES):
            return result
        state.restore()
        return refused()


def page_break(original: Between) -> Between:
    """Replace ``block_level_page_break``: open a page before a section or an article that asks for one."""

    def between(before: Box | None, after: Box | None) -> str | None:
        return "page" if wanted(before, after) is Start.PAGE else original(before, after)

    return between


def page_name(original: Between) -> Between:
    """Replace ``block_level_page_name``: what goes on below changes no page.

    Nor does a note below one of another section, which has the name of that section's pages.
    """

    def between(before: Box | None, after: Box | None) -> str | None:
        if after is not None and block_marks(after).is_note:
            return None
        return None if wanted(before, after) in (Start.AUTO, Start.RUN_ON) else original(before, after)

    return between


def wanted(before: Box | None, after: Box | None) -> Start | None:
    """Return what the layout asks for before a part of the issue; ``None`` before anything else."""
    if before is None or after is None or not is_part(after):
        return None
    if is_part(before):
        if is_items(after):
            return Start.RUN_ON
        return _asked(after, "section_start" if is_section(after) else "article_start")
    if classes(before) & {"section-title", "intro"}:
        return Start.RUN_ON
    if "colophon" in classes(before):  # it has been put at the foot of the page with the contents
        return Start.PAGE
    opening = token(after.style, "first_page")
    is_cover = opening == "cover" or (opening != "run-on" and token(after.style, "cover_pictures") == "yes")
    return Start.PAGE if is_cover else Start.AUTO


def is_section(box: Box) -> bool:
    """Whether a box is a section of the issue (栏目)."""
    return box.element_tag == "section" and "section" in classes(box)


def is_items(box: Box) -> bool:
    """Whether a box is a row of short items (简讯)."""
    return box.element_tag == "div" and "items" in classes(box)


def is_part(box: Box) -> bool:
    """Whether a box is a part of the issue: a section, an article or a row of items."""
    is_article = box.element_tag == "article" and "article" in classes(box)
    return is_article or is_section(box) or is_items(box)


def _closer(part: Box) -> Box | None:
    """Return a part of the issue with a line less room above it; ``None`` if that is less than two lines."""
    margin, line = part.style["margin_top"], line_height(part)
    if margin == "auto" or margin.value < 2 * line - HAIR:
        return None
    copy = part.copy()
    copy.style = part.style.copy()
    copy.style["margin_top"] = Dimension(margin.value - line, "px")
    return copy


def _asked(box: Box, name: str) -> Start:
    return Start(token(box.style, name) or Start.AUTO)


def _to_grid(call: BlockCall) -> float:
    """Return how far (px) below what stands above the next line of the page's grid is.

    Less than a point above it is the rule at the foot of what stands above: it takes no line.
    """
    margin = call.box.style["margin_top"]
    margins = [*(call.adjoining_margins or []), 0.0 if margin == "auto" else margin.value]
    top = call.box.position_y + max(0.0, *margins) + min(0.0, *margins)
    line = line_height(call.box)
    short = missing(top - call.context.current_footnote_area.page.content_box_y(), line)
    return short - line if line - short < _RULE else short


def _room_below(context: Context, top: float) -> float:
    """Return the part of the page that is left below a place (px)."""
    height = context.current_footnote_area.page.height
    return (context.page_bottom - top + HAIR) / height if height else 0.0


def _lines_in(article: Box) -> int:
    """Return how many lines an article has on its page, those of its head left out."""
    texts = (child for child in article.children if ARTICLE_HEAD not in classes(child))
    return sum(isinstance(box, LineBox) for text in texts for box in text.descendants())
