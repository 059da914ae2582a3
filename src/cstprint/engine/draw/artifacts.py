"""What is painted and not read: leaders, decoration, running heads and page numbers (ISO 32000-1, 14.8.2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from cstprint.engine.weasy import boxes
from cstprint.engine.weasy.marks import DECORATION
from cstprint.engine.weasy.pdf import Dictionary
from cstprint.engine.weasy.reading import tags_of, untagged
from cstprint.engine.weasy.types import Box, StackingContext, Stream


def is_decoration(box: Box) -> bool:
    """Return whether a box is a picture that says nothing."""
    return bool(box.element_tag == "img" and box.element.get("data-tag") == DECORATION)


def is_leader(box: Box) -> bool:
    """Return whether a box is the row of dots between an entry of the contents and its page."""
    return bool(getattr(box, "is_leader", False))


def leaders(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``draw_inline_level``: leaders are artifacts."""

    def draw(stream: Stream, page: Box, box: Box, *rest: object, **options: object) -> None:
        if not is_leader(box):
            original(stream, page, box, *rest, **options)
            return
        with artifact(stream), _shaped_once(box):
            original(stream, page, box, *rest, **options)

    return draw


@contextmanager
def _shaped_once(leader: Box) -> Iterator[None]:
    """Keep a leader's text shaped while it is drawn again and again: WeasyPrint shapes it for each of its dots."""
    texts = {text.pango_layout: text for text in leader.children if hasattr(text, "pango_layout")}
    for layout, text in texts.items():
        layout.reactivate(text.style)
        vars(layout).update(reactivate=_nothing, deactivate=_nothing)
    try:
        yield
    finally:
        for layout in texts:
            del vars(layout)["reactivate"], vars(layout)["deactivate"]
            layout.deactivate()


def _nothing(*_: object) -> None:
    """Do nothing."""


def decoration(
    original: Callable[..., AbstractContextManager[None]],
) -> Callable[..., AbstractContextManager[None]]:
    """Replace ``Stream.marked``: decorative pictures are artifacts."""

    def marked(stream: Stream, box: Box, tag: str) -> AbstractContextManager[None]:
        return artifact(stream) if is_decoration(box) else original(stream, box, tag)

    return marked


def margin_boxes(original: Callable[..., None]) -> Callable[..., None]:
    """Mark running heads and page numbers as artifacts of pagination (ISO 14289-1, 7.8; ISO 32000-1, table 330)."""

    def draw(stream: Stream, context: StackingContext) -> None:
        box, page = context.box, context.page
        if not isinstance(box, boxes.MarginBox):
            original(stream, context)
            return
        below = box.border_box_y() + box.border_height() / 2 > page.margin_height() / 2
        with artifact(stream, {"Type": "/Pagination", "Subtype": "/Footer" if below else "/Header"}):
            original(stream, context)

    return draw


@contextmanager
def artifact(stream: Stream, properties: dict[str, str] | None = None) -> Iterator[None]:
    """Draw an artifact: nothing inside it is tagged."""
    if tags_of(stream) is None:  # inside another artifact, or there are no tags
        yield
        return
    stream.begin_marked_content("Artifact", Dictionary(properties) if properties else None)
    try:
        with untagged(stream):
            yield
    finally:
        stream.end_marked_content()
