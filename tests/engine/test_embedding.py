"""Fonts and pictures are embedded without work that the bytes do not need."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render


def test_a_font_is_embedded_with_the_glyphs_of_the_text_and_no_others(
    project: SmallProject, run: Run
) -> None:
    project.issue(ISSUE.replace("正文。", "春眠不觉晓，处处闻啼鸟。"))
    assert run("render", "one").status == 0
    font = embedded(project.root / "dist/one.pdf")["CST-Song"]
    drawn = [name for name in font.getGlyphOrder() if font["glyf"][name].numberOfContours]
    assert 10 <= len(drawn) <= 40
    assert not {"GDEF", "GSUB", "GPOS", "BASE", "cmap", "fpgm", "prep"} & set(font.keys())


def embedded(path: Path) -> dict[str, TTFont]:
    """The fonts in a PDF, by name without the subset's letters."""
    found = {}
    for page in PdfReader(path).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            inner = font["/DescendantFonts"][0].get_object()
            data = inner["/FontDescriptor"]["/FontFile2"].get_data()
            found[str(font["/BaseFont"]).partition("+")[2]] = TTFont(io.BytesIO(data), lazy=True)
    return found
