"""The last pages of articles that hold nothing but a few lines: the editor learns how many are to be cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cstprint.diagnostics import Diagnostic, PagePlace, msg, note
from cstprint.placement.facts import PageFlow
from cstprint.placement.tails import tails
from cstprint.source import Span


def check_tails(flow: PageFlow, spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each article whose last page holds a few lines, at the last block with a place of its own."""
    for _, article, tail in tails(flow):
        blocks = (block.block_id for block in article.blocks if block.page == tail.page)
        places = [spans[block] for block in blocks if block in spans]
        message = msg(
            "The last page of the article, {page}, has only a few lines: {count}.",
            page=tail.page,
            count=tail.lines,
        )
        hint = msg("Shorten the article by that many lines, or lengthen it.")
        yield note(
            "CST-E052", message, span=places[-1] if places else None, place=PagePlace(tail.page), hint=hint
        )
