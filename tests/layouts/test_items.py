"""Short items: twelve of them on few pages, their heads in the size of the text and in the column."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cstprint.job import RenderOptions
from tests.engine.test_starts import laid
from tests.support.placed import Placed, lay_out
from tests.support.projects import SmallProject
from tests.support.short_issues import twelve_items

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The pages that twelve items of 80 to 150 characters in two sections take at most, without the imprint.
MOST = {"bulletin": 2, "newsletter": 3, "brief": 5, "jianbao": 4}


@pytest.fixture(scope="module", params=MOST)
def items(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None
) -> Placed:
    """The twelve items in a layout."""
    root: Path = tmp_path_factory.mktemp("items")
    return lay_out(root, twelve_items(root), RenderOptions(layout=request.param))


def test_twelve_items_take_few_pages(items: Placed) -> None:
    assert max(items.pages("items")) <= MOST[items.ready.layout.name]


def test_the_title_of_an_item_is_as_large_as_its_text(items: Placed) -> None:
    assert {run.size for run in items.of("item-title")} == {run.size for run in items.of("item", "p")}


def test_an_item_begins_right_below_its_title(items: Placed) -> None:
    for title in items.of("item-title"):
        text = [
            run for run in items.of("item", "p") if run.elements & title.elements and run.page == title.page
        ]
        below = min(
            run.box.top for run in text if run.box.top > title.box.top and run.box.left < title.box.right
        )
        assert below - title.box.top < 3 * title.size


def test_items_stand_in_the_columns_of_bulletin(items: Placed) -> None:
    titles = items.of("item-title")
    edges = [
        {round(run.box.left) for run in titles if run.page == page} for page in items.pages("item-title")
    ]
    columns = 2 if items.ready.layout.name == "bulletin" else 1
    assert {len(lefts) for lefts in edges} == {columns}


def test_items_have_bookmarks_below_their_sections_and_two_sections_of_them_no_contents(
    items: Placed,
) -> None:
    assert items.text("contents") == ""
    outline = PdfReader(BytesIO(items.pdf())).outline
    assert [len(entry) if isinstance(entry, list) else entry.title for entry in outline] == [
        "要闻",
        6,
        "动态",
        6,
    ]


@pytest.mark.parametrize(("item", "columns"), [("国" * 130 + "。", 1), (("国" * 400 + "。\n\n") * 2, 2)])
def test_a_short_item_that_stands_alone_stays_in_one_column_of_bulletin(
    item: str, columns: int, project: SmallProject
) -> None:
    articles = {"title": "首篇", "body": "文" * 60 + "。"}, {"title": "短讯", "form": "item", "body": item}
    placed = laid(project, *articles, layout="bulletin")
    middle = 297.6
    assert len({run.box.left > middle for run in placed.of("item", "p")}) == columns
