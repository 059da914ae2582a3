"""How high the same notes are on a page is found out once.

WeasyPrint lays out all notes of a page anew for each one that comes or goes, and columns are tried many times.
"""

from __future__ import annotations

from typing import Any


def remembered(original: Any) -> Any:
    """Replace ``_update_footnote_area``: remember how high the same footnotes are."""

    def update(context: Any) -> bool:
        area, notes = context.current_footnote_area, tuple(context.current_page_footnotes)
        known = vars(area).setdefault("cst_heights", {})
        if not notes:
            return bool(original(context))
        if notes not in known:
            overflows = bool(original(context))
            if tuple(context.current_page_footnotes) == notes:  # otherwise one of them calls a note itself
                known[notes] = area.height, overflows
            return overflows
        height, overflows = known[notes]
        if area.height != "auto" and not context.in_column:
            context.page_bottom += area.margin_height()
        area.children, area.height = context.current_page_footnotes, height
        if not context.in_column:
            context.page_bottom -= area.margin_height()
        return bool(overflows)

    return update
