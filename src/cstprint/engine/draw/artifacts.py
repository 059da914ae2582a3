"""What is painted and not read: leaders, decoration, running heads and page numbers (ISO 32000-1, 14.8.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf

#: A picture with this ``data-tag`` says nothing.
DECORATION = "decoration"


def is_decoration(box: Any) -> bool:
    """Whether a box is a picture that says nothing."""
    return bool(box.element_tag == "img" and box.element.get("data-tag") == DECORATION)


def is_leader(box: Any) -> bool:
    """Whether a box is the row of dots between an entry of the contents and its page."""
    return bool(getattr(box, "is_leader", False))


def leaders(original: Any) -> Any:
    """Replace ``draw_inline_level``: leaders are artifacts."""

    def draw(stream: Any, page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if not is_leader(box):
            original(stream, page, box, *rest, **options)
            return
        with _artifact(stream), _shaped_once(box):
            original(stream, page, box, *rest, **options)

    return draw


@contextmanager
def _shaped_once(leader: Any) -> Iterator[None]:
    """Keep a leader's text shaped while it is drawn again and again: WeasyPrint shapes it for each of its dots."""
    texts = {text.pango_layout: text for text in leader.children if hasattr(text, "pango_layout")}
    for layout, text in texts.items():
        layout.reactivate(text.style)
        layout.reactivate, layout.deactivate = lambda _: None, lambda: None
    try:
        yield
    finally:
        for layout in texts:
            del layout.reactivate, layout.deactivate
            layout.deactivate()


def decoration(original: Any) -> Any:
    """Replace ``Stream.marked``: decorative pictures are artifacts."""

    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        if is_decoration(box):
            return _artifact(stream)
        mark: AbstractContextManager[None] = original(stream, box, tag)
        return mark

    return marked


def margin_boxes(original: Any) -> Any:
    """Mark running heads and page numbers as artifacts of pagination (ISO 14289-1, 7.8; ISO 32000-1, table 330)."""
    from weasyprint.formatting_structure import boxes

    def draw(stream: Any, context: Any) -> None:
        if not isinstance(context.box, boxes.MarginBox):
            original(stream, context)
            return
        box, page = context.box, context.page
        below = box.border_box_y() + box.border_height() / 2 > page.margin_height() / 2
        with _artifact(stream, {"Type": "/Pagination", "Subtype": "/Footer" if below else "/Header"}):
            original(stream, context)

    return draw


@contextmanager
def _artifact(stream: Any, properties: dict[str, str] | None = None) -> Iterator[None]:
    """Draw an artifact: nothing inside it is tagged."""
    tags = stream._tags
    if tags is None:  # inside another one, or there are no tags
        yield
        return
    stream.begin_marked_content("Artifact", pydyf.Dictionary(properties) if properties else None)
    stream._tags = None
    try:
        yield
    finally:
        stream._tags = tags
        stream.end_marked_content()
