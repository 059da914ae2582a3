"""What other programs leave in texts and nobody typed: cleaned where that is surely wrong, and counted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from cstprint.diagnostics import Message, msg
from cstprint.importing.document import Head, Picture, Piece
from cstprint.importing.markdown import is_fenced

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = f"{_HAN}\u3000-\u303f\uff01-\uff60“”‘’"
#: Radicals of Kangxi and of the supplement that have a Han of their own: PDFs give them instead of it.
_RADICAL = re.compile("[\u2f00-\u2fd5\u2e9f\u2ef3]")
_NO_BREAK = re.compile("\u00a0{2,}|(?<=[" + _WIDE + "])\u00a0|\u00a0(?=[" + _WIDE + "])")
#: Zero-width spaces and joiners; a joiner between pictographs makes one of them, and stays.
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]|(?<=[" + _WIDE + "])[\u200c\u200d]")
_SOFT_HYPHEN = re.compile("\u00ad")
_LINE_END = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_STARTS_BLOCK = re.compile(r"[ \t]*(?:[-+*>|#]|\d+[.)])")

#: What is cleaned, by the word for it.
KINDS: dict[str, Message] = {
    "spaces": msg("no-break spaces"),
    "no width": msg("zero-width characters"),
    "radicals": msg("radicals in place of Han characters"),
    "hyphens": msg("soft hyphens"),
    "line ends": msg("line ends between Han characters"),
}


@dataclass(slots=True)
class Cleaner:
    """Cleans pieces and counts, by the keys of ``KINDS``, what was cleaned."""

    counts: Counter[str] = field(default_factory=Counter)

    def piece(self, piece: Piece) -> Piece:
        """Return a piece without what is surely wrong in its text; code stays as it is."""
        if isinstance(piece, Head):
            return Head(piece.level, self.text(piece.text), piece.span)
        if isinstance(piece, Picture):
            return replace(piece, alt=self.text(piece.alt), caption=self.text(piece.caption))
        if is_fenced(piece.markdown):
            return piece
        text = self.text(piece.markdown)
        return replace(piece, markdown=self._joined(text) if piece.is_paragraph else text)

    def text(self, text: str) -> str:
        """Return a text without what is surely wrong in it."""
        text = self._replace(
            "radicals", _RADICAL, text, lambda match: unicodedata.normalize("NFKC", match[0])
        )
        text = self._replace("spaces", _NO_BREAK, text, self._space)
        text = self._replace("no width", _NO_WIDTH, text, "")
        return self._replace("hyphens", _SOFT_HYPHEN, text, "")

    def _space(self, match: re.Match[str]) -> str:
        """Return what a run of no-break spaces was meant as: between Han nothing, otherwise a space."""
        text = match.string
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        is_wide = re.compile(f"[{_WIDE}]").match
        return "" if is_wide(before) or is_wide(after) or not before or not after else " "

    def _joined(self, text: str) -> str:
        if any(_STARTS_BLOCK.match(line) for line in text.split("\n")[1:]):
            return text
        return self._replace("line ends", _LINE_END, text, "")

    def _replace(self, kind: str, pattern: re.Pattern[str], text: str, by: object) -> str:
        cleaned, count = pattern.subn(by, text)  # type: ignore[call-overload]
        self.counts[kind] += count
        return str(cleaned)
