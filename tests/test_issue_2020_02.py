"""The real issue, from YAML to PDF: everything that was promised for it, read from the PDF itself."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cstprint.job import Rendering
from cstprint.pdf.inspect import PdfFacts
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.pages import Page, is_subsequence, letters, read_pages, structure

pytestmark = pytest.mark.render

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tests/cases/issue-2020-02/source.md"

ARTICLE = "合作抗疫，中国用行动说话"
SECTIONS = (
    "一、深化国际科技合作是各国携手抗击新冠肺炎疫情的必然选择",
    "二、积极推动国际科技合作是中国应对全球新冠肺炎疫情的重要行动",
    "三、推动疫情防控国际科技合作取得务实成果",
)
#: The text block of the newsletter layout, in pt from the page's top left: 35 em of 12 pt by 34 lines of 20 pt.
LEFT, RIGHT, TOP, BOTTOM = 87.6, 507.7, 84.0, 764.1


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    project = open_project(ROOT)
    result = render(project.issue_file("issue-2020-02"), project)
    assert [str(d) for d in result.diagnostics if d.code != "CST-P010"] == []
    assert result.value is not None
    return result.value


@pytest.fixture(scope="module")
def facts(rendering: Rendering) -> PdfFacts:
    return PdfFacts(rendering.pdf)


@pytest.fixture(scope="module")
def pages(rendering: Rendering) -> list[Page]:
    return read_pages(rendering.pdf)


def body(page: Page) -> str:
    """The page's text without running head and folio."""
    inside = [line for line in page.lines if line.box.top > TOP - 25 and line.box.bottom < BOTTOM + 8]
    return "".join(line.text for line in inside)


def test_every_letter_digit_and_mark_of_the_source_is_printed_in_order(pages: list[Page]) -> None:
    source = re.sub(r"(?m)^#+ ", "", SOURCE.read_text("utf-8"))
    printed = "".join(page.text for page in pages)
    assert is_subsequence(letters(source), letters(printed))


def test_nothing_is_printed_but_the_source_the_frame_and_the_contents(pages: list[Page]) -> None:
    wanted = letters(re.sub(r"(?m)^#+ ", "", SOURCE.read_text("utf-8")))
    printed = letters("".join(page.text for page in pages))
    frame = "中国科技通讯2020年第2期" * 4 + ARTICLE * 4 + "".join(SECTIONS) + "0123456789" * 4 + "·" * 200
    extra = list(frame)
    rest = iter(wanted)
    following = next(rest)
    for character in printed:
        if character == following:
            following = next(rest, "")
        else:
            assert character in extra, f"“{character}” was added"
            extra.remove(character)


def test_the_sentence_cut_by_the_print_is_whole_again(pages: list[Page]) -> None:
    assert "多家中国企业正在与有关国家企业合作开展疫苗研发。" in "".join(letters(page.text) for page in pages)


def test_there_are_six_figures_each_with_a_text_for_those_who_cannot_see_it(rendering: Rendering) -> None:
    figures = [element for _, kind, element in structure(rendering.pdf) if kind == "/Figure"]
    assert len(figures) == 6
    assert all(len(str(figure["/Alt"])) > 10 for figure in figures)


def test_the_cover_shows_its_four_pictures_two_by_two(pages: list[Page]) -> None:
    boxes = pages[0].pictures
    assert len(boxes) == 4
    lefts, tops = sorted({round(box.left) for box in boxes}), sorted({round(box.top) for box in boxes})
    assert len(lefts) == 2
    assert len(tops) == 2
    assert min(box.left for box in boxes) == pytest.approx(LEFT, abs=0.2)
    assert max(box.right for box in boxes) == pytest.approx(RIGHT, abs=0.2)


def test_pictures_are_not_cropped(pages: list[Page]) -> None:
    for page in pages:
        for box in page.pictures:
            assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(1.5, abs=0.01)


def test_the_cover_marks_the_pictures_and_explains_them_in_one_key(pages: list[Page]) -> None:
    text = letters(pages[0].text)
    places = [text.index(mark) for mark in ("①", "②", "③", "④", "图1：", "图2：", "图3：", "图4：")]
    assert places == sorted(places)
    assert "实验过程；图2：" in text
    assert "临床前试验。" in text


def test_the_contents_print_the_page_that_label_link_and_bookmark_lead_to(
    facts: PdfFacts, pages: list[Page]
) -> None:
    printed = re.findall(r"(\d+)\s*$", re.sub(r"[·\s]*·[·\s]*(\d+)", r" \1\n", pages[0].text), re.MULTILINE)
    # The bookmarks go deeper than the contents.
    outline = [entry for entry in facts.outline if entry.level <= 2]
    entries = [(entry.level, entry.title, facts.page_labels[entry.page - 1]) for entry in outline]
    assert [title for _, title, _ in entries] == [ARTICLE, *SECTIONS]
    assert [level for level, _, _ in entries] == [1, 2, 2, 2]
    links = [facts.page_labels[link.target_page - 1] for link in facts.links if link.page == 1]
    assert printed[:4] == links == [label for _, _, label in entries]


def test_each_contents_entry_is_one_link(facts: PdfFacts) -> None:
    assert len(facts.links) == 4


def test_the_bookmarks_lead_to_the_pages_where_their_titles_stand(facts: PdfFacts, pages: list[Page]) -> None:
    for entry in facts.outline:
        assert letters(entry.title) in letters(pages[entry.page - 1].text)


def test_page_labels_are_the_printed_folios(facts: PdfFacts, pages: list[Page]) -> None:
    assert facts.page_labels == [str(number) for number in range(1, len(pages) + 1)]
    for label, page in zip(facts.page_labels, pages, strict=True):
        foot = [line.text.strip() for line in page.lines if line.box.top > BOTTOM + 8]
        assert foot == [label]


