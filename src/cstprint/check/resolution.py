"""The resolution of pictures in print: what is below the least, and what is printed smaller because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf

from cstprint.blocks.common.parts import Figure
from cstprint.diagnostics import Diagnostic, PagePlace, msg, note, warning
from cstprint.engine.pages.pictures import PlacedPicture
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.pictures.prepared import PreparedPicture
from cstprint.units import pt_to_mm

#: Where the layout sets no other: below that, dots are seen at reading distance.
DEFAULT_LEAST_DPI = 150
#: Rounding of lengths and of dots.
_SLACK_PT, _SLACK_DPI = 0.5, 1.0


def least_dpi(values: Mapping[str, str]) -> int:
    """Return how many dots per inch pictures are to have by a layout's tokens; 0 where it does not matter."""
    return int(values.get("picture-least-dpi", DEFAULT_LEAST_DPI))


def widest_pt(picture: PreparedPicture, values: Mapping[str, str]) -> float:
    """Return how wide a picture is printed at most, in pt; a drawing as wide as may be."""
    dpi = least_dpi(values)
    return picture.file_width_px * 72 / dpi if dpi and picture.file_width_px else inf


def check_resolution(
    issue: Issue,
    prepared: Mapping[str, PreparedPicture],
    placed: Iterable[PlacedPicture],
    values: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture with too few dots for its size, a note for each that is smaller for that."""
    wanted = least_dpi(values)
    figures: dict[str, list[Figure]] = {}
    for figure in pictures_of(issue):
        figures.setdefault(str(figure.image).removeprefix("./"), []).append(figure)
    for place in placed:
        picture = prepared.get(place.path)
        if picture is None or not wanted or not picture.file_width_px or place.width_pt <= 0:
            continue
        known = figures.get(place.path)
        if not known:
            continue
        # Each place of a file that is printed several times belongs to the next figure of it.
        figure = known.pop(0) if len(known) > 1 else known[0]
        dpi = picture.file_width_px * 72 / place.width_pt
        widest = widest_pt(picture, values)
        where = PagePlace(place.page, place.x_pt, place.y_pt, place.width_pt, place.height_pt)
        span = figure.image.place(0, 0, len(figure.image))
        if dpi < wanted - _SLACK_DPI:
            message = msg(
                "“{name}” has only {dpi} dots per inch on page {page}, where it is {width} mm wide.",
                name=str(figure.image),
                dpi=round(dpi),
                page=place.page,
                width=round(pt_to_mm(place.width_pt)),
            )
            hint = msg(
                "Ask for a larger file, or print it no wider than {width} mm, which gives {dpi} dots "
                "per inch.",
                width=round(pt_to_mm(widest)),
                dpi=wanted,
            )
            yield warning("CST-P060", message, span=span, place=where, hint=hint)
        elif place.plate is None and abs(place.width_pt - widest) < _SLACK_PT:
            message = msg(
                "“{name}” is printed only {width} mm wide: it is {pixels} pixels wide, which gives "
                "{dpi} dots per inch.",
                name=str(figure.image),
                width=round(pt_to_mm(place.width_pt)),
                pixels=picture.file_width_px,
                dpi=wanted,
            )
            hint = msg("Ask for a larger file. To print it larger anyway, set its width: width: 100%")
            yield note("CST-P061", message, span=span, place=where, hint=hint)
