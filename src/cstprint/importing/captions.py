"""Captions: a paragraph after a picture that is one, and the numbers that were typed before captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from cstprint.importing.document import Picture, Piece, Text

_LABEL = re.compile(
    r"(?:图|圖|Fig(?:ure|\.)?)[ \u3000]*(\d{1,3})[ \u3000]*[:：.．、]?[ \u3000]*(?=\S)", re.IGNORECASE
)
#: What a paragraph below a picture begins with that says what the picture shows.
_SAYS = re.compile(
    r"(?:[▲△▼↑]|[（(]?(?:图|圖)[为為片注说示：:]|[（(]?上图|[（(]?(?:Photo|Image|Picture)\b[ :]|注?图[:：])",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[▲△▼↑][ \u3000]*")
_LONGEST = 300
_WHOLE = re.compile(r"^(\*\*|__|\*|_)(?P<inside>[^*_]+)\1$")
#: Alternative texts that editors of other programs put in by themselves.
_NO_TEXT = re.compile(r"(?:image|img|picture|photo|图片|圖片|图|screenshot|截图|alt)?[\W\d_]*", re.IGNORECASE)


def with_captions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, paragraphs that are captions taken into their pictures, labels apart from captions."""
    waiting: list[Picture] = []
    for piece in pieces:
        if isinstance(piece, Picture):
            waiting.append(piece)
            continue
        if waiting and isinstance(piece, Text) and _is_caption(piece, waiting[-1]):
            waiting[-1] = replace(waiting[-1], caption=_plain(piece.markdown))
            yield from map(_labelled, waiting)
            waiting = []
            continue
        yield from map(_labelled, waiting)
        waiting = []
        yield piece
    yield from map(_labelled, waiting)


def _is_caption(text: Text, picture: Picture) -> bool:
    if not text.is_paragraph or len(text.markdown) > _LONGEST:
        return False
    said = _plain(text.markdown)
    if picture.caption or picture.alt:
        # It stands there twice, once for the eye and once in the picture's marks.
        same = {_letters(picture.caption), _letters(picture.alt)} - {""}
        if _letters(said) in same:
            return True
    return not picture.caption and bool(_SAYS.match(said) or _LABEL.match(said))


def _plain(markdown: str) -> str:
    """Return a caption's text without marks around the whole of it."""
    text = " ".join(markdown.split("\n")).strip()
    match = _WHOLE.match(text)
    return _MARKS.sub("", match["inside"] if match else text)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def _labelled(picture: Picture) -> Picture:
    caption = picture.caption
    if not caption and not _says_nothing(picture):
        caption = picture.alt
    match = _LABEL.match(caption)
    if not match:
        return replace(picture, caption=caption)
    return replace(picture, caption=caption[match.end() :], label=match[0])


def _says_nothing(picture: Picture) -> bool:
    """Return whether the alternative text is empty, a word of a program, or the file's name."""
    name = PurePosixPath(picture.address)
    return bool(_NO_TEXT.fullmatch(picture.alt)) or picture.alt in (name.name, name.stem)
