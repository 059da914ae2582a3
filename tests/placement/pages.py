"""Pages of ten lines of 20 pt, written in short."""

from __future__ import annotations

from cstprint.placement.facts import ArticleFlow, BlockRole, PageFlow, PlacedBlock, Reference, TextArea

LINE, LINES = 20.0, 10
ROLES = {
    "F": BlockRole.FIGURE,
    "G": BlockRole.FIGURE,
    "H": BlockRole.FIGURE,
    "X": BlockRole.FIXED,
    "S": BlockRole.SECTION,
}


def flow(*blocks: str, references: str = "", in_columns: bool = False) -> PageFlow:
    """The blocks of an article in the order of its text: name, page, first line and the one after its last.

    Names in capitals are figures (F, G, H), a figure that stays (X), the head of a section (S). A star: the figure was
    deferred. ``references`` pairs figures with the blocks that refer to them.
    """
    placed = []
    orders: dict[str, int] = {}
    for block in blocks:
        name, page, first, end = block.strip("*").split()
        order = orders.setdefault(name, len(orders))
        top, bottom = int(first) * LINE, int(end) * LINE
        role = ROLES.get(name[0], BlockRole.TEXT)
        placed.append(PlacedBlock(name, role, order, int(page), top, bottom, block.startswith("*")))
    at = {block.block_id: Reference(block.page, block.block_id, block.order) for block in placed}
    named = {pair[0]: at[pair[1]] for pair in references.split()}
    areas = {page: TextArea(0.0, LINES * LINE) for page in range(1, 10)}
    return PageFlow((ArticleFlow(tuple(placed), named, LINE, in_columns),), areas)
