"""What readers of PDFs copy of lines is what was typed: no blank more, none less."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.support.pages import read_pages
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


def page(body: str, measure: float) -> bytes:
    style = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN}pt 800pt; margin: {MARGIN}pt }} body, p {{ margin: 0 }}"
        f"body {{ font: {SIZE}pt/18pt 'CST Latin Serif', 'CST Song'; text-align: justify }} p {{ text-indent: 2em }}"
        "em { font-family: 'CST Latin Serif', 'CST Kai' }"
    )
    head = f"<meta charset=utf-8><title>示例</title><style>{style}</style>"
    return to_pdf(f'<!DOCTYPE html><html lang="zh-Hans"><head>{head}</head><body><p>{body}</body></html>')


def without_line_ends(copied: str, typed: str) -> str:
    """Return what was copied with its line ends taken out, or a blank in their place where one was typed there."""
    found = ""
    for line in copied.replace("\r", "").strip("\n\f").split("\n"):
        found += " " + line if found and typed.startswith(found + " ") else line
    return found


@pytest.mark.parametrize("measure", [16, 21, 28, 42])
@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_pdfium_copies_what_was_typed(name: str, measure: float) -> None:
    typed = re.sub("<[^>]*>", "", PARAGRAPHS[name])
    (found,) = read_pages(page(PARAGRAPHS[name], measure))
    # pdfium says that a hyphen ends a line by a character of its own.
    assert without_line_ends(found.text.replace("\ufffe", "-"), typed) == typed


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("measure", [16, 21, 28, 42])
@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_poppler_copies_what_was_typed(name: str, measure: float) -> None:
    typed = re.sub("<[^>]*>", "", PARAGRAPHS[name])
    done = subprocess.run(
        ["pdftotext", "-nopgbrk", "-", "-"],
        input=page(PARAGRAPHS[name], measure),
        check=True,
        capture_output=True,
    )
    assert without_line_ends(done.stdout.decode(), typed) == typed
