"""Arrangements of one to nine pictures of any form: what holds of their sizes, in any room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstprint.figures.arrange import MOST, arrange
from cstprint.figures.geometry import Cell, Room, Row, row_of

KEYED = Room(measure=420, gap=9, height=320, least=72, caption=0, columns=6)
CAPTIONED = Room(measure=420, gap=9, height=320, least=72, caption=90, columns=6)
NARROW = Room(measure=220.5, gap=6, height=280, least=72, caption=90, columns=3)
#: How long an example takes says more of the machine than of us.
PROPERTY = settings(max_examples=40, deadline=None, derandomize=True)
ROOMS = st.sampled_from([KEYED, CAPTIONED, NARROW])

PANORAMA, PHOTO, SQUARE, PORTRAIT, TALL = 4.0, 1.5, 1.0, 2 / 3, 0.4
FORMS = st.sampled_from([PANORAMA, 16 / 9, PHOTO, 4 / 3, SQUARE, PORTRAIT, TALL])
#: Up to what is printed at all, a strip of 200 : 1.
ANY_FORM = st.floats(1 / 200, 200)
HAIR = 1e-6


def width(cell: Cell, row: Row, room: Room, measure: float) -> float:
    """The width of a cell in a measure, by the numbers that composing writes, as CSS reads them."""
    most = cell.most * room.height + cell.most_gaps * room.gap
    if cell.narrow:
        most = room.caption * (2 if len(row.cells) == 1 else 1)
    return min(cell.share * measure + cell.gaps * room.gap, most)


def sizes(cell: Cell, row: Row, room: Room, measure: float) -> list[list[tuple[float, float]]]:
    """The widths and heights of a cell's pictures, row by row."""
    across = width(cell, row, room, measure)
    if cell.ratio is not None:
        printed = min(across * cell.picture, cell.ratio * room.height)
        return [[(printed, printed / cell.ratio)]]
    inner = [[one.share * across + one.gaps * room.gap for one in cells] for cells in cell.inner_rows()]
    return [
        [(wide, wide / ratio) for wide, ratio in zip(widths, ratios, strict=True)]
        for widths, ratios in zip(inner, cell.rows, strict=True)
    ]


def height(cell: Cell, row: Row, room: Room, measure: float) -> float:
    rows = sizes(cell, row, room, measure)
    return sum(printed[0][1] for printed in rows) + (len(rows) - 1) * room.gap


def filled(row: Row, room: Room, measure: float) -> float:
    return sum(width(cell, row, room, measure) for cell in row.cells) + (len(row.cells) - 1) * room.gap


def spread(rows: Sequence[Row]) -> float:
    areas = [width * height for row in rows for width, height in row.sizes]
    return max(areas) / min(areas)


def shape(rows: Sequence[Row]) -> list[str]:
    """The rows: a number of pictures for each cell, several with strokes between for one with rows of its own."""
    return [" ".join("/".join(str(len(inner)) for inner in cell.rows) for cell in row.cells) for row in rows]


def pictures(rows: Sequence[Row]) -> list[float]:
    """The ratios in their order."""
    return [ratio for row in rows for cell in row.cells for inner in cell.rows for ratio in inner]


def total_height(rows: Sequence[Row], room: Room) -> float:
    return sum(row.height for row in rows) + (len(rows) - 1) * room.gap


# ── what holds of every arrangement ──


@PROPERTY
@given(st.lists(ANY_FORM, min_size=1, max_size=9), ROOMS, st.none() | st.integers(1, 4))
def test_all_pictures_stand_in_their_order(ratios: list[float], room: Room, columns: int | None) -> None:
    rows = arrange(ratios, room, columns)
    assert pictures(rows) == ratios


@PROPERTY
@given(st.lists(FORMS, min_size=1, max_size=9), ROOMS, st.none() | st.integers(1, 4))
def test_a_row_fills_the_measure_unless_it_would_be_too_high(
    ratios: list[float], room: Room, columns: int | None
) -> None:
    for row in arrange(ratios, room, columns):
        across = filled(row, room, room.measure)
        assert across <= room.measure + HAIR
        assert across == pytest.approx(room.measure, abs=HAIR) or row.height == pytest.approx(room.height)


@PROPERTY
@given(st.lists(FORMS, min_size=1, max_size=9), ROOMS, st.none() | st.integers(1, 4), st.floats(0.8, 1.5))
def test_the_cells_of_a_row_are_of_one_height_in_any_measure(
    ratios: list[float], room: Room, columns: int | None, factor: float
) -> None:
    measure = room.measure * factor
    for row in arrange(ratios, room, columns):
        if not any(cell.narrow for cell in row.cells) or factor == 1:
            own = [height(cell, row, room, measure) for cell in row.cells]
            assert own == pytest.approx([own[0]] * len(own), rel=1e-6)
            assert own[0] <= room.height + HAIR


