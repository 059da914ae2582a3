"""What readers of PDFs copy of lines is what was typed: no blank more, none less."""

from __future__ import annotations

import re

import pytest

from tests.support.copied import POPPLER, copied_by_pdfium, copied_by_poppler, without_line_ends
from tests.support.glyphs import lines_of, read_glyphs
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SIZE, MARGIN = 10.0, 40.0
PARAGRAPHS = {
    "plain": "2月11日至12日在日内瓦召开的WHO全球研究与创新论坛上，300多名专家讨论了COVID-19的诊断、治疗和mRNA疫苗。",
    "links": "见<a href='https://e.org/a'>《Nature》2020年第3期</a>和<em>WHO</em>在2020年发表的<a href='https://e.org/b'>报告</a>，"
    "共3页；其中<em>第5节</em>讨论mRNA疫苗，见<a href='https://e.org/c'>附件2</a>，由<a href='https://e.org/d'>WHO</a>提供。",
    "dashes": "甲乙丙丁——戊己庚辛壬——Venkatraman的论文发表了；<strong>注意：</strong>请看GB/T 15834—2011第3页的“说明”（见<em>图</em>1）。",
    "words": "药物与hydroxychloroquine、lopinavir联用的临床试验（NCT04252664、<a href='x'>NCT04257656</a>）已经启动，在<em>Nature Communications</em>上发表。",
}


def page(body: str, measure: float, lang: str = "zh-Hans") -> bytes:
    style = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN}pt 800pt; margin: {MARGIN}pt }} body, p {{ margin: 0 }}"
        f"body {{ font: {SIZE}pt/18pt 'CST Latin Serif', 'CST Song'; text-align: justify }} p {{ text-indent: 2em }}"
        "em { font-family: 'CST Latin Serif', 'CST Kai' }"
    )
    head = f"<meta charset=utf-8><title>示例</title><style>{style}</style>"
    return to_pdf(f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body><p>{body}</body></html>')


@pytest.mark.parametrize("measure", [16, 21, 28, 42])
@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_pdfium_copies_what_was_typed(name: str, measure: float) -> None:
    typed = re.sub("<[^>]*>", "", PARAGRAPHS[name])
    (found,) = copied_by_pdfium(page(PARAGRAPHS[name], measure))
    assert without_line_ends(found, typed) == typed


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("measure", [16, 21, 28, 42])
@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_poppler_copies_what_was_typed(name: str, measure: float) -> None:
    typed = re.sub("<[^>]*>", "", PARAGRAPHS[name])
    (found,) = copied_by_poppler(page(PARAGRAPHS[name], measure))
    assert without_line_ends(found, typed) == typed


def copied_lines(body: str, measure: float, lang: str = "zh-Hans") -> tuple[list[str], list[str]]:
    """Return the lines that poppler and pdfium copy of a paragraph."""
    html = page(body, measure, lang)
    both = copied_by_poppler(html), copied_by_pdfium(html)
    return both[0][0].strip("\n").split("\n"), both[1][0].replace("\r", "").split("\n")


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    ("body", "measure", "lines"),
    [
        ("序列号：CST-2020-00045-9821-77AC-B312。", 16, ["序列号：CST-2020-00045", "-9821-77AC-B312。"]),
        ("甲乙丙丁戊己庚辛壬multi-level", 14.6, ["甲乙丙丁戊己庚辛壬multi", "-level"]),
        ("甲乙丙丁戊己庚辛 - 壬癸甲乙", 11, ["甲乙丙丁戊己庚辛", "- 壬癸甲乙"]),
        ("the high-level meeting", 8.2, ["the high", "-level meeting"]),
        # At the edge of an element: a word without its hyphen is another word.
        ("甲乙丙丁戊己庚辛壬multi-<em>level</em>", 14.6, ["甲乙丙丁戊己庚辛壬multi", "-level"]),
        ("甲乙丙丁戊己庚辛壬<em>multi-</em>level", 14.6, ["甲乙丙丁戊己庚辛壬multi", "-level"]),
        ("the <em>high-</em>level meeting", 8.2, ["the high", "-level meeting"]),
    ],
)
def test_a_typed_hyphen_that_ends_a_line_is_copied_with_the_next(
    body: str, measure: float, lines: list[str]
) -> None:
    lang = "en" if body.isascii() else "zh-Hans"
    poppler, pdfium = copied_lines(body, measure, lang)
    assert poppler == lines
    assert pdfium == lines


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    "body",
    [
        "甲乙丙丁戊己庚辛壬multi<em>-level</em>",
        "甲乙丙丁戊己庚辛壬<em>multi</em>-<b>level</b>",
        "甲乙丙丁戊己庚辛壬multi<em>-</em>level",
    ],
)
def test_a_typed_hyphen_that_begins_an_element_and_ends_a_line_is_copied(body: str) -> None:
    """pdfium ends no line after an element of a hyphen that is copied with the next line."""
    drawn = lines_of(read_glyphs(page(body, 14.6)))
    assert ["".join(glyph.text for glyph in line)[-6:] for line in drawn] == ["multi-", "level"]
    typed = re.sub("<[^>]*>", "", body)
    copied = copied_lines(body, 14.6)
    assert [without_line_ends("\n".join(lines), typed) for lines in copied] == [typed, typed]


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    ("word", "measure", "end"),
    [
        ("Tran<em>scriptional</em>", 16, "Tran-"),  # at the seam
        ("<b>T</b>ranscriptional", 16, "Tran-"),
        ("in<em>dividual</em>ization", 14.2, "in-"),  # which has too few letters before the seam to be parted
        ("in<em>dividual</em>ization", 16, "individ-"),
    ],
)
def test_a_word_that_goes_on_over_the_seams_of_elements_is_hyphenated_as_one(
    word: str, measure: float, end: str
) -> None:
    body = f"<span style='hyphens: auto'>甲乙丙丁戊己庚辛壬癸{word}结果甲</span>"
    first, _ = lines_of(read_glyphs(page(body, measure)))
    assert "".join(glyph.text for glyph in first).replace(" ", "") == f"甲乙丙丁戊己庚辛壬癸{end}"
    typed = re.sub("<[^>]*>", "", body)
    copied = copied_lines(body, measure)
    assert [without_line_ends("\n".join(lines), typed) for lines in copied] == [typed, typed]


def test_a_word_that_goes_on_in_another_language_is_not_hyphenated() -> None:
    word = "<span lang=de>in</span>dividualization"
    body = f"<span style='hyphens: auto'>甲乙丙丁戊己庚辛壬癸{word}结果甲</span>"
    first, second = lines_of(read_glyphs(page(body, 16)))
    assert first[-1].text == "癸"
    assert second[0].text == "i"


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_a_hyphen_that_was_put_in_is_not_copied(lang: str) -> None:
    body = "<span style='hyphens: auto'>interoperability internationalization</span>" + "。" * (lang != "en")
    copied = copied_lines(body, 12.0, lang)
    typed = re.sub("<[^>]*>", "", body)
    assert [without_line_ends("\n".join(lines), typed) for lines in copied] == [typed, typed]
    drawn = "".join(glyph.text for glyph in read_glyphs(page(body, 12.0, lang)))
    assert drawn.count("-") == 1
