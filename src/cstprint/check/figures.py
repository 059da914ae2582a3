"""Figures on their pages: which have left their place in the text, and which are higher than a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cstprint.diagnostics import Diagnostic, PagePlace, msg, note, warning
from cstprint.engine.blocks.side_floats import CROWDED
from cstprint.placement.facts import ArticleFlow, BlockRole, PageFlow
from cstprint.source import Span

#: What reaches over the text area by less (pt) is a sum of rounded lengths.
_HAIR_PT = 0.5


def check_figures(flow: PageFlow, spans: Mapping[str, Span], distance: int) -> Iterator[Diagnostic]:
    """Yield a note for each figure that has moved, a warning for each that is higher than its page's text area.

    ``distance`` is how many pages the layout lets a figure stand after its first reference.
    """
    for article in flow.articles:
        yield from _moved(article, spans, distance)
    yield from _too_high(flow, spans)


_LONG = msg("This side figure or box is taller than a page. It was set in the text column instead.")
_CROWDED = msg(
    "The margin notes of this page are taller than the page together. This one was set in "
    "the text column instead."
)


def check_long_floats(in_column: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each block that should stand beside the text and takes the column, by the reasons why."""
    for block in sorted(in_column.keys() & spans.keys()):
        yield note(
            "CST-E020",
            _CROWDED if in_column[block] == CROWDED else _LONG,
            span=spans[block],
            hint=msg("Shorten it, split it, or set it in the column: place: column"),
        )


def _moved(article: ArticleFlow, spans: Mapping[str, Span], distance: int) -> Iterator[Diagnostic]:
    reported: set[str] = set()
    for figure in article.blocks:
        if figure.block_id in reported or not (figure.deferred or figure.moved):
            continue
        reported.add(figure.block_id)
        reference = article.references.get(figure.block_id)
        before = [block.page for block in article.blocks if block.order < figure.order and not block.deferred]
        if reference is not None and figure.page > reference.page + distance:
            message = msg(
                "The figure is on page {page}, {count} pages after the text that refers to it: too "
                "many figures are waiting before it.",
                page=figure.page,
                count=figure.page - reference.page,
            )
        elif figure.deferred and before:
            message = msg(
                "This does not fit on page {before}. It was moved to page {page}, after text that "
                "follows it in the source.",
                before=before[-1],
                page=figure.page,
            )
        else:
            message = msg(
                "The figure is after the text that refers to it, which is on page {page}.",
                page=figure.page,
            )
        yield note(
            "CST-E018",
            message,
            span=spans.get(figure.block_id),
            place=PagePlace(figure.page, y_pt=figure.top_pt, height_pt=figure.bottom_pt - figure.top_pt),
            hint=msg("To keep figures at their place in the text: --set figure-place=here"),
        )


def _too_high(flow: PageFlow, spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for article in flow.articles:
        for block in article.blocks:
            area = flow.areas[block.page]
            bottom = block.bottom_pt - block.foot_padding_pt
            height = bottom - block.top_pt
            if (
                block.role is BlockRole.FIGURE
                and bottom > area.bottom_pt + _HAIR_PT
                and height > area.height_pt
            ):
                yield warning(
                    "CST-E019",
                    msg(
                        "The figure is {height:.0f} pt high, and page {page} has {room:.0f} pt for text.",
                        height=height,
                        page=block.page,
                        room=area.height_pt,
                    ),
                    span=spans.get(block.block_id),
                    place=PagePlace(block.page, y_pt=block.top_pt, height_pt=height),
                    hint=msg("Give the figure more columns or fewer pictures, or shorten its captions."),
                )
