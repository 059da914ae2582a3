"""A layout's rules win over those of the layouts that it extends, whatever their selectors count for."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.glyphs import read_glyphs
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

PARENT = "html body .article p:not(.x) { text-indent: 60pt }"
SECTIONS = ISSUE.replace("articles:", "sections:\n  - section: 生活\n    articles:").replace(
    "  - title: 标题\n    body: 正文。", "      - title: 标题\n        body: 正文。"
)


def left_of(project: SmallProject, run: Run, text: str) -> float:
    """How far from the paper's edge a text begins, in pt."""
    outcome = run("render", "one", "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    glyphs = read_glyphs((project.root / "one.pdf").read_bytes())
    return min(glyph.x for glyph in glyphs if glyph.text == text)


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (PARENT, "p { text-indent: 0 }"),
        (PARENT.replace("60pt", "60pt !important"), "p { text-indent: 0 !important }"),
        (f"@layer strong {{ {PARENT} }}", "p { text-indent: 0 }"),
        ("@import 'more.css';", "p { text-indent: 0 }"),
        (PARENT, "@import 'more.css';"),
        (PARENT, "@layer own { p { text-indent: 0 } }"),
    ],
)
def test_a_child_wins_over_its_parent(project: SmallProject, run: Run, parent: str, child: str) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: child"))
    more = {"more.css": PARENT if "@import" in parent else "p { text-indent: 0 }"}
    project.layout("parent", blocks_css=parent, **(more if "@import" in parent else {}))
    project.layout(
        "child", "title: 子\nextends: parent\n", blocks_css=child, **(more if "@import" in child else {})
    )
    assert left_of(project, run, "正") == pytest.approx(left_of(project, run, "标"), abs=0.5)


def test_in_one_layout_selectors_count_as_ever(project: SmallProject, run: Run) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    project.layout(page_css=PARENT, blocks_css="p { text-indent: 0 }")
    assert left_of(project, run, "正") == pytest.approx(left_of(project, run, "标") + 60, abs=0.5)


@pytest.mark.parametrize("parent", ["newsletter", "bulletin"])
def test_the_guides_colour_for_a_section_wins_in_each_layout(
    project: SmallProject, run: Run, parent: str
) -> None:
    project.issue(SECTIONS.replace("layout: base", "layout: mine"))
    project.layout(
        "mine",
        f"title: 我的\nextends: {parent}\n",
        blocks_css='[data-section="生活"] { --cst-accent: #006600 }',
    )
    outcome = run("render", "one", "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    contents = [page.get_contents() for page in PdfReader(project.root / "one.pdf").pages]
    content = b"".join(one.get_data() for one in contents if one is not None)
    assert b"0 0.4 0 rg" in content


def test_what_hides_a_text_is_blamed_on_the_rule_that_wins(project: SmallProject, run: Run) -> None:
    project.issue(ISSUE.replace("layout: base", "layout: child"))
    project.layout("parent", blocks_css="html body .article p { display: none }")
    project.layout("child", "title: 子\nextends: parent\n", blocks_css="p { display: none }")
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "layouts/child/blocks.css:1" in outcome.err
    assert "layouts/parent/blocks.css:1" not in outcome.err
