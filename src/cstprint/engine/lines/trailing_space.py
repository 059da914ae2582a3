"""Lines of English that end with a space before other markup.

A space at the end of a line takes no room (CSS Text 3, 4.1.2). Where text fits but for the space at its end, behind
which another box begins, WeasyPrint 70 leaves the first word on a line of its own.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from cstprint.engine.weasy.patch import replaced


def trailing_spaces() -> AbstractContextManager[None]:
    """Let a line hold text whose last space alone is too much, until the context is left."""
    from weasyprint.layout import inline

    return replaced((inline, "split_first_line", _split))


def _split(original: Any) -> Any:
    def split(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any
    ) -> Any:
        made = original(text, style, context, max_width, *rest, **options)
        _, length, resume_at, *_ = made
        collapses = style["white_space"] == "normal" and text.endswith(" ")
        if max_width is None or resume_at is None or not collapses or b" " in text.encode()[:length].strip():
            return made
        _, _, resume_at, width, *_ = original(text.rstrip(" "), style, context, max_width, *rest, **options)
        if resume_at is not None or width > max_width:
            return made
        return original(text, style, context, None, *rest, **options)

    return split
