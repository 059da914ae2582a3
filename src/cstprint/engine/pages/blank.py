"""Reads from finished pages what stays blank, and why: what had no room there and begins the next page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from cstprint.engine.blocks.articles import ARTICLE_HEAD, FIGURES, classes, is_heading
from cstprint.engine.blocks.line_grid import line_height
from cstprint.engine.blocks.starts import is_part
from cstprint.engine.weasy.boxes import LineBox, ReplacedBox
from cstprint.engine.weasy.marks import block_marks
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Box, Page
from cstprint.placement.blanks import Blank, Cause
from cstprint.units import px_to_pt

#: The largest blank of a page is noted from this part of its text block on.
LEAST = 0.25
#: The text block is looked at in so many strips from left to right; a blank has a third of them at least.
_STRIPS = 24
#: A blank that ends so near (part of the page's height) to the foot goes on to it.
_NEAR = 0.1
#: A head needs so many lines below it.
_LINES = 2
#: What stands in lines that may be short.
_RUNNING = (Cause.LINES, Cause.HEAD, Cause.HEADING)
_HEADS = frozenset({ARTICLE_HEAD, "section-title", "item-head", "intro"})

#: Left, top, right and bottom (px).
_Edges: TypeAlias = tuple[float, float, float, float]


def blanks(pages: Sequence[Page]) -> Iterator[Blank]:
    """Yield the pages (WeasyPrint's) that stay blank by :data:`LEAST` and more.

    Neither the last one, nor those before a forced break, nor those that have no text.
    """
    for number, (page, following) in enumerate(pairwise(map(box_of_page, pages)), start=1):
        marks = block_marks(page)
        if marks.is_cut or marks.is_apart or block_marks(following).is_apart:
            continue
        if _is_asked_for(page, following):
            continue
        part, edges = _largest(page)
        if part < LEAST:
            continue
        within = [box for box in _blocks(page) if _shared(box, edges) > 0]
        height = sum(_shared(box, edges) for box in within)
        if height > (edges[3] - edges[1]) / 2 and all(_kind(box) in _RUNNING for box in within):
            continue  # lines that do not reach the edge
        cause, block, needs = _cause(page, following, edges, height)
        _, top, _, bottom = edges
        ids = (
            () if block is None else tuple(one.get("id", "") for one in block.element.iter() if one.get("id"))
        )
        yield Blank(number, part, px_to_pt(top), px_to_pt(bottom - top), cause, ids, px_to_pt(needs))


def _cause(page: Box, following: Box, edges: _Edges, within: float) -> tuple[Cause, Box | None, float]:
    """Return why a blank is there, the block that is the cause, and how much height (px) that needs.

    ``within`` is how much of its height (px) is beside the lines or pictures of blocks.
    """
    _, top, _, bottom = edges
    foot = page.content_box_y() + page.height
    notes = [child.position_y for child in page.children if child.element_tag == "@footnote-area"]
    if bottom < min([foot, *notes]) - _NEAR * page.height or within > (bottom - top) / 2:
        beside = max(_blocks(page), key=lambda box: _height(box, top, bottom), default=None)
        return Cause.BESIDE, beside, bottom - top
    blocks = sorted(_blocks(following), key=lambda box: box.position_y)
    if not blocks:
        return Cause.BLOCK, None, 0.0
    first = blocks[0]
    cause, height = _kind(first), float(first.border_height())
    below = next((box for box in blocks if _kind(box) not in (Cause.HEAD, Cause.HEADING)), None)
    if cause in (Cause.HEAD, Cause.HEADING) and below is not None:
        least = min(float(below.border_height()), _LINES * line_height(below))
        height = below.border_box_y() + least - first.border_box_y()
    margin = first.style["margin_top"]
    above = _LINES * line_height(first) if cause is Cause.HEAD else 0.0 if margin == "auto" else margin.value
    return cause, first, height + above


def _kind(block: Box) -> Cause:
    names = classes(block)
    if names & _HEADS:
        return Cause.HEAD
    if is_heading(block):
        return Cause.HEADING
    if FIGURES in names:
        return Cause.FIGURE
    if "table" in names or block.element_tag == "table":
        return Cause.TABLE
    is_text = block.element_tag in ("p", "ul", "ol", "dl", "li") or "top" in block.remove_decoration_sides
    return Cause.LINES if is_text else Cause.BLOCK


def _is_asked_for(page: Box, following: Box) -> bool:
    """Whether a page ends as it holds nothing, or as the next is blank, or has another name for the same article."""
    if not any(_blocks(page)) or not any(_blocks(following)):
        return True
    before = {box.element: box for box in page.descendants() if _is_article(box)}
    article = next((box for box in following.descendants() if _is_article(box)), None)
    if article is None or article.element not in before:
        return False
    *_, last = (None, *_blocks(before[article.element]))
    first = next(_blocks(article), None)
    return last is not None and first is not None and bool(last.style["page"] != first.style["page"])


def _is_article(box: Box) -> bool:
    return box.element_tag == "article" and not box.is_column and is_part(box)


def _shared(box: Box, edges: _Edges) -> float:
    """Return how much height (px) a blank has in common with the place of a block, if it is in its width."""
    left, top, right, bottom = edges
    is_beside = box.border_box_x() + box.border_width() <= left or box.border_box_x() >= right
    return 0.0 if is_beside else max(0.0, _height(box, top, bottom))


def _height(box: Box, top: float, bottom: float) -> float:
    return float(min(bottom, box.border_box_y() + box.border_height()) - max(top, box.border_box_y()))


def _blocks(box: Box) -> Iterator[Box]:
    """Yield the blocks in the flow of a page: heads, and what stands in articles and beside them."""
    for child in getattr(box, "children", ()):
        holds = child.element_tag in ("html", "body") or is_part(child) or "cover" in classes(child)
        if child.is_column or holds:
            yield from _blocks(child)
        elif child.element is not None and child.element_tag == child.element.tag:
            yield child


# ── the largest blank ──


def _largest(page: Box) -> tuple[float, _Edges]:
    """Return what part of the text block of a page its largest blank is, and its edges (px).

    What is lower than :data:`LEAST` of it is not looked at.
    """
    left, top, width, height = page.content_box_x(), page.content_box_y(), page.width, page.height
    bodies = (box for box in page.descendants() if box.element_tag == "body")
    body = next(bodies, None)
    if body is not None:
        left, width = body.content_box_x(), body.width
    inked = [_clipped(edges, top, top + height) for edges in _inked(page)]
    tops = sorted({top, top + height, *(y for _, above, _, below in inked for y in (above, below))})
    best, found = 0.0, (left, top, left, top)
    starts = [top] * _STRIPS
    for above, below in pairwise(tops):
        for begin, _, end, _ in (one for one in inked if one[1] < below and one[3] > above):
            first = max(0, int((begin - left) / width * _STRIPS))
            for strip in range(first, min(_STRIPS, int((end - left) / width * _STRIPS) + 1)):
                starts[strip] = below
        if below - min(starts) < LEAST * height:
            continue  # too low for a blank that is noted, even over the whole width
        area, leftmost, last, start = _highest(starts, below)
        if area > best:
            best = area
            strip_width = width / _STRIPS
            found = left + leftmost * strip_width, start, left + last * strip_width, below
    return best / (_STRIPS * height) if height else 0.0, found


def _highest(starts: Sequence[float], bottom: float) -> tuple[float, int, int, float]:
    """Return the largest blank that ends at ``bottom``: strips times px, its strips, where it starts.

    ``starts`` says from where on (px) each strip is blank.
    """
    best = (0.0, 0, 0, bottom)
    for first in range(_STRIPS * 2 // 3 + 1):
        start = starts[first]
        for last in range(first, _STRIPS):
            start = max(start, starts[last])
            if start >= bottom:
                break
            count = last - first + 1
            if count * 3 >= _STRIPS and count * (bottom - start) > best[0]:
                best = count * (bottom - start), first, last + 1, start
    return best


def _clipped(edges: _Edges, top: float, bottom: float) -> _Edges:
    left, above, right, below = edges
    return left, min(max(above, top), bottom), right, min(max(below, top), bottom)


def _inked(page: Box) -> Iterator[_Edges]:
    """Yield where something is printed: lines, pictures, and blocks with a ground or a rule."""
    for box in page.descendants():
        if isinstance(box, LineBox):
            if box.width:
                yield box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height
        elif isinstance(box, ReplacedBox) or _has_ground(box):
            right = box.border_box_x() + box.border_width()
            yield box.border_box_x(), box.border_box_y(), right, box.border_box_y() + box.border_height()
        elif box.element is not None and _widest_rule(box):
            yield from _rules(box)


def _has_ground(box: Box) -> bool:
    is_page = box.element is None or box.element_tag in ("html", "body")
    return not is_page and getattr(box, "background", None) is not None


def _widest_rule(box: Box) -> float:
    return float(max(getattr(box, f"border_{side}_width", 0) or 0 for side in ("top", "bottom")))


def _rules(box: Box) -> Iterable[_Edges]:
    left, right = box.border_box_x(), box.border_box_x() + box.border_width()
    top, bottom = box.border_box_y(), box.border_box_y() + box.border_height()
    if box.border_top_width:
        yield left, top, right, top + box.border_top_width
    if box.border_bottom_width:
        yield left, bottom - box.border_bottom_width, right, bottom
