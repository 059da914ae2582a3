"""Places the letters of texts of drawings: on lines, along paths, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin
from xml.etree.ElementTree import Element

from cstprint.diagnostics import msg
from cstprint.glyphs import GlyphFile
from cstprint.pictures.prepared import UnprintableError
from cstprint.pictures.svg_checks import Tracks
from cstprint.pictures.svg_letters import Letter, aligned
from cstprint.pictures.svg_style import Cascade, length_of
from cstprint.pictures.svg_text import FACES, missing_words
from cstprint.pictures.svg_track import Point, Track
from cstprint.pictures.svg_upright import MOVED_BY, Stand, vertical_glyph

#: The face's token, weight, whether it is italic, a character → the font that has it.
FindGlyphs = Callable[[str, int, bool, str], GlyphFile | None]
_TOKENS = {face: token for token, face in FACES.items()}


@dataclass(slots=True)
class Placed:
    """A letter with its glyph: where its baseline begins, in px, and its direction in radians, clockwise."""

    letter: Letter
    glyphs: GlyphFile
    name: str
    size: float
    advance: float
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    #: How wide it is with the blank that follows, for lines below letters.
    width: float = 0.0
    stand: Stand | None = None

    def at(self, along: float, below: float) -> Point:
        """Return the point at a distance along the baseline and below it."""
        c, s = cos(self.angle), sin(self.angle)
        return self.x + along * c - below * s, self.y + along * s + below * c


class Setter:
    """Gives letters their glyphs and places."""

    def __init__(self, cascade: Cascade, find: FindGlyphs, tracks: Tracks):
        self.cascade = cascade
        self.find = find
        self.tracks = tracks

    def face(self, element: Element) -> tuple[str, int, bool]:
        """Return the token, the weight and whether the face of an element is italic."""
        family = self.cascade.value(element, "font-family").strip("\"' ")
        weight = self.cascade.value(element, "font-weight", "400")
        style = self.cascade.value(element, "font-style")
        return (
            _TOKENS.get(family, "hei"),
            int(weight) if weight.isdigit() else 400,
            style in ("italic", "oblique"),
        )

    def glyphs_of(self, letters: Sequence[Letter], *, outlined: bool) -> list[Placed]:
        """Return letters with their glyphs; raises ``UnprintableError`` for those that no font has."""
        found: list[Placed] = []
        before: GlyphFile | None = None
        for letter in letters:
            blank = letter.character.isspace()
            glyphs = before if blank and before is not None else None
            if glyphs is None or glyphs.name(letter.character) is None:
                glyphs = self.find(*self.face(letter.element), letter.character)
            name = glyphs.name(letter.character) if glyphs is not None else None
            if glyphs is None or name is None or (outlined and not blank and not glyphs.draws(name)):
                raise UnprintableError("CST-P011", *missing_words(letter.character))
            size = self.cascade.font_size(letter.element)
            found.append(Placed(letter, glyphs, name, size, glyphs.advance(name) * size))
            before = glyphs
        return found

    def on_line(self, letters: Sequence[Placed], text: Element) -> None:
        """Place letters from left to right."""
        for piece in _pieces(letters):
            self._run(piece, text, along="x")
            for one in piece:
                one.y += aligned(one.letter.element, self.cascade) - one.letter.shift
                one.angle = radians(one.letter.rotate)

    def downwards(self, letters: Sequence[Placed], text: Element) -> None:
        """Place letters from top to bottom, in the middle of their line."""
        for one in letters:
            one.name, one.stand = vertical_glyph(
                one.letter.character, one.glyphs, one.name, self._orientation(one.letter.element)
            )
            upright = one.stand is not Stand.TURNED
            one.advance = one.size if upright else one.glyphs.advance(one.name) * one.size
        for piece in _pieces(letters):
            self._run(piece, text, along="y")
            for one in piece:
                _stand(one)

    def _orientation(self, element: Element) -> str:
        said = self.cascade.value(element, "text-orientation").lower()
        if not said:
            old = self.cascade.value(element, "glyph-orientation-vertical").lower().removesuffix("deg")
            said = {"0": "upright", "90": "sideways"}.get(old, "mixed")
        return {"upright": "upright", "sideways": "sideways", "sideways-right": "sideways"}.get(said, "mixed")

    def along_path(self, letters: Sequence[Placed], text: Element, path: Element) -> None:
        """Place letters along the path of a `textPath`; raises ``UnprintableError`` where it is too short."""
        track = self.tracks.of(path)
        offset = self._offset(path, track)
        for one in letters:
            one.letter.y = None
            if one.letter.x is not None:
                one.letter.x += offset
        for number, piece in enumerate(_pieces(letters)):
            if number == 0 and piece[0].letter.x is None:
                piece[0].letter.x = offset
            self._run(piece, text, along="x")
        lost = "".join(one.letter.character for one in letters if not self._bend(one, track))
        if lost.strip():
            message = msg(
                "The path of a text is too short: “{characters}” would not be drawn.", characters=lost
            )
            hint = msg("Lengthen the path, make the text smaller, or change where it begins (startOffset).")
            raise UnprintableError("CST-P071", message, hint)

    def _offset(self, path: Element, track: Track) -> float:
        said = path.get("startOffset", "0")
        size = self.cascade.font_size(path)
        length = length_of(said, size, track.length) or 0.0
        own = length_of(self.tracks.shape_of(path).get("pathLength", "0"), size, 0.0) or 0.0
        return length if said.strip().endswith("%") or own <= 0 else length * track.length / own

    def _bend(self, one: Placed, track: Track) -> bool:
        """Move a letter onto a path by its middle; return whether it has a place there."""
        place = track.at(one.x + one.advance / 2)
        if place is None:
            return False
        below = one.y - one.letter.shift + aligned(one.letter.element, self.cascade)
        x, y, angle = place
        one.x, one.y, one.angle = x, y, angle
        one.x, one.y = one.at(-one.advance / 2, below)
        one.angle += radians(one.letter.rotate)
        return True

    def _run(self, piece: Sequence[Placed], text: Element, along: str) -> None:
        """Place the letters of a piece one after the other, and move the piece by its anchor."""
        across = along == "x"
        first = piece[0].letter
        here = [
            now if said is None else said for said, now in zip((first.x, first.y), self._here, strict=True)
        ]
        way = 0 if across else 1
        extra = self._extra(piece, text)
        for number, one in enumerate(piece):
            here[0] += one.letter.dx
            here[1] += one.letter.dy
            one.x, one.y = here
            one.width = one.advance
            if number < len(piece) - 1:
                one.width += extra + self._spacing(one)
            here[way] += one.width
        begins = [(one.x, one.y)[way] for one in piece]
        ends = [begin + one.advance for begin, one in zip(begins, piece, strict=True)]
        shift = _anchored(self.cascade.value(first.element, "text-anchor"), begins[0], min(begins), max(ends))
        for one in piece:
            one.x, one.y = (one.x + shift, one.y) if across else (one.x, one.y + shift)
        here[way] += shift
        self._here = here[0], here[1]

    #: Where the letters before end.
    _here: Point = (0.0, 0.0)

    def begin(self) -> None:
        """Begin another text."""
        self._here = (0.0, 0.0)

    def _extra(self, piece: Sequence[Placed], text: Element) -> float:
        """Return what stands between letters so that they are as long as `textLength` says."""
        wanted = length_of(text.get("textLength", ""), piece[0].size, 0.0)
        if not wanted or len(piece) < 2:
            return 0.0
        spacing = sum(self._spacing(one) + one.letter.dx for one in piece[:-1])
        return (wanted - sum(one.advance for one in piece) - spacing) / (len(piece) - 1)

    def _spacing(self, one: Placed) -> float:
        names = ("letter-spacing", "word-spacing") if one.letter.character == " " else ("letter-spacing",)
        said = (self.cascade.value(one.letter.element, name) for name in names)
        return sum(length_of(value, one.size, 0.0) or 0.0 for value in said)


def _pieces(letters: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield letters by the pieces that are anchored together: each begins with a place of its own."""
    piece: list[Placed] = []
    for one in letters:
        if piece and (one.letter.x is not None or one.letter.y is not None):
            yield piece
            piece = []
        piece.append(one)
    if piece:
        yield piece


def _anchored(anchor: str, begin: float, first: float, last: float) -> float:
    """Return how far a piece moves by its anchor (SVG 2, 11.5)."""
    return begin - {"middle": (first + last) / 2, "end": last}.get(anchor, first)


def _stand(one: Placed) -> None:
    """Move a letter of a vertical line from the line's middle to where its baseline begins."""
    middle = (one.glyphs.ascent + one.glyphs.descent) / 2
    one.x += one.letter.shift
    if one.stand is Stand.TURNED:
        one.x -= middle * one.size
        one.angle = pi / 2 + radians(one.letter.rotate)
        return
    moved = MOVED_BY * one.size if one.stand is Stand.MOVED else 0.0
    one.x += moved - one.glyphs.advance(one.name) * one.size / 2
    one.y += (middle + 0.5) * one.size - moved
    one.angle = radians(one.letter.rotate)