def test_all_fonts_are_ours_embedded_as_subsets_and_readable(facts: PdfFacts) -> None:
    assert facts.fonts
    for font in facts.fonts:
        assert font.name.startswith("CST-")
        assert font.subset
        assert font.embedded
        assert font.to_unicode


def test_the_pdf_says_what_it_is(facts: PdfFacts) -> None:
    assert facts.info["/Title"] == "中国科技通讯 2020 年第 2 期"
    assert facts.info["/Author"] == "中华人民共和国科学技术部"
    assert facts.info["/Subject"] == ARTICLE
    assert facts.info["/CreationDate"] == "D:2020"
    assert facts.catalog["/Lang"] == "zh-Hans"
    for part in (
        "<dc:identifier>issue-2020-02<",
        "<rdf:li>中华人民共和国科学技术部<",
        "<xmp:CreateDate>2020<",
    ):
        assert part in facts.xmp


def test_the_pdf_is_tagged_with_headings_in_order(rendering: Rendering, facts: PdfFacts) -> None:
    assert facts.catalog["/MarkInfo"]["/Marked"]
    headings = [int(kind[2]) for _, kind, _ in structure(rendering.pdf) if re.fullmatch("/H[1-6]", kind)]
    assert headings[:3] == [1, 2, 2]
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_the_contents_are_tagged_as_contents_and_their_leaders_are_not_read(rendering: Rendering) -> None:
    kinds = [(depth, kind) for depth, kind, _ in structure(rendering.pdf)]
    at = next(index for index, (_, kind) in enumerate(kinds) if kind == "/TOC")
    depth = kinds[at][0]
    inside = list(itertools.takewhile(lambda item: item[0] > depth, kinds[at + 1 :]))
    assert [kind for level, kind in inside if level == depth + 1] == ["/TOCI"] * 4
    assert sum(kind == "/Link" for _, kind in inside) == 4
    assert sum(kind == "/Span" for _, kind in inside) == 4  # the page numbers


def test_captions_stand_inside_their_figures(rendering: Rendering) -> None:
    kinds = [(depth, kind) for depth, kind, _ in structure(rendering.pdf)]
    captions = [index for index, (_, kind) in enumerate(kinds) if kind == "/Caption"]
    assert len(captions) == 2
    assert all(kinds[index - 1] == (kinds[index][0] - 1, "/Figure") for index in captions)


def test_no_page_but_the_last_is_more_than_a_third_empty(pages: list[Page]) -> None:
    for page in pages[:-1]:
        boxes = [*(line.box for line in page.lines), *page.pictures]
        lowest = max(box.bottom for box in boxes if box.bottom < BOTTOM + 8)
        assert (lowest - TOP) / (BOTTOM - TOP) > 2 / 3


def test_nothing_leaves_the_text_block(pages: list[Page]) -> None:
    for page in pages:
        for box in [*(line.box for line in page.lines), *page.pictures]:
            assert box.left > LEFT - 1
            assert box.right < RIGHT + 1


def test_no_line_of_text_stands_on_another(pages: list[Page]) -> None:
    for page in pages:
        for first in page.lines:
            for second in page.lines:
                if first is second:
                    continue
                across = min(first.box.right, second.box.right) - max(first.box.left, second.box.left)
                down = min(first.box.bottom, second.box.bottom) - max(first.box.top, second.box.top)
                assert across < 1 or down < 1, (first, second)


def test_body_lines_of_a_paragraph_are_twenty_points_apart(pages: list[Page]) -> None:
    tops = sorted(line.box.bottom for line in pages[2].lines if TOP < line.box.top < BOTTOM)
    steps = [after - before for before, after in itertools.pairwise(tops) if after - before > 5]
    twenties = [step for step in steps if step == pytest.approx(20, abs=1.5)]
    assert len(twenties) > len(steps) * 0.7


def test_headings_never_end_a_page(pages: list[Page]) -> None:
    heads = [*SECTIONS, "积极开展科学数据和信息共享", "搭建开放科学的共享平台", "推动务实合作项目对接"]
    for page in pages[1:]:
        last = letters(body(page))[-40:]
        assert not any(last.endswith(letters(head)) for head in heads)


def test_running_heads_are_on_all_pages_but_the_first(pages: list[Page]) -> None:
    for number, page in enumerate(pages, start=1):
        head = "".join(line.text for line in page.lines if line.box.bottom < TOP - 15)
        assert ("中国科技通讯" in head) == (number > 1)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_each_paragraph_is_copied_as_it_was_typed(rendering: Rendering, tmp_path: Path) -> None:
    """Letter for letter, with the spaces that were typed and no others, wherever its lines end."""
    file = tmp_path / "issue.pdf"
    file.write_bytes(rendering.pdf)
    block = ["-x", f"{LEFT:.0f}", "-y", f"{TOP - 10:.0f}", "-W", f"{RIGHT - LEFT + 8:.0f}", "-H", "690"]
    done = subprocess.run(["pdftotext", *block, str(file), "-"], check=True, capture_output=True, text=True)
    copied = re.sub(r"[\n\f]", "", done.stdout)
    typed = (ROOT / "issues/issue-2020-02/issue.yaml").read_text("utf-8").splitlines()
    paragraphs = [
        line.strip() for line in typed if re.match(r" {6,}\w", line) and len(line) > 60 and ": " not in line
    ]
    assert len(paragraphs) >= 11
    assert [paragraph for paragraph in paragraphs if paragraph not in copied] == []
