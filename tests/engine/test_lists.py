"""Ordered lists on the page: their marks are text, tagged as labels, and turned lines align beside them."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.support.pages import TextLine, read_pages, structure
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

LONG = "国" * 50  # the same character, so that its bearings are the same on each line
DEEP = "".join(f"      {'   ' * depth}1. {LONG}\n" for depth in range(6))
#: Of the layout newsletter, in pt.
EM, MARGIN = 12, 87


def lines_of(project: SmallProject, run: Run, text: str, layout: str) -> tuple[list[TextLine], bytes]:
    """The lines of the first article's page, its title's left out."""
    project.issue(
        ISSUE.replace("body: 正文。\n", f"body: |\n{text}").replace("layout: base", f"layout: {layout}")
    )
    outcome = run("render", "one", "--output", "one.pdf")
    assert outcome.status == 0, outcome.err
    data = (project.root / "one.pdf").read_bytes()
    return list(read_pages(data)[-1].lines), data


def test_in_a_list_six_deep_turned_lines_align_two_em_further_each_time(
    project: SmallProject, run: Run
) -> None:
    lines, data = lines_of(project, run, DEEP, "newsletter")
    edges = [line.box.left for line in lines if set(line.text.strip()) == {"国"}]
    depths = [edges[0] + 2 * EM * depth for depth in range(6)]
    assert edges == sorted(edges)
    for depth in depths:
        assert len([edge for edge in edges if edge == pytest.approx(depth, abs=0.1)]) >= 2
    assert all(min(abs(edge - depth) for depth in depths) < 0.1 for edge in edges)
    assert [kind for _, kind, _ in structure(data)].count("/Lbl") == 6


def test_levels_of_official_documents_step_two_em_from_the_indent_of_paragraphs(
    project: SmallProject, run: Run
) -> None:
    levels = "".join(f"      {'   ' * depth}1. {LONG}\n" for depth in range(4))
    lines, _ = lines_of(project, run, f"      段落。\n\n      {{.han}}\n{levels}", "newsletter")
    edges = {round(line.box.left, 1) for line in lines if set(line.text.strip()) == {"国"}}
    paragraph, first = (next(one.box.left for one in lines if one.text.startswith(w)) for w in ("段", "一"))
    assert first == pytest.approx(paragraph, abs=1)  # the bearings of the two differ
    turned = sorted(edges)
    assert [round(edge - turned[0]) for edge in turned] == [0, 2 * EM, 4 * EM, 6 * EM]
    assert turned[0] == pytest.approx(paragraph + 2 * EM, abs=1)


def test_a_mark_ends_before_its_text_on_the_same_line_and_within_the_measure(
    project: SmallProject, run: Run
) -> None:
    text = (
        "      {.han}\n      10. 国\n      11. 国\n\n      段\n\n      98. 国\n      99. 国\n      100. 国\n"
    )
    lines, _ = lines_of(project, run, text, "newsletter")
    texts = [line.box for line in lines if line.text.strip() == "国"]
    assert len(texts) == 5
    marks = [
        line for line in lines if line.text.strip() and set(line.text.strip()) <= set("十一、0123456789.")
    ]
    for beside, mark in zip(texts, ("十、", "十一、", "98.", "99.", "100."), strict=True):
        level = [line for line in marks if line.box.top < beside.bottom and line.box.bottom > beside.top]
        assert "".join(line.text.strip() for line in level) == mark
        assert max(line.box.right for line in level) <= beside.left
        assert max(line.box.right for line in level) > beside.left - EM
        assert min(line.box.left for line in level) >= MARGIN
