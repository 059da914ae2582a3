"""cstprint render --png: the pages as pictures beside the PDF."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from cstprint.cli.files import picture_paths
from cstprint.pdf.raster import draw_pages, is_drawn_page
from tests.conftest import Run
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject, picture_bytes

pytestmark = pytest.mark.render

#: The contents have a page, each article one, where articles begin pages.
LONGER = ISSUE + "  - title: 另一篇\n    body: 正文。\n  - title: 第三篇\n    body: 正文。\n"
A4_INCHES = (210 / 25.4, 297 / 25.4)


def pixels(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def darkest(path: Path) -> int:
    with Image.open(path) as image:
        least, _ = image.convert("L").getextrema()
    assert isinstance(least, int)
    return least


def test_each_page_is_a_picture_beside_the_pdf(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", *TWO_PAGES, "--png")
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/one-01.png", "dist/one-02.png", "dist/one.pdf"]
    assert outcome.out.startswith("dist/one.pdf  dist/one-01.png … dist/one-02.png  2 pages  ")
    for picture in ("dist/one-01.png", "dist/one-02.png"):
        path = project.root / picture
        assert pixels(path) == pytest.approx([100 * inches for inches in A4_INCHES], abs=1)
        assert darkest(path) < 50, "there is ink on it"


def test_a_shorter_render_takes_away_the_pictures_of_pages_that_are_no_more(
    project: SmallProject, run: Run
) -> None:
    project.issue(LONGER)
    run("render", "one", *TWO_PAGES, "--set", "article-start=page", "--png")
    assert len(project.outputs()) == 5
    kept = [
        project.write("dist/one-05.png", picture_bytes()),
        project.write("dist/one-two-01.png", (project.root / "dist/one-01.png").read_bytes()),
        project.write("dist/one-06.png", b""),
    ]
    project.issue()
    assert run("render", "one", *TWO_PAGES, "--png").status == 0
    names = {str(path.relative_to(project.root)) for path in kept}
    assert set(project.outputs()) == {"dist/one-01.png", "dist/one-02.png", "dist/one.pdf", *names}


def test_a_render_without_pictures_leaves_those_that_are_there(project: SmallProject, run: Run) -> None:
    project.issue()
    before = run("render", "one", *TWO_PAGES, "--png")
    assert before.status == run("render", "one", *TWO_PAGES).status == 0
    assert "dist/one-02.png" in project.outputs()


def test_a_picture_that_is_somebody_elses_is_not_replaced(project: SmallProject, run: Run) -> None:
    project.issue()
    photograph = project.write("print/march-02.png", picture_bytes())
    before = photograph.read_bytes()
    outcome = run("render", "one", *TWO_PAGES, "--png", "-o", "print/march.pdf")
    assert outcome.status == 1
    assert "print/march-02.png: error CST-U012" in outcome.err
    assert photograph.read_bytes() == before
    assert project.outputs() == ["print/march-02.png"]


def test_the_resolution_may_be_set_which_asks_for_pictures_too(project: SmallProject, run: Run) -> None:
    project.issue()
    assert run("render", "one", *TWO_PAGES, "--png-dpi", "30", "-o", "a.pdf").status == 0
    assert project.outputs() == ["a-01.png", "a-02.png", "a.pdf"]
    assert pixels(project.root / "a-01.png") == pytest.approx([30 * inches for inches in A4_INCHES], abs=1)


def test_pictures_of_several_issues_go_with_their_pdfs(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(name="b")
    outcome = run("render", "a", "b", *TWO_PAGES, "--png-dpi", "20", "-o", "both/", "--json")
    assert [issue["pictures"] for issue in outcome.data["issues"]] == [
        [f"both/{name}-01.png", f"both/{name}-02.png"] for name in ("a", "b")
    ]
    assert len(project.outputs()) == 6


def test_pictures_and_a_pdf_on_stdout_do_not_go_together(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", "--png", "-o", "-")
    assert (outcome.status, outcome.stdout) == (2, b"")
    assert "CST-U021" in outcome.err


def test_a_picture_is_known_for_ours_by_its_first_bytes_and_always_the_same(
    project: SmallProject, run: Run
) -> None:
    project.issue()
    pdf = run("render", "one", "-o", "-").stdout
    once, again = list(draw_pages(pdf, 50)), list(draw_pages(pdf, 50))
    assert once == again
    assert all(is_drawn_page(picture[:100]) for picture in once)
    assert not is_drawn_page(picture_bytes()[:100])
    with Image.open(io.BytesIO(once[0])) as image:
        assert image.info["dpi"] == pytest.approx((50, 50), abs=0.02)  # PNG counts whole pixels to the metre


@pytest.mark.parametrize(
    ("pdf", "count", "last"),
    [
        ("a.pdf", 2, "a-02.png"),
        ("a.pdf", 120, "a-120.png"),
        ("a.b.PDF", 1, "a.b-01.png"),
        ("a.b", 1, "a.b-01.png"),
    ],
)
def test_pictures_are_named_by_the_pdf_and_sort_as_their_pages_do(pdf: str, count: int, last: str) -> None:
    names = [path.name for path in picture_paths(Path(pdf), count)]
    assert names[-1] == last
    assert names == sorted(names)
    assert len(names) == count
