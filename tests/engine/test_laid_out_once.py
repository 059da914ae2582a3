"""What is laid out once for many trials stands where it would stand if it were laid out anew."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SHEET = """
@page { size: 300pt 420pt; margin: 20pt; @footnote { margin-top: 10pt; padding: 2%; border-top: 1pt solid } }
html { font: 10pt/15pt 'CST Latin Serif', 'CST Song' } p { margin: 3pt 0 } .note { float: footnote; margin: 2pt 1% }
.note b { float: left } article { columns: 2; column-gap: 12pt; --cst-columns: grid } li { margin-left: 5% }
.box { box-sizing: border-box; width: 60%; padding: 1em 4%; border: 2pt solid; min-height: 3em; max-width: 90pt }
table { border-collapse: collapse; width: 80% } td { border: 1pt solid; padding: 2% } .calc { margin: calc(1em + 2%) }
.flex { display: flex } .grid { display: grid; grid-template-columns: auto 1fr }
"""


def note(number: int) -> str:
    """A line of text with a footnote; one in seven has what does not flow, one in eleven the note of another."""
    extra = "<b>float</b>" if number % 7 == 3 else ""
    inner = f"<span class=note>note in note {number}</span>" if number % 11 == 5 else ""
    return f"<p>Text {number} of a line<span class=note>{extra}Note {number}, {'long ' * (number % 9)}{inner}</span>"


def document(notes: int) -> str:
    """A page or more of text in columns and below them, with footnotes, boxes and a table."""
    lines = "".join(map(note, range(notes)))
    boxes = (
        "<div class=box>box<p>in a box</p></div><p class=calc>calculated</p><ul><li>one<li>two</ul>"
        "<table><tr><td>a<td>b</table><div class=flex><p>left<p>right</div><div class=grid><p>left<p>right</div>"
    )
    return f"<html lang=en><style>{SHEET}</style>{lines}{boxes}<article>{lines}{boxes}</article>"


@cache
def boxes(html: str, *without: str) -> list[Any]:
    """Where each box of each page stands, and its text."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.weasy.catalogue import FEATURES
    from cstprint.engine.weasy.patch import Phase, applied

    features = [one for one in FEATURES if one.phase is not Phase.WRITE and str(one.name) not in without]
    with applied(features):
        pages = HTML(string=html).render(font_config=FontConfiguration()).pages
    return [
        (number, box.element_tag, box.position_x, box.position_y, getattr(box, "width", None), getattr(box, "height", None),
         getattr(box, "text", None))
        for number, page in enumerate(pages)
        for box in page._page_box.descendants()
    ]  # fmt: skip


@pytest.mark.parametrize("feature", ["notes measured once", "lengths resolved once", "lines made once"])
@pytest.mark.parametrize("notes", [3, pytest.param(16, marks=pytest.mark.slow)])
def test_all_boxes_stand_where_they_stand_without(feature: str, notes: int) -> None:
    html = document(notes)
    assert boxes(html) == boxes(html, feature)


def test_each_note_of_a_page_is_laid_out_once_to_be_measured_and_once_to_be_printed() -> None:
    from cstprint.engine.weasy.catalogue import FEATURES
    from tests.engine.weasy.effects import lines_of_notes

    assert [lines_of_notes(FEATURES, count) for count in (6, 12, 24)] == [18, 36, 72]
