"""Pictures of an issue: each must be there, whole and fit for print, and stand on a page in the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cstprint.diagnostics import Diagnostic, PagePlace, error, msg, note, warning
from cstprint.engine.pictures import PlacedPicture
from cstprint.issue.blocks import Figure
from cstprint.issue.gathered import gathered
from cstprint.issue.links import is_remote
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout
from cstprint.pictures.prepare import MAX_BYTES, prepare_picture
from cstprint.pictures.prepared import PreparedPicture
from cstprint.reading.files import Refused, read_below
from cstprint.reading.models import shorten

#: Where the layout sets no other: what printers ask for.
DEFAULT_DPI = 300
#: Bleeds are 3 to 5 mm; what reaches further over the edge is lost.
MAX_HIDDEN_PT = 20.0


@dataclass
class CheckedPictures:
    """The pictures by their paths, and what there is to say about them, each with its figure's id."""

    prepared: dict[str, PreparedPicture] = field(default_factory=dict)
    findings: list[tuple[str, Diagnostic]] = field(default_factory=list)
    #: The ids of pictures of texts that are not there: a box is printed for each.
    missing: set[str] = field(default_factory=set)
    #: What their files are, by their paths: ``None`` where there is none. The pages depend on that.
    unprinted: dict[str, str | None] = field(default_factory=dict)


def prepare_pictures(issue: Issue, layout: Layout | None, cache_folder: Path) -> CheckedPictures:
    """Return the issue's pictures as the layout prints them, with an error for each that cannot be printed."""
    limit = widest_px(layout.values) if layout is not None else 0
    checked = CheckedPictures()
    for figure in pictures_of(issue):
        if figure.pasted and is_remote(figure.image):
            checked.missing.add(figure.id)
            checked.findings.append(("", _not_here(figure)))
            continue
        result = prepare_picture(figure.image, issue.folder, cache_folder, limit)
        if result.value is not None:
            checked.prepared[path_of(figure)] = result.value
            checked.findings += ((figure.id, problem) for problem in result.diagnostics)
        elif figure.pasted:
            checked.missing.add(figure.id)
            checked.unprinted[path_of(figure)] = _digest(issue.folder, path_of(figure))
            checked.findings.append(("", _not_here(figure)))
        else:
            checked.findings += ((figure.id, problem) for problem in result.diagnostics)
        if figure.stand_in:
            told = note(
                "CST-P010",
                msg("“{name}” is a stand-in: the photograph is still to come.", name=str(figure.image)),
                span=figure.image.place(0, 0, len(figure.image)),
                hint=msg("Replace the file and delete stand_in: true."),
            )
            checked.findings.append((figure.id, told))
    boxes = list(gathered(problem for identity, problem in checked.findings if not identity))
    checked.findings = [found for found in checked.findings if found[0]]
    checked.findings += (("", problem) for problem in boxes)
    return checked


def _digest(folder: Path, path: str) -> str | None:
    """Return the SHA-256 of a picture's file; ``None`` where it is not there."""
    try:
        return hashlib.sha256(read_below(folder, PurePosixPath(path).parts, MAX_BYTES)).hexdigest()
    except (OSError, Refused):
        return None


def _not_here(figure: Figure) -> Diagnostic:
    return warning(
        "CST-M029",
        msg(
            "These pictures are not in the issue's folder, or cannot be printed; a box stands in their place."
        ),
        span=figure.span,
        subject=shorten(str(figure.image), 120),
        hint=msg("Save each into the issue's folder, and write its path from there: ![…](images/photo.jpg)"),
    )


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
    for figure in pictures_of(issue):
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
