"""Tags that WeasyPrint does not write by itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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


def tree(element: Any) -> Any:
    """The kinds below an element: ``[kind, [kids …]]``, without runs of text."""
    kids = element.get("/K", [])
    inner = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    return [
        (str(kid["/S"])[1:], tree(kid))
        for kid in inner
        if isinstance(kid, dict) and "/S" in kid and kid["/S"] not in ("/Span", "/NonStruct")
    ]


def first_of(found: list[tuple[int, str, Any]], kind: str) -> Any:
    return next(element for _, one, element in found if one == kind)


LABEL: tuple[str, list[Any]] = ("Lbl", [])
TEXT: tuple[str, list[Any]] = ("P", [])


@pytest.mark.parametrize(
    ("html", "item"),
    [
        ("<li>甲</li>", [LABEL, ("LBody", [])]),
        ("<li><p>甲</p></li>", [LABEL, ("LBody", [TEXT])]),
        ("<li><p>甲</p><p>乙</p></li>", [LABEL, ("LBody", [TEXT, TEXT])]),
        ("<li>甲<p>乙</p></li>", [LABEL, ("LBody", [TEXT, TEXT])]),
        ("<li>甲<blockquote><p>乙</p></blockquote></li>", [LABEL, ("LBody", [TEXT, ("BlockQuote", [TEXT])])]),
        ("<li><pre><code>甲</code></pre></li>", [LABEL, ("LBody", [("P", [("Code", [])])])]),
        ("<li><h3>甲</h3>乙</li>", [LABEL, ("LBody", [("H3", []), TEXT])]),
        ("<li>甲<hr></li>", [LABEL, ("LBody", [TEXT])]),
        (
            "<li>甲<ul><li>乙</li></ul>丙</li>",
            [LABEL, ("LBody", [TEXT, ("L", [("LI", [LABEL, ("LBody", [])])]), TEXT])],
        ),
        (
            "<li>甲<dl><dt>乙</dt><dd>丙</dd></dl></li>",
            [LABEL, ("LBody", [TEXT, ("L", [("LI", [LABEL, ("LBody", [])])])])],
        ),
        ("<li style='list-style-position: inside'>甲</li>", [LABEL, ("LBody", [])]),
        ("<li style='list-style-position: inside'>甲<p>乙</p></li>", [LABEL, ("LBody", [TEXT, TEXT])]),
        ("<li style='list-style: none'>甲<p>乙</p></li>", [("LBody", [TEXT, TEXT])]),
        ("<li style='display: flex'><span>甲</span></li>", [("LBody", [])]),
        ("<li><hr></li>", [("LBody", [])]),  # the mark is all that it says
    ],
)
def test_an_item_holds_its_label_and_one_body(project: SmallProject, run: Run, html: str, item: Any) -> None:
    found = render_with(project, run, f"<ul>{html}</ul>")
    assert tree(first_of(found, "/L"))[0] == ("LI", item)


def rows(table: Any) -> list[list[tuple[str, int, int]]]:
    """The cells of a table: kind, columns and rows that each takes."""
    found: list[list[tuple[str, int, int]]] = []
    for _, kind, element in flat(table):
        if kind == "/TR":
            found.append([])
        elif kind in ("/TH", "/TD"):
            attributes = element["/A"]
            found[-1].append(
                (kind[1:], int(attributes.get("/ColSpan", 1)), int(attributes.get("/RowSpan", 1)))
            )
    return found


def flat(element: Any, depth: int = 0) -> Iterator[tuple[int, str, Any]]:
    yield depth, str(element["/S"]), element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            yield from flat(inner, depth + 1)


@pytest.mark.parametrize(
    ("html", "parts", "grid"),
    [
        ("<thead><tr><th>甲</th></tr></thead>", ["TBody"], [[("TH", 1, 1)]]),
        (
            "<thead><tr><th>甲</th></tr></thead><thead><tr><th>乙</th></tr></thead>",
            ["TBody", "TBody"],
            [[("TH", 1, 1)], [("TH", 1, 1)]],
        ),
        (
            "<thead><tr><th rowspan=2>甲</th></tr><tr></tr></thead><tbody><tr><td>乙</td></tr></tbody>",
            ["THead", "TBody"],
            [[("TH", 1, 1)], [("TD", 1, 1)]],
        ),
        (
            "<tr><td rowspan=2>甲</td><td rowspan=2>乙</td></tr><tr></tr><tr><td>丙</td><td>丁</td></tr>",
            ["TBody"],
            [[("TD", 1, 1)] * 2] * 2,
        ),
        ("<tr><td>甲</td></tr><tr><td>乙</td><td>丙</td></tr>", ["TBody"], [[("TD", 1, 1)] * 2] * 2),
        (
            "<tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td>丙</td></tr>",
            ["TBody"],
            [[("TD", 1, 2), ("TD", 1, 1)], [("TD", 1, 1)]],
        ),
        (
            "<tr><td>甲</td></tr><tr><td>乙</td></tr><tr><td>丙</td><td>丁</td><td>戊</td></tr>",
            ["TBody"],
            [[("TD", 1, 1), ("TD", 2, 2)], [("TD", 1, 1)], [("TD", 1, 1)] * 3],
        ),
    ],
    ids=[
        "only a head",
        "two heads",
        "a row without cells",
        "another before the last",
        "a short row",
        "a cell too long",
        "a hole",
    ],
)
def test_rows_of_tables_have_the_same_number_of_columns(
    project: SmallProject, run: Run, html: str, parts: list[str], grid: Any
) -> None:
    table = first_of(render_with(project, run, f"<table>{html}</table>"), "/Table")
    assert [kind for kind, _ in tree(table)] == parts
    assert rows(table) == grid


def test_a_cell_that_a_page_tears_ends_on_its_page_and_leaves_room_on_the_next(
    project: SmallProject, run: Run
) -> None:
    body = "".join(f"<tr><td>{n}</td></tr>" for n in range(60))
    html = body.replace("<td>0", "<td rowspan=60>长</td><td>0")
    tables = [
        element
        for _, kind, element in render_with(project, run, f"<table>{html}</table>")
        if kind == "/Table"
    ]
    assert len(tables) > 1
    for number, table in enumerate(tables):
        cells = rows(table)
        assert cells[0] == [("TD", 1, len(cells)), ("TD", 1, 1)], number
        assert cells[1:] == [[("TD", 1, 1)]] * (len(cells) - 1)


def test_cells_name_the_heads_that_say_something(project: SmallProject, run: Run) -> None:
    head = "<thead><tr><th></th><th>甲</th><th colspan=2>乙</th></tr></thead>"
    row = "<tr><th scope=row>行</th><td>一</td><td>二</td><td rowspan=2>三</td></tr>"
    found = render_with(project, run, f"<table>{head}{row}<tr><td>四</td><td>五</td><td>六</td></tr></table>")
    blank, first, second, beside = [str(one["/ID"]) for _, kind, one in found if kind == "/TH"]
    told = [[str(name) for name in one["/A"].get("/Headers", [])] for _, kind, one in found if kind == "/TD"]
    assert not any(blank in names for names in told)
    assert told == [[beside, first], [beside, second], [beside, second], [], [first], [second]]


def test_identifiers_are_listed(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, TABLE)
    named = sorted(str(element["/ID"]) for _, _, element in found if "/ID" in element)
    root: Any = PdfReader(project.root / "dist/one.pdf").root_object["/StructTreeRoot"]
    listed = root["/IDTree"]["/Names"]
    assert [str(name) for name in listed[::2]] == named
    assert [str(one.get_object()["/ID"]) for one in listed[1::2]] == named


def test_running_heads_and_page_numbers_are_artifacts_of_pagination(project: SmallProject, run: Run) -> None:
    css = "<style>@page { @top-left { content: '书眉' } @bottom-right { content: counter(page) } }</style>"
    render_with(project, run, css)
    pages: Any = PdfReader(project.root / "dist/one.pdf").pages
    content = pages[0]["/Contents"].get_data()
    for kind in (b"Header", b"Footer"):
        assert re.search(
            rb"/Artifact\n<</Type /Pagination/Subtype /%s>>\nBDC\n(?:(?!BDC).)*T[Jj]" % kind,
            content,
            re.DOTALL,
        )


def test_a_link_in_a_running_head_is_a_link_with_a_text(project: SmallProject, run: Run) -> None:
    css = "<style>@page { @top-left { content: element(head) } } .head { position: running(head) }</style>"
    found = render_with(
        project, run, f"{css}<p class=head><a href='https://example.org/'>网站</a></p><p>文</p>"
    )
    links = [element for _, kind, element in found if kind == "/Link" and "/Alt" in element]
    assert {str(link["/Alt"]) for link in links} == {"网站"}


def test_what_is_painted_as_a_group_is_tagged(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, "<p style='opacity: .5'>甲</p><p style='opacity: .5'>乙<em>丙</em></p>")
    pieces = [
        kid
        for _, kind, element in found
        if kind == "/Span"
        for kid in element["/K"]
        if isinstance(kid, dict) and kid.get("/Type") == "/MCR"
    ]
    assert len(pieces) == 3
    root: Any = PdfReader(project.root / "dist/one.pdf").root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    assert sorted(owners) == list(range(len(owners)))
    for piece in pieces:
        group = piece["/Stm"]
        owner = owners[int(group["/StructParents"])][int(piece["/MCID"])].get_object()
        assert piece["/MCID"] in [kid["/MCID"] for kid in owner["/K"]]


def test_floats_and_marks_are_painted_where_they_are_read(project: SmallProject, run: Run) -> None:
    html = (
        "<p>甲</p><div style='float: left'>乙</div><p>丙</p><ul><li>丁</li><li><p>戊</p></li></ul><p>己</p>"
    )
    found = render_with(project, run, html)
    pages: dict[int, list[int]] = {}
    for _, _, element in found[1:]:
        numbers = [int(kid) for kid in element["/K"] if isinstance(kid, int)]
        pages.setdefault(element.raw_get("/Pg").idnum, []).extend(numbers)
    assert max(map(len, pages.values())) > 7
    assert all(numbers == sorted(numbers) for numbers in pages.values())


def test_what_holds_nothing_is_no_element(project: SmallProject, run: Run) -> None:
    found = render_with(project, run, "<p></p><blockquote></blockquote><ul><li></li></ul><p>甲</p>")
    assert all(element["/K"] for _, kind, element in found if kind not in ("/TD", "/TH"))


def test_what_holds_nothing_after_a_page_s_end_is_no_item(project: SmallProject, run: Run) -> None:
    rest = "<div style='break-before: page'></div>"
    found = render_with(project, run, f"<ul><li>甲{rest}</li></ul><p>乙</p>")
    assert len([kind for _, kind, _ in found if kind == "/LI"]) == 1


@pytest.mark.parametrize("layout", ["newsletter", "brief", "bulletin"])
def test_a_heading_on_the_cover_skips_no_level(project: SmallProject, run: Run, layout: str) -> None:
    cover = "cover:\n  - |\n    # 封头\n\n    ## 小\n\n    文。\narticles:"
    project.issue(ISSUE.replace("base", layout).replace("articles:", cover))
    outcome = run("render", "one")
    assert (outcome.status, outcome.err) == (0, "")


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
