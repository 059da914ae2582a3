"""Notes, figures and boxes in the outer margin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from tests.support.glyphs import Glyph, read_glyphs
from tests.support.pages import structure
from tests.support.trials import Layout, Trial, paragraphs, tried

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The left and right edge of the text block on left and right pages, in pt.
TEXT = {
    "newsletter": {0: (87.6, 507.6), 1: (87.6, 507.6)},
    "bulletin": {0: (73.6, 535.6), 1: (59.6, 521.6)},
}
#: What notes say, none of which the text says.
NOTES = "甲乙丙丁"
SQUARE = {"square.png": Image.new("L", (900, 900), 120)}


def noted(which: str) -> str:
    """A paragraph of four lines or so with notes in its first line, four lines long."""
    return "正文" * 5 + "".join(f"[{one * 22}]{{.side}}文文文文文" for one in which) + "正文" * 40


def sides(trial: Trial) -> Mapping[str, list[Glyph]]:
    """The glyphs of each note."""
    found = defaultdict(list)
    for glyph in read_glyphs(trial.pdf):
        if glyph.text in NOTES:
            found[glyph.text].append(glyph)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("layout", TEXT)
def test_notes_stand_at_the_outer_edge_level_with_their_lines_and_apart(layout: str, tmp_path: Path) -> None:
    body = (noted("甲乙"), paragraphs(90 if layout == "bulletin" else 32), noted("丙丁"))
    trial = tried(tmp_path, Layout(layout), *body)
    notes = sides(trial)
    assert {note[0].page % 2 for note in notes.values()} == {0, 1}
    for note in notes.values():
        page = note[0].page
        left, right = TEXT[layout][page % 2]
        assert len(note) == 22
        assert {glyph.page for glyph in note} == {page}
        if page % 2:
            assert all(glyph.x > right for glyph in note)
        else:
            assert all(glyph.x + glyph.size < left for glyph in note)
    lines = {round(glyph.y, 1) for glyph in read_glyphs(trial.pdf) if glyph.text == "正"}
    for first, second in ("甲乙", "丙丁"):
        assert min(glyph.y for glyph in notes[first]) == pytest.approx(
            min(lines, key=lambda y: abs(y - min(glyph.y for glyph in notes[first]))), abs=0.2
        )
        gap = min(glyph.y for glyph in notes[second]) - max(glyph.y for glyph in notes[first])
        assert gap > notes[first][0].size, "the second is moved down"
    assert not trial.codes


def test_a_note_at_the_foot_of_a_page_ends_with_the_text(tmp_path: Path) -> None:
    trial = tried(
        tmp_path, Layout("newsletter"), paragraphs(28), "正文[" + "甲" * 60 + "]{.side}正文。", paragraphs(9)
    )
    ends = max(glyph.y for glyph in sides(trial)["甲"])
    assert ends < 84 + 34 * 20
    assert {glyph.page for glyph in sides(trial)["甲"]} == set(trial.pages_with("正文正文"))


def test_a_figure_and_a_box_stand_in_the_margin_and_take_no_room_in_the_text(tmp_path: Path) -> None:
    figure = {"figure": "square.png", "alt": "灰色", "caption": "甲甲", "place": "margin"}
    box = {"box": "乙乙", "body": ["丙丙。"], "place": "margin"}
    trial = tried(
        tmp_path,
        Layout("newsletter"),
        paragraphs(3, "前"),
        figure,
        paragraphs(6, "后"),
        box,
        "完。",
        pictures=SQUARE,
    )
    (picture,) = trial.page(2).pictures
    assert picture.right < 87.6
    assert picture.left > 9
    notes = sides(trial)
    assert all(glyph.x < 87.6 for which in "甲乙丙" for glyph in notes[which])
    lines = sorted({round(glyph.y) for glyph in read_glyphs(trial.pdf) if glyph.text in "前后完"})
    assert {below - above for above, below in pairwise(lines)} == {20}
    assert "甲" not in "".join(line.text for line in trial.page(2).lines if line.box.left > 87.6)


def test_notes_are_read_after_their_paragraph_and_a_figure_in_its_place(tmp_path: Path) -> None:
    figure = {"figure": "square.png", "alt": "灰色", "place": "margin"}
    trial = tried(tmp_path, Layout("newsletter"), noted("甲"), figure, "完。", pictures=SQUARE)
    kinds = [kind for _, kind, _ in structure(trial.pdf)]
    assert kinds.count("/Figure") == 1
    text = trial.page(2).text.replace("\r\n", "")
    assert text.index("正文正文正文") < text.index("甲甲") < text.index("完。")


def test_a_caption_beside_its_picture_is_level_with_its_head(tmp_path: Path) -> None:
    css = """.place-column figcaption { position: absolute; width: var(--cst-side-width); --cst-side: outer;
    margin: 0 var(--cst-side-gap) }"""
    figure = {"figure": "square.png", "alt": "灰色", "caption": "甲" * 9}
    trial = tried(tmp_path, Layout("newsletter", blocks=css), paragraphs(3), figure, "完。", pictures=SQUARE)
    (picture,) = trial.page(2).pictures
    first = min(glyph.y for glyph in sides(trial)["甲"])
    assert picture.top < first < picture.top + 20
    assert all(glyph.x < 87.6 for glyph in sides(trial)["甲"])
    assert [kind for _, kind, _ in structure(trial.pdf)].count("/Caption") == 1


def test_notes_stand_in_brackets_where_the_margin_has_no_room(tmp_path: Path) -> None:
    trial = tried(tmp_path, Layout("brief"), "正文[甲甲]{.side}正文。")
    assert "正文（甲甲）正文" in trial.page(2).text.replace("\r\n", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("notes", "told"),
    [
        (["甲" * 1500], "longer than a page"),
        (["甲" * 120, "乙" * 80, "丙" * 250, "丁" * 80], "together higher than the page"),
    ],
)
def test_notes_that_are_higher_than_the_page_stand_in_the_text_and_are_reported(
    notes: list[str], told: str, tmp_path: Path
) -> None:
    line = "".join(f"正文[{one}]{{.side}}正文。" for one in notes)
    trial = tried(tmp_path, Layout("newsletter"), paragraphs(4), line, paragraphs(9))
    found = [one for one in trial.diagnostics if one.code == "CST-E020"]
    assert [told in str(one.message) for one in found] == [True]
    assert all(one.span is not None for one in found)
    assert not [one for one in trial.diagnostics if one.is_error]
    glyphs = sides(trial)
    assert {name: len(note) for name, note in glyphs.items()} == {one[0]: len(one) for one in notes}
    assert all(40 < glyph.y < 802 for note in glyphs.values() for glyph in note), "on the paper"
    highest = max(notes, key=len)[0]
    assert all(87 < glyph.x < 508 for glyph in glyphs[highest]), "in the text"
