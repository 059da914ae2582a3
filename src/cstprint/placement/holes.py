"""Holes: pages that an article leaves blank by more than a third, as the next one has no room for its first lines.

Two ways are tried, each in a layout of its own: the figures on such a page become a little lower; both facing pages
become a line longer. Where neither helps, all is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cstprint.placement.decisions import OWN_HEIGHT, Placements
from cstprint.placement.facts import ArticleFlow, BlockRole, PageFlow
from cstprint.placement.tails import LOWER

#: More than this part of a text area is a hole.
MOST = 1 / 3


def without_holes(flow: PageFlow, so_far: Placements) -> Placements:
    """Return the placements by which the first hole may go that has not been given up; ``so_far`` if none is."""
    for page, article in holes(flow):
        if page in so_far.holes:
            continue
        figures = _heights(article, page)
        if lower := {one: height for one, height in figures.items() if one not in so_far.heights}:
            return replace(so_far, heights={**so_far.heights, **lower})
        heights = {**so_far.heights, **dict.fromkeys(figures, OWN_HEIGHT)}
        facing = dict.fromkeys((page // 2 * 2, page // 2 * 2 + 1), article.line_pt)
        if facing.keys() <= flow.areas.keys() and not facing.keys() & so_far.longer.keys():
            return replace(so_far, heights=heights, longer={**so_far.longer, **facing})
        others = {number: line for number, line in so_far.longer.items() if number not in facing}
        return replace(so_far, heights=heights, longer=others, holes=so_far.holes | {page})
    return so_far


def holes(flow: PageFlow) -> Iterator[tuple[int, ArticleFlow]]:
    """Yield the pages that have a hole, each with the article that ends there."""
    for article, following in zip(flow.articles, flow.articles[1:], strict=False):
        page = max((block.page for block in article.blocks), default=0)
        first = min((block.page for block in following.blocks), default=0)
        if following.opens_page or first != page + 1 or page not in flow.areas:
            continue
        end = max(block.bottom_pt for block in article.blocks if block.page == page)
        area = flow.areas[page]
        if not area.has_others and area.bottom_pt - end > MOST * area.height_pt:
            yield page, article


def _heights(article: ArticleFlow, page: int) -> dict[str, float]:
    """Return how high (pt) the figures are at most that stand on a page, or end there, a little lower than now."""
    if article.in_columns:
        return {}
    parts = [block for block in article.blocks if block.role is BlockRole.FIGURE]
    here = {block.block_id for block in parts if block.page == page}
    line = article.line_pt
    heights = {one: sum(block.height_pt for block in parts if block.block_id == one) for one in here}
    return {one: LOWER * height // line * line for one, height in heights.items()}
