"""Make layouts/pictures anew, the pictures of pages that the documents show: ``make pictures``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from PIL import Image

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.projects import REPOSITORY

FOLDER = REPOSITORY / "layouts/pictures"
#: What pages lie on, and how much of it is around each, in px.
GROUND, GAP = "#d9dce0", 20


@dataclass(frozen=True)
class Pages:
    """Pages of an issue (from 1), or a part of them: left, top, right, bottom, in pt from the top left."""

    issue: str
    numbers: tuple[int, ...]
    layout: str = "newsletter"
    settings: Mapping[str, str] = field(default_factory=dict)
    part: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Picture:
    """Pages in a row, ``scale`` px a pt."""

    scale: float
    pages: tuple[Pages, ...]


PICTURES = {
    "newsletter": Picture(1.1, (Pages("issue-2020-02", (1, 2)),)),
    "specimen": Picture(0.72, (Pages("issue-specimen", (3, 4, 8, 14)),)),
    "brief": Picture(
        1.0,
        (
            Pages("issue-2020-02", (1, 4), "brief"),
            Pages("issue-specimen", (2, 6), "brief"),
        ),
    ),
    "bulletin": Picture(1.1, (Pages("issue-specimen", (4, 5), "bulletin"),)),
    "jianbao": Picture(0.8, (Pages("issue-specimen", (1, 2, 28), "jianbao"),)),
    "lines": Picture(
        1.55,
        (
            Pages("issue-2020-02", (3,), settings={"line-setting": "stock"}, part=(72, 364, 523, 564)),
            Pages("issue-2020-02", (3,), part=(72, 344, 523, 544)),
        ),
    ),
}


def images(pages: Pages, scale: float) -> list[Image.Image]:
    """Return the pages as pictures, ``scale`` px a pt."""
    project = open_project(REPOSITORY)
    options = RenderOptions(layout=pages.layout, settings=pages.settings)
    rendering = render(project.issue_file(pages.issue), project, options).value
    assert rendering is not None
    document = pdfium.PdfDocument(rendering.pdf)
    made = [document[number - 1].render(scale=scale).to_pil().convert("RGB") for number in pages.numbers]
    if pages.part is None:
        return made
    left, top, right, bottom = (round(edge * scale) for edge in pages.part)
    return [image.crop((left, top, right, bottom)) for image in made]


def row(made: list[Image.Image]) -> Image.Image:
    """Return pictures side by side."""
    width = sum(image.width + GAP for image in made) + GAP
    sheet = Image.new("RGB", (width, max(image.height for image in made) + 2 * GAP), GROUND)
    left = GAP
    for image in made:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    return sheet


def main() -> None:
    """Write all pictures, each of few colours, so that its file is small."""
    for name, picture in PICTURES.items():
        sheet = row([image for pages in picture.pages for image in images(pages, picture.scale)])
        sheet.quantize(64, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
