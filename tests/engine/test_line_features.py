"""What stands in a line beside plain text, and what designers may choose, each seen from the glyphs' places."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.pages import read_pages
from tests.support.projects import REPOSITORY
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SENTENCE = "中国科研人员快速分离鉴定出病毒毒株并与世界卫生组织共享了病毒全基因组序列，为全球科学家开展药物、疫苗、诊断研究奠定了重要基础。"
SIZE, MARGIN = 10.0, 40.0


def page(body: str, *, measure: float = 20, css: str = "", language: str = "zh-Hans") -> bytes:
    """Set ``body`` in lines ``measure`` em wide."""
    return to_pdf(html_of(body, measure=measure, css=css, language=language))


def html_of(body: str, *, measure: float = 20, css: str = "", language: str = "zh-Hans") -> str:
    """Return a document of ``body`` in lines ``measure`` em wide."""
    style = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN}pt 800pt; margin: {MARGIN}pt }} body, p {{ margin: 0 }}"
        f"body {{ font: {SIZE}pt/18pt 'CST Latin Serif', 'CST Song', 'CST Song Ext'; text-align: justify }} {css}"
    )
    head = f"<meta charset=utf-8><title>示例</title><style>{style}</style>"
    return f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'


def ends(pdf: bytes) -> list[float]:
    """How far (em) from the left edge each line of running text ends, but the last."""
    lines = [line for line in lines_of(read_glyphs(pdf)) if line[0].size > SIZE - 1]
    return [(line[-1].end - MARGIN) / SIZE for line in lines[:-1]]


def is_flush(end: float, measure: float = 20) -> bool:
    """Whether a line ends at the edge, or half an em behind it with the blank half of a mark."""
    return min(abs(end - measure), abs(end - measure - 0.5)) < 0.02


@pytest.mark.parametrize(
    "inline",
    [
        "化学式CO<sub style='font-size:60%'>2</sub>和",
        "序号<sup style='font-size:60%'>①</sup>后",
        "注<span style='float:footnote;font-size:8pt'>脚注的文字在页面下方。</span>之",
        "代码<code style='padding:0 3pt'>cstprint render</code>有",
        "图<span style='display:inline-block;width:1.3em;height:1em'></span>标",
        "锚<a id=here></a>点",
        "疏<span style='letter-spacing:.2em'>排的文字</span>排",
        "不断<span style='white-space:nowrap'>这几个字不可拆开</span>行",
        "英文<span lang=en>“It’s a quote,” she said</span>引",
        "<span style='position:absolute'>注</span>绝对",
        "软<wbr>换行",
        "没有这个字\U0001f600的",
        "零宽&#x200b;空格",
    ],
)
def test_lines_with_other_things_in_them_end_at_the_edge(inline: str) -> None:
    found = ends(page(f"<p>{SENTENCE[:25]}{inline}{SENTENCE}"))
    assert len(found) >= 3
    assert [end for end in found if not is_flush(end)] == []


@pytest.mark.parametrize(
    "inline", ["", "代码<b>AVATAR fit</b>和", "——破折号……", "“它”，（5%）", "组合é与2&#x304;"]
)
def test_glyphs_stand_where_weasyprint_would_draw_them(inline: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours are cut from the whole paragraph's; WeasyPrint shapes each line again and draws that."""
    body = f"<p>{SENTENCE[:25]}{inline}{SENTENCE}"
    ours = read_glyphs(page(body))
    monkeypatch.setattr("cstprint.engine.lines.draw._is_plain", lambda *_: False)
    theirs = read_glyphs(page(body))
    assert [glyph.text for glyph in ours] == [glyph.text for glyph in theirs]
    # WeasyPrint cuts each kern off to a whole thousandth of an em: a line of 20 em may drift by as many.
    apart = [abs(a.x - b.x) + abs(a.y - b.y) for a, b in zip(ours, theirs, strict=True)]
    assert max(apart) < 0.02 * SIZE


def test_no_line_of_ours_needs_an_ellipsis() -> None:
    texts = f"<p>{SENTENCE}<p>没有这个字\U0001f600的{SENTENCE}"
    cut = page(texts, css="p { overflow: hidden; text-overflow: ellipsis }")
    assert read_glyphs(cut) == read_glyphs(page(texts))


