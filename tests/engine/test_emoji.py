"""Emoji, code and rare Han on the pages: one face each, and what is copied is what was typed."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from cstprint.pdf.inspect import PdfFacts
from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.pages import read_pages
from tests.support.set_lines import to_pdf

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

FAMILIES = "'CST Latin Serif', 'CST Song', 'CST Song Ext', 'CST Song Rare', 'CST Symbols'"
CODE = "'CST Code', 'CST Hei', 'CST Song Ext', 'CST Song Rare', 'CST Symbols'"
#: Each of one glyph.
SEQUENCES = [
    "1\ufe0f\u20e3",  # keycap
    "#\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd",  # skin tone
    "\U0001f1e8\U0001f1f3",  # flag
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # flag of tags
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # family
    "\U0001f3c3\U0001f3fd\u200d\u2640\ufe0f",
    "\u2764\ufe0f",  # as a picture
    "\u2764\ufe0e",  # as text
    "\u2764",
    "\u00a9\ufe0f",
]


def page(body: str, language: str = "zh-Hans") -> bytes:
    style = (
        "@page { size: 400pt 500pt; margin: 40pt } body, p, pre { margin: 0; text-align: justify }"
        f"body {{ font: 10pt/18pt {FAMILIES} }}"
        f"code {{ font-family: {CODE}; --cst-cells: yes; font-variant-ligatures: none }}"
    )
    head = f"<meta charset=utf-8><title>示例</title><style>{style}</style>"
    return to_pdf(f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>{body}</body></html>')


def fonts_of(pdf: bytes) -> set[str]:
    return {font.name for font in PdfFacts(pdf).fonts}


@pytest.mark.parametrize("sequence", SEQUENCES, ids=ascii)
def test_a_sequence_is_one_glyph_of_the_face_of_emoji(sequence: str) -> None:
    pdf = page(f"<p>甲{sequence}乙</p>")
    assert [glyph.text for glyph in read_glyphs(pdf)][1] == sequence.removesuffix("\ufe0e")
    assert {"CST-Song", "CST-Symbols"} == fonts_of(pdf)


def test_what_no_glyph_draws_as_one_is_drawn_side_by_side_and_copied_whole() -> None:
    unknown = "\U0001f468\u200d\U0001f680\u200d\U0001f4bb"
    assert "".join(glyph.text for glyph in read_glyphs(page(f"<p>甲{unknown}乙</p>"))) == f"甲{unknown}乙"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("language", ["zh-Hans", "en"], ids=["our lines", "WeasyPrint's lines"])
def test_emoji_are_copied_as_they_were_typed(language: str) -> None:
    words = "和" if language == "zh-Hans" else " and "
    typed = [words.join(SEQUENCES[:6]), words.join(SEQUENCES[6:]), "👍和👍🏽和👍🏿"]
    pdf = page("".join(f"<p>{text}</p>" for text in typed), language)
    poppler = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout
    assert poppler.decode().split("\n")[:3] == typed
    assert [line.strip() for line in read_pages(pdf)[0].text.splitlines()] == typed


def test_a_radical_that_shares_its_glyph_with_a_han_is_copied_as_a_radical() -> None:
    pdf = page("<p>一\u2f00一</p>")
    assert "".join(glyph.text for glyph in read_glyphs(pdf)) == "一\u2f00一"


def test_a_selector_without_its_variant_is_copied_with_the_plain_character() -> None:
    pdf = page("<p>葛飾と葛\U000e0100城</p>")
    assert "".join(glyph.text for glyph in read_glyphs(pdf)) == "葛飾と葛\U000e0100城"


def test_glyphs_of_a_line_from_right_to_left_say_their_own_text() -> None:
    middle = "葛\U000e0100城ab年e\u0301 “和👍🏽1"
    pdf = page(f"<p style='direction: rtl'>·（{middle}）。</p>", "en")
    assert "".join(glyph.text for glyph in read_glyphs(pdf)) == f"。）{middle}（·"


def test_rare_han_and_what_follows_them_come_from_our_faces() -> None:
    typed = "亖 B，㑚\u3000A，𠮷𨭎𰻝𧮞 甲𪚥\u2003乙"
    pdf = page(f"<p>{typed}</p>")
    assert "".join(glyph.text for glyph in read_glyphs(pdf)).replace(" ", "") == typed.replace(" ", "")
    assert fonts_of(pdf) == {"CST-Song", "CST-Song-Ext", "CST-Song-Rare", "CST-Latin-Serif"}


def line_of_code(body: str) -> list[Glyph]:
    (line,) = lines_of(read_glyphs(page(body)))
    return line


@pytest.mark.parametrize(
    "body",
    ["<pre><code>{}</code></pre>", "<p>前文<code>{}</code>后文，一直写到这一行的末尾。</p>"],
    ids=["block", "in a line"],
)
def test_in_code_a_han_is_as_wide_as_two_latin_characters(body: str) -> None:
    code = "ab中文 cd，x=1；👍 │→"
    glyphs = line_of_code(body.format(code))
    first = next(index for index, glyph in enumerate(glyphs) if glyph.text == "a")
    cells = [glyphs[first + n + 1].x - glyphs[first + n].x for n in range(len(code) - 1)]
    wide = [10 if character in "中文，；👍→" else 5 for character in code]
    assert cells == pytest.approx(wide[:-1], abs=0.03)
