"""What each block is for those who listen: the tags of an issue that has every block and mark."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cstprint.job import RenderOptions
from tests.support.pages import structure
from tests.support.placed import lay_out
from tests.support.projects import ISSUE, REPOSITORY, picture_bytes

pytestmark = pytest.mark.render

Tags = list[tuple[int, str, Any]]


@pytest.fixture(scope="module")
def tags(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Tags:
    return tags_of("everything.yaml", tmp_path_factory.mktemp("tags"))


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Tags:
    return tags_of("pasted.yaml", tmp_path_factory.mktemp("tags"))


def tags_of(name: str, root: Path) -> Tags:
    folder = root / "issues/one"
    (folder / "images").mkdir(parents=True)
    (folder / "images/one.png").write_bytes(picture_bytes())
    (folder / "images/二 two.jpg").write_bytes(picture_bytes("JPEG"))
    text = (REPOSITORY / "tests/data" / name).read_text("utf-8").replace("LANGUAGE", "zh-Hans")
    (folder / "issue.yaml").write_text(text, "utf-8")
    return structure(lay_out(root, folder, RenderOptions()).pdf())


def kinds(tags: Tags) -> list[str]:
    return [kind for _, kind, _ in tags]


def inside(tags: Tags, index: int) -> Tags:
    """What stands in the element at an index."""
    depth = tags[index][0]
    end = next((n for n in range(index + 1, len(tags)) if tags[n][0] <= depth), len(tags))
    return tags[index + 1 : end]


def every(tags: Tags, kind: str) -> list[Tags]:
    """What stands in each element of a kind."""
    return [inside(tags, index) for index, found in enumerate(kinds(tags)) if found == kind]


def test_every_entry_of_a_list_has_a_body_and_marks_are_labels(tags: Tags) -> None:
    entries = every(tags, "/LI")
    assert len(entries) >= 12
    assert all("/LBody" in kinds(entry) for entry in entries)
    assert kinds(tags).count("/Lbl") >= 12
    assert {kinds(tags)[n - 1] for n, kind in enumerate(kinds(tags)) if kind == "/Lbl"} >= {"/LI"}


def test_tables_have_rows_and_head_cells_with_scopes(tags: Tags) -> None:
    tables = every(tags, "/Table")
    assert len(tables) == 3
    (merged,) = (table for table in tables if "/Caption" in kinds(table))
    cells = [(kind, element) for _, kind, element in merged if kind in ("/TH", "/TD")]
    assert [str(element["/A"]["/Scope"]) for kind, element in cells if kind == "/TH"] == [
        *["/Column"] * 4,
        "/Row",
    ]
    spans = [
        (element["/A"].get("/RowSpan"), element["/A"].get("/ColSpan"))
        for _, element in cells
        if "/A" in element
    ]
    assert (2, None) in spans
    assert (None, 2) in spans
    assert all("/TR" in kinds(table) for table in tables)


def test_notes_are_notes_and_each_has_a_name_of_its_own(tags: Tags) -> None:
    names = [str(element["/ID"]) for _, kind, element in tags if kind == "/Note"]
    assert len(names) == 8  # 7 that are written, the address of a link
    assert len(set(names)) == len(names)


def test_quotations_are_quotations(tags: Tags) -> None:
    assert kinds(tags).count("/BlockQuote") == 3  # in the text, the block, the pull quote


def test_code_is_code(tags: Tags) -> None:
    assert kinds(tags).count("/Code") == 3  # two in a line, one block


def test_figures_say_what_they_show_and_hold_their_captions(tags: Tags) -> None:
    figures = [(element.get("/Alt"), "/Caption" in kinds(inside(tags, n))) for n, (_, kind, element) in enumerate(tags) if kind == "/Figure"]  # fmt: skip
    assert len(figures) == 9  # the decoration is none
    assert all(alt for alt, _ in figures)
    assert [captioned for _, captioned in figures].count(True) == 4


def test_heads_leave_out_no_level(tags: Tags) -> None:
    levels = [int(kind[2]) for kind in kinds(tags) if kind[:2] == "/H" and kind[2:].isdigit()]
    assert max(levels) == 6
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_passages_in_english_say_so(tags: Tags) -> None:
    said = [kind for _, kind, element in tags if str(element.get("/Lang")) == "en"]
    assert "/Span" in said
    assert said.count("/P") >= 2


def test_contents_are_contents(tags: Tags) -> None:
    (contents,) = every(tags, "/TOC")
    assert kinds(contents).count("/TOCI") == kinds(contents).count("/Reference") >= 5


def test_a_formula_says_its_source(pasted: Tags) -> None:
    said = [str(element["/Alt"]) for _, kind, element in pasted if kind == "/Formula"]
    assert said == ["E=mc^2", "\\text{速度 }v = \\frac{s}{t}"]


def test_a_picture_in_a_line_is_a_figure_and_a_decoration_is_none(pasted: Tags) -> None:
    said = [str(element["/Alt"]) for _, kind, element in pasted if kind == "/Figure"]
    assert said.count("小图") == 2
    assert "" not in said


def test_html_has_the_tags_of_what_it_becomes(pasted: Tags) -> None:
    cells = [
        str(element["/A"].get("/RowSpan", 1))
        for _, kind, element in pasted
        if kind == "/TD" and "/A" in element
    ]
    assert "2" in cells
    assert {"/Code", "/BlockQuote", "/Caption", "/Link", "/Span"} <= set(kinds(pasted))


@pytest.mark.usefixtures("_built_in_fonts")
def test_a_link_around_a_picture_says_what_the_picture_shows(tmp_path: Path) -> None:
    folder = tmp_path / "issues/one"
    folder.mkdir(parents=True)
    (folder / "one.png").write_bytes(picture_bytes())
    figure = "      - {figure: one.png, alt: 一座桥, link: 'https://example.org/'}\n"
    (folder / "issue.yaml").write_text(
        ISSUE.replace("    body: 正文。\n", "    body:\n      - 正文。\n" + figure), "utf-8"
    )
    tags = structure(lay_out(tmp_path, folder, RenderOptions()).pdf())
    said = [str(element.get("/Alt", "")) for _, kind, element in tags if kind == "/Link"]
    assert "一座桥" in said
