"""Figures and groups of them: their ordinary and their hardest cases."""

from __future__ import annotations

import pytest

from tests.blocks.conftest import LONG, RAGGED, LayOut
from tests.support.samples import combined

pytestmark = pytest.mark.render


@pytest.mark.parametrize(
    ("place", "picture", "before"),
    combined(["column", "full", "left", "right"], ["photo", "panorama", "tall", "square"], [1, 26, 33]),
)
def test_a_figure_of_any_form_at_any_place(lay: LayOut, picture: str, place: str, before: int) -> None:
    figure = {"figure": f"{picture}.png", "alt": "图", "caption": LONG, "credit": "本刊", "place": place}
    placed = lay(["\n\n".join(["段"] * before), figure, "短段落。", LONG * 6, figure])
    assert len(placed.pictures) == 2


@pytest.mark.parametrize("place", ["left", "right"])
def test_figures_beside_short_paragraphs(lay: LayOut, place: str) -> None:
    figure = {"figure": "photo.png", "alt": "图", "caption": "图注", "place": place}
    placed = lay(
        ["短。", figure, "短。", figure, "短。", figure], ["又一篇。", figure], [figure, figure, figure]
    )
    assert len(placed.pictures) == 7


@pytest.mark.parametrize("before", range(14, 34, 3))
def test_a_figure_beside_the_text_at_the_end_of_a_page(lay: LayOut, before: int) -> None:
    figure = {"figure": "square.png", "alt": "图", "caption": LONG, "place": "right"}
    lay(["\n\n".join(["段"] * before), LONG, figure, LONG * 2, "# 标题\n\n" + LONG * 3])


@pytest.mark.parametrize("captions", ["each", "keyed"])
@pytest.mark.parametrize("before", [1, 14, 28])
def test_a_group_of_9_in_4_columns(lay: LayOut, captions: str, before: int) -> None:
    pictures = [
        {"image": "square.png", "alt": "图", "caption": LONG, "credit": "本刊编辑部"} for _ in range(9)
    ]
    group = {"figures": pictures, "columns": "4", "captions": captions}
    placed = lay(["\n\n".join(["段"] * before), group, LONG])
    assert len(placed.pictures) == 9


@pytest.mark.parametrize("captions", ["each", "keyed"])
def test_a_group_longer_than_a_page(lay: LayOut, captions: str) -> None:
    pictures = [{"image": "photo.png", "alt": "图", "caption": LONG} for _ in range(14)]
    placed = lay([LONG, {"figures": pictures, "columns": "2", "captions": captions}, LONG])
    assert len(placed.pictures) == 14


@pytest.mark.parametrize("columns", ["1", "2", "3", "4"])
def test_groups_of_tall_and_wide_pictures(lay: LayOut, columns: str) -> None:
    pictures = [
        {"image": name, "alt": "图", "caption": "internationalization" * 3}
        for name in ("tall.png", "panorama.png", "photo.png", "square.png", "tall.png")
    ]
    placed = lay(["段。", {"figures": pictures, "columns": columns}, LONG], told=RAGGED)
    assert len(placed.pictures) == 5


def test_a_caption_longer_than_half_a_page(lay: LayOut, half_a_page: str) -> None:
    placed = lay([LONG, {"figure": "photo.png", "alt": "图", "caption": half_a_page}, LONG])
    assert placed.pages("figcaption") == [placed.pictures[0].page]


def test_pictures_of_the_cover(lay: LayOut) -> None:
    pictures = [{"image": "photo.png", "alt": "图", "caption": "图注"} for _ in range(4)]
    placed = lay("正文。", cover=["封面文字。", {"figures": pictures, "captions": "keyed"}])
    assert len(placed.pictures) == 4


def test_a_decorative_picture_and_one_without_number(lay: LayOut) -> None:
    decoration = {"figure": "panorama.png", "decorative": "true"}
    plain = {"figure": "photo.png", "alt": "图", "caption": "图注", "numbered": "false"}
    placed = lay([decoration, LONG, plain])
    assert placed.text("figcaption") == "图注"
