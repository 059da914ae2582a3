"""Values of our own custom properties: CSS accepts any value, so a meaningless one would have no message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import tinycss2.color4

from cstprint.check.sheets import Sheet
from cstprint.diagnostics import Diagnostic, Message, msg, suggest, warning
from cstprint.layout.manifest import Token

_YES = ("yes", "no")
#: The words that each may have.
WORDS: Mapping[str, tuple[str, ...]] = {
    "--cst-whole-lines": ("yes", "no", "below"),
    "--cst-cover-pictures": _YES,
    "--cst-page-foot": _YES,
    "--cst-columns": ("grid", "none"),
    "--cst-may-move": _YES,
    "--cst-side": ("outer", "none"),
    "--cst-emphasis-mark": ("dots", "low-dots", "none"),
    "--cst-line-mark": ("straight", "wave", "none"),
    "--cst-address-lines": ("ragged", "justified", "none"),
    "--cst-crop": ("allow", "no"),
    "--cst-text-wrap": ("balance", "auto"),
    "--cst-running-head": ("keeps", "yields", "none"),
    "--cst-cells": _YES,
    "--cst-may-turn": _YES,
    "--cst-table-flush": _YES,
    "--cst-table-below": _YES,
}
#: Those that are a share.
SHARES = ("--cst-fit", "--cst-table-fill", "--cst-whole-to", "--cst-whole-gap")
_SHARE = re.compile(r"\d+(\.\d+)?%|no|none|auto")
_ANY = frozenset({"inherit", "initial", "unset", "revert"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")


def check_own_values(tokens: Mapping[str, Token], sheets: Sequence[Sheet]) -> Iterator[Diagnostic]:
    """Yield a warning for each value that one of our properties, or a token, does not take; functions are passed."""
    for sheet in sheets:
        for name, value in sheet.facts.own_values:
            word = value.removesuffix("!important").strip()
            if "(" in word or word.lower() in _ANY:
                continue
            token = tokens.get(name.removeprefix("--cst-"))
            if (hint := _misfit(str(name), word, token)) is not None:
                message = msg("“{value}” is not a valid value of {name}.", value=word, name=str(name))
                yield warning("CST-L025", message, span=value.span, hint=hint)


def _misfit(name: str, word: str, token: Token | None) -> Message | None:
    """Return what to write instead of a value, ``None`` where it fits."""
    if known := WORDS.get(name) or (token.choices if token is not None else ()):
        return None if word in known else suggest(word, [str(one) for one in known])
    if name in SHARES:
        return None if _SHARE.fullmatch(word) else msg("Write a percentage: 60%")
    if token is None:
        return None
    if token.type == "color" and tinycss2.color4.parse_color(word) is None:
        return suggest(word, sorted(tinycss2.color4._COLOR_KEYWORDS)) if word.isalpha() else _COLOUR
    if token.type in ("number", "integer") and not _NUMBER.fullmatch(word):
        return msg("Write a number without a unit: 1.5")
    return None


_COLOUR = msg("Write a colour such as #17406d, or use the colour of a token.")
