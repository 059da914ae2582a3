"""Tables that are wider than the text, turned by 90° on a page of their own: what stands where, and in which order."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.glyphs import Glyph, read_glyphs
from tests.support.pages import structure
from tests.support.small_issues import rendered

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUTS = ["newsletter", "brief", "bulletin"]
#: As many columns of a number as have no room upright, and room when they are turned.
COLUMNS = {"newsletter": 11, "brief": 10, "bulletin": 12}
TEXT = "观察" * 300


@dataclass
class Made:
    """An issue of one article: its PDF, the glyphs of all pages, those that viewers turn, and what is reported."""

    pdf: bytes
    glyphs: list[Glyph]
    turned: list[int]
    codes: list[str]

    def pages(self, text: str) -> list[int]:
        """The pages on which one of the characters of a text stands, in order."""
        return sorted({one.page for one in self.glyphs if one.text in text})

    def on(self, page: int) -> str:
        """The text of a page, from its head to its foot as viewers show it."""
        here = sorted((one for one in self.glyphs if one.page == page), key=lambda one: (round(one.y), one.x))
        return "".join(one.text for one in here)


def made(root: Path, layout: str, *articles: list[Any]) -> Made:
    """An issue with these bodies of articles."""
    written = [{"title": "题", "body": body} for body in articles]
    issue = rendered(root, layout, written, date="2026")
    pages = enumerate(PdfReader(io.BytesIO(issue.pdf)).pages, start=1)
    turned = [number for number, page in pages if page.rotation == 90]
    return Made(issue.pdf, read_glyphs(issue.pdf), turned, issue.codes)


def wide(layout: str, count: int = 1, **more: str) -> dict[str, str]:
    """A table whose columns have no room upright."""
    columns = COLUMNS[layout]
    row = "| " + " | ".join(["12345.678"] * columns) + " |\n"
    head = "| " + " | ".join(["表"] * columns) + " |\n"
    return {"table": head + "|" + "---|" * columns + "\n" + row * count, **more}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_has_the_page_after_the_text_that_comes_to_it_and_the_text_goes_on_after_it(
    layout: str, tmp_path: Path
) -> None:
    issue = made(tmp_path, layout, [TEXT, wide(layout), TEXT])
    (page,) = issue.turned
    assert issue.pages("表") == [page]
    assert "12345.678" * COLUMNS[layout] in issue.on(page)
    assert "观" not in issue.on(page)
    before, after = issue.pages("观")[:-1], issue.pages("观")[-1]
    assert page - 1 in before or after < page
    full = [one.y for one in issue.glyphs if one.page == page - 1 and one.text in "观察"]
    assert after < page or max(full) > 0.8 * 842 * (0.7 if layout == "brief" else 1)
    assert issue.codes == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_caption_notes_and_source_go_with_it(layout: str, tmp_path: Path) -> None:
    table = wide(layout, caption="题注", source="出处")
    table["table"] = table["table"].replace("| 12345.678", "| 12345^[附注]", 1)
    issue = made(tmp_path, layout, [table, TEXT])
    (page,) = issue.turned
    text = issue.on(page)
    assert [part in text for part in ("题注", "出处", "附注")] == [True] * 3
    assert text.index("题注") < text.index("12345") < text.index("出处") < text.index("附注")


def test_its_running_heads_are_where_they_are_on_other_pages(tmp_path: Path) -> None:
    issue = made(tmp_path, "newsletter", [TEXT, wide("newsletter"), TEXT * 2])
    (page,) = issue.turned
    (shown,) = (one for one in issue.glyphs if one.page == page and one.text == str(page) and one.size > 10)
    (usual,) = (
        one for one in issue.glyphs if one.page == page + 1 and one.text == str(page + 1) and one.size > 10
    )
    # The top left corner of the paper is shown at the top right.
    assert (shown.y, 842 - shown.x) == pytest.approx((usual.x, usual.y), abs=1)


@pytest.mark.slow
def test_a_long_one_goes_on_on_further_pages_with_its_head(tmp_path: Path) -> None:
    issue = made(tmp_path, "newsletter", [TEXT, wide("newsletter", 60), TEXT])
    assert len(issue.turned) > 1
    assert issue.pages("表") == issue.turned
    assert sum(one.text == "6" for one in issue.glyphs if one.page in issue.turned) >= 60 * 11
    assert issue.codes == []


def test_two_stand_on_one_page_where_they_have_room(tmp_path: Path) -> None:
    issue = made(tmp_path, "bulletin", [wide("bulletin"), TEXT, wide("bulletin"), TEXT])
    (page,) = issue.turned
    assert issue.on(page).count("表") == 2 * COLUMNS["bulletin"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_at_the_end_of_the_issue_is_not_lost(layout: str, tmp_path: Path) -> None:
    issue = made(tmp_path, layout, [TEXT], [TEXT, wide(layout)])
    assert issue.turned == [max(one.page for one in issue.glyphs)]
    assert issue.pages("表") == issue.turned


def test_it_is_a_table_of_its_article_in_the_structure(tmp_path: Path) -> None:
    issue = made(tmp_path, "newsletter", [TEXT, wide("newsletter", 2), TEXT])
    kinds = [kind for _, kind, _ in structure(issue.pdf)]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TR") == 3
    assert kinds.count("/TD") == 2 * COLUMNS["newsletter"]


def test_one_in_a_box_stays_there_and_is_reported(tmp_path: Path) -> None:
    box = {"box": "框", "body": wide("newsletter")["table"]}
    issue = made(tmp_path, "newsletter", [TEXT, box])
    assert issue.turned == []
    assert issue.codes == ["CST-E024"]
