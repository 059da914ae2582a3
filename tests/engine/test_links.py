"""A link is one annotation, whatever stands in it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render


#: No contents and no notes with addresses: these are links of their own.
RENDER = ("render", "one", "--set", "contents-depth=0", "--set", "link-addresses=none")


def link_annotations(project: SmallProject) -> list[object]:
    reader = PdfReader(io.BytesIO((project.root / "dist/one.pdf").read_bytes()))
    return [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]


def test_a_link_with_bold_and_code_in_it_is_one_annotation(project: SmallProject, run: Run) -> None:
    project.issue(ISSUE.replace("正文。", "'[一**二**`三`](https://example.org)四。'"))
    assert run(*RENDER).status == 0
    assert len(link_annotations(project)) == 1


def test_a_link_over_two_lines_is_one_annotation_a_line(project: SmallProject, run: Run) -> None:
    words = "一二三四五六七八九十" * 5
    project.issue(ISSUE.replace("正文。", f"'[{words[:20]}**{words[20:]}**](https://example.org)四。'"))
    assert run(*RENDER).status == 0
    assert len(link_annotations(project)) == 2


def test_what_is_generated_inside_a_link_makes_no_second_one(project: SmallProject, run: Run) -> None:
    project.layout(blocks_css='a b::after { content: " " target-counter("#a1", page) }')
    project.issue(
        ISSUE.replace("layout: base", "layout: mine").replace("正文。", "'[一**二**](https://example.org)。'")
    )
    assert run(*RENDER).status == 0
    assert len(link_annotations(project)) == 1
