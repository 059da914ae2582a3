"""Tables that are wider than the text, even in their smallest type, are turned by 90° on a page of their own.

Where the flow comes to such a table, an empty box stands in for it, and the text goes on to the end of its page. The
next page is laid out with its width and height exchanged; nothing stands on it but the table with its caption and its
notes. Then it is turned: the head of the table is at the left edge of the paper (顶左底右), and the running heads are
where they always are. A table that is longer than that page goes on on further ones, with its head. Viewers show such
a page with its table upright (``/Rotate``).

A style sheet asks for this with ``--cst-may-turn: yes`` on the block of a table that stands right in an article.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.blocks.articles import ARTICLE_HEAD, HEADING, articles, classes, in_grid_columns
from cstprint.engine.blocks.measures import content_bottom
from cstprint.engine.blocks.stand_ins import paths_to, stand_in
from cstprint.engine.blocks.tables import needs_more_than
from cstprint.engine.lines.style import token
from cstprint.engine.weasy.calls import BlockCall, BlockLayout, BlockResult
from cstprint.engine.weasy.css import Dimension
from cstprint.engine.weasy.marks import Apart, Kind, block_marks, context_marks, mark_block
from cstprint.engine.weasy.types import Box, Context

#: What is no text of an article.
_BESIDE_TEXT = frozenset({ARTICLE_HEAD, HEADING, "source", "article-credits"})
_SIDES = ("top", "right", "bottom", "left")


class TurnedTables:
    """The tables of a document that may be turned."""

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: note the tables that may be turned."""

        def build(*arguments: object, **options: object) -> Box:
            root = original(*arguments, **options)
            among = {id(article): article for article in articles(root)}
            for around in paths_to(root, among):
                for child in _tables_of(around[-1]):
                    mark_block(child, wide_table=Apart(child, around, Kind.TABLE))
            return root

        return build

    def in_flow(self, original: BlockLayout) -> BlockLayout:
        """Replace ``block_level_layout``: let an empty box stand in for a table that is turned."""

        def lay_out(context: Context, box: Box, *rest: object, **options: object) -> BlockResult:
            table = block_marks(box).wide_table
            # Columns exchange their children themselves: only they know how wide all of them are.
            if table is None or context_marks(context).is_turned or in_grid_columns(table.around[-1]):
                return original(context, box, *rest, **options)
            call = BlockCall(context, box, *rest, **options)  # type: ignore[arg-type]
            if call.skip_stack is None:
                there = stood_in_for(context, box, call.containing_block.width)
                there.position_x, there.position_y = box.position_x, box.position_y
                call = call._replace(box=there)
            return original(*call)

        return lay_out

    def turning(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``page_height``: exchange the width and height of a page that is turned."""

        def height(page: Box, context: Context, containing_height: float) -> None:
            original(page, context, containing_height)
            if context_marks(context).is_turned:
                _exchange(page, 1)

        return height


def _tables_of(article: Box) -> list[Box]:
    """Return the tables of an article that may be turned: none where its head would be left alone on its page."""
    inside = (child for child in article.children if child.is_in_normal_flow())
    blocks = [
        child for child in inside if "::" not in (child.element_tag or "") and not block_marks(child).apart
    ]
    tables = [block for block in blocks if token(block.style, "may_turn") == "yes"]
    others = (block for block in blocks if block not in tables and not classes(block) & _BESIDE_TEXT)
    return tables if next(others, None) is not None else []


def stood_in_for(context: Context, box: Box, width: float) -> Box:
    """Return an empty box for a table that may be turned and needs more than ``width``, any other box as it is."""
    marks = block_marks(box)
    if marks.wide_table is None or not needs_more_than(context, box, width):
        return box
    return stand_in(marks.wide_table)


def _exchange(page: Box, by: int) -> None:
    """Exchange width and height of a page, and move what is around its content by ``by`` sides."""
    page.width, page.height = page.height, page.width
    for name in ("margin_{}", "padding_{}", "border_{}_width"):
        values = [getattr(page, name.format(side)) for side in _SIDES]
        for index, side in enumerate(_SIDES):
            setattr(page, name.format(side), values[(index - by) % len(_SIDES)])


def _centre(page: Box) -> None:
    """Move what stands on a page to its middle."""
    root, notes, _ = page.children
    bottom = notes.position_y if notes.children else page.content_box_y() + page.height
    root.translate(0, max(0.0, (bottom - content_bottom(root)) / 2))


def turn(page: Box, *, centred: bool) -> None:
    """Turn what stands on a page that was laid out with its width and height exchanged; ``centred`` before."""
    if centred:
        _centre(page)
    _exchange(page, -1)
    mark_block(page, is_turned=True)
    for child in page.children:
        child.style = child.style.copy()
        child.style["transform"] = (("matrix", (0, -1, 1, 0, 0, page.margin_height())),)
        # Around the corner of the paper.
        corner = child.border_box_x(), child.border_box_y()
        child.style["transform_origin"] = tuple(Dimension(-edge, "px") for edge in corner)