def test_lines_beside_a_drop_cap_end_at_the_edge() -> None:
    css = "p::first-letter { float: left; font-size: 30pt; line-height: 35pt; padding-right: 3pt }"
    glyphs = read_glyphs(page(f"<p>{SENTENCE * 2}", css=css))
    lines = lines_of([glyph for glyph in glyphs if glyph.size < 20])
    assert [line[0].x > MARGIN + 30 for line in lines[:3]] == [True, True, False]
    assert all(is_flush((line[-1].end - MARGIN) / SIZE) for line in lines[:-1])


def test_a_paragraph_with_a_drop_cap_may_be_laid_out_twice() -> None:
    """WeasyPrint alone fails here: a table's cells are laid out more than once."""
    css = "p::first-letter { float: left; font-size: 20pt }"
    body = f"<span style='display:inline-block'><p>{SENTENCE}</p></span>"
    assert read_glyphs(page(f"<table><tr><td>{body}{SENTENCE}<td>{SENTENCE}</table>", css=css))


def test_a_line_break_in_the_text_ends_the_line_as_it_is() -> None:
    first, second = lines_of(read_glyphs(page("<p>上一行到此为止，<br>这一行是新的一行。")))
    assert "".join(glyph.text for glyph in first) == "上一行到此为止，"
    assert [round(glyph.advance / SIZE, 2) for glyph in second] == [1.0] * len(second)
    assert second[1].x - second[0].x == pytest.approx(SIZE, abs=0.01)


def test_boxes_that_fit_their_text_do_not_wrap() -> None:
    for text in ("在WHO与中国之间", "《科学》《自然》", "<b>在</b>WHO<i>与</i>中国", "第1季度：3.5%"):
        body = f"<span style='display:inline-block;border:1pt solid'>{text}</span>{SENTENCE}"
        first = lines_of(read_glyphs(page(f"<p>{body}", measure=40)))[0]
        assert "".join(g.text.strip() for g in first).startswith(re.sub("<[^>]*>", "", text))


def test_boxes_that_fit_their_text_have_room_for_its_indent() -> None:
    body = "<p style='text-indent:2em'><span style='display:inline-block;border:1pt solid'>在中国之间</span>"
    assert len(lines_of(read_glyphs(page(body, measure=40)))) == 1


def test_traditional_marks_stand_in_the_middle_and_are_not_trimmed() -> None:
    text = "這是一個句子。「引文」，還有一個；是嗎？好：真的、對"
    pdf = page(f"<p>{text}", measure=40, language="zh-Hant")
    line = lines_of(read_glyphs(pdf))[0]
    assert "".join(glyph.text for glyph in line) == text
    with TTFont(REPOSITORY / "fonts" / "CSTSong-Regular.ttf", lazy=True) as face:
        names = face.getBestCmap()
        outlines = {mark: face["glyf"][names[ord(mark)]] for mark in "，。、；：？"}
    for before, mark, after in zip(line, line[1:], line[2:], strict=False):
        if mark.text not in "，。、；：？":
            continue
        outline = outlines[mark.text]
        middle, begin = mark.x + (outline.xMin + outline.xMax) / 2000 * SIZE, before.end
        assert middle - begin == pytest.approx(SIZE / 2, abs=0.02 * SIZE), mark.text
        assert after.x - begin == pytest.approx(SIZE, abs=0.02 * SIZE), mark.text
        if mark.text in "，。、":
            height = mark.rise / SIZE + (outline.yMin + outline.yMax) / 2000
            assert height == pytest.approx(0.38, abs=0.01), mark.text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_traditional_marks_are_copied_without_blanks_before_them() -> None:
    text = "這是一個句子。「引文」，還有<b>一</b>，好嗎？（香港）。對；「真」的、好"
    pdf = page(f"<p>{text}", measure=40, language="zh-Hant")
    copied = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True
    ).stdout.decode()
    assert copied.strip() == re.sub("<[^>]*>", "", text)


def test_an_english_span_keeps_its_own_marks() -> None:
    body = "<p>他说<span lang=en style='font-family:CST Serif'>“yes”</span>，然后走了"
    line = lines_of(read_glyphs(page(body, measure=40)))[0]
    quote = next(glyph for glyph in line if glyph.text == "“")
    assert quote.advance < 0.7 * SIZE


def test_chinese_in_english_text_keeps_every_letter() -> None:
    text = "The word 通讯（newsletter） is printed here, and 科技合作 is, too. " * 3
    found = "".join(glyph.text for glyph in read_glyphs(page(f"<p>{text}", language="en")))
    assert found.replace(" ", "") == text.replace(" ", "")


