"""Notes that one page leaves to the next are not lost when pages are laid out again.

WeasyPrint lays out once more the pages whose page numbers were wrong, and them alone. What the page before one of
them had left over, a note that did not fit, a part of a float, it has forgotten by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cstprint.engine.weasy.types import Box, Context

#: ``make_all_pages``: of the layout, the root box, the document, the pages that are known from the layout before.
MakePages = Callable[[Context, Box, object, list[Box]], Iterator[Box]]


class Carried:
    """Whether anything went from page to page in a layout; where it did, all pages are laid out again if any is."""

    def __init__(self) -> None:
        self.carrying = False

    def all_pages(self, original: MakePages) -> MakePages:
        """Replace ``make_all_pages``."""

        def pages(context: Context, root_box: Box, html: object, known: list[Box]) -> Iterator[Box]:
            if self.carrying and known:
                for *_, state in context.page_maker[:-1]:  # the last is that of no page
                    state["content_changed"] = True
            for page in original(context, root_box, html, known):
                self.carrying = self.carrying or bool(
                    context.reported_footnotes or context.broken_out_of_flow
                )
                if context.reported_footnotes:  # the next page may be one that no layout before had
                    context.page_maker[-1][-1]["content_changed"] = True
                yield page
            # Otherwise all is laid out again (WeasyPrint's #794).
            context.page_maker[-1][-1]["content_changed"] = False

        return pages