@PROPERTY
@given(st.lists(ANY_FORM, min_size=1, max_size=9), ROOMS, st.none() | st.integers(1, 4))
def test_the_sizes_are_those_that_are_printed_and_nothing_is_cropped(
    ratios: list[float], room: Room, columns: int | None
) -> None:
    rows = arrange(ratios, room, columns)
    for row in rows:
        printed = [
            size for cell in row.cells for inner in sizes(cell, row, room, room.measure) for size in inner
        ]
        assert [side for size in row.sizes for side in size] == pytest.approx(
            [side for size in printed for side in size], rel=1e-6
        )
    assert [width / height for row in rows for width, height in row.sizes] == pytest.approx(ratios, rel=1e-6)


@PROPERTY
@given(st.lists(FORMS, min_size=1, max_size=9), ROOMS)
def test_the_pictures_of_a_row_inside_a_cell_are_of_one_height(ratios: list[float], room: Room) -> None:
    for row in arrange(ratios, room):
        for cell in row.cells:
            for inner in sizes(cell, row, room, room.measure):
                assert [size[1] for size in inner] == pytest.approx([inner[0][1]] * len(inner))


@PROPERTY
@given(st.lists(ANY_FORM, min_size=1, max_size=9), ROOMS)
def test_no_more_than_the_layout_allows_stand_side_by_side(ratios: list[float], room: Room) -> None:
    rows = arrange(ratios, room)
    assert max(len(row.cells) for row in rows) <= room.columns
    assert all(
        len(cell.rows) <= 3 and len(inner) <= 3 for row in rows for cell in row.cells for inner in cell.rows
    )


@PROPERTY
@given(st.lists(ANY_FORM, min_size=1, max_size=9), st.none() | st.integers(1, 4))
def test_captions_of_their_own_stand_below_their_pictures_and_are_wide_enough(
    ratios: list[float], columns: int | None
) -> None:
    rows = arrange(ratios, CAPTIONED, columns)
    assert all(cell.ratio is not None for row in rows for cell in row.cells)
    widths = [width(cell, row, CAPTIONED, CAPTIONED.measure) for row in rows for cell in row.cells]
    assert min(widths) >= CAPTIONED.caption - HAIR


@PROPERTY
@given(st.lists(ANY_FORM, min_size=1, max_size=9), ROOMS)
def test_the_same_pictures_are_always_arranged_alike(ratios: list[float], room: Room) -> None:
    assert arrange(ratios, room) == arrange(list(ratios), room)


# ── balance, against all that might have been ──


def every_arrangement(ratios: Sequence[float], room: Room) -> Iterator[list[Row]]:
    """All arrangements that are allowed, found by saying of each gap between two pictures what it parts."""
    for gaps in product(("row", "cell", "inner row", "inner cell"), repeat=len(ratios) - 1):
        bands = [[[1]]]
        for gap in gaps:
            if gap == "row":
                bands.append([[1]])
            elif gap == "cell":
                bands[-1].append([1])
            elif gap == "inner row":
                bands[-1][-1].append(1)
            else:
                bands[-1][-1][-1] += 1
        if all(_allowed(band, room) for band in bands):
            left = iter(ratios)
            rows = [
                row_of(list(islice(left, sum(map(sum, band)))), tuple(map(tuple, band)), room)
                for band in bands
            ]
            if None not in rows:
                yield [row for row in rows if row is not None]


def _allowed(band: list[list[int]], room: Room) -> bool:
    mixed = [cell for cell in band if cell != [1]]
    across = len(band) * room.caption + (len(band) - 1) * room.gap
    if mixed and (room.caption or len(band) == 1 or len(mixed) > 1):
        return False
    return (
        len(band) <= room.columns
        and (across <= room.measure or band == [[1]])
        and all(2 <= len(cell) <= 3 and max(cell) <= 3 for cell in mixed)
    )


@PROPERTY
@given(st.lists(FORMS, min_size=1, max_size=6), ROOMS)
def test_the_largest_is_at_most_2_5_times_the_smallest_where_any_arrangement_gives_that(
    ratios: list[float], room: Room
) -> None:
    rows = arrange(ratios, room)
    others = list(every_arrangement(ratios, room))
    low = [other for other in others if total_height(other, room) <= 1.85 * room.height + HAIR]
    if low:
        assert total_height(rows, room) <= 1.85 * room.height + HAIR
        assert spread(rows) <= MOST + HAIR or min(map(spread, low)) > MOST


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("ratio", [PANORAMA, PHOTO, SQUARE, PORTRAIT, TALL])
@pytest.mark.parametrize("room", [KEYED, CAPTIONED])
def test_pictures_of_one_form_are_balanced(count: int, ratio: float, room: Room) -> None:
    assert spread(arrange([ratio] * count, room)) <= MOST


