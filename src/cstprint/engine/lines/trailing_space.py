"""Lines of English that end with a space before other markup.

A space at the end of a line takes no room (CSS Text 3, 4.1.2). Where only the space at the end of a text does not
fit and another box follows, WeasyPrint 70 leaves the first word on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.weasy.types import Context, PangoLayout, Style

#: ``split_first_line``: the line, its bytes, where the next one begins, and width, height and baseline.
SplitText = Callable[..., tuple[PangoLayout, int, int | None, float, float, float]]


def without_trailing_space(original: SplitText) -> SplitText:
    """Replace ``split_first_line``: a text fits where it fits without its last space."""

    def split(
        text: str,
        style: Style,
        context: Context | None,
        max_width: float | None,
        *rest: object,
        **options: object,
    ) -> tuple[PangoLayout, int, int | None, float, float, float]:
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
