"""Which children of an article may leave their places, and which of them no figure may pass: noted before layout."""

from __future__ import annotations

from collections.abc import Sequence

from cstprint.engine.blocks.articles import (
    FIGURES,
    classes,
    holds_figures,
    id_of,
    in_grid_columns,
    is_heading,
    is_movable,
    may_move,
    opens_section,
)
from cstprint.engine.page_floats.boxes import in_new_order, let_wait
from cstprint.engine.page_floats.gaps import OpenFigures, may_end_with
from cstprint.engine.weasy.boxes import BlockBox
from cstprint.engine.weasy.marks import Barrier, PageFloat, block_marks, mark_block
from cstprint.engine.weasy.types import Box
from cstprint.placement.decisions import OWN_HEIGHT, Decision, Placements
from cstprint.units import pt_to_px

#: More than the places in the text of an article.
ORDERS = 1_000_000


def mark_article(article: Box, first: int, placements: Placements, *, fills_gaps: bool) -> None:
    """Mark the children of an article; their places in the text are numbered from ``first``.

    With ``fills_gaps`` figures without a decision are left open: the layout decides when it meets them.
    """
    article.children = in_new_order(article.children, placements.moved_after)
    _bind(article.children)
    end: Box = BlockBox(None, article.style.anonymous_style, None, [])
    mark_block(end, barriers=(Barrier(first + len(article.children)),), is_stand_in=True)
    in_columns, leave = in_grid_columns(article), False
    for index, child in enumerate(article.children):
        order = first + index
        decision = placements.decisions.get(id_of(child))
        # What does not fit in columns leaves its place without a decision.
        mark_block(child, order=order, stays=in_columns and decision is Decision.KEEP)
        height = placements.heights.get(id_of(child), OWN_HEIGHT)
        if height < OWN_HEIGHT:
            mark_block(child, most_height=pt_to_px(height))
        if opens_section(child) or (holds_figures(child) and not (in_columns and may_move(child))):
            mark_block(child, barriers=(Barrier(order),))
        if not in_columns and decision is Decision.DEFER and is_movable(child):
            leave = True
            defer(child, article)
    let_wait(article.children, placements.delays)
    figures = OpenFigures(article, placements.decisions)
    if fills_gaps and figures.boxes and may_end_with(article, end):
        leave = True
        for child in figures.boxes:
            mark_block(child, open_figures=figures)
    if leave:
        article.children = [*article.children, end]


def _bind(children: Sequence[Box]) -> None:
    """Let figures that are all that a heading has stay below it."""
    for before, box, after in zip(children, children[1:], [*children[2:], None], strict=False):
        is_alone = is_heading(before) and (after is None or is_heading(after))
        if FIGURES in classes(box) and is_alone:
            mark_block(box, is_bound=True)


def defer(box: Box, article: Box) -> None:
    """Let a figure leave its place; it is passed, unless it has to wait for others."""
    marks = block_marks(box)
    mark_block(
        box,
        page_float=PageFloat(box, article, marks.order),
        barriers=tuple(barrier for barrier in marks.barriers if barrier.figure),
    )