def _gap(line: list[Glyph], before: str) -> float:
    at = [glyph.text for glyph in line].index(before)
    return (line[at + 1].x - line[at].end) / SIZE


def _places(text: str, measure: float = 40) -> list[Glyph]:
    """The glyphs of a text that fits on one line."""
    (line,) = lines_of(read_glyphs(page(f"<p>{text}", measure=measure)))
    return line


def test_an_interpunct_takes_half_an_em() -> None:
    line = _places("约瑟夫·傅里叶")
    assert (line[4].x - line[2].end) / SIZE == pytest.approx(0.5, abs=0.003)


def test_beside_marks_of_ascii_stands_no_gap() -> None:
    line = _places("张三, 李四[J](不超过)和/或互联网+医疗")
    assert [
        two.text for one, two in pairwise(line) if two.x - one.end > 0.02 * SIZE and one.text.strip()
    ] == []


def test_an_apostrophe_is_as_wide_as_a_letter_and_copied_as_typed() -> None:
    text = "称Alzheimer’s病"
    line = _places(text)
    assert "".join(glyph.text for glyph in line) == text
    apostrophe = next(glyph for glyph in line if glyph.text == "’")
    assert apostrophe.advance < 0.4 * SIZE
    assert read_pages(page(f"<p>{text}", measure=40))[0].text.strip().replace(" ", "") == text


def _lines(text: str, measure: float) -> list[str]:
    return [
        "".join(g.text for g in line).strip()
        for line in lines_of(read_glyphs(page(f"<p>{text}", measure=measure)))
    ]


@pytest.mark.parametrize(
    ("text", "measure", "first"),
    [
        ("天地玄黄宇宙洪荒３６５天地玄黄", 10.5, "天地玄黄宇宙洪荒"),
        ("一二三四五六七/八九十甲乙丙丁", 7.6, "一二三四五六"),
        ("天地玄黄宇宙洪荒571.6 kJ/mol的", 13, "天地玄黄宇宙洪荒"),
        ("天地玄黄宇宙洪荒12亩地和房屋", 9, "天地玄黄宇宙洪荒"),
        ("一二三四五六七八九\u3000甲乙丙丁戊己庚", 9, "一二三四五六七八九"),
    ],
)
def test_what_is_one_thing_stays_on_a_line(text: str, measure: float, first: str) -> None:
    assert _lines(text, measure)[0] == first


def test_no_gap_opens_above_the_cap_to_save_a_lone_character() -> None:
    pdf = page(f"<p>{SENTENCE[:18]}国", measure=9)
    line = lines_of(read_glyphs(pdf))[0]
    assert max(two.x - one.end for one, two in pairwise(line)) <= 0.101 * SIZE


@pytest.mark.parametrize(("value", "gap"), [("0", 0), ("0.125", 0.125), ("0.25", 0.25)])
def test_the_gap_between_han_and_latin_can_be_chosen(value: str, gap: float) -> None:
    css = f":root {{ --cst-han-latin-gap: {value} }}"
    line = lines_of(read_glyphs(page("<p>在WHO", measure=40, css=css)))[0]
    assert _gap(line, "在") == pytest.approx(gap, abs=0.003)


def test_marks_that_end_a_line_can_be_full_width() -> None:
    for value, blank in (("half", 0.5), ("full", 0.0)):
        found = ends(page(f"<p>{'中文，' * 40}", css=f":root {{ --cst-line-end-marks: {value} }}"))
        assert {round(end - 20, 2) for end in found if end > 19.9 or value == "full"} <= {blank, 0.0}
        assert any(abs(end - 20 - blank) < 0.02 for end in found)


def test_a_mark_that_ends_a_line_may_take_what_the_line_has() -> None:
    found = ends(page(f"<p>{'中国科技通讯编辑部，' * 20}", css=":root { --cst-line-end-marks: auto }"))
    assert all(19.98 < end < 20.52 for end in found)


def test_one_character_alone_can_be_allowed() -> None:
    text = "中国科技通讯编辑部在整理稿件时发现数字与单位的写法最容易出错尾。"
    alone, together = (
        len(
            lines_of(
                read_glyphs(page(f"<p>{text}", measure=30, css=f":root {{ --cst-lone-character: {value} }}"))
            )[-1]
        )
        for value in ("allow", "avoid")
    )
    assert (alone, together > 2) == (2, True)


