"""Forced breaks and named pages between the children of columns (CSS Fragmentation, 3.1; CSS Paged Media, 7).

A break between two children that asks for another page, and a change of the name of the page, end the part of the
columns that stands on a page: what flows above it is level, and what waits stands on pages before it. A break that
asks for another column is WeasyPrint's, inside a column; beside what spans all columns there is none to go on in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstprint.engine.blocks.articles import spans
from cstprint.engine.weasy.layout import block_level_page_break, block_level_page_name
from cstprint.engine.weasy.types import Box, NextPage

#: The breaks after which a page of any name may follow.
_UNFORCED = ("any", "auto", "avoid", "avoid-page", "avoid-column")
_COLUMN = "column"


class ForcedBreaks:
    """The forced breaks among the ``children`` of columns."""

    def __init__(self, children: Sequence[Box]):
        self._children = children

    def first(self, start: int) -> int:
        """Return the first child from ``start`` on before which a page has to end; how many there are if none."""
        for index, before in self._pairs(start):
            if self._asked(before, index) is not None:
                return index
        return len(self._children)

    def next_page(self, index: int) -> NextPage:
        """Return what WeasyPrint says of a page that a forced break before a child begins."""
        before = next(one for at, one in self._pairs(index) if at == index)
        asked = self._asked(before, index)
        assert asked is not None
        return asked

    def without_column(self) -> Iterator[Box]:
        """Yield the children beside which a break asks for another column, and something spans all of them."""
        for index, before in self._pairs(0):
            child = self._children[index]
            beside_spanning = spans(before) or spans(child)
            if beside_spanning and block_level_page_break(before, child) == _COLUMN:
                yield child

    def _asked(self, before: Box, index: int) -> NextPage | None:
        """Return the page that is asked for between two children, ``None`` if it may be the same one."""
        child = self._children[index]
        name = block_level_page_name(before, child)
        wanted = block_level_page_break(before, child)
        # The name is empty where pages without one follow; WeasyPrint's own blocks go on on the same page there.
        if wanted in (*_UNFORCED, _COLUMN) and name is None:
            return None
        return {"break": wanted, "page": name}

    def _pairs(self, start: int) -> Iterator[tuple[int, Box]]:
        """Yield each child in the flow from ``start`` on with the one before it."""
        before: Box | None = None
        for index, child in enumerate(self._children):
            if child.is_in_normal_flow() or child.is_floated():
                if before is not None and index >= start:
                    yield index, before
                before = child


def leaves_page(made: Box, next_page: NextPage) -> bool:
    """Whether a break inside the text of a column, on which ``made`` stands, asks for another page."""
    wanted = next_page["break"]
    if wanted == _COLUMN:
        return next_page["page"] not in (None, made.page_values()[1])
    return bool(wanted != "any")


def leaves_column(next_page: NextPage) -> bool:
    """Whether a break inside the text of a column asks for another column or page."""
    return bool(next_page["break"] != "any")
