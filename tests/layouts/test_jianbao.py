"""The official brief (政务简报) keeps to GB/T 9704—2012 where that speaks of it: page, 报头, heads, folios, 版记."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.ink import Letter, grounds, read_letters
from tests.support.pages import read_pages
from tests.support.small_issues import rendered

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
#: The text block: its margins, its size, and what its lines are made of (5.2.1).
HEAD, SPINE, MEASURE, DEPTH = 37 * MM, 28 * MM, 156 * MM, 225 * MM
CHARACTERS, LINES = 28, 22
SIZE, LEADING = 15.8, 29.0
#: Dots per pt of the picture in which rules are measured.
SCALE = 10
SONG, HEI, KAI = "CST-Song", "CST-Hei", "CST-Kai"

SENTENCE = "全市科技创新工作推进会总结今年以来的工作研究部署明年的重点任务各单位负责同志参加会议"
HEADS = {"一、今年工作的主要进展": HEI, "（一）企业创新能力稳步提高": KAI, "1. 培育工作成体系": SONG}
COLOPHON = {
    "报": "市委、市人大常委会、市政府、市政协",
    "送": "市直各部门，各区县人民政府，各有关高等学校、科研院所，国家高新技术产业开发区管理委员会",
    "发": "本局各处室、各直属单位",
    "印发": "示例市科学技术局办公室 2026年11月30日",
    "共印": "150 份",
}
HEAD_OF_ISSUE = {
    "title": "科技工作简报",
    "publisher": "示例市科学技术局办公室",
    "date": "2026-11-30",
    "number": 12,
}
ARTICLE = {"title": "我市召开科技创新工作推进会\\部署明年重点任务", "body": f"{SENTENCE}。\n\n{SENTENCE}。"}


def printed(root: Path, articles: list[dict[str, Any]], **more: object) -> bytes:
    """The PDF of an issue in this layout, as the command makes it."""
    return rendered(root, "jianbao", articles, {}, **{**HEAD_OF_ISSUE, **more}).pdf


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> bytes:
    """A brief of one short text."""
    return printed(tmp_path_factory.mktemp("brief"), [ARTICLE], colophon=COLOPHON)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> bytes:
    """A brief of several pages: text without marks, whose lines are full, then heads of three levels."""
    marks = zip(("#", "##", "###"), HEADS, strict=True)
    heads = "\n\n".join(f"{mark} {head}\n\n{SENTENCE}。" for mark, head in marks)
    return printed(
        tmp_path_factory.mktemp("report"),
        [{"title": "全市科技创新工作的进展", "body": f"{SENTENCE * 42}。\n\n{heads}"}],
        colophon=COLOPHON,
    )


One = TypeVar("One", Glyph, Letter)


def glyphs_of(pdf: bytes, text: str) -> list[Glyph]:
    """The glyphs of a text that is printed once."""
    glyphs = [glyph for glyph in read_glyphs(pdf) if glyph.text.strip()]
    return sought(glyphs, text)


def letters_of(pdf: bytes, text: str) -> list[Letter]:
    """The letters of a text that is printed once: their faces and colours."""
    return sought(read_letters(pdf), text)


def sought(printed: list[One], text: str) -> list[One]:
    start = "".join(one.text for one in printed).index(text)
    return printed[start : start + len(text)]


def middle(row: list[Glyph]) -> float:
    return (row[0].x + row[-1].end) / 2


def full_lines(pdf: bytes, page: int) -> list[list[Glyph]]:
    """The lines of a page whose glyphs are all of the size of the text."""
    lines = lines_of([glyph for glyph in read_glyphs(pdf) if glyph.page == page and glyph.text.strip()])
    return [line for line in lines if all(abs(glyph.size - SIZE) < 0.01 for glyph in line)]


@dataclass(frozen=True)
class Rule:
    """A rule as wide as the measure: its edges in pt from the page's top."""

    top: float
    bottom: float

    @property
    def thickness(self) -> float:
        return self.bottom - self.top


def rules(pdf: bytes, page: int) -> list[Rule]:
    """The rules of a page that are as wide as the measure, from top to bottom: rows of its picture that are all ink."""
    left = SPINE if page % 2 else WIDTH - SPINE - MEASURE
    document = pdfium.PdfDocument(pdf)
    try:
        picture = document[page - 1].render(scale=SCALE, grayscale=True).to_pil()
    finally:
        document.close()
    band = picture.crop((round((left + 1) * SCALE), 0, round((left + MEASURE - 1) * SCALE), picture.height))
    rows = [light < 128 for light in band.resize((1, band.height), Image.Resampling.BOX).tobytes()]
    edges = [at for at in range(1, len(rows)) if rows[at] != rows[at - 1]]
    return [Rule(top / SCALE, bottom / SCALE) for top, bottom in zip(edges[::2], edges[1::2], strict=True)]


