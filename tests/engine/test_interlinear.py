"""Lines below names and titles, frames around names, and what else is drawn behind the text of a line."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from cstprint.engine.weasy.catalogue import FEATURES
from tests.engine.test_line_features import MARGIN, SENTENCE, SIZE, html_of, page
from tests.engine.weasy.effects import written
from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.projects import REPOSITORY
from tests.support.strokes import Stroke, read_strokes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The rules of our layouts for these marks, as they stand there.
CSS = "".join(
    re.findall(
        r"^(?:\.proper|\.book|:is\(\.proper|\.deceased)[^\n]*",
        (REPOSITORY / "layouts/base/blocks.css").read_text("utf-8"),
        re.MULTILINE,
    )
)


def set_line(
    body: str, *, measure: float = 40, css: str = ""
) -> tuple[bytes, list[list[Glyph]], list[Stroke]]:
    """The PDF of a paragraph, its lines, and what is drawn besides its glyphs."""
    pdf = written(html_of(f"<p>{body}", measure=measure, css=CSS + css), FEATURES)
    return pdf, lines_of(read_glyphs(pdf)), read_strokes(pdf)


def span(glyphs: list[Glyph], text: str) -> tuple[float, float]:
    """Where a text on a line begins and ends."""
    at = "".join(glyph.text for glyph in glyphs).index(text)
    return glyphs[at].x, glyphs[at + len(text) - 1].end


def copied(pdf: bytes) -> str:
    """What poppler copies."""
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()


def test_two_names_that_meet_have_each_a_line_of_its_own() -> None:
    _, (line,), (first, second) = set_line(
        "昔者<span class=proper>屈原</span><span class=proper>放逐</span>乃赋"
    )
    for stroke, name in ((first, "屈原"), (second, "放逐")):
        left, right = span(line, name)
        assert left <= stroke.left <= left + 0.1 * SIZE
        assert right - 0.1 * SIZE <= stroke.right <= right
    assert second.left - first.right > 0.1 * SIZE
    assert not first.curved


def test_a_title_has_a_wave_that_does_not_touch_the_text() -> None:
    _, (line,), strokes = set_line("乃赋<span class=book>离骚</span><span class=book>天问</span>，")
    assert [stroke.curved for stroke in strokes] == [True, True]
    bottom = line[0].y + 0.12 * SIZE  # of the em box
    for stroke in strokes:
        middle = (stroke.top + stroke.bottom) / 2
        swing = (stroke.bottom - stroke.top) / 2 * 0.75  # a curve stays inside its control points
        assert middle - swing - stroke.width / 2 > bottom
        assert middle + swing + stroke.width / 2 < line[0].y + 0.4 * SIZE


def test_a_name_over_two_lines_has_a_line_on_each() -> None:
    name = "弗朗索瓦马里阿鲁埃"
    _, lines, strokes = set_line(f"{SENTENCE[:16]}<span class=proper>{name}</span>{SENTENCE}", measure=20)
    (_, first_end), (second_begin, _) = span(lines[0], name[:4]), span(lines[1], name[4:])
    assert len(strokes) == 2
    assert strokes[0].right == pytest.approx(first_end, abs=0.1 * SIZE)
    assert strokes[1].left == pytest.approx(second_begin, abs=0.1 * SIZE)


def test_a_line_is_one_however_far_its_text_is_opened_and_whatever_stands_in_it() -> None:
    body = "<span class=proper style='letter-spacing:.5em'>司<b>马</b>迁</span>作史记"
    _, (line,), strokes = set_line(body)
    assert len(strokes) == 1
    assert strokes[0].right - strokes[0].left > line[2].end - line[0].x - 0.2 * SIZE


def test_lines_are_artifacts_and_nothing_of_them_is_copied() -> None:
    _, (line,), strokes = set_line("<span class=proper>屈原</span>作<span class=book>离骚</span>")
    assert (
        all(stroke.artifact for stroke in strokes) or not strokes[0].artifact
    )  # artifacts where there are tags
    assert "".join(glyph.text for glyph in line) == "屈原作离骚"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_a_name_in_a_frame_is_copied_without_blanks() -> None:
    body = "名单：<span class=deceased>张三</span>、李四和<span class=deceased>王五</span><span class=deceased>赵六</span>等。"
    pdf, (line,), strokes = set_line(body)
    assert copied(pdf).strip() == re.sub("<[^>]*>", "", body)
    left, right = span(line, "张三")
    frames = [stroke for stroke in strokes if stroke.left < left and stroke.right > right]
    assert frames
    assert min(stroke.left for stroke in frames) > span(line, "：")[0]


def test_a_name_in_a_frame_is_not_parted() -> None:
    body = f"{SENTENCE[:19]}<span class=deceased>张三李四</span>{SENTENCE}"
    _, lines, _ = set_line(body, measure=20)
    texts = ["".join(glyph.text for glyph in line) for line in lines]
    assert any("张三李四" in text for text in texts)


GROUND = ".g { background: #ff0 } .u { text-decoration: underline }"


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("前文<span class=g>《书》（一）</span>、后文", "《书》（一）"),
        ("前文<span class=g>“引”</span>。后文", "“引”"),
        ("前文（<span class=g>《书》</span>）后文", "《书》"),
        ("<span class=g>《书》</span>后文", "《书》"),
    ],
)
def test_a_ground_ends_with_the_ink_of_what_it_marks(body: str, marked: str) -> None:
    """It reaches neither below the mark behind it nor below that before it, nor into the margin."""
    _, (line,), strokes = set_line(body, css=GROUND)
    ground = next(stroke for stroke in strokes if stroke.kind == "fill")
    at = "".join(glyph.text for glyph in line).index(marked)
    assert ground.left >= MARGIN - 0.01
    if at:
        assert ground.left >= min(line[at - 1].end, line[at].x + SIZE / 2) - 0.01
    following = line[at + len(marked)]
    assert ground.right <= following.x + 0.01
    assert ground.right >= line[at + len(marked) - 1].x + SIZE / 2 - 0.01


def test_an_underline_ends_with_the_mark_that_ends_the_line() -> None:
    text = f"{SENTENCE[:18]}“<u>引用的文字</u>，"
    _, lines, strokes = set_line(f"{text}{SENTENCE}", measure=20, css=GROUND)
    assert max(stroke.right for stroke in strokes) <= MARGIN + 20 * SIZE + 0.01
    assert lines


def test_glyphs_stand_where_they_stood_whatever_is_drawn_behind_them() -> None:
    text = "他在“五日”，《书》（一）、《引》。（《书》）后文"
    plain = read_glyphs(page(f"<p>{text}", measure=40))
    underlined = text.replace("《书》", "<u>《书》</u>").replace("“五日”", "<u>“五日”</u>")
    marked = read_glyphs(page(f"<p>{underlined}", measure=40))
    assert [glyph.text for glyph in marked] == [glyph.text for glyph in plain]
    assert [glyph.x for glyph in marked] == pytest.approx([glyph.x for glyph in plain], abs=0.02)
