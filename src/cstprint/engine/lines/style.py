"""What designers choose about lines: tokens, which reach every box as custom properties."""

from __future__ import annotations

from functools import lru_cache

from cstprint.cjk.rules import CLREQ, LineEnd, Setting
from cstprint.engine.weasy.types import Style


def token(style: Style, name: str) -> str | None:
    """Return the value of the token ``name`` (with underscores) for a box; texts of drawings have none."""
    try:
        value = style[f"__cst_{name}"]
    except KeyError:  # the style of a drawing's text is a plain dictionary
        return None
    if not value:
        return None
    return "".join(part.serialize() for part in value).strip()


def number(text: str | None, divisor: float) -> float | None:
    """Return the number that a token begins with, divided; ``None`` where there is none."""
    if text is None:
        return None
    try:
        return float(text.rstrip("%pt ")) / divisor
    except ValueError:
        return None


def is_raised(style: Style) -> bool:
    """Return whether an inline box stands above the baseline."""
    align = style["vertical_align"]
    return align == "super" or (isinstance(align, (int, float)) and align > 0)


def in_table(style: Style) -> bool:
    """Return whether a paragraph stands in a table whose columns are ours to measure."""
    return token(style, "table_fill") is not None


def line_setting(style: Style) -> Setting:
    """Return how lines of this style are set; what no layout sets is as clreq asks."""
    names = ("han_latin_gap", "line_end_marks", "lone_character", "push_in")
    return _setting(*(token(style, name) for name in names))


@lru_cache(maxsize=64)
def _setting(gap: str | None, line_end: str | None, lonely: str | None, push_in: str | None) -> Setting:
    known_end = line_end in tuple(LineEnd)
    return Setting(
        latin_gap=CLREQ.latin_gap if gap is None else _number(gap),
        line_end=LineEnd(str(line_end)) if known_end else CLREQ.line_end,
        lonely=lonely != "allow",
        push_in=push_in != "never",
    )


def _number(value: str) -> float:
    """Return a gap in em, whatever a designer's own CSS has put in its place."""
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return CLREQ.latin_gap
