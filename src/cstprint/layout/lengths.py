"""Lengths of layouts in pt."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: An em is a matter of the token `size`.
_UNITS_PT = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75, "q": 18 / 25.4}


def length_pt(values: Mapping[str, str], token: str) -> float:
    """Return the length that a token has among ``values``, in pt; an em is the token `size`.

    0 where there is no such token, or its length is negative or in em of no size.
    """
    return _in_pt(values.get(token, ""), values.get("size", ""))


def _in_pt(value: str, size: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]+)", value)
    if match is None:
        return 0.0
    unit = _in_pt(size, "") if match[2] == "em" else _UNITS_PT[match[2]]
    return float(match[1]) * unit
