"""One annotation a link: WeasyPrint makes one of every box inside it, and readers meet a link inside a link."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.weasy.patch import replaced


def single_links() -> AbstractContextManager[None]:
    """Let only the box of a link itself, on each of its lines, be clickable until the context is left."""
    from weasyprint import anchors

    return replaced((anchors, "gather_anchors", _without_inheritance))


def _without_inheritance(original: Any) -> Any:
    def gather(*arguments: Any) -> None:
        # The eighth argument is the link of the box around this one.
        original(*arguments[:7])

    return gather
