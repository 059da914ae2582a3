"""Reads and sets what WeasyPrint keeps in private attributes of its pages, boxes and streams."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeGuard

from cstprint.engine.weasy.types import Box, Page, StackingContext, Stream

#: The content of a page that is marked so far: by its box, the tag and the number.
Marked = Collection[Box]


def box_of_page(page: Page) -> Box:
    """Return the box of a finished page."""
    return page._page_box


def boxes_of_page(page: Page) -> Iterator[Box]:
    """Yield all boxes of a finished page in the order of the text, those that are absolutely positioned, too."""
    return page._page_box.descendants(placeholders=True)


def box_of_placeholder(placeholder: Box) -> Box:
    """Return the absolutely positioned box that a placeholder stands for."""
    return placeholder._box


def without_placeholder(box: Box) -> Box:
    """Return a box, or the absolutely positioned box that a placeholder stands for."""
    from cstprint.engine.weasy import boxes

    return box._box if isinstance(box, boxes.AbsolutePlaceholder) else box


def tags_of(stream: Stream) -> Marked | None:
    """Return what is marked on the page so far; ``None`` where nothing is tagged, as inside an artifact."""
    tags: Marked | None = stream._tags
    return tags


@contextmanager
def untagged(stream: Stream) -> Iterator[None]:
    """Let nothing be tagged that is drawn inside."""
    tags, stream._tags = stream._tags, None
    try:
        yield
    finally:
        stream._tags = tags


def group_named(stream: Stream, name: str) -> Stream | None:
    """Return the group of a name that a stream draws; ``None`` for an image, which is written later."""
    groups: Mapping[str, Stream | None] = stream._resources["XObject"]
    return groups.get(name)


def folder_of_weasyprint() -> Path:
    """Return the folder of the installed WeasyPrint."""
    import weasyprint

    return Path(weasyprint.__file__).parent


def is_context(one: object) -> TypeGuard[StackingContext]:
    """Return whether a child of a box that is painted is a stacking context in its place."""
    from cstprint.engine.weasy import boxes

    return isinstance(one, boxes.StackingContext)
