"""What is drawn under and behind a text on a line, and where its link can be clicked: as wide as the marks are set."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from tests.support.glyphs import Glyph, read_glyphs
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SIZE, MARGIN = 10.0, 40.0


def page(body: str, measure: float = 20) -> bytes:
    style = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN}pt 400pt; margin: {MARGIN}pt }} body, p {{ margin: 0 }}"
        f"body {{ font: {SIZE}pt/18pt 'CST Latin Serif', 'CST Song'; text-align: justify }}"
        "b { font-weight: normal; background: #ff0 }"
    )
    head = f"<meta charset=utf-8><title>示例</title><style>{style}</style>"
    return to_pdf(f'<!DOCTYPE html><html lang="zh-Hans"><head>{head}</head><body>{body}</body></html>')


def grounds(pdf: bytes) -> list[tuple[float, float]]:
    """Return where each background begins and ends (pt from the page's left edge)."""
    reader = PdfReader(io.BytesIO(pdf))
    stream = ContentStream(reader.pages[0].get_contents(), reader)
    rectangles = [
        operands for (operands, one), (_, two) in pairwise(stream.operations) if (one, two) == (b"re", b"f")
    ]
    return [(float(x) * 0.75, (float(x) + float(width)) * 0.75) for x, _, width, _ in rectangles]


def links(pdf: bytes) -> list[tuple[float, float]]:
    """Return where each link begins and ends."""
    annotations = PdfReader(io.BytesIO(pdf)).pages[0].get("/Annots", [])
    return [(float(a.get_object()["/Rect"][0]), float(a.get_object()["/Rect"][2])) for a in annotations]


def glyph(pdf: bytes, text: str) -> Glyph:
    return next(one for one in read_glyphs(pdf) if one.text == text)


def test_a_ground_ends_with_the_mark_that_has_lost_its_blank() -> None:
    pdf = page("<p>又<b>引（一）</b>、后文")
    ((_, end),) = grounds(pdf)
    assert end == pytest.approx(glyph(pdf, "、").x, abs=0.05)
    assert end == pytest.approx(glyph(pdf, "）").x + SIZE / 2, abs=0.05)


def test_a_ground_does_not_reach_below_the_mark_before_it() -> None:
    pdf = page("<p>又（<b>《书》一</b>文")
    ((begin, _),) = grounds(pdf)
    assert begin == pytest.approx(glyph(pdf, "（").end, abs=0.05)
    assert glyph(pdf, "《").x == pytest.approx(begin - SIZE / 2, abs=0.05)


def test_a_link_at_the_head_of_a_line_begins_at_its_edge() -> None:
    pdf = page("<p><a href='https://example.org'>《书》</a>一文")
    ((begin, _),) = links(pdf)
    assert begin == pytest.approx(MARGIN, abs=0.05)


def test_a_link_at_the_end_of_a_line_ends_at_its_edge() -> None:
    pdf = page("<p>一二三四五六七八<a href='https://example.org'>九十。</a>一二三四五六七", measure=10.5)
    first, *_ = links(pdf)
    assert first[1] == pytest.approx(MARGIN + 10.5 * SIZE, abs=0.05)


def test_a_gap_beside_a_ground_is_not_part_of_it() -> None:
    pdf = page("<p>他在<b>五日</b>Monday")
    ((_, end),) = grounds(pdf)
    assert end == pytest.approx(glyph(pdf, "日").end, abs=0.05)
    assert glyph(pdf, "M").x - end == pytest.approx(SIZE / 4, abs=0.1)
