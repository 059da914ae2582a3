"""A hand-typed list of contents: recognised, left out, and held against the headings that there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cstprint.importing.document import Head, Piece, Text

#: From how many entries on, and from which share of them that are headings, a list is one of contents.
_LEAST, _SHARE = 3, 0.6
_HEAD = re.compile(r"(?:目\s*录|目\s*錄|本期目录|本期内容|contents|table of contents)", re.IGNORECASE)
_ENTRY = re.compile(
    r"^[ \t\u3000]*(?:[-+*]|\d+[.)、．])?[ \t\u3000]*(?P<text>\S.*?)[ \t\u3000]*$", re.MULTILINE
)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
#: What stands between an entry and the end of its line: leaders, a page's number.
_NUMBER = re.compile(r"[（(]?\d{0,4}[）)]?$")
_LEADERS = " \t\u3000.．·…⋯—-"
#: An entry that is longer is none.
_LONGEST = 200


def contents_at(pieces: Sequence[Piece]) -> tuple[range, tuple[str, ...]] | None:
    """Return which pieces are a list of the headings after it, and its entries that are none of them.

    ``None`` where there is no such list.
    """
    names = {letters_of(piece.text) for piece in pieces if isinstance(piece, Head)}
    first = 0
    while first < len(pieces):
        last = first
        while last < len(pieces) and isinstance(pieces[last], Text):
            last += 1
        entries = [one for piece in pieces[first:last] if isinstance(piece, Text) for one in _entries(piece)]
        known = [one for one in entries if letters_of(one) in names]
        if len(entries) >= _LEAST and len(known) >= _SHARE * len(entries):
            before = pieces[first - 1] if first else None
            begin = first - 1 if isinstance(before, Head) and _HEAD.fullmatch(before.text.strip()) else first
            return range(begin, last), tuple(one for one in entries if letters_of(one) not in names)
        first = last + 1
    return None


def _entries(text: Text) -> list[str]:
    lines = [_LINK.sub(r"\1", match["text"]) for match in _ENTRY.finditer(text.markdown)]
    short = (line if len(line) <= _LONGEST else "" for line in lines)
    return [entry or line for line in short if (entry := _NUMBER.sub("", line).rstrip(_LEADERS)) or line]


def letters_of(text: str) -> str:
    """Return the letters of a heading, without marks, numbers before it, and blanks: what two have in common."""
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"^\s*(?:[一二三四五六七八九十]+|\d+)\s*[、.．)）]\s*", "", text)
    return re.sub(r"[\W_]", "", text).lower()
