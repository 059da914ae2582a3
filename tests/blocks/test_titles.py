"""Titles with marks on pages, and where they are repeated: contents, bookmarks, running heads, the PDF's own title."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from cstprint.pdf.inspect import PdfFacts
from cstprint.rendering import metadata_of
from tests.blocks.conftest import LONG, LayOut
from tests.support.placed import Placed

pytestmark = pytest.mark.render


@pytest.fixture
def placed(lay: LayOut) -> Placed:
    """An issue whose titles have all that they may have."""
    return lay(
        sections=[
            {
                "section": "专题^[栏目注文]",
                "intro": "引言[网址](https://example.org)见[@other]。",
                "articles": [
                    {
                        "title": "上半句\\下半*句*^[题注文]",
                        "subtitle": "副题 CO~2~",
                        "kicker": "眉题[^k]",
                        "byline": [{"name": "作者^[作者注文]", "affiliation": "*某*所"}],
                        "body": f"# 一节^[节注文]\n\n## 二节\n\n### 三节\n\n{LONG * 30}\n\n[^k]: 眉注文",
                    },
                    {"title": "另一篇", "id": "other", "body": LONG},
                ],
            }
        ],
        headline="本期\\主题^[主题注文]",
    )


def test_bookmarks_have_the_plain_forms_down_to_the_last_level(placed: Placed) -> None:
    assert [(entry.level, entry.title) for entry in PdfFacts(placed.pdf()).outline] == [
        (1, "专题"),
        (2, "上半句下半句"),
        (3, "一节"),
        (4, "二节"),
        (5, "三节"),
        (2, "另一篇"),
    ]


def test_each_note_of_a_title_is_printed_once_and_numbered_in_its_order(placed: Placed) -> None:
    text = placed.text().replace("\n", "")
    for note in ("栏目注文", "题注文", "眉注文", "作者注文", "节注文"):
        assert text.count(note) == 1 + (note == "题注文") * text.count("主题注文")
    calls = [run.text for run in placed.runs if run.generated == "footnote-call" and run.page > 1]
    assert calls[:6] == list("①②③④⑤⑥")  # the section, the address, kicker, title, author, heading


def test_contents_and_running_heads_have_the_plain_form(placed: Placed) -> None:
    assert "上半句下半句" in placed.text("contents").replace("\n", "")
    assert "注" not in placed.text("contents")
    last = PdfReader(io.BytesIO(placed.pdf())).pages[-1].extract_text()
    assert "①" not in last.splitlines()[0]


def test_the_pdf_is_called_by_its_number_and_headline(placed: Placed) -> None:
    assert metadata_of(placed.ready.issue).title == "排印月报 2026 年第 2 期\u30002026 年 11 月：本期主题"


@pytest.mark.parametrize(
    ("keys", "line"),
    [({"date": ""}, "第 2 期"), ({"number": ""}, "2026 年 11 月")],
)
@pytest.mark.parametrize("layout", ["newsletter"])
def test_a_date_or_a_number_alone_is_the_line_of_the_issue(
    lay: LayOut, keys: dict[str, str], line: str
) -> None:
    placed = lay("正文。", **keys)
    assert placed.text("issue-line").strip() == line
    assert metadata_of(placed.ready.issue).title == f"排印月报 {line}"


@pytest.mark.parametrize("layout", ["newsletter"])
def test_without_a_date_the_pdf_claims_none(lay: LayOut) -> None:
    data = lay("正文。", date="").pdf()
    reader = PdfReader(io.BytesIO(data))
    assert "/CreationDate" not in (reader.metadata or {})
    assert b"CreateDate" not in data
