"""One annotation a link: WeasyPrint makes one of every box inside it, and readers meet a link inside a link."""

from __future__ import annotations

from collections.abc import Callable


def one_annotation(original: Callable[..., None]) -> Callable[..., None]:
    """Replace ``gather_anchors``: no box inherits the link around it."""

    def gather(*arguments: object) -> None:
        # The eighth argument is the link of the box around this one.
        original(*arguments[:7])

    return gather
