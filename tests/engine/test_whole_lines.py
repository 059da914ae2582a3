"""The smallest documents in which our lines once lost or broke what WeasyPrint's own lines keep."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from cstprint.engine.paginate import LayoutRequest, paginate
from cstprint.html.compose import HtmlDocument
from tests.conftest import Run
from tests.support.line_fuzz import LaidOut, fault, tried
from tests.support.projects import ISSUE, SmallProject
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
    stock, ours = (tried(document(body), stock=stock) for stock in (True, False))
    assert isinstance(stock, LaidOut)
    assert isinstance(ours, LaidOut)
    assert not ours.stock
    assert fault(document(body), ours, stock) is None


def test_the_target_of_a_link_at_the_end_of_bold_text_is_kept() -> None:
    body = "<p><a href='#here'>见</a><p>中国科技<b>合作编辑部通<a id=here></a></b>讯二〇二〇年"
    assert list(PdfReader(io.BytesIO(to_pdf(document(body)))).named_destinations) == ["here"]


TORN = (
    "<p>在WHO“中国”与（科技）合作；通讯：2020年mRNA，<div style='float:left;columns:2;width:10em'>中国科研人员快速分离鉴定出病毒毒株并与"
    "世界卫生组织共享了病毒全基因组序列，为全球科学家开展药物、疫苗、诊断研究奠定了重要基础。</div>在WHO“中国”与（科技）合作；通讯："
    "2020年mRNA，中国科研人员快速分离鉴定出病毒毒株并与世界卫生组织共享了病毒全基因组序列。"
)


def test_pages_that_only_stock_lines_keep_whole_have_these(tmp_path: Path) -> None:
    """WeasyPrint fails where a float as high as a page follows a first line beside it: there is one with ours."""
    html = document(TORN).replace("140pt 400pt", "180pt 100pt")
    stock, ours = (tried(html, stock=stock) for stock in (True, False))
    assert isinstance(ours, LaidOut)
    assert ours == stock
    assert ours.whole
    told = paginate(LayoutRequest(HtmlDocument(html, {}), tmp_path, {})).diagnostics
    assert [(found.code, "WeasyPrint's own" in str(found.message)) for found in told] == [("CST-E009", True)]


def test_letters_that_no_lines_keep_are_named(project: SmallProject, run: Run) -> None:
    page = "@page { size: 180pt 100pt; margin: 20pt }"
    torn = "strong { float: right; width: 3em } .article::after { content: none }"
    project.layout("mine", blocks_css=f"{page} {torn}")
    text = "中国科研人员快速分离鉴定出病毒毒株并与世界卫生组织共享了病毒全基因组序列"
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("正文。", f"开始**{text * 3}**结束"))
    outcome = run("render", "one")
    assert "CST-E009" in outcome.err
    assert re.search("Text is lost where a page ends, with these letters: \\w+", outcome.err), outcome.err
