"""Tags that WeasyPrint does not write by itself."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.pages import structure
from tests.support.projects import ISSUE, SmallProject, picture_bytes

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")
TABLE = """\
<table>
<thead><tr><th scope="col">年份</th><th>项目</th><th scope="colgroup" colspan="2">经费</th></tr></thead>
<tbody><tr><th scope="row">2019</th><td>12</td><td>3</td><td>4</td></tr>
<tr><th scope="rowgroup">2020</th><td>15</td><td>5</td><td>6</td></tr></tbody>
</table>
"""


def render_with(project: SmallProject, run: Run, inner: str) -> list[tuple[int, str, Any]]:
    """The tags of an issue in a layout that prints ``inner`` after its articles."""
    project.layout("mine")
    page = '{% extends "base/issue.html.j2" %}{% block articles %}{{ super() }}' + inner + "{% endblock %}"
    project.write("layouts/mine/issue.html.j2", page)
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 0, outcome.err
    return structure((project.root / "dist/one.pdf").read_bytes())


def test_head_cells_say_whether_they_are_heads_of_columns_or_of_rows(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, TABLE)
    heads = [element["/A"]["/Scope"] for _, kind, element in found if kind == "/TH"]
    assert heads == ["/Column", "/Column", "/Column", "/Row", "/Row"]
    assert [element["/A"].get("/Scope") for _, kind, element in found if kind == "/TD"] == [None] * 6


def test_a_passage_in_another_language_says_in_which(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, '<p lang="en">A whole <span lang="fr">passage</span>.</p><p>正文。</p>')
    said = {(kind, element["/Lang"]) for _, kind, element in found if "/Lang" in element}
    assert said == {("/P", "en"), ("/Span", "fr")}


def outline(found: list[tuple[int, str, Any]], of: str) -> list[str]:
    """The kinds of what stands in the first element of a kind, indented by depth."""
    first = next(index for index, (_, kind, _) in enumerate(found) if kind == of)
    depth = found[first][0]
    inner = []
    for level, kind, _ in found[first + 1 :]:
        if level <= depth:
            break
        if kind not in ("/NonStruct", "/Span", "/P"):
            inner.append(". " * (level - depth - 1) + kind)
    return inner


@pytest.mark.parametrize(
    "inner",
    [
        "<dl><dt>甲</dt><dd>一</dd><dt>乙</dt><dd>二</dd><dd>三</dd></dl>",
        "<dl><div><dt>甲</dt><dd>一</dd></div><div><dt>乙</dt><dd>二</dd><dd>三</dd></div></dl>",
        "<dl><div style='display: flex'><dt>甲</dt><dd>一</dd></div><div><dt>乙</dt><dd><p>二</p></dd><dd>三</dd></div></dl>",
    ],
)
def test_terms_are_the_labels_of_their_definitions(project: SmallProject, run: Run, inner: str) -> None:
    found = render_with(project, run, f"<section>{inner}</section>")
    section = outline(found, "/Sect")
    assert [line.strip(". ") for line in section] == ["/L", *["/LI", "/Lbl", "/LBody"] * 2, "/LBody"]


def test_contents_in_columns_are_contents(project: SmallProject, run: Run) -> None:
    entries = "<li><a href='#x'>甲</a></li><li><a href='#x'>乙</a></li>"
    inner = f"<ol data-tag='contents' style='columns: 2; list-style: none'>{entries}</ol><p id='x'>丙</p>"
    found = render_with(project, run, f"<section>{inner}</section>")
    kinds = [line.strip(". ") for line in outline(found, "/Sect")]
    assert kinds == ["/TOC", *["/TOCI", "/Reference", "/Link"] * 2]


def test_notes_are_notes_with_identifiers(project: SmallProject, run: Run) -> None:
    note = '<span data-tag="note" style="float: footnote">注。</span>'
    found = render_with(project, run, f"<p>甲{note}乙{note}</p>")
    notes = [element for _, kind, element in found if kind == "/Note"]
    assert [str(element["/ID"]) for element in notes] == ["note-1", "note-2"]


def test_code_is_code(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, "<p>甲<code>b</code></p><pre><code>c</code></pre>")
    assert [kind for _, kind, _ in found].count("/Code") == 2


def test_the_caption_of_a_gap_is_a_paragraph(project: SmallProject, run: Run) -> None:
    project.issue(
        ISSUE.replace("body: 正文。", "body:\n      - figure: a.png\n        alt: 图\n        caption: 图注")
    )
    assert run("render", "one", "--draft").status == 0
    kinds = [kind for _, kind, _ in structure((project.root / "dist/one.pdf").read_bytes())]
    assert "/Caption" not in kinds
    assert "/Figure" not in kinds


def test_a_decorative_picture_is_drawn_and_not_tagged(project: SmallProject, run: Run) -> None:
    body = "body:\n      - 正文。\n      - figure: a.png\n        decorative: true\n"
    project.issue(ISSUE.replace("body: 正文。\n", body))
    project.write("issues/one/a.png", picture_bytes())
    outcome = run("render", "one")
    assert (outcome.status, outcome.err) == (0, "")
    data = (project.root / "dist/one.pdf").read_bytes()
    assert "/Figure" not in [kind for _, kind, _ in structure(data)]
    pages: Any = PdfReader(io.BytesIO(data)).pages
    content = b"".join(page["/Contents"].get_data() for page in pages)
    drawn = re.findall(rb"/Artifact\s+BMC(?:(?!EMC|BDC).)*/i\w+ Do", content, re.DOTALL)
    assert len(drawn) == content.count(b" Do") == 1


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<h5>一</h5>", "H5 follows H2"),
        (
            "<ol><li><a href='#a1'>文</a></li><li><a href='#a1'>字</a></li></ol>",
            "contents are tagged as a list",
        ),
        (
            "<p style='display: flex'><a href='#a1' id='x'>文</a></p><style>#x::after { content: '字' }</style>",
            "link",
        ),
    ],
)
def test_what_a_layout_makes_wrong_fails_the_issue(
    project: SmallProject, run: Run, inner: str, said: str
) -> None:
    project.layout("mine")
    page = '{% extends "base/issue.html.j2" %}{% block articles %}{{ super() }}' + inner + "{% endblock %}"
    project.write("layouts/mine/issue.html.j2", page)
    project.issue(MINE)
    outcome = run("render", "one")
    print(outcome.err)
    assert "CST-E021" in outcome.err
    assert said in outcome.err
