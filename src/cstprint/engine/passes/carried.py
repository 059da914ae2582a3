"""Notes that one page leaves to the next are not lost when pages are laid out again.

WeasyPrint lays out once more the pages whose page numbers were wrong, and them alone. What the page before one of
them had left over, a note that did not fit, a part of a float, it has forgotten by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.weasy.patch import replaced


def carried_over() -> AbstractContextManager[None]:
    """Until the context is left, lay out all pages again where any is and something went from page to page."""
    import weasyprint.layout

    return replaced((weasyprint.layout, "make_all_pages", _all_pages))


def _all_pages(original: Any) -> Any:
    carrying = False

    def pages(context: Any, root_box: Any, html: Any, known: list[Any]) -> Iterator[Any]:
        nonlocal carrying
        if carrying and known:
            for *_, state in context.page_maker[:-1]:  # the last is that of no page
                state["content_changed"] = True
        for page in original(context, root_box, html, known):
            carrying = carrying or bool(context.reported_footnotes or context.broken_out_of_flow)
            yield page

    return pages
