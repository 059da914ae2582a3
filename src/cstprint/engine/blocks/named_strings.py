"""The named string of a running head (CSS GCPM 3, ``string()``): that with which the page begins.

``first-except`` prints nothing on a page that assigns the string, so that no head repeats the title below it. Where
articles go on below each other, most pages assign one, and begin in the middle of another: these print that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cstprint.engine.blocks.articles import classes
from cstprint.engine.weasy.boxes import LineBox
from cstprint.engine.weasy.types import Box, Context

#: What may stand above the title with which a page begins.
_ABOVE = {"section-title", "section-name", "intro", "kicker"}
#: Name → page → what was assigned there.
Strings = Mapping[str, Mapping[int, list[object]]]
#: ``get_string_or_element_for``.
Find = Callable[[Context, Strings, Box, str, str], Sequence[object]]


def of_page_begin(original: Find) -> Find:
    """Replace ``get_string_or_element_for``: leave a string out only where the page begins with it."""

    def find(context: Context, store: Strings, page: Box, name: str, keyword: str) -> Sequence[object]:
        if keyword != "first-except" or _begins_with(page, name):
            return original(context, store, page, name, keyword)
        number = context.current_page
        pages = store[name]
        others = {name: {other: value for other, value in pages.items() if other != number}}
        return original(context, others, page, name, "first")

    return find


def _begins_with(page: Box, name: str) -> bool:
    """Whether nothing but the name of a section and the like stands above what assigns a named string."""
    for box in page.descendants():
        assigned = box.style["string_set"]
        if assigned != "none" and any(one == name for one, _ in assigned):
            return True
        if isinstance(box, LineBox) and not classes(box) & _ABOVE:
            return False
    return False
