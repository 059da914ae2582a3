"""Heads of a Word file in which no style says them: short paragraphs of bold, larger or centred type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cstprint.importing.document import Head, Piece, Text
from cstprint.importing.looks import LARGER, may_be_head

#: How headings are counted, from the highest to the lowest.
_COUNTED = (
    re.compile(r"第[一二三四五六七八九十百\d]+[编部章篇]"),
    re.compile(r"第[一二三四五六七八九十百\d]+节"),
    re.compile(r"[一二三四五六七八九十]+[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"\d{1,2}(?:[、．]|[.](?!\d))"),
    re.compile(r"\d{1,2}[.．]\d{1,2}(?:[.．]\d{1,2})?(?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_FIRST = re.compile(r"(?:第?[（(]?(?:一|1)(?!\d))")
#: Lines around an article that are bold or centred and no heads.
_NO_HEAD = re.compile(
    r"(?:图|圖|表|Fig(?:ure|\.)?|Table)\s*\d|[▲△▼↑]|[（(]?(?:作者|撰文|文|来源|來源|摄影|供稿|编辑|责任编辑|本报记者|记者|通讯员|日期|By\b|Source)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: the size of its type (pt), whether all of it is bold, whether it is centred.

    ``text`` is its Markdown as a head has it: without the bold type that all of it has.
    """

    size_pt: float
    bold: bool
    centred: bool
    text: str


def with_heads(pieces: Sequence[Piece], looks: Sequence[Look | None]) -> tuple[list[Piece], int]:
    """Return the pieces, those that look like heads as heads, and how many these are."""
    usual = _usual_size(pieces, looks)
    heads = [
        number
        for number, (piece, look) in enumerate(zip(pieces, looks, strict=True))
        if isinstance(piece, Text) and look is not None and _is_head(piece, look, usual)
    ]
    levels = _levels([look for number in heads if (look := looks[number]) is not None])
    found = list(pieces)
    for number, level in zip(heads, levels, strict=True):
        look = looks[number]
        found[number] = Head(level, look.text if look else "", pieces[number].span)
    return found, len(heads)


def _usual_size(pieces: Sequence[Piece], looks: Sequence[Look | None]) -> float:
    lengths = Counter[float]()
    for piece, look in zip(pieces, looks, strict=True):
        if isinstance(piece, Text) and look is not None:
            lengths[look.size_pt] += len(piece.markdown)
    return max(lengths, key=lengths.__getitem__, default=0.0)


def _is_head(piece: Text, look: Look, usual: float) -> bool:
    text = look.text
    large = look.size_pt > LARGER * usual
    centred = look.centred and bool(_count_of(text) is not None)
    distinct = look.bold or large or centred
    return piece.is_paragraph and may_be_head(text) and distinct and not _NO_HEAD.match(text)


def _count_of(text: str) -> int | None:
    return next((number for number, pattern in enumerate(_COUNTED) if pattern.match(text)), None)


def _levels(looks: Sequence[Look]) -> list[int]:
    """Return the level of each head: by its type, then by how it is counted."""
    keys = [
        (-look.size_pt, not look.centred, not look.bold, _degree(looks, number))
        for number, look in enumerate(looks)
    ]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)), start=1)}
    return [ranks[key] for key in keys]


def _degree(looks: Sequence[Look], number: int) -> int:
    """Return how deep a head stands among those of its look: one without number is over the 一、 after it."""
    own = _count_of(looks[number].text)
    if own is not None:
        return own + 1
    same = [look for look in looks if _same(look, looks[number])]
    if not any(_count_of(look.text) is not None for look in same):
        return 0
    after = looks[number + 1] if number + 1 < len(looks) else None
    is_over = after is not None and _same(after, looks[number]) and bool(_FIRST.match(after.text))
    return 0 if is_over else len(_COUNTED) + 1


def _same(one: Look, other: Look) -> bool:
    return (one.size_pt, one.centred, one.bold) == (other.size_pt, other.centred, other.bold)
