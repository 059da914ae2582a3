"""Lines of English that end with a space before other markup.

A space at the end of a line takes no room (CSS Text 3, 4.1.2). Where text fits but for the space at its end, behind
which another box begins, WeasyPrint 70 leaves the first word on a line of its own.
"""

from __future__ import annotations

from typing import Any


def without_trailing_space(original: Any) -> Any:
    """Replace ``split_first_line``: a text fits if it does without its last space."""

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
