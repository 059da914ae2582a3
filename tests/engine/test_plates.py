"""Pictures that fill a page of their own, or two facing pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.ink import grounds
from tests.support.pages import structure
from tests.support.trials import Layout, Trial, paragraphs, tried

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The bleed, in pt: 3 mm.
BLEED = 3 * 72 / 25.4
LAYOUTS = ("bulletin", "newsletter")


def two_colours(width: int, height: int) -> Image.Image:
    """A picture whose left half is blue and whose right half is red."""
    picture = Image.new("RGB", (width, height), "#ff0000")
    picture.paste("#0000ff", (0, 0, width // 2, height))
    return picture


PICTURES = {"plate.png": two_colours(1300, 1840), "wide.png": two_colours(2600, 1840)}


def picture(place: str, **keys: Any) -> dict[str, Any]:
    name = "wide.png" if place == "spread" else "plate.png"
    return {"figure": name, "alt": "两种颜色", "caption": "图说", "place": place, **keys}


def made(root: Path, extends: str, *body: Any, **keys: Any) -> Trial:
    """An issue in a layout with a bleed of 3 mm."""
    return tried(root, Layout(extends, tokens={"bleed": "3mm"}), *body, pictures=PICTURES, **keys)


def last_line(trial: Trial, page: int) -> float:
    """Return where the lowest line of text ends on a page, in pt from its top."""
    return max(line.box.bottom for line in trial.page(page).lines if "。" in line.text)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plate_fills_the_page_after_the_one_that_text_fills(layout: str, tmp_path: Path) -> None:
    trial = made(tmp_path, layout, paragraphs(5, "前"), picture("page"), paragraphs(300, "后"))
    assert trial.pages_with("图说") == [3]
    assert trial.pages_with("后后")[:2] == [2, 4], "text goes on before and after it"
    assert last_line(trial, 2) == pytest.approx(last_line(trial, 4), abs=1), "the page before is full"
    plate = trial.page(3)
    assert (plate.width, plate.height) == pytest.approx((595.28 + 2 * BLEED, 841.89 + 2 * BLEED), abs=0.1)
    corners = [(1, 1), (plate.width - 2, 1), (1, plate.height - 2), (plate.width - 2, plate.height - 2)]
    assert grounds(trial.pdf, 3, *corners) == ["#0000ff", "#ff0000", "#0000ff", "#ff0000"]
    assert "刊名" not in plate.text, "it has no running head"
    assert trial.codes <= {"CST-P012"}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("before", "left"), [(5, 4), (100, {"bulletin": 4, "newsletter": 6})])
def test_a_spread_stands_on_the_next_left_page_and_the_one_that_faces_it(
    layout: str, before: int, left: Any, tmp_path: Path
) -> None:
    """Its halves meet at the spine; text fills the pages before it."""
    trial = made(tmp_path, layout, paragraphs(before, "前"), picture("spread"), paragraphs(400, "后"))
    page = left if isinstance(left, int) else left[layout]
    assert trial.pages_with("图说") == [page]
    width, middle = trial.page(page).width, trial.page(page).height / 2
    assert grounds(trial.pdf, page, (1, middle), (width - BLEED - 2, middle)) == ["#0000ff"] * 2
    assert grounds(trial.pdf, page + 1, (BLEED + 2, middle), (width - 2, middle)) == ["#ff0000"] * 2
    ends = [last_line(trial, number) for number in (page - 1, page + 2)]
    assert ends[0] == pytest.approx(ends[1], abs=1)
    assert trial.page(page + 1).text.strip() == ""
    assert trial.codes <= {"CST-P012"}


@pytest.mark.slow
def test_a_plate_is_one_figure_of_its_article_with_its_caption(tmp_path: Path) -> None:
    for place in ("page", "spread"):
        trial = made(tmp_path / place, "newsletter", paragraphs(5), picture(place), paragraphs(150, "后"))
        kinds = [(kind, node.get("/Alt")) for _, kind, node in structure(trial.pdf)]
        assert [alt for kind, alt in kinds if kind == "/Figure"] == ["两种颜色"]
        assert [kind for kind, _ in kinds].count("/Caption") == 1


@pytest.mark.slow
def test_plates_keep_their_order_and_two_may_follow_each_other(tmp_path: Path) -> None:
    plates = [
        picture("page", caption="图说甲"),
        picture("spread", caption="图说乙"),
        picture("page", caption="图说丙"),
    ]
    trial = made(tmp_path, "bulletin", paragraphs(5), *plates, paragraphs(300, "后"))
    assert [trial.pages_with(f"图说{which}") for which in "甲乙丙"] == [[3], [4], [6]]
    assert trial.pages_with("后后")[:2] == [2, 7]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plate_waits_for_the_figures_before_it(layout: str, tmp_path: Path) -> None:
    """The figure does not fit on the rest of its page and heads the next one; the plate comes after that."""
    figure = {"figure": "wide.png", "alt": "两种颜色", "caption": "先说", "place": "full"}
    before = paragraphs(70 if layout == "bulletin" else 28, "前")
    trial = made(tmp_path, layout, before, figure, picture("page"), paragraphs(200, "后"))
    assert [trial.pages_with(caption) for caption in ("先说", "图说")] == [[3], [4]]
    assert trial.pages_with("后后")[:3] == [2, 3, 5]


@pytest.mark.slow
def test_a_page_is_blank_before_a_spread_only_where_its_article_has_no_more_text(tmp_path: Path) -> None:
    articles = [
        {"title": "甲", "body": [paragraphs(5, "前"), picture("spread")]},
        {"title": "乙", "body": [paragraphs(5, "后")]},
    ]
    trial = made(tmp_path, "newsletter", articles=articles, tokens={"article-start": "page"})
    assert (trial.pages_with("图说"), trial.pages_with("后后")) == ([4], [6])
    assert trial.codes - {"CST-P012"} == {"CST-E051"}


@pytest.mark.slow
def test_a_plate_at_the_end_of_the_issue_is_not_lost(tmp_path: Path) -> None:
    trial = made(tmp_path, "bulletin", paragraphs(5, "前"), picture("page"))
    assert trial.pages_with("图说") == [3] == [len(trial.pages)]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["page", "spread"])
def test_a_plate_stands_before_the_head_of_the_next_article(place: str, tmp_path: Path) -> None:
    articles = [
        {"title": "首篇", "body": [paragraphs(3, "前"), picture(place), paragraphs(3, "前")]},
        {"title": "次篇", "body": [paragraphs(3, "后")]},
    ]
    trial = made(tmp_path, "newsletter", articles=articles)
    (first,), (next_head,) = trial.pages_with("前前"), trial.pages_with("后后")
    plates = [number for number in range(1, len(trial.pages) + 1) if trial.page(number).pictures]
    assert first < min(plates) <= max(plates) < next_head


def test_a_plate_in_a_box_stands_there_and_that_is_reported(tmp_path: Path) -> None:
    trial = made(tmp_path, "newsletter", {"box": "框", "body": ["内内。", picture("page")]})
    assert trial.pages_with("图说") == trial.pages_with("内内") == [2]
    assert trial.codes == {"CST-M040"}
