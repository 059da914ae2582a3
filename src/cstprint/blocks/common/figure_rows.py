"""Groups of figures as templates see them: rows of cells, whose widths CSS has from custom properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from cstprint.figures.arrange import arrange
from cstprint.figures.geometry import Cell, Room, Shape

#: The shape of a picture that is not there: most photographs have it.
USUAL = Shape(1.5)
#: Each entry of a key is about so high (pt): most are one line of 9 pt.
_KEY_LINE = 13.5
#: More rows than that may be split by the end of a page, if they are higher than the other, in greatest heights.
_TOGETHER, _LOW = 2, 1.25


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure; ``src`` is ``None`` where there is a gap instead of the picture.

    ``address`` is what a picture of a text is called there; ``None`` of other figures.
    """

    id: str
    src: str | None
    alt: str
    decorative: bool
    caption: Markup | None
    credit: Markup | None
    number: int | None
    mark: str
    label: str | None
    address: Markup | None = None
    #: Where its picture leads to, and what is printed of that.
    link: str | None = None
    link_printed: Markup | None = None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class FigureCellView:
    """A cell of a row: a figure, or rows of figures; ``style`` sets the custom properties of its width.

    It is ``narrow`` where a caption is wider than its picture.
    """

    style: Markup
    narrow: bool
    figure: FigureView | None
    rows: tuple[FigureRowView, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRowView:
    """Figures of one height."""

    cells: tuple[FigureCellView, ...]


@dataclass(frozen=True, slots=True)
class FigureRows:
    """Figures in rows, ``columns`` side by side at most; a ``long`` group may be split between its rows."""

    rows: tuple[FigureRowView, ...]
    columns: int
    long: bool


def rows_of(
    figures: Sequence[FigureView],
    shapes: Sequence[Shape],
    room: Room,
    columns: int | None,
    *,
    captioned: bool,
) -> FigureRows:
    """Return figures in rows; ``shapes`` are those of their pictures, ``columns`` how many the editor wants in a row.

    The rows have room for captions where they are ``captioned``, else for a key below all.
    """
    given = room if captioned else replace(room, caption=0.0, below=_KEY_LINE * len(figures))
    limited = given.limited(shapes)
    rows = arrange([shape.ratio for shape in shapes], limited, columns)
    height = sum(row.height for row in rows)
    left = iter(
        [(figure, _limits(shape, limited, room)) for figure, shape in zip(figures, shapes, strict=True)]
    )
    return FigureRows(
        rows=tuple(_row(row.cells, left) for row in rows),
        columns=max(len(row.cells) for row in rows),
        long=len(rows) > _TOGETHER and height > _LOW * room.height,
    )


def _limits(shape: Shape, limited: Room, room: Room) -> dict[str, str]:
    """Return what keeps a picture from being enlarged: the height of its row, its own width, where these matter."""
    limits = {"limit": f"{limited.height:.4f}pt"} if limited.height < room.height else {}
    if shape.widest < room.measure:
        limits["widest"] = f"{shape.widest:.4f}pt"
    return limits


def has_caption(figure: FigureView) -> bool:
    """Return whether something is printed below the figure's picture."""
    return bool(figure.caption or figure.label or figure.credit or figure.link_printed)


#: Figures, each with its limits.
_Figures = Iterator[tuple[FigureView, dict[str, str]]]


def _row(cells: Sequence[Cell], figures: _Figures) -> FigureRowView:
    """Return a row of the next figures."""
    return FigureRowView(tuple(_cell(cell, figures) for cell in cells))


def _cell(cell: Cell, figures: _Figures) -> FigureCellView:
    sizes = {"share": cell.share, "gaps": cell.gaps, "most": cell.most, "most-gaps": cell.most_gaps}
    if cell.ratio is not None:
        sizes |= {"ratio": cell.ratio, "picture": cell.picture}
        figure, limits = next(figures)
        return FigureCellView(_style(sizes, limits), cell.narrow, figure)
    rows = tuple(_row(row, figures) for row in cell.inner_rows())
    return FigureCellView(_style(sizes), cell.narrow, None, rows)


def _style(numbers: Mapping[str, float], lengths: Mapping[str, str] = MappingProxyType({})) -> Markup:
    """Return custom properties; seven digits keep a width of 1,000 pt exact to a thousandth."""
    values = {**{name: f"{number:.7f}" for name, number in numbers.items()}, **lengths}
    return Markup("; ").join(f"--cst-{name}: {value}" for name, value in values.items())
