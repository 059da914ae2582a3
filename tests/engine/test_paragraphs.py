"""How paragraphs are set as a whole: indents, alignments, letter-spacing, emphasis dots, calls of notes, new pages."""

from __future__ import annotations

import re

import pytest

from cstprint.engine.weasy.catalogue import FEATURES
from tests.engine.test_line_features import MARGIN, SENTENCE, SIZE, html_of, is_flush, page
from tests.engine.weasy.effects import written
from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.strokes import read_strokes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]


def set_lines(body: str, *, measure: float = 20, css: str = "") -> list[list[Glyph]]:
    """The lines of a paragraph."""
    return lines_of(read_glyphs(page(f"<p>{body}", measure=measure, css=css)))


def start(line: list[Glyph]) -> float:
    """How far (em) from the left edge a line begins."""
    return (line[0].x - MARGIN) / SIZE


def end(line: list[Glyph]) -> float:
    """How far (em) from the left edge a line ends."""
    return (line[-1].end - MARGIN) / SIZE


def test_a_paragraph_is_indented_by_two_characters_and_its_other_lines_are_not() -> None:
    first, *others = set_lines(SENTENCE, css="p { text-indent: 2em }")
    assert start(first) == pytest.approx(2, abs=0.01)
    assert [start(line) for line in others] == pytest.approx([0] * len(others), abs=0.01)


def test_a_paragraph_may_stand_in_and_its_first_line_may_hang() -> None:
    first, *others = set_lines(SENTENCE, css="p { padding: 0 2em 0 3em; text-indent: -2em }")
    assert start(first) == pytest.approx(1, abs=0.01)
    assert [start(line) for line in others] == pytest.approx([3] * len(others), abs=0.01)
    assert all(is_flush(end(line), 18) for line in (first, *others[:-1]))


@pytest.mark.parametrize(
    ("alignment", "left", "right"),
    [("left", 0.0, 6.0), ("center", 7.0, 13.0), ("right", 14.0, 20.0)],
)
def test_a_line_stands_at_the_left_in_the_middle_or_at_the_right(
    alignment: str, left: float, right: float
) -> None:
    (line,) = set_lines("一二三四五六", css=f"p {{ text-align: {alignment} }}")
    assert (start(line), end(line)) == pytest.approx((left, right), abs=0.02)


def test_characters_may_be_spread_evenly_over_the_measure() -> None:
    (line,) = set_lines("一二三四五", measure=9, css="p { text-align-last: justify }")
    assert [glyph.x - MARGIN for glyph in line] == pytest.approx([0, 20, 40, 60, 80], abs=0.1)
    (whole,) = set_lines("一二三四五", measure=9)
    assert end(whole) == pytest.approx(5, abs=0.01)


@pytest.mark.parametrize("spacing", [0.1, -0.05])
def test_lines_that_are_set_wider_or_tighter_stay_flush(spacing: float) -> None:
    lines = set_lines(SENTENCE, css=f"p {{ letter-spacing: {spacing}em }}")
    assert all(is_flush(end(line)) for line in lines[:-1])
    last = [
        (b.x - a.x) / SIZE for a, b in zip(lines[-1], lines[-1][1:], strict=False) if a.text not in "，。、"
    ]
    assert last == pytest.approx([1 + spacing] * len(last), abs=0.01)


def test_dots_stand_below_the_middle_of_han_and_below_no_mark_and_no_letter() -> None:
    pdf = written(html_of("<p>重<b>点，是WHO“的”</b>话", css="b { --cst-emphasis-mark: dots }"), FEATURES)
    glyphs = {glyph.text: glyph for glyph in read_glyphs(pdf)}
    (drawn,) = [stroke for stroke in read_strokes(pdf) if stroke.kind == "fill"]  # one path of three circles
    assert drawn.left == pytest.approx(glyphs["点"].x + SIZE / 2 - 0.075 * SIZE, abs=0.05)
    assert drawn.right == pytest.approx(glyphs["的"].x + SIZE / 2 + 0.075 * SIZE, abs=0.05)
    curves = re.findall(rb" c\n", _content(pdf))
    assert len(curves) == 4 * len("点是的")


def test_dots_stand_below_a_line_that_is_there_already() -> None:
    css = "b { --cst-emphasis-mark: low-dots } i { --cst-line-mark: wave }"
    pdf = written(html_of("<p><i><b style='--cst-line-mark: none'>离骚</b></i>", css=css), FEATURES)
    wave = next(stroke for stroke in read_strokes(pdf) if stroke.kind == "stroke")
    dots = next(stroke for stroke in read_strokes(pdf) if stroke.kind == "fill")
    assert dots.top > wave.bottom - 0.25 * (wave.bottom - wave.top)


def _content(pdf: bytes) -> bytes:
    import io

    from pypdf import PdfReader

    contents = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert contents is not None
    return contents.get_data()


@pytest.mark.parametrize("before", range(14, 21))
def test_the_call_of_a_note_stays_with_the_character_before_it(before: int) -> None:
    note = "<span style='float:footnote;font-size:8pt'>脚注的文字。</span>"
    css = "::footnote-call { content: '①'; font-size: 6.5pt; vertical-align: super }"
    glyphs = read_glyphs(page(f"<p>{SENTENCE[:before]}{note}{SENTENCE}", css=css))
    at = next(at for at, glyph in enumerate(glyphs) if glyph.text == "①")
    base, call = glyphs[at - 1], glyphs[at]
    assert base.text == SENTENCE[before - 1]
    assert abs(base.y - call.y) < SIZE  # on one line
    assert call.x - base.end == pytest.approx(0, abs=0.3 * SIZE)


def test_a_full_stop_of_science_is_a_stop_as_any_other() -> None:
    """．(U+FF0E): never first on a line, half as wide at its end, an em and a half with a quote."""
    for before in range(17, 21):
        lines = set_lines(f"{'实' * before}．{SENTENCE}")
        assert all(line[0].text != "．" for line in lines)
    (line,) = set_lines("“测得．”然后", measure=40)
    at = "".join(glyph.text for glyph in line).index("．")
    assert line[at + 2].x - line[at].x == pytest.approx(1.5 * SIZE, abs=0.02)


def test_quotes_in_quotes_are_brackets_too() -> None:
    (line,) = set_lines("他说：“她讲‘好’。”完", measure=40)
    text = "".join(glyph.text for glyph in line)
    gaps = {text[at : at + 2]: (line[at + 1].x - line[at].x) / SIZE for at in range(len(line) - 1)}
    assert {pair: round(gap, 2) for pair, gap in gaps.items() if pair in ("：“", "’。", "。”")} == {
        "：“": 0.5,
        "’。": 0.5,
        "。”": 0.5,
    }


def test_what_begins_a_right_hand_page_leaves_the_page_before_it_empty() -> None:
    glyphs = read_glyphs(page("<p>一<p style='break-before: recto'>二<p style='break-before: page'>三"))
    assert {glyph.text: glyph.page for glyph in glyphs} == {"一": 1, "二": 3, "三": 4}


def test_a_paragraph_leaves_no_line_alone_at_the_end_or_at_the_head_of_a_page() -> None:
    for rows in range(1, 9):
        css = f"@page {{ size: 280pt {80 + 18 * 8}pt }} div {{ height: {rows * 18}pt }}"
        body = f"<div></div><p>{SENTENCE * 2}"
        pages = [line[0].page for line in lines_of(read_glyphs(page(body, css=css)))]
        counts = [pages.count(number) for number in sorted(set(pages))]
        assert min(counts) >= 2 or len(counts) == 1, (rows, counts)
