"""The lines that texts of drawings run along: paths and shapes as straight pieces, measured."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import acos, atan2, ceil, cos, hypot, pi, radians, sin, sqrt, tan
from xml.etree.ElementTree import Element

from cstprint.pictures.svg_style import lengths_of

#: Straight pieces of a curve: at 64 a quarter of a circle of 100 mm is off by 0.004 mm.
PIECES = 64
#: Pieces of all curves of a path.
MAX_PIECES = 200_000
#: Nothing that is printed lies further away, in px.
FARTHEST = 1e7
Point = tuple[float, float]

_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_COMMAND = re.compile(r"[\s,]*([MmZzLlHhVvCcSsQqTtAa])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TRANSFORM = re.compile(r"\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TrackError(ValueError):
    """A path that cannot be read; its words are for people who made the drawing."""


class Track:
    """A line of straight pieces, with places on it by their distance from its beginning."""

    def __init__(self, lines: list[list[Point]]):
        self._pieces: list[tuple[Point, Point]] = []
        self._starts: list[float] = []
        self.length = 0.0
        for line in lines:
            for begin, end in pairwise(line):
                size = hypot(end[0] - begin[0], end[1] - begin[1])
                if size > 0:
                    self._pieces.append((begin, end))
                    self._starts.append(self.length)
                    self.length += size

    def at(self, distance: float) -> tuple[float, float, float] | None:
        """Return the place at a distance, and the direction there in radians; ``None`` beyond the ends."""
        if not self._pieces or not 0 <= distance <= self.length:
            return None
        number = max(0, bisect_left(self._starts, distance) - 1)
        (x1, y1), (x2, y2) = self._pieces[number]
        angle = atan2(y2 - y1, x2 - x1)
        rest = distance - self._starts[number]
        return x1 + rest * cos(angle), y1 + rest * sin(angle), angle

    def reversed(self) -> Track:
        """Return the same line from its other end."""
        return Track([[end, begin] for begin, end in reversed(self._pieces)])


def track_of(shape: Element, whole: Point) -> Track:
    """Return the line of a path or shape, moved as it says; raises ``TrackError``."""
    data = _data_of(shape, whole)
    matrix = matrix_of(shape.get("transform", ""))
    lines = [[_moved(point, matrix) for point in line] for line in flattened(data)]
    if any(not abs(number) <= FARTHEST for line in lines for point in line for number in point):
        raise TrackError("coordinates beyond all paper")
    return Track(lines)


def _data_of(shape: Element, whole: Point) -> str:
    """Return the data of the path that draws a shape (SVG 2, 10)."""
    kind = shape.tag.rpartition("}")[2]

    def number(name: str, size: float = whole[0]) -> float:
        return next(iter(lengths_of(shape.get(name, "0"), 16.0, size)), 0.0)

    if kind == "path":
        return shape.get("d", "")
    if kind in ("polyline", "polygon"):
        return f"M{shape.get('points', '')}{'z' if kind == 'polygon' else ''}"
    if kind == "line":
        return f"M{number('x1')} {number('y1', whole[1])}L{number('x2')} {number('y2', whole[1])}"
    if kind == "rect":
        return _rectangle(shape, number, whole)
    across = number("r") if kind == "circle" else number("rx")
    down = number("r") if kind == "circle" else number("ry", whole[1])
    if across <= 0 or down <= 0:
        return ""
    x, y = number("cx"), number("cy", whole[1])
    arc = f"A{across} {down} 0 0 1"
    return f"M{x + across} {y}{arc} {x} {y + down}{arc} {x - across} {y}{arc} {x} {y - down}{arc} {x + across} {y}z"


def _rectangle(shape: Element, number: Callable[..., float], whole: Point) -> str:
    x, y, width, height = number("x"), number("y", whole[1]), number("width"), number("height", whole[1])
    if width <= 0 or height <= 0:
        return ""
    said = "rx" if "rx" in shape.attrib else "ry", "ry" if "ry" in shape.attrib else "rx"
    rx, ry = min(max(0, number(said[0])), width / 2), min(max(0, number(said[1], whole[1])), height / 2)
    if rx == 0 or ry == 0:
        return f"M{x} {y}h{width}v{height}h{-width}z"
    arc, right, foot = f"a{rx} {ry} 0 0 1", width - 2 * rx, height - 2 * ry
    above = f"M{x + rx} {y}h{right}{arc} {rx} {ry}v{foot}{arc} {-rx} {ry}"
    return f"{above}h{-right}{arc} {-rx} {-ry}v{-foot}{arc} {rx} {-ry}z"


def matrix_of(text: str) -> tuple[float, float, float, float, float, float]:
    """Return the matrix of an attribute `transform`; raises ``TrackError``."""
    matrix = _UNIT
    place = 0
    while place < len(text.strip()):
        match = _TRANSFORM.match(text, place)
        if match is None:
            raise TrackError("a transform that cannot be read")
        matrix = _product(matrix, _step(match[1], lengths_of(match[2], 16.0, 100.0)))
        place = match.end()
    return matrix


def _step(name: str, given: list[float]) -> tuple[float, float, float, float, float, float]:
    first, second = (*given, 0.0, 0.0)[:2]
    if name == "matrix" and len(given) == 6:
        return given[0], given[1], given[2], given[3], given[4], given[5]
    if name == "rotate" and len(given) in (1, 3):
        a, b = cos(radians(first)), sin(radians(first))
        x, y = given[1:] or (0.0, 0.0)
        return a, b, -b, a, x - a * x + b * y, y - b * x - a * y
    if not given or len(given) > 2 or name in ("matrix", "rotate"):
        raise TrackError("a transform that cannot be read")
    if name == "translate":
        return 1, 0, 0, 1, first, second
    if name == "scale":
        return first, 0, 0, second if len(given) == 2 else first, 0, 0
    return (1, 0, tan(radians(first)), 1, 0, 0) if name == "skewX" else (1, tan(radians(first)), 0, 1, 0, 0)


def _product(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = m
    return (
        a * n[0] + c * n[1],
        b * n[0] + d * n[1],
        a * n[2] + c * n[3],
        b * n[2] + d * n[3],
        a * n[4] + c * n[5] + e,
        b * n[4] + d * n[5] + f,
    )


def _moved(point: Point, matrix: tuple[float, float, float, float, float, float]) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def flattened(data: str) -> list[list[Point]]:
    """Return the points of a path, a list for each of its parts; raises ``TrackError``."""
    lines: list[list[Point]] = []
    here = control = (0.0, 0.0)
    before = ""
    count = 0
    for name, given in _commands(data):
        command = name.upper()
        if not lines and command != "M":
            raise TrackError("a path that does not begin with M")
        if command == "M":
            here = control = _absolute(name, given, here)[0]
            lines.append([here])
        elif command == "Z":
            here = control = lines[-1][0]
            lines[-1].append(here)
        else:
            if before == "Z":
                lines.append([here])
            points, control = _points(name, given, here, control, before)
            lines[-1] += points
            here = points[-1]
            count += len(points)
        before = command
        if count > MAX_PIECES:
            raise TrackError("a path with too many curves")
    return lines


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    place, name = 0, ""
    data = data.rstrip()
    while place < len(data):
        match = _COMMAND.match(data, place)
        if match:
            name, place = match[1], match.end()
        elif name in ("M", "m"):
            name = "L" if name == "M" else "l"  # further pairs are lines
        elif name in ("", "Z", "z"):
            raise TrackError("a path that cannot be read")
        given: list[float] = []
        for number in range(_COUNTS[name.upper()]):
            found = (_FLAG if name in "Aa" and number in (3, 4) else _NUMBER).match(data, place)
            if found is None:
                raise TrackError("a path that cannot be read")
            given.append(float(found[1]))
            place = found.end()
        yield name, given


def _absolute(name: str, given: list[float], here: Point) -> list[Point]:
    x, y = here if name.islower() else (0.0, 0.0)
    return [(x + given[i], y + given[i + 1]) for i in range(0, len(given), 2)]


def _points(
    name: str, given: list[float], here: Point, control: Point, before: str
) -> tuple[list[Point], Point]:
    """Return the points that a command adds, and its last control point."""
    command = name.upper()
    if command in ("H", "V"):
        place = 0 if command == "H" else 1
        moved = given[0] + (here[place] if name.islower() else 0.0)
        end = (moved, here[1]) if command == "H" else (here[0], moved)
        return [end], end
    if command == "L":
        end = _absolute(name, given, here)[0]
        return [end], end
    if command == "A":
        end = _absolute(name, given[5:], here)[0]
        return _arc(here, given, end), end
    points = _absolute(name, given, here)
    mirrored = (2 * here[0] - control[0], 2 * here[1] - control[1])
    if command == "S":
        points.insert(0, mirrored if before in ("C", "S") else here)
    elif command == "T":
        points.insert(0, mirrored if before in ("Q", "T") else here)
    return _curve([here, *points]), points[-2]


def _curve(corners: list[Point]) -> list[Point]:
    """Return the points of a Bézier curve of the second or third order, by de Casteljau."""
    found = []
    for step in range(1, PIECES + 1):
        part = step / PIECES
        points = corners
        while len(points) > 1:
            points = [(a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])) for a, b in pairwise(points)]
        found.append(points[0] if step < PIECES else corners[-1])
    return found


def _arc(begin: Point, given: list[float], end: Point) -> list[Point]:
    """Return the points of an elliptical arc (SVG 1.1, F.6.5)."""
    rx, ry, turn = abs(given[0]), abs(given[1]), radians(given[2])
    if rx == 0 or ry == 0 or begin == end:
        return [end]
    c, s = cos(turn), sin(turn)
    half = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
    x, y = c * half[0] + s * half[1], -s * half[0] + c * half[1]
    large = (x / rx) ** 2 + (y / ry) ** 2
    if large > 1:
        rx, ry = rx * sqrt(large), ry * sqrt(large)
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = sqrt(max(0.0, (rx * ry) ** 2 - below) / below) if below else 0.0
    root = -root if given[3] == given[4] else root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first, last = _turn((x - cx) / rx, (y - cy) / ry), _turn((-x - cx) / rx, (-y - cy) / ry)
    sweep = last - first
    sweep += 2 * pi if given[4] and sweep < 0 else -2 * pi if not given[4] and sweep > 0 else 0
    mx, my = c * cx - s * cy + (begin[0] + end[0]) / 2, s * cx + c * cy + (begin[1] + end[1]) / 2
    count = max(1, ceil(abs(sweep) / (pi / 2) * PIECES))
    angles = [first + sweep * step / count for step in range(1, count)]
    return [
        *((mx + c * rx * cos(t) - s * ry * sin(t), my + s * rx * cos(t) + c * ry * sin(t)) for t in angles),
        end,
    ]


def _turn(x: float, y: float) -> float:
    size = hypot(x, y)
    return (acos(max(-1.0, min(1.0, x / size))) if size else 0.0) * (1 if y >= 0 else -1)
