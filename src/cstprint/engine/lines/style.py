"""What designers choose about lines: tokens, which reach every box as custom properties."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from cstprint.cjk.characters import LineStarts
from cstprint.cjk.rules import CLREQ, LineEnd, Questions, Setting
from cstprint.engine.weasy.types import Style

_Choice = TypeVar("_Choice", bound=StrEnum)
#: The tokens of lines, in the order of :func:`_setting`.
_NAMES = (
    *("han_latin_gap", "line_end_marks", "lone_character", "push_in"),
    *("line_starts", "hanging_stops", "question_marks", "address_lines"),
)

#: The identity of a value → the value, which keeps its identity so, and its text. All boxes that inherit a value have
#: the same one.
_written: dict[int, tuple[object, str]] = {}
_MOST_WRITTEN = 4096


def token(style: Style, name: str) -> str | None:
    """Return the value of the token ``name`` (with underscores) for a box; texts of drawings have none."""
    try:
        value = style[f"__cst_{name}"]
    except KeyError:  # the style of a drawing's text is a plain dictionary
        return None
    if not value:
        return None
    known = _written.get(id(value))
    if known is not None and known[0] is value:
        return known[1]
    written = "".join(part.serialize() for part in value).strip()
    if len(_written) >= _MOST_WRITTEN:
        _written.clear()
    _written[id(value)] = value, written
    return written


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


def is_head(style: Style) -> bool:
    """Return whether the lines of a paragraph are to be of one length, as those of heads (CSS: text-wrap)."""
    return token(style, "text_wrap") == "balance"


def line_setting(style: Style) -> Setting:
    """Return how lines of this style are set; what no layout sets is as clreq asks."""
    return _setting(tuple(token(style, name) for name in _NAMES))


@lru_cache(maxsize=64)
def _setting(values: tuple[str | None, ...]) -> Setting:
    gap, line_end, lonely, push_in, line_starts, hanging, questions, addresses = values
    return Setting(
        latin_gap=CLREQ.latin_gap if gap is None else _number(gap),
        line_end=_one_of(LineEnd, line_end, CLREQ.line_end),
        lonely=lonely != "allow",
        push_in=push_in != "never",
        line_starts=_one_of(LineStarts, line_starts, CLREQ.line_starts),
        hanging=hanging == "allow",
        questions=_one_of(Questions, questions, CLREQ.questions),
        ragged_addresses=addresses == "ragged",
    )


def _one_of(choices: type[_Choice], value: str | None, default: _Choice) -> _Choice:
    """Return the choice that a token names; a designer's own CSS may name none."""
    return next((one for one in choices if one == value), default)


def _number(value: str) -> float:
    """Return a gap in em, whatever a designer's own CSS has put in its place."""
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return CLREQ.latin_gap
