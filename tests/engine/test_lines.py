"""Lines on the page, measured from the origins of their glyphs."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.support.glyphs import Glyph, lines_of, read_glyphs
from tests.support.pages import letters, read_pages

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

ROOT = Path(__file__).resolve().parents[2]
#: The text block of the newsletter layout in pt: 35 characters of 12 pt.
LEFT, RIGHT, EM = 87.638, 507.638, 12.0

TEXT = """\
全球新冠肺炎疫情的严峻形势凸显了国际科技合作的紧迫需求。当前，**各国纷纷**采取了“一系列”应对举措（2020年3月27日），加快推进药物、疫苗、检测试剂研发；《国际卫生条例》（2005）规定了mRNA疫苗与CO₂排放的报告办法，CEPI等机构参与其中。

“全球冠状病毒组学数据共享与分析系统”和“2019新型冠状病毒信息库”两个平台，累计为139个国家和地区的20多万名用户提供了800多万次的[数据浏览](https://example.org/)、检索和下载服务，其中 95% 来自国外；WHO、GISAID 和 Nature 也作了报道——这是第一次……

- 列表里的文字也要两端对齐，遇到“引号”和（括号）时同样处理，第 2 项与第 10 项之间的间距和正文一致，不多也不少，读起来才舒服。
"""


@pytest.fixture(scope="module")
def lines_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines")
    issue = folder / "issues/lines/issue.yaml"
    issue.parent.mkdir(parents=True)
    body = "\n".join(f"      {line}" for line in TEXT.splitlines())
    issue.write_text(
        "layout: newsletter\nlanguage: zh-Hans\ntitle: 甲\npublisher: 乙\ndate: 2020\nnumber: 1\n"
        f"articles:\n  - title: 丙\n    body: |\n{body}\n",
        "utf-8",
    )
    return folder


def render_lines(folder: Path, *settings: str) -> bytes:
    """Return the PDF; the article begins on page 2, whether or not the cover has pictures."""
    options = ["--set", "first-page=cover", "--set", "link-addresses=none", *settings, "-q", "-o", "-"]
    command = [sys.executable, "-m", "cstprint", "render", "lines", *options]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def pdf(lines_folder: Path) -> bytes:
    return render_lines(lines_folder)


@pytest.fixture(scope="module")
def body_lines(pdf: bytes) -> list[list[Glyph]]:
    found = [
        line for line in lines_of(read_glyphs(pdf)) if line[0].page == 2 and abs(line[0].size - EM) < 0.1
    ]
    return [line for line in found if line[0].y > 150]


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def full(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """The lines that the next one goes on from: all that are nearly as wide as the measure."""
    return [line for line in lines if line[-1].end > RIGHT - 3 * EM]


def test_full_lines_end_flush_with_bold_links_and_lists(body_lines: list[list[Glyph]]) -> None:
    assert len(full(body_lines)) >= 7
    for line in full(body_lines):
        last = line[-1]
        half = last.size / 2 if last.text in "，。、；：？！）》”" else 0
        assert min(abs(last.end - RIGHT), abs(last.end - half - RIGHT)) < 0.02 * EM, text_of(line)


def test_marks_that_end_a_line_are_half_as_wide(body_lines: list[list[Glyph]]) -> None:
    for line in full(body_lines):
        last = line[-1]
        if last.text in "，。、；：？！）》”":
            assert last.end - last.size / 2 == pytest.approx(RIGHT, abs=0.02 * EM)


def test_no_line_begins_or_ends_with_a_mark_that_must_not(body_lines: list[list[Glyph]]) -> None:
    for line in body_lines:
        assert line[0].text not in "，。、；：？！）》”—…%"
        assert line[-1].text not in "（《“￥"


def test_an_opening_quote_after_the_indent_is_trimmed(body_lines: list[list[Glyph]]) -> None:
    line = next(line for line in body_lines if text_of(line).startswith("“全球冠状"))
    assert line[0].x == pytest.approx(LEFT + 2 * EM - EM / 2, abs=0.1)


def test_two_marks_together_take_an_em_and_a_half(body_lines: list[list[Glyph]]) -> None:
    seen = 0
    for line in body_lines:
        for mark, following, after in zip(line, line[1:], line[2:], strict=False):
            if mark.text in "）”》" and following.text in "，；、。（":
                seen += 1
                assert following.x - mark.x == pytest.approx(EM / 2, abs=0.12 * EM)
                assert after is not None
    assert seen >= 2


def test_gaps_between_han_and_latin_keep_their_limits(body_lines: list[list[Glyph]]) -> None:
    gaps = []
    for line in body_lines:
        for one, two in itertools.pairwise(line):
            han = [unicodedata.name(g.text[:1], "").startswith("CJK UNIFIED") for g in (one, two)]
            latin = [g.text[:1].isascii() and g.text[:1].isalnum() for g in (one, two)]
            if (han[0] and latin[1]) or (latin[0] and han[1]):
                gaps.append((two.x - one.end) / EM)
    assert len(gaps) >= 15
    assert min(gaps) > 0.12
    assert max(gaps) < 0.34


def test_a_number_keeps_its_unit(body_lines: list[list[Glyph]]) -> None:
    for before, after in itertools.pairwise(body_lines):
        assert not (text_of(before)[-1].isdigit() and text_of(after)[0] in "年月日个名万多%0123456789")


def test_what_is_copied_is_what_was_typed(pdf: bytes) -> None:
    printed = letters(read_pages(pdf)[1].text)
    for paragraph in TEXT.split("\n\n"):
        typed = re.sub(r"\*\*|\[|\]\([^)]*\)|^- ", "", paragraph.strip())
        assert letters(typed) in printed


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_copied_text_has_the_spaces_that_were_typed_and_no_others(pdf: bytes) -> None:
    command = ["pdftotext", "-f", "2", "-l", "2", "-", "-"]
    printed = (
        subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode().replace("\n", "")
    )
    for paragraph in TEXT.strip().split("\n\n"):
        assert re.sub(r"\*\*|\[|\]\([^)]*\)|^- ", "", paragraph) in printed


def test_stock_lines_can_be_had(body_lines: list[list[Glyph]], lines_folder: Path) -> None:
    """WeasyPrint's own do not trim the marks at a line's end: some lines of the same text end elsewhere."""
    stock = render_lines(lines_folder, "--set", "line-setting=stock")
    found = [line for line in lines_of(read_glyphs(stock)) if line[0].page == 2]
    own = [text_of(line) for line in found if abs(line[0].size - EM) < 0.1 and line[0].y > 150]
    ours = [text_of(line) for line in body_lines]
    assert letters("".join(own)) == letters("".join(ours))
    assert own != ours


@pytest.mark.parametrize(
    ("first", "count"),
    [pytest.param(1, 40, marks=pytest.mark.slow), pytest.param(41, 160, marks=pytest.mark.long)],
)
def test_random_documents_are_laid_out_whole(first: int, count: int) -> None:
    command = [sys.executable, "-m", "tests.support.line_fuzz", str(first), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stdout
    assert f"{count} documents, 0 failures" in done.stdout


def test_a_line_that_cannot_be_filled_is_told(tmp_path: Path) -> None:
    issue = tmp_path / "issues/a/issue.yaml"
    issue.parent.mkdir(parents=True)
    long = "x" * 45  # fits on a line, but not behind a dozen Han
    issue.write_text(
        "layout: newsletter\nlanguage: zh-Hans\ntitle: 甲\npublisher: 乙\ndate: 2020\nnumber: 1\n"
        f"articles:\n  - title: 丙\n    body: |\n      中国科技通讯中国科技通讯{long}科技\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "cstprint", "render", "a", "--set", "first-page=cover", "--json"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)["issues"][0]["diagnostics"]
    assert found
    for told in found:
        assert (told["code"], told["severity"], told["page"]) == ("CST-E006", "note", 2)
        assert told["location"]["line"] == 10
    assert "中国" in found[0]["message"]
