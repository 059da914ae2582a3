"""How high the same notes are on a page is found out once.

WeasyPrint lays out all notes of a page anew for each one that comes or goes, and columns are tried many times.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.types import Box, Context, is_auto


def remembered(original: Callable[[Context], bool]) -> Callable[[Context], bool]:
    """Replace ``_update_footnote_area``: remember how high the same footnotes are."""

    def update(context: Context) -> bool:
        area, notes = context.current_footnote_area, tuple(context.current_page_footnotes)
        known: dict[tuple[Box, ...], tuple[float, bool]] = kept_with(area, "heights", dict)
        if not notes:
            return bool(original(context))
        if notes not in known:
            overflows = bool(original(context))
            if tuple(context.current_page_footnotes) == notes:  # otherwise one of them calls a note itself
                known[notes] = area.height, overflows
            return overflows
        height, overflows = known[notes]
        if not is_auto(area.height) and not context.in_column:
            context.page_bottom += area.margin_height()
        area.children, area.height = context.current_page_footnotes, height
        if not context.in_column:
            context.page_bottom -= area.margin_height()
        return overflows

    return update
