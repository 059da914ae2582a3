"""The places where a line may end, by UAX 14 as Pango has it and by our rules."""

from __future__ import annotations

from cstprint.cjk.lines import Paragraph


def western_breaks(text: str) -> list[int]:
    """Return the places inside ``text`` where UAX 14 lets a line end, as the engine asks Pango."""
    from weasyprint.text.line_break import get_log_attrs

    attributes = get_log_attrs(text, "zh-Hans")
    return [i for i in range(1, len(text)) if attributes[i].is_line_break]


def our_breaks(text: str) -> list[int]:
    """Return the places inside ``text`` where our rules let a line end; every character is one em wide."""
    allowed = set(western_breaks(text))
    em = [1.0] * len(text)
    made = Paragraph(text, em, em, [i in allowed for i in range(len(text))], [False] * len(text))
    return made.breaks[:-1]
