"""The smallest documents in which our lines once lost or broke what WeasyPrint's own lines keep."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.support.line_fuzz import LaidOut, fault, tried
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

STYLE = (
    "@page { size: 140pt 400pt; margin: 20pt } body { margin: 0; text-align: justify;"
    "font: 10pt/18pt 'CST Latin Serif', 'CST Song' } p { margin: 0 }"
)


def document(body: str) -> str:
    """Return a document 10 em wide."""
    return f"<!DOCTYPE html><html lang=zh-Hans><style>{STYLE}</style><body>{body}"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<p>中国科技<b>合作编辑部通<i style='position:absolute'>注</i></b>讯二〇二〇年",
            id="a box without a place at the end of bold text that ends with its line",
        ),
        pytest.param(
            "<p>中国科技<b>合作编辑部通<i><b style='position:absolute;left:0'>注</b></i></b>讯二〇二〇年",
            id="the same, nested",
        ),
        pytest.param(
            "<p style='overflow:hidden;text-overflow:ellipsis'>中国，“科技”，合作。“通讯”编辑部整理。",
            id="marks closed up where what overflows ends in an ellipsis",
        ),
        pytest.param(
            "<p style='letter-spacing:.1em'>葛\U000e0100第", id="a gap before a glyph that is moved aside"
        ),
    ],
)
def test_our_lines_draw_all_that_stock_lines_draw(body: str) -> None:
    stock = tried(document(body), stock=True)
    assert isinstance(stock, LaidOut)
    assert fault(document(body), stock) is None


def test_the_target_of_a_link_at_the_end_of_bold_text_is_kept() -> None:
    body = "<p><a href='#here'>见</a><p>中国科技<b>合作编辑部通<a id=here></a></b>讯二〇二〇年"
    assert list(PdfReader(io.BytesIO(to_pdf(document(body)))).named_destinations) == ["here"]
