"""Where the ink of texts is, and what covers a point. Lengths are px from the page's top left corner."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.cjk.characters import Kind, kind_of
from cstprint.engine.draw.grounds import Rectangle
from cstprint.engine.draw.painted import Ground, State
from cstprint.engine.weasy.marks import text_marks
from cstprint.engine.weasy.types import Box, Matrix

#: x, y.
Point = tuple[float, float]

#: The least advance of a Han character and of any other, in em: of what is less, letters stand on each other.
MIN_HAN, MIN_ADVANCE, _NARROW = 0.5, 0.12, 0.4
#: Where the ink of a line is looked for, in em above the baseline: near its top, its middle, its foot.
ROWS = (0.7, 0.38, 0.02)
#: Points of a line at most.
_MAX_POINTS = 80
#: Characters that have a blank after their ink.
_BLANK_AT_THE_END = (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.SPACE)


def ink_of(box: Box) -> Rectangle:
    """Return the em boxes of a text box's characters: .88 em above the baseline, .12 below."""
    size, marks = box.style["font_size"], text_marks(box)
    before = 0.5 * size - marks.cut if kind_of(box.text[0]) is Kind.OPEN else 0.0
    after = 0.0
    if box.text[-1].isspace() or kind_of(box.text[-1]) in _BLANK_AT_THE_END:
        after = max(0.0, 0.5 * size - marks.cut_after)
    width = max(0.0, box.width - before - after)
    return box.position_x + before, box.position_y + box.baseline - 0.88 * size, width, size


def points_of(ink: Rectangle, size: float, state: State) -> Iterator[Point]:
    """Yield points of each character of a line, row by row, where they are on the page."""
    x, y, width, _height = ink
    count = max(1, min(_MAX_POINTS, round(width / size)))
    for number in range(count):
        for row in ROWS:
            yield moved((x + width * (number + 0.5) / count, y + (0.88 - row) * size), state.matrix)


def moved(point: Point, matrix: Matrix | None) -> Point:
    """Return where a matrix moves a point."""
    if matrix is None:
        return point
    a, b, c, d, e, f = matrix.values
    return point[0] * a + point[1] * c + e, point[0] * b + point[1] * d + f


def scale_of(state: State) -> float:
    """Return how much larger or smaller things are made (the root of the area's ratio)."""
    return 1.0 if state.matrix is None else float(abs(state.matrix.determinant) ** 0.5)


def inverse(matrix: Matrix | None) -> Matrix | None:
    """Return the matrix that moves points back; ``None`` for one that leaves no area."""
    return matrix.invert if matrix is not None and matrix.determinant else None


def is_crushed(box: Box) -> bool:
    """Return whether the characters of a text box stand on each other."""
    if box.width >= _NARROW * len(box.text) * box.style["font_size"]:  # as nearly always
        return False
    least = sum(MIN_HAN if kind_of(one) is Kind.HAN else MIN_ADVANCE for one in box.text[:-1])
    return bool(box.width < least * box.style["font_size"])


def is_inside(ink: Rectangle, outer: Rectangle) -> bool:
    """Return whether a rectangle is inside another."""
    return bool(
        ink[0] >= outer[0]
        and ink[1] >= outer[1]
        and ink[0] + ink[2] <= outer[0] + outer[2]
        and ink[1] + ink[3] <= outer[1] + outer[3]
    )


def holds(rectangle: Rectangle, point: Point) -> bool:
    """Return whether a point is in a rectangle."""
    x, y, width, height = rectangle
    return bool(x <= point[0] <= x + width and y <= point[1] <= y + height)


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles overlap."""
    return bool(
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def untransformed(*states: State) -> bool:
    """Return whether nothing was transformed."""
    return all(state.matrix is None for state in states)


def covers(ground: Ground, point: Point) -> bool:
    """Return whether a ground is painted at a point of the page."""
    if not all(
        holds(rectangle, moved(point, inverse(matrix))) for rectangle, matrix, _ in ground.state.clips
    ):
        return False
    inner = inward(ground, point)
    return holds(ground.rectangle, inner) and not (ground.hole and holds(ground.hole, inner))


def inward(ground: Ground, point: Point) -> Point:
    """Return a point of the page in the coordinates that a ground was painted in."""
    return moved(point, inverse(ground.state.matrix))
