"""The texts of drawings that we place letter by letter: which they are, and what is said of each letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cstprint.pictures.svg_style import NAMESPACE, Cascade, length_of, lengths_of
from cstprint.pictures.svg_text import SPACE, plain_words
from cstprint.pictures.svg_track import Point

LINES = ("underline", "overline", "line-through")
UPRIGHT_MODES = frozenset(("", "horizontal-tb", "lr", "lr-tb"))
VERTICAL_MODES = frozenset(("tb", "tb-rl", "tb-lr", "vertical-rl", "vertical-lr"))
_NO_SHIFT = frozenset(("", "baseline", "0", "auto"))
#: How far text is lowered or raised by a word, in em of the text around it; SVG leaves that open.
_SHIFTS: Mapping[str, float] = {"sub": -0.2, "super": 0.4}
#: How far WeasyPrint moves the baseline, in em, so that these texts stand as their neighbours do.
_ALIGNED: Mapping[str, float] = {
    **dict.fromkeys(("central", "middle"), 0.3),
    **dict.fromkeys(("text-before-edge", "before_edge", "top", "hanging", "text-top"), 0.8),
    **dict.fromkeys(("text-after-edge", "after_edge", "bottom", "text-bottom"), -0.2),
}
#: Scripts whose letters join or are put in order: only a shaper can set them.
_SHAPED = re.compile(
    "[\u0300-\u036f\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1aff\u1b00-\u1c4f"
    "\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)


@dataclass(frozen=True, slots=True)
class Decoration:
    """A line below, above or through letters: which, whose, and the shift of the baseline there (px, upwards)."""

    kind: str
    element: Element
    shift: float


@dataclass(slots=True)
class Letter:
    """A character, and what is said of its place. ``shift`` is how far it is raised, in px."""

    character: str
    element: Element
    shift: float = 0.0
    decorations: tuple[Decoration, ...] = ()
    #: The element `textPath` that it stands in.
    path: Element | None = None
    x: float | None = None
    y: float | None = None
    dx: float = 0.0
    dy: float = 0.0
    rotate: float = 0.0
    preserved: bool = field(default=False, repr=False)
    around: tuple[Element, ...] = field(default=(), repr=False)


def is_placed_by_us(text: Element, cascade: Cascade) -> bool:
    """Return whether a `text` has something that WeasyPrint does not draw, and we do."""
    return is_outlined(text, cascade) or any(
        lines_of(element, cascade) or cascade.own(element, "baseline-shift") not in _NO_SHIFT
        for inner in text.iter()
        for element in ((inner,) if inner is not text else cascade.line(text))
    )


def is_outlined(text: Element, cascade: Cascade) -> bool:
    """Return whether a `text` is drawn as outlines: along a path, or from top to bottom."""
    return text.find(f".//{NAMESPACE}textPath") is not None or is_vertical(text, cascade)


def is_vertical(text: Element, cascade: Cascade) -> bool:
    """Return whether the lines of a `text` run from top to bottom."""
    return cascade.value(text, "writing-mode").lower() in VERTICAL_MODES


def lines_of(element: Element, cascade: Cascade) -> tuple[str, ...]:
    """Return which lines an element draws along its letters."""
    said = f"{cascade.own(element, 'text-decoration')} {cascade.own(element, 'text-decoration-line')}".lower()
    return tuple(kind for kind in LINES if kind in said.split())


def is_shaped(character: str) -> bool:
    """Return whether a character's form or place depends on its neighbours."""
    return _SHAPED.match(character) is not None or unicodedata.bidirectional(character) in ("R", "AL", "AN")


def letters_of(text: Element, cascade: Cascade, whole: Point) -> list[Letter]:
    """Return the letters of a `text` in their order, blanks as SVG counts them. ``whole`` is the drawing's size."""
    outer = [element for element in cascade.line(text) if element is not text]
    lines: tuple[Decoration, ...] = ()
    for element in reversed(outer):
        lines += tuple(Decoration(kind, element, 0.0) for kind in lines_of(element, cascade))
    letters = _settled_blanks(list(_walk(text, cascade, _Around((), lines, 0.0, None, preserved=False))))
    for element in text.iter():
        own = [letter for letter in letters if element in letter.around]
        _place(element, own, cascade, whole)
    return letters


@dataclass(frozen=True, slots=True)
class _Around:
    elements: tuple[Element, ...]
    lines: tuple[Decoration, ...]
    shift: float
    path: Element | None
    preserved: bool


def _walk(element: Element, cascade: Cascade, around: _Around) -> Iterator[Letter]:
    if cascade.own(element, "display") == "none":
        return
    shift = around.shift + _shift(element, cascade)
    lines = tuple(Decoration(kind, element, shift) for kind in lines_of(element, cascade))
    path = element if element.tag == f"{NAMESPACE}textPath" else around.path
    preserved = element.get(SPACE, "preserve" if around.preserved else "") == "preserve"
    inside = _Around((*around.elements, element), around.lines + lines, shift, path, preserved)

    def letters(words: str | None) -> Iterator[Letter]:
        for character in plain_words(words or ""):
            yield Letter(
                character,
                element,
                inside.shift,
                inside.lines,
                path,
                preserved=preserved,
                around=inside.elements,
            )

    yield from letters(element.text)
    for child in element:
        yield from _walk(child, cascade, inside)
        yield from letters(child.tail)


def _shift(element: Element, cascade: Cascade) -> float:
    """Return how far an element is raised above what is around it, in px."""
    said = cascade.own(element, "baseline-shift").lower()
    if said in _NO_SHIFT:
        return 0.0
    size = cascade.font_size(element)
    if said in _SHIFTS:
        around = list(cascade.line(element))[1:2]
        return _SHIFTS[said] * (cascade.font_size(around[0]) if around else size)
    return length_of(said, size, size) or 0.0


def aligned(element: Element, cascade: Cascade) -> float:
    """Return how far an element's letters are lowered by what of them stands on the line, in px."""
    said = cascade.value(element, "dominant-baseline") or cascade.value(element, "alignment-baseline")
    return _ALIGNED.get(said.lower(), 0.0) * cascade.font_size(element)


def _settled_blanks(letters: list[Letter]) -> list[Letter]:
    """Return letters with line ends as blanks, and one blank for several where they are not kept."""
    kept: list[Letter] = []
    for letter in letters:
        if letter.character in "\t\r\n":
            letter.character = " "
        before = kept[-1] if kept else None
        follows_blank = before is None or (before.character == " " and before.path is letter.path)
        if letter.character != " " or letter.preserved or not follows_blank:
            kept.append(letter)
    while kept and kept[-1].character == " " and not kept[-1].preserved:
        kept.pop()
    return kept


def _place(element: Element, letters: list[Letter], cascade: Cascade, whole: Point) -> None:
    """Give letters the places that an element says; those around it have said theirs."""
    size = cascade.font_size(element)
    for name, percent in (("x", whole[0]), ("y", whole[1]), ("dx", whole[0]), ("dy", whole[1])):
        for letter, length in zip(letters, lengths_of(element.get(name, ""), size, percent), strict=False):
            setattr(letter, name, length)
    turns = lengths_of(element.get("rotate", ""), size, 0.0)
    for number, letter in enumerate(letters if turns else ()):
        letter.rotate = turns[min(number, len(turns) - 1)]
