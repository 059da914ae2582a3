"""A line holds text whose last space alone is too much for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.engine.paginate import LayoutRequest, paginate
from cstprint.html.compose import HtmlDocument

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

TEXT = "a one two the four of six or eight a ten by it to see the <em>emphasis</em> of a man or no one at all in it"


def lines_of(width: float, tmp_path: Path) -> list[str]:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    html = (
        f"<!DOCTYPE html><html lang=en><style>@page {{ size: {width}pt 400pt; margin: 10pt }} body {{ margin: 0;"
        f" font: 10pt/14pt 'CST Serif' }} p {{ margin: 0 }}</style><body><p>{TEXT}"
    )
    paged = paginate(LayoutRequest(HtmlDocument(html, {}), tmp_path, {})).value
    assert paged is not None
    boxes = [box for page in paged.document.pages for box in page._page_box.descendants()]
    lines = [box for box in boxes if isinstance(box, LineBox)]
    return ["".join(box.text for box in line.descendants() if isinstance(box, TextBox)) for line in lines]


@pytest.mark.parametrize("width", [106.5, 107, 107.5])
def test_text_that_fits_but_for_its_last_space_stays_on_its_line(width: float, tmp_path: Path) -> None:
    assert "ten by it to see the" in [line.strip() for line in lines_of(width, tmp_path)]


@pytest.mark.parametrize("width", range(80, 140, 4))
def test_no_word_stands_alone_before_others_that_fit(width: int, tmp_path: Path) -> None:
    *lines, _ = lines_of(width, tmp_path)
    assert [line for line in lines if len(line.split()) == 1 and len(line.strip()) < 6] == []
