"""English paragraphs, and Latin words in Chinese ones: word spaces and hyphens, seen from the glyphs' places."""

from __future__ import annotations

import html
from itertools import pairwise
from pathlib import Path
from statistics import pstdev

import pytest

from tests.support.copied import copied_by_pdfium, without_line_ends
from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SIZE, MARGIN, LEADING = 10.0, 40.0, 18.0
ENGLISH = (Path(__file__).resolve().parents[1] / "data/english.txt").read_text("utf-8").splitlines()
#: The worst word space and the standard deviation (em) of Typst 0.15.2 with the same text, font and measure (em):
#: ``#set par(justify: true)``, ``#set text(lang: "en", hyphenate: true)``.
TYPST = {16: (0.917, 0.180), 21: (0.727, 0.137), 28: (0.674, 0.118), 35: (0.540, 0.105)}


def page(body: str, measure: float, *, css: str = "", language: str = "en") -> bytes:
    """Set ``body`` in lines ``measure`` em wide."""
    family = "'CST Serif'" if language == "en" else "'CST Latin Serif', 'CST Song', 'CST Song Ext'"
    style = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN}pt 8000pt; margin: {MARGIN}pt }}"
        f"body {{ margin: 0; font: {SIZE}pt/{LEADING}pt {family}; text-align: justify; overflow-wrap: anywhere;"
        f"hyphens: auto; hyphenate-limit-chars: 5 2 3 }} p {{ margin: 0 0 {LEADING}pt }} {css}"
    )
    head = f"<meta charset=utf-8><title>t</title><style>{style}</style>"
    return to_pdf(f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>{body}</body></html>')


def full_lines(pdf: bytes) -> list[list[Glyph]]:
    """Return the lines that another of their paragraph follows, without their spaces."""
    lines = lines_of(read_glyphs(pdf))
    full = [one for one, two in pairwise(lines) if two[0].y - one[0].y < 1.5 * LEADING]
    return [[glyph for glyph in line if glyph.text.strip()] for line in full]


def spaces(line: list[Glyph]) -> list[float]:
    """Return the spaces (em) between the words of a line: kerning is less than a tenth of an em."""
    return [gap for one, two in pairwise(line) if (gap := (two.x - one.end) / SIZE) > 0.1]


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


@pytest.mark.parametrize("measure", sorted(TYPST))
def test_word_spaces_are_as_even_as_those_of_typst(measure: int) -> None:
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in ENGLISH)
    found = [space for line in full_lines(page(body, measure)) for space in spaces(line)]
    worst, deviation = TYPST[measure]
    assert len(found) > 200
    assert max(found) <= worst + 0.001
    assert pstdev(found) <= deviation


def test_english_lines_end_at_the_edge() -> None:
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in ENGLISH)
    for line in full_lines(page(body, 21)):
        assert line[-1].end == pytest.approx(MARGIN + 21 * SIZE, abs=0.02 * SIZE)


def test_the_spaces_of_an_english_line_are_alike() -> None:
    text = (
        "The committee agreed on <em>common priorities</em> for <a href='x'>research</a> and publication. "
        * 6
    )
    for line in full_lines(page(f"<p>{text}</p>", 28)):
        found = spaces(line)
        assert max(found) - min(found) < 0.05


def test_a_word_at_a_line_end_has_a_hyphen_which_is_not_copied() -> None:
    text = (
        "Characteristically uncompromising representatives misunderstood straightforward recommendations. "
        * 4
    )
    pdf = page(f"<p>{text}</p>", 16)
    ends = [text_of(line)[-1] for line in full_lines(pdf)]
    assert "-" in ends
    (copied,) = copied_by_pdfium(pdf)
    assert without_line_ends(copied, text) == text.strip()


def test_words_are_not_parted_where_the_style_says_so() -> None:
    text = (
        "Characteristically uncompromising representatives misunderstood straightforward recommendations. "
        * 4
    )
    for line in full_lines(page(f"<p>{text}</p>", 16, css="p { hyphens: manual }")):
        assert text_of(line)[-1] != "-"


def test_an_address_in_english_is_broken_rather_than_the_spaces_before_it_torn() -> None:
    text = "Contact: +1-202-555-0134. See https://meeting.example.org/2020/register?lang=en&amp;track=A%26B for details."
    for line in full_lines(page(f"<p>{text}</p>", 35)):
        assert max(spaces(line), default=0) < 0.8


def test_what_is_not_justified_stays_as_it_is() -> None:
    text = (
        "Characteristically uncompromising representatives misunderstood the straightforward recommendations. "
        * 3
    )
    lines = full_lines(page(f"<p>{text}</p>", 28, css="p { text-align: left; hyphens: manual }"))
    assert max(max(spaces(line)) for line in lines) - min(min(spaces(line)) for line in lines) < 0.05


def test_a_latin_word_in_chinese_is_parted_where_the_line_would_be_bad() -> None:
    text = "英国皇家学会会长文卡特拉曼·拉马克里希南（Venkatraman Ramakrishnan）分别致辞。"
    lines = full_lines(page(f"<p>{text}</p>", 28, css="p { text-indent: 2em }", language="zh-Hans"))
    assert text_of(lines[0]).endswith("-")
    gaps = [(two.x - one.end) / SIZE for one, two in pairwise(lines[0]) if min(one.text, two.text) > "\u4e00"]
    assert max(gaps) < 0.1


def test_a_latin_word_in_chinese_stays_whole_where_the_line_is_good_without() -> None:
    text = "全球研究与创新论坛讨论了Communications等期刊的开放获取政策，各方同意继续合作并定期交流。" * 3
    good = 0
    for start in range(8):
        whole, parted = (
            full_lines(page(f"<p>{text[start:]}</p>", 35, css=css, language="zh-Hans"))
            for css in ("p { hyphens: manual }", "")
        )
        gaps = [
            (two.x - one.end) / SIZE
            for line in whole
            for one, two in pairwise(line)
            if min(one.text, two.text) > "\u4e00"
        ]
        if max(gaps) <= 0.06:
            good += 1
            assert not [line for line in parted if text_of(line).endswith("-")]
    assert good
