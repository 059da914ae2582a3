"""Groups of figures on the page: nothing cropped, one height a row, equal gaps, rows as wide as the measure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from tests.blocks.conftest import LONG, PICTURES, LayOut
from tests.support.pages import Box, structure
from tests.support.placed import Area, Placed, Run

pytestmark = pytest.mark.render

#: The token figure-gap, and how exact widths are (pt).
GAP, EXACT = 9.0, 0.1
#: Text that fills the rest of a page before a group that has no room there; with less, it would become smaller.
TEXT = LONG * 20
#: The token figure-height.
HIGHEST = 320.0
PANORAMA, PHOTO, SQUARE, PORTRAIT, TALL = (
    "panorama.png", "photo.png", "square.png", "portrait.png", "tall.png",
)  # fmt: skip

GROUPS = [
    [PHOTO],
    [SQUARE],
    [TALL],
    [PANORAMA],
    [PHOTO, PORTRAIT],
    [PANORAMA, PANORAMA],
    [PORTRAIT, PHOTO, PHOTO],
    [PHOTO, PHOTO, PORTRAIT],
    [PHOTO, SQUARE, PORTRAIT, PHOTO],
    [PHOTO] * 5,
    [PORTRAIT, PHOTO, PHOTO, PANORAMA, SQUARE, PHOTO],
    [PORTRAIT] * 7,
    [TALL, PHOTO, SQUARE, SQUARE, PHOTO],
    [PORTRAIT, PHOTO, PHOTO, PHOTO, PHOTO],
    [SQUARE, PHOTO, TALL, PHOTO, PANORAMA, PORTRAIT, PHOTO, SQUARE],
    [PHOTO, PORTRAIT, SQUARE, PHOTO, PHOTO, PANORAMA, PORTRAIT, PHOTO, SQUARE],
]


@pytest.fixture(params=["newsletter", pytest.param("base", marks=pytest.mark.slow)])
def layout(request: pytest.FixtureRequest) -> str:
    """The layouts whose figures have the sizes above and captions as the issue says."""
    return str(request.param)


def group(names: Sequence[str], captions: str, **keys: Any) -> dict[str, Any]:
    pictures = [{"image": name, "alt": "图", "caption": f"{n}号图注"} for n, name in enumerate(names, 1)]
    return {"figures": pictures, "captions": captions, **keys}


def figure_of(elements: frozenset[Any]) -> Any:
    """The figure among the elements around something."""
    return next(one for one in elements if one.tag == "figure")


def parted(areas: Sequence[Area], *classes: str) -> list[list[Area]]:
    """Pictures by the element around them that has exactly one of these lists of classes, in their order."""
    found: dict[Any, list[Area]] = {}
    for area in areas:
        around = next((one for one in area.elements if one.get("class") in classes), area)
        found.setdefault(around, []).append(area)
    return list(found.values())


def rows(placed: Placed) -> list[list[Area]]:
    return parted(placed.pictures, "figure-row")


def bounds(areas: Sequence[Area]) -> Box:
    """The box around pictures."""
    boxes = [area.box for area in areas]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def hold_side_by_side(boxes: Sequence[Box]) -> None:
    """Hold that boxes are of one height, with the gap between them."""
    assert [box.top for box in boxes] == pytest.approx([boxes[0].top] * len(boxes), abs=EXACT)
    assert [box.bottom for box in boxes] == pytest.approx([boxes[0].bottom] * len(boxes), abs=EXACT)
    gaps = [right.left - left.right for left, right in pairwise(boxes)]
    assert gaps == pytest.approx([GAP] * len(gaps), abs=EXACT)


def hold_below_each_other(boxes: Sequence[Box]) -> None:
    """Hold that boxes are of one width, with the gap between them."""
    assert [box.left for box in boxes] == pytest.approx([boxes[0].left] * len(boxes), abs=EXACT)
    assert [box.right for box in boxes] == pytest.approx([boxes[0].right] * len(boxes), abs=EXACT)
    gaps = [lower.top - upper.bottom for upper, lower in pairwise(boxes)]
    assert gaps == pytest.approx([GAP] * len(gaps), abs=EXACT)


def measure(placed: Placed, area: Area) -> float:
    block = placed.text_blocks[area.page]
    return block.right - block.left


def width(area: Area) -> float:
    return area.box.right - area.box.left


def height(area: Area) -> float:
    return area.box.bottom - area.box.top


@pytest.mark.parametrize("names", GROUPS, ids="-".join)
def test_a_keyed_group_fills_the_measure_and_crops_nothing(lay: LayOut, names: list[str]) -> None:
    placed = lay(["段。", group(names, "keyed"), TEXT])
    for area, name in zip(placed.pictures, names, strict=True):
        across_px, down_px = PICTURES[name]
        assert width(area) / height(area) == pytest.approx(across_px / down_px, rel=0.001)
    for row in rows(placed):
        cells = parted(row, "figure-stack")
        hold_side_by_side([bounds(cell) for cell in cells])
        for cell in cells:
            inner = parted(cell, "figure-row inner") if len(cell) > 1 else [cell]
            hold_below_each_other([bounds(one) for one in inner])
            for one in inner:
                hold_side_by_side([area.box for area in one])
        whole, block = bounds(row), placed.text_blocks[row[0].page]
        assert whole.left - block.left == pytest.approx(block.right - whole.right, abs=EXACT)
        if whole.bottom - whole.top < HIGHEST - EXACT:
            assert whole.right - whole.left == pytest.approx(measure(placed, row[0]), abs=EXACT)
    for upper, lower in pairwise(rows(placed)):
        if upper[0].page == lower[0].page:
            assert bounds(lower).top - bounds(upper).bottom == pytest.approx(GAP, abs=EXACT)


@pytest.mark.parametrize("names", GROUPS, ids="-".join)
def test_captions_of_their_own_stand_right_below_their_pictures(lay: LayOut, names: list[str]) -> None:
    placed = lay(["段。", group(names, "each"), TEXT])
    captions: dict[Any, list[Run]] = {}
    for run in placed.of("caption"):
        captions.setdefault(figure_of(run.elements), []).append(run)
    for row in rows(placed):
        tops = [area.box.top for area in row]
        bottoms = [area.box.bottom for area in row]
        assert tops == pytest.approx([tops[0]] * len(row), abs=EXACT)
        assert bottoms == pytest.approx([bottoms[0]] * len(row), abs=EXACT)
        own = [captions[figure_of(area.elements)] for area in row]
        first_lines = [min(run.box.top for run in runs) for runs in own]
        assert first_lines == pytest.approx([first_lines[0]] * len(row), abs=EXACT)
        assert 0 < first_lines[0] - bottoms[0] < 12
        for area, runs in zip(row, own, strict=True):
            assert {run.page for run in runs} == {area.page}
            middle = (area.box.left + area.box.right) / 2
            assert min(run.box.left for run in runs) < middle < max(run.box.right for run in runs)
        if bottoms[0] - tops[0] < HIGHEST - EXACT and min(map(width, row)) > 90:
            across = row[-1].box.right - row[0].box.left
            assert across == pytest.approx(measure(placed, row[0]), abs=EXACT)


def test_a_long_caption_is_as_wide_as_its_picture(lay: LayOut) -> None:
    figure = {"figure": PORTRAIT, "alt": "图", "caption": LONG}
    placed = lay(["段。", figure, LONG])
    (picture,) = placed.pictures
    runs = placed.of("caption")
    assert min(run.box.left for run in runs) == pytest.approx(picture.box.left, abs=1)
    assert max(run.box.right for run in runs) == pytest.approx(picture.box.right, abs=1)


def test_a_tall_picture_stands_beside_two_rows(lay: LayOut) -> None:
    placed = lay(["段。", group([PORTRAIT, PHOTO, PHOTO, PHOTO, PHOTO], "keyed"), LONG])
    (row,) = rows(placed)
    assert [len(cell) for cell in parted(row, "figure-stack")] == [1, 4]
    assert [len(inner) for inner in parted(row[1:], "figure-row inner")] == [2, 2]


@pytest.mark.parametrize("columns", ["1", "2", "3", "4"])
def test_the_editor_says_how_many_stand_in_a_row(lay: LayOut, columns: str) -> None:
    placed = lay(["段。", group([PHOTO] * 4, "keyed", columns=columns), LONG])
    wanted = {"1": [1, 1, 1, 1], "2": [2, 2], "3": [2, 2], "4": [4]}[columns]
    assert [len(row) for row in rows(placed)] == wanted


@pytest.mark.parametrize("before", range(1, 34, 4))
@pytest.mark.parametrize("count", [4, 9])
def test_a_page_ends_between_rows_and_the_key_stays_with_the_last(
    lay: LayOut, before: int, count: int
) -> None:
    names = [PHOTO, PORTRAIT, PHOTO] * 3
    placed = lay(
        [
            "\n\n".join(["段"] * before),
            group(names[:count], "keyed", columns="1" if count == 4 else "3"),
            LONG,
        ]
    )
    for row in rows(placed):
        assert len({area.page for area in row}) == 1
    assert min(placed.pages("figure-key")) == placed.pictures[-1].page


def test_marks_stand_on_their_pictures(lay: LayOut) -> None:
    placed = lay(["段。", group([PORTRAIT, PHOTO, PHOTO, SQUARE, PHOTO], "keyed"), LONG])
    marks = placed.of("figure-mark")
    assert [run.text for run in marks] == list("①②③④⑤")
    for area, run in zip(placed.pictures, marks, strict=True):
        assert area.box.left - EXACT < run.box.left < run.box.right < area.box.right + EXACT
        assert area.box.top < run.box.top < run.box.bottom < area.box.bottom + EXACT


def test_a_mark_may_cover_most_of_a_tiny_picture(lay: LayOut) -> None:
    placed = lay([LONG, group(["tiny.png"] * 2, "keyed"), LONG], told="CST-P061")
    assert len(placed.pictures) == 2


@pytest.mark.parametrize("place", ["column", "right"])
def test_a_group_in_a_box_fills_the_box(lay: LayOut, place: str) -> None:
    pictures = group([PHOTO, SQUARE, PHOTO], "keyed")
    box = {"box": "框", "place": place, "body": [LONG, pictures]}
    placed = lay([LONG * 2, box, LONG * 9])
    texts = [run.box for run in placed.of("box-inside", "p") if "figures" not in run.within]
    for row in rows(placed):
        assert min(area.box.left for area in row) == pytest.approx(min(box.left for box in texts), abs=EXACT)
        assert max(area.box.right for area in row) == pytest.approx(max(box.right for box in texts), abs=1)


@pytest.mark.parametrize("captions", ["each", "keyed"])
def test_listeners_hear_the_pictures_in_the_editors_order_each_with_its_caption(
    lay: LayOut, captions: str
) -> None:
    pictures = [
        {"image": name, "alt": f"第{n}幅", "caption": "图注"}
        for n, name in enumerate([PORTRAIT, PHOTO, PHOTO, PANORAMA], 1)
    ]
    placed = lay(["段。", {"figures": pictures, "captions": captions}, LONG])
    tags = structure(placed.pdf())
    found = [index for index, (_, kind, _) in enumerate(tags) if kind == "/Figure"]
    assert [str(tags[index][2]["/Alt"]) for index in found] == ["第1幅", "第2幅", "第3幅", "第4幅"]
    following = [tags[index + 1][:2] for index in found]
    inside = [(tags[index][0] + 1, "/Caption") for index in found]
    assert (following == inside) is (captions == "each")
