"""Tails: the last page of an article that holds nothing but a few lines, and how its lines come to stand before it.

Three ways are tried, each in a layout of its own: the figures of the article become a little lower; both pages of its
last spreads become a line longer; where neither helps, all is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from cstprint.placement.decisions import OWN_HEIGHT, Placements
from cstprint.placement.facts import ArticleFlow, BlockRole, PageFlow, PlacedBlock

#: The most lines that are a tail.
MOST_LINES = 4
#: The part of their height that the figures of an article keep.
LOWER = 0.92
#: A line that is cut by less than this part of it is a rounded length.
_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Tail:
    """The last page of an article, by its number from 1, and the lines on it."""

    page: int
    lines: int


def tails(flow: PageFlow) -> Iterator[tuple[int, ArticleFlow, Tail]]:
    """Yield the articles that have a tail, each with its number from 0."""
    for number, article in enumerate(flow.articles):
        if tail := _tail(flow, article):
            yield number, article, tail


def without_tails(flow: PageFlow, so_far: Placements) -> Placements:
    """Return the placements by which the first tail may go that has not been given up; ``so_far`` if none is."""
    for number, article, tail in tails(flow):
        if number in so_far.tails:
            continue
        if lower := _lower_figures(article, tail, so_far):
            return replace(so_far, heights={**so_far.heights, **lower})
        heights = {**so_far.heights, **dict.fromkeys(_lowered(article, so_far), OWN_HEIGHT)}
        longer = _longer_pages(flow, article, tail)
        if longer.keys() - so_far.longer.keys():
            return replace(so_far, heights=heights, longer={**so_far.longer, **longer})
        others = {page: line for page, line in so_far.longer.items() if page not in longer}
        as_it_was = replace(so_far, heights=heights, longer=others)
        if as_it_was != so_far:
            return replace(as_it_was, tails=so_far.tails | {number})
    return so_far


def _tail(flow: PageFlow, article: ArticleFlow) -> Tail | None:
    pages = {block.page for block in article.blocks}
    last = max(pages, default=0)
    if len(pages) < 2 or last not in flow.areas or flow.areas[last].has_others:
        return None
    blocks = [block for block in article.blocks if block.page == last]
    height = max(block.bottom_pt for block in blocks) - flow.areas[last].top_pt
    lines = ceil(height / article.line_pt - _TOLERANCE)
    if lines > MOST_LINES or any(block.role is BlockRole.FIGURE for block in blocks):
        return None
    others = (block for other in flow.articles if other is not article for block in other.blocks)
    return None if any(block.page == last for block in others) else Tail(last, lines)


def _figures(article: ArticleFlow) -> Iterator[PlacedBlock]:
    return (block for block in article.blocks if block.role is BlockRole.FIGURE)


def _lower_figures(article: ArticleFlow, tail: Tail, so_far: Placements) -> dict[str, float]:
    """Return lower heights (pt) for the figures before a tail, if they make room for its lines; else none."""
    line = article.line_pt
    if article.in_columns:
        return {}
    figures = [
        one for one in _figures(article) if one.page < tail.page and one.block_id not in so_far.heights
    ]
    lower = {figure.block_id: LOWER * figure.height_pt // line * line for figure in figures}
    gain = sum(figure.height_pt - lower[figure.block_id] for figure in figures)
    return lower if gain >= (tail.lines - _TOLERANCE) * line else {}


def _lowered(article: ArticleFlow, so_far: Placements) -> Iterator[str]:
    """Yield the figures of an article that have become lower."""
    figures = (figure.block_id for figure in _figures(article))
    return (figure for figure in figures if so_far.heights.get(figure, OWN_HEIGHT) < OWN_HEIGHT)


def _longer_pages(flow: PageFlow, article: ArticleFlow, tail: Tail) -> dict[int, float]:
    """Return the pages that a line more each (pt) makes long enough for a tail: whole spreads, the last ones."""
    first = min(block.page for block in article.blocks)
    lefts = range((tail.page - 2) // 2 * 2, first - 1, -2)
    spreads = [(left, left + 1) for left in lefts if {left, left + 1} <= flow.areas.keys()]
    wanted = spreads[: ceil(tail.lines / 2)]
    is_enough = len(wanted) * 2 >= tail.lines
    return {page: article.line_pt for spread in wanted for page in spread} if is_enough else {}
