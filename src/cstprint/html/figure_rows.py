"""Groups of figures as templates see them: rows of cells, whose widths CSS has from custom properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup

from cstprint.figures.arrange import arrange
from cstprint.figures.geometry import Cell, Room, Shape
from cstprint.html.block_views import FigureCellView, FigureRowView, FiguresView, FigureView
from cstprint.issue.blocks import FigureGroup
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout

#: The shape of a picture that is not there: most photographs have it.
_USUAL = Shape(1.5)
#: What stands beside the text is about so wide, in measures. It decides what stands side by side, not how wide it is.
BESIDE = 0.4
#: Each entry of a key is about so high (pt): most are one line of 9 pt.
_KEY_LINE = 13.5
#: More rows than that may be split by the end of a page, if they are higher than the other, in greatest heights.
_TOGETHER, _LOW = 2, 1.25


def room_of(layout: Layout) -> Room:
    """Return the room that a layout's tokens give to pictures; what no token says is in proportion to the measure."""
    values = layout.values
    measure = length_pt(values, "measure") or 420.0
    return Room(
        measure=measure,
        gap=length_pt(values, "figure-gap"),
        height=length_pt(values, "figure-height") or measure,
        least=length_pt(values, "figure-least") or measure / 6,
        caption=length_pt(values, "caption-width") or measure / 5,
        columns=max(1, layout.integer("figure-columns")),
    )


def group_view(
    group: FigureGroup, figures: Sequence[FigureView], shapes: Mapping[str, Shape], room: Room
) -> FiguresView:
    """Return figures in rows; ``shapes`` are those of their pictures, by the figures' ids."""
    captioned = group.captions == "each" and any(map(has_caption, figures))
    given = room if captioned else replace(room, caption=0.0, below=_KEY_LINE * len(figures))
    known = [shapes.get(figure.id, _USUAL) for figure in figures]
    if group.width:  # as wide as the editor wants
        known = [Shape(shape.ratio) for shape in known]
    limited = given.limited(known)
    rows = arrange([shape.ratio for shape in known], limited, group.columns)
    height = sum(row.height for row in rows)
    left = iter(
        [(figure, _limits(shape, limited, room)) for figure, shape in zip(figures, known, strict=True)]
    )
    return FiguresView(
        id=group.id,
        figures=tuple(figures),
        rows=tuple(_row(row.cells, left) for row in rows),
        captions=group.captions,
        columns=max(len(row.cells) for row in rows),
        place=group.place,
        long=len(rows) > _TOGETHER and height > _LOW * room.height,
        width=group.width,
        classes=" ".join(group.classes),
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
