"""How large pictures are printed, by their dots and by what the editor says; what they lead to."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.blocks.conftest import LONG, LayOut
from tests.support.placed import Placed

pytestmark = pytest.mark.render


def widths(placed: Placed) -> list[float]:
    """The widths of the pictures in pt, in reading order."""
    return [round(area.box.right - area.box.left, 1) for area in placed.pictures]


def codes(placed: Placed) -> list[str]:
    """Return the diagnostics of an issue, without the notes about moved figures."""
    return [found.code for found in placed.diagnostics if found.code != "CST-E018"]


def figure(name: str, **keys: Any) -> dict[str, Any]:
    """A figure with what else is said of it."""
    return {"figure": name, "alt": "一块灰", **keys}


@pytest.mark.parametrize("caption", [None, "图注", "图注长得比图宽，要在几行里排下，看看它怎样转行" * 2])
def test_a_picture_is_not_enlarged_beyond_150_dots_per_inch(lay: LayOut, caption: str | None) -> None:
    keys = {"caption": caption} if caption else {}
    placed = lay([figure("fewer.png", **keys), LONG], told="CST-P061")
    assert widths(placed) == [57.6]  # 120 px
    (told,) = placed.diagnostics
    assert "120 pixels wide" in str(told.message)
    assert told.span is not None
    assert told.place is not None


def test_a_layout_may_enlarge_pictures(lay: LayOut) -> None:
    placed = lay([figure("fewer.png"), LONG], settings={"picture-least-dpi": "0"})
    assert widths(placed)[0] > 200
    assert codes(placed) == []


@pytest.mark.parametrize(("asked", "dpi"), [("60mm", 51), ("20mm", None)])
def test_the_editor_s_width_is_printed_and_its_dots_are_told(
    lay: LayOut, asked: str, dpi: int | None
) -> None:
    placed = lay([figure("fewer.png", width=asked), LONG], told="CST-P06")
    assert widths(placed) == [pytest.approx(float(asked[:-2]) * 72 / 25.4, abs=0.2)]
    found = [told for told in placed.diagnostics if told.code == "CST-P060"]
    assert len(found) == (dpi is not None)
    if dpi:
        assert f"only {dpi} dots per inch" in str(found[0].message)
        assert "no wider than 20 mm" in str(found[0].hint)
        assert found[0].span is not None
        assert found[0].place is not None


def test_a_share_is_that_of_the_column(lay: LayOut, layout: str) -> None:
    placed = lay([figure("photo.png", width="50%", caption="图注"), LONG])
    column = {"bulletin": 21 * 10.5, "brief": 22 * 16, "newsletter": 420, "base": 420}[layout]
    assert widths(placed) == [pytest.approx(column / 2, abs=0.2)]


def test_no_width_leaves_the_column(lay: LayOut, layout: str) -> None:
    placed = lay([figure("panorama.png", width="300mm"), LONG], told="CST-P06")
    column = {"bulletin": 21 * 10.5, "brief": 22 * 16, "newsletter": 420, "base": 420}[layout]
    assert widths(placed) == [pytest.approx(column, abs=0.2)]


def test_a_figure_beside_the_text_is_as_wide_as_the_editor_says(lay: LayOut, layout: str) -> None:
    placed = lay([figure("photo.png", width="30%", place="right", caption="图注"), LONG * 8])
    column = {"bulletin": 21 * 10.5, "brief": 22 * 16, "newsletter": 420, "base": 420}[layout]
    assert widths(placed) == [pytest.approx(column * 0.3, abs=0.2)]


def test_small_pictures_stand_side_by_side_in_one_height(lay: LayOut) -> None:
    names = ["few.png"] * 2 + ["fewer.png"]
    figures = [{"image": name, "alt": "灰", "caption": "图注"} for name in names]
    placed = lay([{"figures": figures, "captions": "keyed"}, LONG], told="CST-P061")
    assert max(widths(placed)) <= 144.1  # 300 px
    assert widths(placed)[2] <= 57.7


def test_a_picture_in_an_entry_of_a_list_is_not_enlarged_either(lay: LayOut) -> None:
    placed = lay(["- 甲\n\n  ![灰](fewer.png)"], told="CST-P061")
    assert widths(placed) == [57.6]


def test_a_picture_that_leads_somewhere_is_a_link_with_its_alternative_text(lay: LayOut) -> None:
    placed = lay([figure("photo.png", caption="图注", link="https://example.org/a"), LONG])
    reader = PdfReader(io.BytesIO(placed.pdf()))
    notes = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    mine = [one for one in notes if one.get("/A", {}).get("/URI") == "https://example.org/a"]
    (picture,) = [area.box for area in placed.pictures]
    areas = [one["/Rect"][2] - one["/Rect"][0] for one in mine]
    assert max(areas) == pytest.approx(picture.right - picture.left, abs=0.5)
    assert all("/Contents" in one for one in mine)
    assert placed.text("note").count("https://example.org/a") == 1


def test_without_a_caption_the_address_itself_stands_below_the_picture(lay: LayOut) -> None:
    placed = lay([figure("photo.png", link="https://example.org/a"), LONG])
    assert placed.text("figcaption") == "https://example.org/a"
    assert placed.text("figure-label") == ""
