"""Writes texts of drawings whose letters have their places: as text, or as outlines, with the lines along them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import cos, degrees, floor, log10, sin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from cstprint.pictures.svg_checks import Tracks, texts_placed_by_us
from cstprint.pictures.svg_letters import Decoration, is_outlined, is_vertical, letters_of
from cstprint.pictures.svg_setting import FindGlyphs, Placed, Setter
from cstprint.pictures.svg_style import NAMESPACE, Cascade
from cstprint.pictures.svg_text import FACES, SPACE
from cstprint.pictures.svg_track import Point

_PAINTS: Mapping[str, str] = {
    "fill": "black",
    "fill-opacity": "1",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "color": "black",
}
#: What a group takes over from the text in whose place it stands.
_KEPT = ("id", "transform", "transform-origin", "clip-path", "opacity", "display")
#: WeasyPrint takes a place of 0 for none.
_NEXT_TO_NOTHING = "0.000001"


def set_texts(data: bytes, find: FindGlyphs) -> bytes:
    """Return a prepared drawing whose texts stand letter by letter where they are meant to be.

    Raises ``UnprintableError`` for what cannot be placed in the fonts that ``find`` finds.
    """
    root = ElementTree.fromstring(data)
    cascade = Cascade(root)
    box = [float(number) for number in root.get("viewBox", "0 0 0 0").split()]
    whole = box[2], box[3]
    writer = _Writer(cascade, Setter(cascade, find, Tracks(root, whole)), whole)
    groups = [(text, writer.group(text)) for text in texts_placed_by_us(root, cascade)]
    for text, group in groups:
        tail = text.tail
        text.clear()
        text.tag, text.tail = group.tag, tail
        text.attrib.update(group.attrib)
        text.extend(group)
    stream = io.BytesIO()
    ElementTree.register_namespace("", NAMESPACE.strip("{}"))
    ElementTree.ElementTree(root).write(stream, "utf-8", xml_declaration=True)
    return stream.getvalue()


class _Writer:
    def __init__(self, cascade: Cascade, setter: Setter, whole: Point):
        self.cascade = cascade
        self.setter = setter
        self.whole = whole

    def group(self, text: Element) -> Element:
        """Return the group that stands in the place of a text."""
        declared = self.cascade.declared(text)
        group = Element(
            f"{NAMESPACE}g",
            {name: declared[name] for name in _KEPT if declared.get(name, "inherit") != "inherit"},
        )
        outlined = is_outlined(text, self.cascade)
        placed = self._placed(text, outlined=outlined)
        seen = [one for one in placed if self.cascade.value(one.letter.element, "visibility") != "hidden"]
        group.extend(self._lines(seen, ("underline", "overline")))
        for owner, letters in groupby(seen, key=lambda one: one.letter.element):
            group.append((self._outlines if outlined else self._run)(text, owner, list(letters)))
        group.extend(self._lines(seen, ("line-through",)))
        return group

    def _placed(self, text: Element, *, outlined: bool) -> list[Placed]:
        placed = self.setter.glyphs_of(letters_of(text, self.cascade, self.whole), outlined=outlined)
        self.setter.begin()
        if is_vertical(text, self.cascade):
            self.setter.downwards(placed, text)
        elif outlined:
            placed = [one for one in placed if one.letter.path is not None]
            for path, letters in groupby(placed, key=lambda one: one.letter.path):
                assert path is not None
                self.setter.along_path(list(letters), text, path)
        else:
            self.setter.on_line(placed, text)
        return placed

    def _run(self, text: Element, owner: Element, letters: Sequence[Placed]) -> Element:
        """Return letters of one style as text."""
        token, weight, italic = self.setter.face(owner)
        style = {
            "font-family": FACES[token],
            "font-size": _plain(letters[0].size) + "px",
            "font-weight": str(weight),
            "font-style": "italic" if italic else "normal",
            "letter-spacing": "normal",
            "text-anchor": "start",
            "dominant-baseline": "auto",
            **self._paint(owner),
        }
        run = Element(f"{NAMESPACE}text", {"style": _declared(style), SPACE: "preserve"})
        write = _writer(letters[0].size)
        run.set("x", " ".join(_place(one.x, write) for one in letters))
        run.set("y", " ".join(_place(one.y, write) for one in letters))
        if any(one.letter.rotate for one in letters):
            run.set("rotate", " ".join(_plain(degrees(one.angle)) for one in letters))
        run.text = "".join(one.letter.character for one in letters)
        self._fade(run, text, owner)
        return run

    def _outlines(self, text: Element, owner: Element, letters: Sequence[Placed]) -> Element:
        """Return letters of one style as outlines, a path for each."""
        paint = {**self._paint(owner), "fill-rule": "nonzero", "marker": "none"}
        group = Element(f"{NAMESPACE}g", {"style": _declared(paint)})
        paths = [path for path in map(_outline, letters) if path]
        if any("url(" in paint[name] for name in ("fill", "stroke")):
            paths = [" ".join(paths)]  # a gradient runs through the whole
        group.extend(self._path(path, paint) for path in paths)
        self._fade(group, text, owner)
        return group

    def _path(self, data: str, paint: Mapping[str, str]) -> Element:
        path = Element(f"{NAMESPACE}path", {"d": data})
        if self.cascade.has_rules:  # that may be meant for other paths
            path.set("style", _declared(paint))
        return path

    def _paint(self, element: Element) -> dict[str, str]:
        return {name: self.cascade.value(element, name) or initial for name, initial in _PAINTS.items()}

    def _fade(self, run: Element, text: Element, owner: Element) -> None:
        """Give a run the opacity of the elements between it and its text."""
        opacity = 1.0
        for element in self.cascade.line(owner):
            if element is text:
                break
            said = self.cascade.own(element, "opacity", "1")
            opacity *= float(said[:-1]) / 100 if said.endswith("%") else float(said)
        if opacity != 1:
            run.set("opacity", _plain(opacity))

    def _lines(self, letters: Sequence[Placed], kinds: Iterable[str]) -> Iterator[Element]:
        """Yield the lines along letters, each in the paint of the element that asks for it."""
        lines: dict[Decoration, list[Placed]] = {}
        for one in letters:
            for line in one.letter.decorations:
                if line.kind in kinds:
                    lines.setdefault(line, []).append(one)
        for line, along in lines.items():
            paint = {**self._paint(line.element), "marker": "none"}
            group = Element(f"{NAMESPACE}g", {"style": _declared(paint)})
            top, thickness = _measures(line.kind, along)
            size = self.cascade.font_size(line.element)
            data = " ".join(_bars(line, along, -top * size, thickness * size))
            group.append(self._path(data, paint))
            yield group


def _measures(kind: str, letters: Sequence[Placed]) -> tuple[float, float]:
    """Return where the upper edge of a line is above the baseline, and how thick it is, in em.

    The fonts say so: below letters the lowest holds for all, so that Han and Latin have one line.
    """
    fonts = list(dict.fromkeys(one.glyphs for one in letters))
    thickness = max(font.underline[1] for font in fonts)
    if kind == "underline":
        return min(font.underline[0] for font in fonts), thickness
    if kind == "line-through":
        return fonts[0].strike
    return max(font.ascent for font in fonts) + thickness, thickness


def _bars(line: Decoration, letters: Sequence[Placed], top: float, thickness: float) -> Iterator[str]:
    """Yield bars along letters, one for all that stand on one straight line."""
    write = _writer(letters[0].size)
    bars: list[tuple[Point, Point, Placed]] = []
    for one in letters:
        below = one.letter.shift - line.shift
        begin, end = one.at(0, below), one.at(one.width, below)
        if bars and bars[-1][2].angle == one.angle and _near(bars[-1][1], begin, one):
            bars[-1] = bars[-1][0], end, one
        else:
            bars.append((begin, end, one))
    for (x1, y1), (x2, y2), one in bars:
        down = -sin(one.angle), cos(one.angle)
        edges = [
            (x, y, edge)
            for x, y, edge in (
                (x1, y1, top),
                (x2, y2, top),
                (x2, y2, top + thickness),
                (x1, y1, top + thickness),
            )
        ]
        points = (f"{write(x + edge * down[0])} {write(y + edge * down[1])}" for x, y, edge in edges)
        yield f"M{'L'.join(points)}Z"


def _near(end: Point, begin: Point, one: Placed) -> bool:
    """Return whether a bar goes on where another ends, straight on."""
    c, s = cos(one.angle), sin(one.angle)
    x, y = begin[0] - end[0], begin[1] - end[1]
    return abs(x * c + y * s) < one.size / 1000 and abs(y * c - x * s) < one.size / 1000


def _outline(one: Placed) -> str:
    scale = one.size / one.glyphs.units
    a, b = scale * cos(one.angle), scale * sin(one.angle)
    return one.glyphs.path(one.name, (a, b, b, -a, one.x, one.y), _writer(one.size)) if one.size > 0 else ""


def _writer(size: float) -> Callable[[float], str]:
    """Return what writes lengths to a thousandth of a font's size."""
    digits = max(2, 3 - floor(log10(size))) if size > 0 else 2

    def written(number: float) -> str:
        text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text

    return written


def _place(number: float, write: Callable[[float], str]) -> str:
    written = write(number)
    return _NEXT_TO_NOTHING if written == "0" else written


def _plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".") or "0"


def _declared(values: Mapping[str, str]) -> str:
    return ";".join(f"{name}:{value}!important" for name, value in values.items())
