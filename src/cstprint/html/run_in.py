"""What stands on the first line of a paragraph before its own words: who speaks, or a heading (接排标题)."""

from __future__ import annotations

import re

from markupsafe import Markup

from cstprint.html.block_views import BlockView, HeadingView, ProseView

#: The class of a heading that stands on the first line of the paragraph after it, and the marks that may end it.
_RUN_IN = "run-in"
_CLOSING = tuple("。：；，！？.:;,!?")


def labelled(label: str, blocks: tuple[BlockView, ...]) -> tuple[BlockView, ...]:
    """Put a label before the first words of blocks, in a paragraph of its own where they begin with no text."""
    span = Markup('<span class="speaker">{}</span>').format(label)
    first, *rest = blocks
    begun = _begun(first, span) if isinstance(first, ProseView) else None
    if begun is not None:
        return ProseView(first.id, begun), *rest
    return ProseView("", Markup("<p>{}</p>").format(span)), *blocks


def _begun(text: ProseView, span: Markup) -> Markup | None:
    """Return a text that begins with an element, ``None`` where it is no paragraph."""
    opening = re.match("<p(?: [^>]*)?>", text.html)
    return None if opening is None else Markup(opening[0]) + span + Markup(text.html[opening.end() :])


def with_heading(heading: BlockView, text: ProseView) -> Markup | None:
    """Return a paragraph with the heading before it on its first line, if it is one that asks for that (接排标题).

    A mark that ends the heading parts the two; else a blank of an em does, which is copied (clreq 7.1.3.5).
    """
    if not isinstance(heading, HeadingView) or _RUN_IN not in heading.classes.split():
        return None
    span = Markup(
        '<span class="{}" data-tag="{}"{} id="{}" data-bookmark="{}" data-plain="{}">{}</span>{}'
    ).format(
        heading.classes,
        heading.tag,
        Markup(' lang="{}"').format(heading.language) if heading.language else "",
        heading.id,
        heading.bookmark,
        heading.plain,
        heading.html,
        "" if heading.plain.endswith(_CLOSING) else "\u3000",
    )
    return _begun(text, span)