# ── what an art director would do ──


@pytest.mark.parametrize(
    ("ratios", "wanted"),
    [
        ([PHOTO] * 2, ["1 1"]),
        ([PHOTO] * 3, ["1 1 1"]),
        ([PHOTO] * 4, ["1 1", "1 1"]),
        ([PHOTO] * 5, ["1 1", "1 1 1"]),
        ([PHOTO] * 6, ["1 1 1", "1 1 1"]),
        ([PHOTO] * 9, ["1 1 1", "1 1 1", "1 1 1"]),
        ([SQUARE] * 4, ["1 1", "1 1"]),
        ([PORTRAIT] * 4, ["1 1 1 1"]),
        ([PANORAMA] * 2, ["1", "1"]),
        ([PHOTO, PORTRAIT], ["1 1"]),
        ([PORTRAIT, PHOTO, PHOTO], ["1 1/1"]),
        ([PHOTO, PHOTO, PORTRAIT], ["1/1 1"]),
        ([PANORAMA, PHOTO, PHOTO], ["1", "1 1"]),
        ([TALL, SQUARE, SQUARE, SQUARE, SQUARE], ["1 2/2"]),
    ],
)
def test_familiar_groups(ratios: list[float], wanted: list[str]) -> None:
    assert shape(arrange(ratios, KEYED)) == wanted


def test_what_stands_below_the_rows_leaves_them_less_room() -> None:
    ratios = [PORTRAIT, PHOTO, PHOTO, PANORAMA, SQUARE, PHOTO]
    assert total_height(arrange(ratios, KEYED), KEYED) > 540
    assert total_height(arrange(ratios, replace(KEYED, below=80)), KEYED) < 1.85 * KEYED.height - 80


def test_a_tall_picture_alone_does_not_fill_the_page() -> None:
    (row,) = arrange([PORTRAIT], KEYED)
    assert row.sizes[0] == pytest.approx((320 * PORTRAIT, 320))


def test_a_group_that_is_too_high_in_any_way_is_not_made_higher_for_equal_areas() -> None:
    small = Room(measure=352, gap=14, height=280, least=150, caption=120, columns=2)
    rows = arrange([PHOTO, SQUARE, PORTRAIT, PHOTO, PHOTO, 16 / 9, PHOTO], small)
    assert len(rows) == 4


def test_pictures_in_a_narrow_box_are_not_made_tiny_for_equal_areas() -> None:
    room = replace(KEYED, measure=0.4 * KEYED.measure)
    rows = arrange([PHOTO, PORTRAIT, PORTRAIT, PHOTO, PORTRAIT], room)
    assert shape(rows) == ["1", "1 1", "1 1"]


def test_the_caption_of_a_very_tall_picture_is_wider_than_it() -> None:
    (row,) = arrange([TALL / 4], CAPTIONED)
    assert row.cells[0].narrow
    assert width(row.cells[0], row, CAPTIONED, CAPTIONED.measure) == 2 * CAPTIONED.caption


@pytest.mark.parametrize(
    ("count", "columns", "wanted"),
    [(4, 2, [2, 2]), (5, 2, [1, 2, 2]), (5, 3, [2, 3]), (3, 4, [3]), (7, 3, [2, 2, 3]), (3, 1, [1, 1, 1])],
)
def test_the_editor_says_how_many_stand_side_by_side(count: int, columns: int, wanted: list[int]) -> None:
    rows = arrange([PHOTO] * count, KEYED, columns)
    assert [len(row.cells) for row in rows] == wanted


@pytest.mark.parametrize(("least", "wanted"), [(130, [2, 2]), (150, [1, 1, 1, 1])])
def test_fewer_stand_side_by_side_where_they_would_be_smaller_than_the_layouts_least(
    least: float, wanted: list[int]
) -> None:
    room = Room(measure=352, gap=14, height=280, least=least, caption=120, columns=2)
    assert [len(row.cells) for row in arrange([PHOTO] * 4, room, 2)] == wanted


@pytest.mark.parametrize("columns", [None, 2, 3])
def test_a_gap_that_leaves_no_room_lets_pictures_stand_below_each_other(columns: int | None) -> None:
    room = Room(measure=100, gap=200, height=320, least=72, caption=0, columns=4)
    assert shape(arrange([PHOTO] * 3, room, columns)) == ["1", "1", "1"]


@pytest.mark.parametrize("count", [10, 14, 40])
def test_more_pictures_than_nine_are_arranged_in_parts(count: int) -> None:
    rows = arrange([PHOTO] * count, KEYED)
    assert sum(len(row.sizes) for row in rows) == count
    assert spread(rows) <= MOST