def test_lines_can_be_forbidden_to_close_up() -> None:
    css = ":root { --cst-push-in: never }"
    glyphs = read_glyphs(page(f"<p>{'药物、疫苗、诊断研究；科学、技术。' * 12}", css=css))
    for line in lines_of(glyphs):
        for one, two in pairwise(line):
            together = one.text in "，。、；" and two.text in "”）、。；"
            assert together or two.x - one.end >= -0.01 * SIZE


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_a_dash_between_wide_gaps_is_copied_once() -> None:
    text = "甲乙丙丁——戊己庚辛壬——Venkatraman的论文发表了"
    pdf = page(f"<p>{text}", measure=16)
    line = lines_of(read_glyphs(pdf))[0]
    assert _gap(line, "甲") > 0.09
    copied = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True
    ).stdout.decode()
    assert "".join(copied.split()) == text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    "body",
    [
        "版<span style='letter-spacing:.3em'>权所有</span>，WHO与mRNA",
        "在<b>WHO</b>与<i>中国</i>mRNA<a href=x>之间</a>95%<b>以上</b>",
        "甲<b>2020 年</b> 5 月<i>至</i>今",
    ],
)
def test_what_stands_apart_over_a_seam_is_copied_together(body: str) -> None:
    command = ["pdftotext", "-", "-"]
    pdf = page(f"<p>{body}", measure=40)
    copied = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
    assert copied.strip() == re.sub("<[^>]*>", "", body)


def test_rare_characters_beside_gaps_are_copied_by_pdfium() -> None:
    """It passes over characters beyond U+FFFF in ``/ActualText``: 𠮷 is a surname."""
    found = read_pages(page("<p>在𠮷WHO𠮷与A𠮷田mRNA<b>𠮷</b>WHO", measure=40))[0].text
    assert found.replace(" ", "").strip() == "在𠮷WHO𠮷与A𠮷田mRNA𠮷WHO"


def test_a_foreign_word_that_may_be_divided_leaves_the_lines_flush() -> None:
    word = "<span lang=en style='hyphens: auto'>type</span>"
    pdf = page(f"<p>{(SENTENCE[:9] + word) * 9}</p>")
    assert len(ends(pdf)) == 5
    assert all(map(is_flush, ends(pdf)))


@pytest.mark.parametrize("mark", "。，）”")
def test_a_call_follows_the_ink_of_a_mark_and_a_quarter_em_follows_the_call(mark: str) -> None:
    raised = "<sup style='font-size:60%; line-height:0'>①</sup>"
    glyphs = read_glyphs(page(f"<p>第一句{mark}{raised}第二句", measure=30))
    line = [glyph for glyph in glyphs if glyph.text.strip()]
    before, call, after = (line[place] for place in (3, 4, 5))
    assert [before.text, call.text, after.text] == [mark, "①", "第"]
    assert abs(call.x - before.x - 0.5 * SIZE) < 0.02
    assert abs(after.x - call.end - 0.25 * SIZE) < 0.02


def test_a_call_within_a_sentence_has_no_gaps() -> None:
    raised = "<sup style='font-size:60%; line-height:0'>①</sup>"
    line = read_glyphs(page(f"<p>第一词{raised}第二词", measure=30))
    assert abs(line[3].x - line[2].end) < 0.02
    assert abs(line[4].x - line[3].end) < 0.02


FORMULA = "<span data-tag=formula style='display:inline-block;width:2em;height:.8em'></span>"


def letters(body: str, *, measure: float = 20) -> list[Glyph]:
    return [glyph for glyph in read_glyphs(page(body, measure=measure)) if glyph.text.strip()]


@pytest.mark.parametrize("between", [FORMULA, f" {FORMULA} "])
def test_a_formula_stands_a_quarter_em_from_han_as_letters_do(between: str) -> None:
    one, two = letters(f"<p>值{between}与</p>")
    assert (two.x - one.end) / SIZE == pytest.approx(0.25 + 2.0 + 0.25, abs=0.01)


def test_a_formula_stands_close_to_marks() -> None:
    one, two = letters(f"<p>值，{FORMULA}，与</p>")[1:3]
    assert (two.x - one.end) / SIZE == pytest.approx(2.0, abs=0.01)


def test_a_formula_may_end_a_line_before_a_letter() -> None:
    glyphs = letters(f"<p>{SENTENCE[:18]}{FORMULA}A{SENTENCE[20:40]}</p>", measure=20.5)
    (letter,) = (glyph for glyph in glyphs if glyph.text == "A")
    assert letter.x == pytest.approx(MARGIN, abs=0.5)
