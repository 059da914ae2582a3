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
#: Who made a picture, at the end of its caption: in brackets, or after a full stop or a blank.
_MADE_BY = r"(?:摄影?|攝影?|供图|供圖|绘图?|制图)"
_MADE = (
    r"(?:摄影|攝影|供图|供圖|图片来源|图片|图源|图|来源|Photo(?: by|graph)?|Credit|Image)"
    r"[ \u3000]*[:：/／][ \u3000]*"
)
#: Words that say the same without brackets; 图： alone begins a caption, too.
_SAID = r"(?:(?:摄影|攝影|供图|供圖|图片来源|图源|Photo by|Credit)[ \u3000]*[:：/／]|图[/／])[ \u3000]*"
_CREDIT = re.compile(
    rf"[（(][ \u3000]*(?P<inner>[^（）()]{{1,30}}?{_MADE_BY}|{_MADE}[^（）()]{{1,40}}?)[ \u3000]*[）)][。.]?$"
    rf"|(?<=[。.！？ \u3000])[ \u3000]*(?P<outer>{_SAID}\S[^。]{{0,39}}|[^\s。，、；]{{2,12}}[ \u3000]?{_MADE_BY})$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    rf"{_SAID}\S.{{0,39}}|[（(]?[^。，、；（）()]{{2,20}}(?:摄影?|攝影?|供图|供圖)[）)]?", re.IGNORECASE
)
#: Alternative texts that editors of other programs put in by themselves.
_NO_TEXT = re.compile(r"(?:image|img|picture|photo|图片|圖片|图|screenshot|截图|alt)?[\W\d_]*", re.IGNORECASE)


def with_captions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces: captions in their pictures, and apart from each other labels, captions and credits."""
    waiting: list[Picture] = []
    above: Text | None = None
    said = False
    for piece in pieces:
        if isinstance(piece, Picture):
            waiting.append(piece if above is None else _captioned(piece, above))
            above, said = None, False
            continue
        if above is not None:
            yield above
            above = None
        if waiting and isinstance(piece, Text) and _is_credit(piece):
            waiting[-1] = replace(waiting[-1], credit=_plain(piece.markdown))
        elif waiting and isinstance(piece, Text) and not said and _is_caption(piece, waiting[-1]):
            _take(waiting, _plain(piece.markdown))
            said = True
        else:
            yield from map(_labelled, waiting)
            waiting, said = [], False
            if isinstance(piece, Text) and piece.role == "caption":
                above = piece
            else:
                yield piece
    yield from map(_labelled, waiting)
    if above is not None:
        yield above


def _captioned(picture: Picture, above: Text) -> Picture:
    """Return a picture with the caption that stands above it."""
    return picture if picture.caption else replace(picture, caption=_plain(above.markdown))


def _is_credit(text: Text) -> bool:
    return text.is_paragraph and bool(_CREDIT_LINE.fullmatch(_plain(text.markdown)))


def _take(waiting: list[Picture], caption: str) -> None:
    """Give a caption to the last picture; one that says 图 1 … 图 2 … to the last ones, a part each."""
    starts = [match.start() for match in _LABEL.finditer(caption)]
    side_by_side = [one for one in waiting if one.group and one.group == waiting[-1].group]
    if 1 < len(starts) == len(side_by_side) and not starts[0]:
        parts = [caption[begin:end].strip() for begin, end in zip(starts, [*starts[1:], None], strict=True)]
        first = len(waiting) - len(parts)
        waiting[first:] = [
            replace(one, caption=part) for one, part in zip(waiting[first:], parts, strict=True)
        ]
        return
    waiting[-1] = replace(waiting[-1], caption=caption)


def _is_caption(text: Text, picture: Picture) -> bool:
    if not text.is_paragraph or len(text.markdown) > _LONGEST:
        return False
    if text.role == "caption":
        return not picture.caption
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
    if not caption and picture.alt_is_seen and not _says_nothing(picture):
        caption = picture.alt
    credit = picture.credit
    if not credit and (match := _CREDIT.search(caption)):
        credit, caption = match["inner"] or match["outer"], caption[: match.start()].rstrip()
    match = _LABEL.match(caption)
    if not match:
        return replace(picture, caption=caption, credit=credit)
    return replace(picture, caption=caption[match.end() :], label=match[0], credit=credit)


def _says_nothing(picture: Picture) -> bool:
    """Return whether the alternative text is empty, a word of a program, or the file's name."""
    name = PurePosixPath(picture.address)
    return bool(_NO_TEXT.fullmatch(picture.alt)) or picture.alt in (name.name, name.stem)
