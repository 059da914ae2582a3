"""Odd pictures in an issue: each is printed right, or refused with its name and a reason; none is lost in silence."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.conftest import Run
from tests.support.odd_pictures import BLUE, GREEN, RED, YELLOW, Bad, Good, bads, cornered, goods, saved, svg
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, SmallProject, picture_bytes

pytestmark = pytest.mark.render

GOODS, BADS = list(goods()), list(bads())
DPI = 144


def issue_with(odd: Sequence[Good | Bad], columns: int = 4) -> str:
    """An issue with these pictures, a dozen in a group. The first is named in line 12, each next one two lines on."""
    lines = []
    for at, picture in enumerate(odd):
        if at % 12 == 0:
            lines.append(f"      - columns: {columns}\n        figures:\n")
        lines.append(f"          - image: images/{picture.file}\n            alt: {at}\n")
    return ISSUE.replace("    body: 正文。\n", "    body:\n" + "".join(lines))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> tuple[bytes, list[str]]:
    """All good pictures in one PDF, and what was said about them."""
    import cstprint.rendering
    from cstprint.project import open_project

    root = tmp_path_factory.mktemp("odd")
    project = SmallProject(root)
    for picture in GOODS:
        project.write(f"issues/one/images/{picture.file}", picture.data)
    file = project.issue(issue_with(GOODS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cstprint.rendering, "use_fonts", lambda _library: None)
        result = cstprint.rendering.render(file, open_project(root))
    assert result.value is not None, [str(found) for found in result.diagnostics]
    return result.value.pdf, [
        f"{found.code} {found.message}"
        for found in result.diagnostics
        if found.code not in ("CST-P061", "CST-E053")  # that they are small, that they leave a blank
    ]


@pytest.fixture(scope="module")
def on_paper(printed: tuple[bytes, list[str]]) -> list[Image.Image]:
    """Each picture as pdfium draws it, in reading order."""
    boxes = [page.pictures for page in read_pages(printed[0])]
    document = pdfium.PdfDocument(printed[0])
    drawn = []
    for page, found in zip(document, boxes, strict=True):
        sheet = page.render(scale=DPI / 72).to_pil().convert("RGB")
        for box in found:
            drawn.append(
                sheet.crop([round(edge * DPI / 72) for edge in (box.left, box.top, box.right, box.bottom)])
            )
    document.close()
    return drawn


def test_there_are_pictures_enough() -> None:
    assert len(GOODS) >= 50
    assert len(BADS) >= 50
    files = [*(good.file for good in GOODS), *(bad.file for bad in BADS)]
    assert len(set(files)) == len(files)


@pytest.mark.slow
def test_each_picture_is_printed_once(on_paper: list[Image.Image]) -> None:
    assert len(on_paper) == len(GOODS)


@pytest.mark.parametrize("at", range(len(GOODS)), ids=[good.what.replace(" ", "_") for good in GOODS])
def test_a_picture_is_printed_upright_and_in_its_colours(at: int, on_paper: list[Image.Image]) -> None:
    good, image = GOODS[at], on_paper[at]
    wanted = good.size[0] / good.size[1]
    assert abs(image.width / wanted - image.height) <= 1.5
    if image.height < 4:
        return  # the strip: hardly a row of pixels here
    for corner, expected in enumerate(good.corners):
        x, y = ((0.15, 0.85)[corner % 2], (0.15, 0.85)[corner // 2])
        colour = image.getpixel((int(image.width * x), int(image.height * y)))
        assert isinstance(colour, tuple)
        assert max(abs(a - b) for a, b in zip(colour, expected, strict=True)) <= 16, (corner, colour)


def test_the_pdf_holds_each_picture_in_the_size_in_which_it_was_prepared(
    printed: tuple[bytes, list[str]],
) -> None:
    images = image_objects(printed[0])
    for image in images:
        assert image["/ColorSpace"] in ("/DeviceRGB", "/DeviceGray")
        assert image["/BitsPerComponent"] == 8
    assert sorted((image["/Width"], image["/Height"]) for image in images) == sorted(
        good.size for good in GOODS
    )


def image_objects(pdf: bytes) -> list[Any]:
    """The pictures of a PDF without their masks, each once: its pages share their resources."""
    found: dict[int, Any] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        objects: Any = resources.get("/XObject", DictionaryObject()).get_object()
        for name in objects:
            item = objects.raw_get(name)
            if item.get_object().get("/Subtype") == "/Image":
                found[item.idnum] = item.get_object()
    return list(found.values())


def test_what_is_odd_about_a_printed_picture_is_told_with_its_name(printed: tuple[bytes, list[str]]) -> None:
    told = [(found.split()[0], re.search("“images/(.*?)”", found)) for found in printed[1]]
    expected = [(code, good.file) for good in GOODS for code in good.codes]
    assert [(code, name[1]) for code, name in told if name] == expected
    assert len(told) == len(expected)


def test_all_pictures_that_cannot_be_printed_are_told_at_once_at_their_places(
    project: SmallProject, run: Run
) -> None:
    project.issue(issue_with(BADS))
    for picture in BADS:
        project.write(f"issues/one/images/{picture.file}", picture.data)

    outcome = run("render", "one")

    assert outcome.status == 1
    assert "Traceback" not in outcome.err
    told = re.findall(r"^issues/one/issue\.yaml:(\d+):\d+: error (CST-\w+): (.*)$", outcome.err, re.M)
    lines = (project.root / "issues/one/issue.yaml").read_text("utf-8").splitlines()
    assert len(told) == len(BADS)
    for (line, code, message), bad in zip(told, BADS, strict=True):
        assert lines[int(line) - 1].endswith(f"images/{bad.file}")
        assert code == bad.code
        assert bad.says in message
    assert project.outputs() == []


def test_a_draft_has_gaps_where_pictures_cannot_be_printed(project: SmallProject, run: Run) -> None:
    some = [
        bad for bad in BADS if bad.file in ("half.jpg", "iphone.heic", "text-along-a-path.svg", "144.png")
    ]
    project.issue(issue_with(some))
    for picture in some:
        project.write(f"issues/one/images/{picture.file}", picture.data)
    outcome = run("render", "one", "--draft")
    assert outcome.status == 0
    assert outcome.err.count("warning CST-P") == len(some) >= 3
    assert project.outputs() == ["dist/one.pdf"]


# ── one picture ──

ONE = ISSUE.replace("    body: 正文。\n", "    body:\n      - figure: images/a\n        alt: 图\n")


def print_one(project: SmallProject, run: Run, file: str, data: bytes, *options: str) -> bytes:
    project.issue(ONE.replace("images/a", f"images/{file}"))
    project.write(f"issues/one/images/{file}", data)
    outcome = run("render", "one", *options, "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    return (project.root / "one.pdf").read_bytes()


def picture_sizes(pdf: bytes) -> list[tuple[int, int]]:
    return [(image["/Width"], image["/Height"]) for image in image_objects(pdf)]


def test_the_layout_says_how_fine_a_picture_is_printed(project: SmallProject, run: Run) -> None:
    data = saved(cornered((3000, 2000)), "JPEG")
    assert picture_sizes(print_one(project, run, "a.jpg", data)) == [(1750, 1167)]
    project.layout(
        "coarse",
        "title: 粗\nextends: base\ntokens:\n  picture-dpi:\n    type: integer\n    default: 150\n    help: x\n",
    )
    assert picture_sizes(print_one(project, run, "a.jpg", data, "--layout", "coarse")) == [(875, 583)]
    half = ("--set", "measure=20em")
    assert picture_sizes(print_one(project, run, "a.jpg", data, *half)) == [(875, 583)]


def test_a_layout_may_print_pictures_wider_than_its_text(project: SmallProject, run: Run) -> None:
    project.layout(
        "wide",
        "title: 宽\nextends: base\ntokens:\n  picture-width:\n    type: length\n    default: 210mm\n    help: x\n",
    )
    data = saved(cornered((3000, 2000)), "JPEG")
    assert picture_sizes(print_one(project, run, "a.jpg", data, "--layout", "wide")) == [(2480, 1653)]


def test_the_same_pictures_make_the_same_pdf_in_any_folder_cold_or_remembered(
    tmp_path: Path, project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [good for good in GOODS if good.file in ("icc.jpg", "a.webp", "o6.jpg", "large.png", "i16.png")]
    made = []
    for other in (project, project, SmallProject(tmp_path / "elsewhere" / "p")):
        for picture in some:
            other.write(f"issues/one/images/{picture.file}", picture.data)
        other.issue(issue_with(some))
        monkeypatch.chdir(other.root)
        assert run("render", "one").status == 0
        made.append((other.root / "dist/one.pdf").read_bytes())
    assert len(set(made)) == 1


def test_a_picture_that_no_template_prints_is_told(project: SmallProject, run: Run) -> None:
    folder = project.layout("mine")
    (folder / "blocks").mkdir()
    (folder / "blocks" / "figures.html.j2").write_text("<p>{{ block.figures[0].alt }}</p>", "utf-8")
    project.issue(ONE.replace("images/a", "images/a.png").replace("layout: base", "layout: mine"))
    project.write("issues/one/images/a.png", picture_bytes())
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "issue.yaml:10:17: error CST-P012: “images/a.png” is on no page" in outcome.err


def test_a_picture_that_runs_off_the_page_is_told(project: SmallProject, run: Run) -> None:
    tall = Good("tall", "a.png", saved(cornered((100, 1000)), "PNG"))
    wide = Good("wide", "b.png", saved(cornered(), "PNG"))
    project.layout("mine", blocks_css=".figure-row > *, .figure-picture { max-width: none !important }")
    project.issue(issue_with([tall, wide], columns=1).replace("layout: base", "layout: mine"))
    for picture in (tall, wide):
        project.write(f"issues/one/images/{picture.file}", picture.data)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert re.findall(r"error (CST-\w+): (\S+)", outcome.err) == [("CST-P012", "“images/a.png”")]


def test_a_broken_picture_of_the_layouts_is_told(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="body { background: url('logo.png') }")
    project.write("layouts/mine/logo.png", picture_bytes()[:-1500])
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-E003" in outcome.err
    assert "damaged" in outcome.err


def test_a_layout_cannot_reach_a_file_of_the_issue_that_is_not_one_of_its_pictures(
    project: SmallProject, run: Run
) -> None:
    project.layout("mine", blocks_css="body { background: url('cst://render/issue/images/other.png') }")
    project.write("issues/one/images/other.png", picture_bytes())
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-E003" in outcome.err


# ── drawings ──

CORNERED = (
    '<title>甲</title><desc>text</desc><metadata><x/></metadata><!-- a comment -->'
    '<style>.blue { fill: rgb(20, 20, 230) }</style>'
    '<defs><rect id="r" width="45" height="30" fill="rgb(240,220,20)"/>'
    '<linearGradient id="g"><stop offset="0" stop-color="#14c814"/><stop offset="1" stop-color="#14c814"/></linearGradient>'
    '<clipPath id="c"><rect width="45" height="30"/></clipPath></defs>'
    '<rect width="120" height="80" fill="#808080" onclick="alert(1)"/>'
    '<a href="https://example.org/"><rect width="120" height="80" fill="rgb(230,20,20)" clip-path="url(#c)"/></a>'
    '<rect x="75" width="45" height="30" fill="url(#g)"/>'
    '<path class="blue" d="M0 50h45v30h-45z"/>'
    '<use xlink:href="#r" transform="translate(75 50)"/>'
)  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        svg(CORNERED),
        svg(CORNERED).replace(b'width="120" height="80">', b'viewBox="0 0 120 80">', 1),
        svg(CORNERED).replace(
            b'width="120" height="80">', b'width="100%" height="100%" viewBox="0 0 120 80">', 1
        ),
        svg(CORNERED).replace(
            b'width="120" height="80">', b'width="90pt" height="60pt" viewBox="0 0 120 80">', 1
        ),
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\n<!-- <a> -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n' + svg(CORNERED),
    ],
)
def test_a_drawing_is_printed_as_lines_and_not_as_pixels(
    data: bytes, project: SmallProject, run: Run
) -> None:
    pdf = print_one(project, run, "a.svg", data)
    assert picture_sizes(pdf) == []
    document = pdfium.PdfDocument(pdf)
    sheet = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    (left, top, _, _), (_, _, right, bottom) = (_extent(sheet, colour) for colour in (RED, YELLOW))
    assert abs((right - left) / (bottom - top) - 1.5) < 0.02
    for (x, y), expected in zip(
        ((0.15, 0.15), (0.85, 0.15), (0.15, 0.85), (0.85, 0.85)), (RED, GREEN, BLUE, YELLOW), strict=True
    ):
        found = sheet.getpixel((left + int((right - left) * x), top + int((bottom - top) * y)))
        # The output intent's profile goes between: a step of 255 is rounding.
        assert isinstance(found, tuple)
        assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1


def _extent(sheet: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Where this very colour is."""
    same = (
        ImageChops.difference(sheet, Image.new("RGB", sheet.size, colour))
        .convert("L")
        .point([255] + [0] * 255)
    )
    return same.getbbox() or (0, 0, 0, 0)