class TestThePage:
    @pytest.mark.parametrize("page", [2, 3])
    def test_a_page_has_22_lines_of_28_characters_in_the_text_block_of_the_standard(
        self, report: bytes, page: int
    ) -> None:
        lines = full_lines(report, page)
        assert [len(line) for line in lines] == [CHARACTERS] * LINES
        left = SPINE if page % 2 else WIDTH - SPINE - MEASURE
        for line in lines:
            assert line[0].x == pytest.approx(left, abs=0.5)
            assert line[-1].end == pytest.approx(left + MEASURE, abs=0.5)
        pitches = [after[0].y - before[0].y for before, after in pairwise(lines)]
        assert pitches == pytest.approx([LEADING] * (LINES - 1), abs=0.05)
        assert sum(pitches) * LINES / (LINES - 1) == pytest.approx(DEPTH, abs=0.5)
        # A glyph's em box stands in the middle of its line; the baseline is .88 em below its top.
        top = lines[0][0].y - 0.88 * SIZE - (LEADING - SIZE) / 2
        assert top == pytest.approx(HEAD, abs=1 * MM)

    def test_folios_stand_between_dashes_one_character_in_from_the_outer_edge(self, report: bytes) -> None:
        folio = SIZE * 7 / 8
        by_page: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in read_glyphs(report):
            if glyph.y > HEAD + DEPTH + 10:
                by_page[glyph.page].append(glyph)
        assert sorted(by_page) == list(range(1, len(read_pages(report)) + 1))
        for page, glyphs in by_page.items():
            assert "".join(glyph.text for glyph in glyphs) == f"— {page} —"
            assert [glyph.size for glyph in glyphs] == pytest.approx([folio] * len(glyphs), abs=0.01)
            assert glyphs[2].advance < 0.6 * folio  # half-width digits
            if page % 2:
                assert glyphs[-1].end == pytest.approx(SPINE + MEASURE - folio, abs=0.5)
            else:
                assert glyphs[0].x == pytest.approx(WIDTH - SPINE - MEASURE + folio, abs=0.5)
            dash = glyphs[0].y - 0.38 * folio
            assert dash - (HEAD + DEPTH) == pytest.approx(7 * MM, abs=1 * MM)

    def test_pages_have_no_running_heads(self, report: bytes) -> None:
        assert min(glyph.y for glyph in read_glyphs(report)) > HEAD


class TestTheNameplate:
    def test_it_has_name_and_number_then_publisher_and_date_on_one_line(self, brief: bytes) -> None:
        name, number = glyphs_of(brief, "科技工作简报"), glyphs_of(brief, "第12期")
        publisher = glyphs_of(brief, "示例市科学技术局办公室2026年11月30日")
        assert name[0].y < number[0].y < publisher[0].y
        assert len({round(glyph.y, 1) for glyph in publisher}) == 1
        assert publisher[0].x == pytest.approx(SPINE, abs=0.5)
        assert publisher[-1].end == pytest.approx(SPINE + MEASURE, abs=0.5)
        assert [middle(name), middle(number)] == pytest.approx([SPINE + MEASURE / 2] * 2, abs=1)

    def test_a_red_rule_below_it_ends_the_upper_third_of_the_page_and_text_follows(
        self, brief: bytes
    ) -> None:
        rule = rules(brief, 1)[0]
        publisher, title = glyphs_of(brief, "示例市科学技术局办公室"), glyphs_of(brief, "我市召开科技创新")
        assert publisher[0].y < rule.top < title[0].y - title[0].size
        assert rule.bottom / HEIGHT == pytest.approx(1 / 3, abs=0.03)
        assert grounds(brief, 1, (WIDTH / 2, (rule.top + rule.bottom) / 2)) == ["#d7000f"]

    def test_its_name_is_red_and_all_other_text_black(self, brief: bytes) -> None:
        name = letters_of(brief, "科技工作简报")
        assert {letter.colour for letter in name} == {"#d7000f"}
        assert {letter.colour for letter in read_letters(brief)[len(name) :]} == {"#1a1a1a"}

    @pytest.mark.parametrize(
        ("name", "on"),
        [
            ("要情", 1),
            ("科技动态", 1),
            ("城乡建设工作通讯", 1),
            ("国家重点实验室建设工作快报", 2),
            ("某某省科学技术体制改革工作简报专刊", 2),
            ("Newsletter of the Chinese Society for Cell Biology", 2),
        ],
    )
    def test_a_name_fits_on_one_line_or_on_two_even_ones(self, name: str, on: int, tmp_path: Path) -> None:
        glyphs = read_glyphs(printed(tmp_path, [{"title": "题", "body": "文。"}], title=name))
        large = max(glyph.size for glyph in glyphs)
        lines = lines_of([glyph for glyph in glyphs if glyph.size > 0.99 * large])
        widths = [line[-1].end - line[0].x for line in lines]
        assert len(lines) == on
        assert max(widths) <= MEASURE + 1
        assert min(widths) > 0.7 * max(widths)
        assert large >= 0.65 * 60 or name.isascii()


