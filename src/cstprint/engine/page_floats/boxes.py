"""The boxes of figures that leave their place: which they are, what stands in for them, where they are put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cstprint.engine.blocks.articles import id_of, links_in, links_to
from cstprint.engine.weasy.boxes import BlockBox
from cstprint.engine.weasy.layout import resolve_percentages
from cstprint.engine.weasy.marks import Barrier, PageFloat, Rest, block_marks, mark_block
from cstprint.engine.weasy.types import Box, SkipStack
from cstprint.placement.decisions import Delay


def in_new_order(children: list[Box], moved_after: Mapping[str, str]) -> list[Box]:
    """Return the children of an article with each figure of ``moved_after`` after its block, both by id."""
    ordered = list(children)
    places = {id_of(child): child for child in children}
    for figure, block in moved_after.items():
        if figure in places and block in places:
            ordered.remove(places[figure])
            ordered.insert(ordered.index(places[block]) + 1, places[figure])
            mark_block(places[figure], moved=True)
    return ordered


def let_wait(children: list[Box], delays: Iterable[Delay]) -> None:
    """Put up barriers before the children of an article that are delayed."""
    places = {id_of(child): child for child in children}
    for delay in sorted(delays):
        if delay.block_id in places and delay.figure_id in places:
            block, figure = places[delay.block_id], places[delay.figure_id]
            links = links_to(figure) & links_in(block)
            order = block_marks(figure).order
            barrier = Barrier(order, delay.spare_pages, delay.figure_id, links)
            mark_block(block, barriers=(*block_marks(block).barriers, barrier))


def stand_in(figure: PageFloat) -> Box:
    """Return a box that takes no place; no page ends after it, so that no head is left alone before it."""
    assert figure.block is not None
    style = figure.box.style.anonymous_style.copy()
    style["break_after"] = "avoid"
    box: Box = BlockBox(None, style, None, [])
    box.position_x, box.position_y = figure.box.position_x, figure.box.position_y
    resolve_percentages(box, figure.block)
    box.width, box.height, box.margin_left, box.margin_right = figure.block.width, 0, 0, 0
    box.clearance = None
    mark_block(box, is_stand_in=True, stands_for=figure)
    return box


def without_flow(root: Box, skip_stack: SkipStack | None) -> Box:
    """Return the root with the article that ``skip_stack`` leads into empty, for a page that has no room for text."""
    box = empty = root.deepcopy()
    while box.element_tag != "article":
        assert skip_stack is not None
        ((skip, skip_stack),) = skip_stack.items()
        box = box.children[skip]
    box.children, box.force_fragmentation = [], True
    return empty


def taken_out(box: Box) -> list[Rest]:
    """Take the stand-ins out of a page, and return what waits for the next, in the order of the text."""
    found: list[Rest] = []
    children: list[Box] = getattr(box, "children", [])
    kept = [child for child in children if not block_marks(child).is_stand_in]
    for child in children:
        marks = block_marks(child)
        if marks.stands_for is not None:
            found.append((marks.stands_for, None))
        elif marks.rest is not None:
            found.append(marks.rest)
        else:
            found += taken_out(child)
    if len(kept) < len(children):
        box.children = kept
    return found


def put_in(root: Box, figure: PageFloat, made: Box) -> None:
    """Put a figure into its article's part of the page, after a paragraph that continues from the page before."""
    article = next(
        (
            box
            for box in root.descendants()
            if box.element is figure.article.element and box.element_tag == "article"
        ),
        root,
    )
    index = 0
    while index < len(article.children) and (
        "top" in article.children[index].remove_decoration_sides
        or block_marks(article.children[index]).put_in
    ):
        index += 1
    mark_block(made, put_in=True)
    article.children = [*article.children[:index], made, *article.children[index:]]
