"""Figures on their pages: which have left their place in the text, and which are higher than a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from cstprint.diagnostics import Diagnostic, PagePlace, msg, note, warning
from cstprint.engine.pages.flow import ArticleFlow, Flow, Kind
from cstprint.source import Span

#: What reaches over the text area by less (pt) is a sum of rounded lengths.
_HAIR_PT = 0.5


def check_figures(flow: Flow, spans: Mapping[str, Span], distance: int) -> Iterator[Diagnostic]:
    """Yield a note for each figure that has moved, a warning for each that is higher than its page's text area.

    ``distance`` is how many pages the layout lets a figure stand behind its mention.
    """
    for article in flow.articles:
        yield from _moved(article, spans, distance)
    yield from _too_high(flow, spans)


def check_long_floats(in_column: Set[str], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each block that should stand beside the text and is longer than a page."""
    for block in sorted(in_column & spans.keys()):
        yield note(
            "CST-E020",
            msg("This should stand beside the text and is longer than a page: it takes the column."),
            span=spans[block],
            hint=msg("Shorten it, part it, or let it stand in the column: place: column."),
        )


def _moved(article: ArticleFlow, spans: Mapping[str, Span], distance: int) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for figure in article.pieces:
        if figure.block in told or not (figure.floats or figure.behind):
            continue
        told.add(figure.block)
        mention = article.mentions.get(figure.block)
        before = [piece.page for piece in article.pieces if piece.order < figure.order and not piece.floats]
        if mention is not None and figure.page > mention.page + distance:
            message = msg(
                "The figure stands on page {page}, {count} pages behind the text that mentions it: "
                "too many figures wait before it.",
                page=figure.page,
                count=figure.page - mention.page,
            )
        elif figure.floats and before:
            message = msg(
                "The figure does not fit on page {before}: it stands on page {page}, after text that follows it.",
                before=before[-1],
                page=figure.page,
            )
        else:
            message = msg(
                "The figure stands behind the text that mentions it, which is on page {page}.",
                page=figure.page,
            )
        yield note(
            "CST-E018",
            message,
            span=spans.get(figure.block),
            place=PagePlace(figure.page, y_pt=figure.top_pt, height_pt=figure.bottom_pt - figure.top_pt),
            hint=msg("To keep figures where they stand in the text: --set figure-place=here."),
        )


def _too_high(flow: Flow, spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for article in flow.articles:
        for piece in article.pieces:
            area = flow.areas[piece.page]
            bottom = piece.bottom_pt - piece.empty_pt
            height = bottom - piece.top_pt
            if piece.kind is Kind.FIGURE and bottom > area.bottom_pt + _HAIR_PT and height > area.height_pt:
                yield warning(
                    "CST-E019",
                    msg(
                        "The figure is {height:.0f} pt high, and page {page} has {room:.0f} pt for text.",
                        height=height,
                        page=piece.page,
                        room=area.height_pt,
                    ),
                    span=spans.get(piece.block),
                    place=PagePlace(piece.page, y_pt=piece.top_pt, height_pt=height),
                    hint=msg("Give it more columns or fewer pictures, or shorten its captions."),
                )
