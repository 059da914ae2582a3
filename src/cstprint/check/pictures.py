"""Pictures of an issue: each must be there, whole and fit for print, and stand on a page in the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import astuple, dataclass, field
from pathlib import Path, PurePosixPath

from cstprint.blocks.common.links import is_remote
from cstprint.blocks.common.parts import Figure
from cstprint.check.plates import PAGES
from cstprint.check.resolution import widest_pt
from cstprint.diagnostics import Diagnostic, PagePlace, error, msg, note, warning
from cstprint.engine.pages.pictures import Cuts, PlacedPicture
from cstprint.figures.geometry import Shape
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout
from cstprint.pictures.prepare import MAX_BYTES, prepare_picture
from cstprint.pictures.prepared import PreparedPicture
from cstprint.reading.files import Refused, read_below
from cstprint.reading.models import shorten
from cstprint.source import Span
from cstprint.units import pt_to_mm

#: Where the layout sets no other: what printers ask for.
DEFAULT_DPI = 300
#: Bleeds are 3 to 5 mm; what reaches further over the edge is lost.
MAX_HIDDEN_PT = 20.0
#: What is cut off by less is rounding.
MAX_CROPPED_PT = 1.5


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
    limits = widest_px_of(issue, layout)
    checked = CheckedPictures()
    for figure in pictures_of(issue):
        if figure.pasted and is_remote(figure.image):
            checked.missing.add(figure.id)
            checked.findings.append(("", _not_here(figure)))
            continue
        result = prepare_picture(figure.image, issue.folder, cache_folder, limits(figure))
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
                msg("“{name}” is a placeholder: the photograph is still to come.", name=str(figure.image)),
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
            "These pictures are not in the issue's folder, or cannot be printed. A box is printed "
            "in the place of each."
        ),
        span=figure.span,
        subject=shorten(str(figure.image), 120),
        hint=msg("Save each into the issue's folder, and write its path from there: ![…](images/photo.jpg)"),
    )


def path_of(figure: Figure) -> str:
    """Return the path of a figure's picture as addresses have it."""
    return str(PurePosixPath(figure.image))


def shapes_of(
    issue: Issue, prepared: Mapping[str, PreparedPicture], values: Mapping[str, str]
) -> dict[str, Shape]:
    """Return the shape of each picture that is there, by its figure's id: its ratio and its greatest width."""
    found = ((figure.id, prepared.get(path_of(figure))) for figure in pictures_of(issue))
    return {
        figure_id: Shape(picture.ratio, widest_pt(picture, values))
        for figure_id, picture in found
        if picture is not None
    }


def widest_px_of(issue: Issue, layout: Layout | None) -> Callable[[Figure], int]:
    """Return how many px a picture has at most: as wide as the layout prints it, at its `picture-dpi`.

    That width is the token `picture-width` where a layout prints wider than its text, otherwise `measure`; one or two
    pages with their bleed for pictures that fill them. 0 keeps all: `picture-dpi` is 0, or no width is known.
    """
    if layout is None:
        return lambda _: 0
    values = layout.values
    dpi = int(values.get("picture-dpi", DEFAULT_DPI))
    bleed, paper = 2 * length_pt(values, "bleed"), length_pt(values, "paper-width")
    usual = length_pt(values, "picture-width" if "picture-width" in values else "measure")
    pages = {group.figures[0].id: PAGES.get(group.place, 0) for group in issue.groups()}

    def widest(figure: Figure) -> int:
        count = pages.get(figure.id, 0)
        width = max(usual, count * paper + bleed) if count and paper and usual else usual
        return max(0, round(width * dpi / 72))

    return widest


def check_placed(
    issue: Issue,
    prepared: Mapping[str, PreparedPicture],
    placed: Iterable[PlacedPicture],
    omissible: Set[str] = frozenset(),
) -> Iterator[Diagnostic]:
    """Yield an error for each picture that is on no page, or is cut off by its edge.

    Neither is meant, unless the layout says so: by the figures' ids ``omissible``, by `--cst-crop`.
    """
    found: dict[str, list[PlacedPicture]] = {}
    for picture in placed:
        found.setdefault(picture.path, []).append(picture)
    for figure in pictures_of(issue):
        if path_of(figure) not in prepared:
            continue  # reported already; a gap in a draft
        places = found.get(path_of(figure), [])
        there = any(place.width_pt > 0 and place.height_pt > 0 for place in places)
        if not there and figure.id not in omissible:
            message = msg("“{name}” is on no page.", name=str(figure.image))
            hint = msg("Check how the layout's template for figures prints it.")
            yield error("CST-P012", message, span=_image_span(figure), hint=hint)
        for place in places:
            if max(astuple(place.beyond_pt)) > MAX_HIDDEN_PT:
                yield _cropped(figure, place, place.beyond_pt)


def check_painted(issue: Issue, painted: Iterable[tuple[PlacedPicture, Cuts, bool]]) -> Iterator[Diagnostic]:
    """Yield an error for each picture that CSS crops, and a warning for each drawing that draws nothing."""
    figures = {path_of(figure): figure for figure in reversed(list(pictures_of(issue)))}
    empty = set()
    for place, cuts, is_empty in painted:
        figure = figures.get(place.path)
        if figure is None:
            continue
        if max(astuple(cuts)) > MAX_CROPPED_PT:
            yield _cropped(figure, place, cuts)
        if is_empty and place.path not in empty and place.width_pt > 0:
            empty.add(place.path)
            message = msg("“{name}” draws nothing.", name=str(figure.image))
            hint = msg("Open the file in a browser: parts may be hidden, or paths and sizes broken.")
            yield warning("CST-P007", message, span=_image_span(figure), hint=hint)


def _cropped(figure: Figure, place: PlacedPicture, cuts: Cuts) -> Diagnostic:
    """Return the error that a picture is cut off, or a note where the layout wants that."""
    edges = (
        (msg("{amount} mm at the left", amount=_mm(cuts.left)), cuts.left),
        (msg("{amount} mm at the right", amount=_mm(cuts.right)), cuts.right),
        (msg("{amount} mm at the top", amount=_mm(cuts.top)), cuts.top),
        (msg("{amount} mm at the bottom", amount=_mm(cuts.bottom)), cuts.bottom),
    )
    message = msg(
        "“{name}” is cut off on page {page}: {cuts}.",
        name=str(figure.image),
        page=place.page,
        cuts=tuple(edge for edge, amount in edges if amount > MAX_CROPPED_PT),
    )
    hint = msg(
        "Crop the file to another shape, or give the picture a row of its own. A layout that "
        "crops on purpose sets --cst-crop: allow"
    )
    where = PagePlace(place.page, place.x_pt, place.y_pt, place.width_pt, place.height_pt)
    told = note if place.may_be_cropped else error
    span = _image_span(figure)
    return told("CST-P012", message, span=span, place=where, hint=None if place.may_be_cropped else hint)


def _mm(pt: float) -> str:
    return f"{pt_to_mm(pt):.1f}"


def _image_span(figure: Figure) -> Span:
    return figure.image.place(0, 0, len(figure.image))
