"""Pictures of an issue: each must be there, whole and fit for print, and stand on a page in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cstprint.diagnostics import Diagnostic, PagePlace, error, msg, note
from cstprint.engine.pictures import PlacedPicture
from cstprint.issue.blocks import Figure
from cstprint.issue.model import Issue
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout
from cstprint.pictures.prepare import prepare_picture
from cstprint.pictures.prepared import PreparedPicture

#: Where the layout sets no other: what printers ask for.
DEFAULT_DPI = 300
#: Bleeds are 3 to 5 mm; what reaches further over the edge is lost.
MAX_HIDDEN_PT = 20.0


@dataclass
class CheckedPictures:
    """The pictures by their paths, and what there is to say about them, each with its figure's id."""

    prepared: dict[str, PreparedPicture] = field(default_factory=dict)
    findings: list[tuple[str, Diagnostic]] = field(default_factory=list)


def prepare_pictures(issue: Issue, layout: Layout | None, cache_folder: Path) -> CheckedPictures:
    """Return the issue's pictures as the layout prints them, with an error for each that cannot be printed."""
    limit = widest_px(layout.values) if layout is not None else 0
    checked = CheckedPictures()
    for figure in issue.figures():
        result = prepare_picture(figure.image, issue.folder, cache_folder, limit)
        if result.value is not None:
            checked.prepared[path_of(figure)] = result.value
        checked.findings += ((figure.id, problem) for problem in result.diagnostics)
        if figure.stand_in:
            told = note(
                "CST-P010",
                msg("“{name}” is a stand-in: the photograph is still to come.", name=str(figure.image)),
                span=figure.image.place(0, 0, len(figure.image)),
                hint=msg("Replace the file and delete stand_in: true."),
            )
            checked.findings.append((figure.id, told))
    return checked


def path_of(figure: Figure) -> str:
    """Return the path of a figure's picture as addresses have it."""
    return str(PurePosixPath(figure.image))


def ratios_of(issue: Issue, prepared: Mapping[str, PreparedPicture]) -> dict[str, float]:
    """Return the ratio (width ÷ height) of each figure's picture that is there, by the figure's id."""
    found = ((figure.id, prepared.get(path_of(figure))) for figure in issue.figures())
    return {figure_id: picture.ratio for figure_id, picture in found if picture is not None}


def widest_px(values: Mapping[str, str]) -> int:
    """Return how many px a picture has at most: as wide as the layout prints any, at its `picture-dpi`.

    That width is the token `picture-width` where a layout prints wider than its text, otherwise `measure`.
    0 keeps all, where `picture-dpi` is 0 or the width is not known.
    """
    dpi = int(values.get("picture-dpi", DEFAULT_DPI))
    width = length_pt(values, "picture-width" if "picture-width" in values else "measure")
    return max(0, round(width * dpi / 72))


def check_placed(
    issue: Issue, prepared: Mapping[str, PreparedPicture], placed: Iterable[PlacedPicture]
) -> Iterator[Diagnostic]:
    """Yield an error for each picture that is on no page, or is cut off by its edge: neither is ever meant."""
    found: dict[str, list[PlacedPicture]] = {}
    for picture in placed:
        found.setdefault(picture.path, []).append(picture)
    for figure in issue.figures():
        if path_of(figure) not in prepared:
            continue  # told already; a gap in a draft
        span = figure.image.place(0, 0, len(figure.image))
        name = str(figure.image)
        places = found.get(path_of(figure), [])
        if not any(place.width_pt > 0 and place.height_pt > 0 for place in places):
            message = msg("“{name}” stands on no page.", name=name)
            hint = msg("See what the layout's template for figures does with it.")
            yield error("CST-P012", message, span=span, hint=hint)
        for place in places:
            if place.hidden_pt > MAX_HIDDEN_PT:
                yield error(
                    "CST-P012",
                    msg("“{name}” reaches over the edge of page {page}.", name=name, page=place.page),
                    span=span,
                    place=PagePlace(place.page, place.x_pt, place.y_pt, place.width_pt, place.height_pt),
                    hint=msg("Cut it to a lower shape, or give it a row of its own."),
                )