class TestHeads:
    def test_all_levels_have_the_size_of_the_text_and_begin_two_characters_in(self, report: bytes) -> None:
        for head, face in HEADS.items():
            glyphs = glyphs_of(report, "".join(head.split()))
            edge = SPINE if glyphs[0].page % 2 else WIDTH - SPINE - MEASURE
            trimmed = SIZE / 2 if head[0] == "（" else 0  # the blank half of a bracket at the start of a line
            assert glyphs[0].x + trimmed == pytest.approx(edge + 2 * SIZE, abs=0.5)
            assert {round(glyph.size, 1) for glyph in glyphs} == {SIZE}
            assert len({round(glyph.y, 1) for glyph in glyphs}) == 1
            assert letters_of(report, head[-4:])[0].font.startswith(face)
        assert "Bold" in letters_of(report, "培育工作成体系")[0].font

    def test_the_lines_of_a_title_are_centred_and_end_where_the_editor_says(self, brief: bytes) -> None:
        rows = [glyphs_of(brief, part) for part in ("我市召开科技创新工作推进会", "部署明年重点任务")]
        assert rows[0][0].y < rows[1][0].y
        for row in rows:
            assert len({round(glyph.y, 1) for glyph in row}) == 1
            assert row[0].size == pytest.approx(SIZE * 11 / 8, abs=0.01)
            assert middle(row) == pytest.approx(SPINE + MEASURE / 2, abs=1)


def test_a_project_names_its_own_fangsong_for_running_text_alone(tmp_path: Path) -> None:
    body = f"# 一、进展\n\n{SENTENCE}。\n\n### 1. 培育\n\n{SENTENCE}。"
    pdf = printed(tmp_path, [{"title": "题目", "body": body}], tokens={"fangsong": '"CST Kai"'})
    assert {letter.font for letter in letters_of(pdf, SENTENCE[:20])} == {"CST-Kai"}
    for text in ("科技工作简报", "题目", "培育"):
        assert {letter.font for letter in letters_of(pdf, text)} == {"CST-Song-Bold"}


class TestTheImprint:
    def test_a_short_brief_is_one_page_with_its_imprint_at_the_foot(self, brief: bytes) -> None:
        assert len(read_pages(brief)) == 1
        assert rules(brief, 1)[-1].bottom == pytest.approx(HEAD + DEPTH, abs=1)

    def test_rules_part_its_rows_the_first_and_the_last_are_thicker(self, brief: bytes) -> None:
        first, *between, last = rules(brief, 1)[1:]
        assert [first.thickness, last.thickness] == pytest.approx([0.35 * MM] * 2, abs=0.12)
        assert [rule.thickness for rule in between] == pytest.approx([0.25 * MM] * 3, abs=0.12)
        texts = ("报：", "送：", "发：", "示例市科学技术局办公室2026年11月30日印发")
        rows, edges = [glyphs_of(brief, text) for text in texts], [first, *between, last]
        for row, above, below in zip(rows, edges, edges[1:], strict=False):
            assert above.bottom < row[0].y < below.top

    def test_its_rows_are_one_character_in_and_turned_lines_hang_after_the_label(self, brief: bytes) -> None:
        small = SIZE * 7 / 8
        sent = glyphs_of(brief, "送：" + COLOPHON["送"])
        assert sent[0].x == pytest.approx(SPINE + small, abs=0.5)
        turned = next(glyph for glyph in sent if glyph.y > sent[0].y + 1)
        assert turned.x == pytest.approx(sent[2].x, abs=0.5)

    def test_who_printed_it_when_and_how_many_stand_on_one_line(self, brief: bytes) -> None:
        small = SIZE * 7 / 8
        line = glyphs_of(brief, "示例市科学技术局办公室2026年11月30日印发共印150份")
        assert len({round(glyph.y, 1) for glyph in line}) == 1
        assert line[0].x == pytest.approx(SPINE + small, abs=0.5)
        assert line[-1].end == pytest.approx(SPINE + MEASURE - small, abs=0.5)

    def test_it_ends_the_last_page_of_a_long_brief_below_text(self, report: bytes) -> None:
        last = len(read_pages(report))
        assert rules(report, last)[-1].bottom == pytest.approx(HEAD + DEPTH, abs=1)
        assert len(full_lines(report, last)) >= 2

    def test_where_it_has_no_room_the_last_lines_of_the_text_go_with_it(self, tmp_path: Path) -> None:
        pdf = printed(tmp_path, [{**ARTICLE, "body": SENTENCE * 7 + "。"}], colophon=COLOPHON)
        assert len(read_pages(pdf)) == 2
        assert len(full_lines(pdf, 2)) >= 2
        assert rules(pdf, 2)[-1].bottom == pytest.approx(HEAD + DEPTH, abs=1)


def test_an_issue_of_several_articles_has_contents_one_of_a_text_with_heads_has_none(
    report: bytes, tmp_path: Path
) -> None:
    two = printed(tmp_path, [ARTICLE, {**ARTICLE, "title": "全市技术市场交易活跃"}])
    assert "目录" in read_pages(two)[0].text
    assert "目录" not in "".join(page.text for page in read_pages(report))
