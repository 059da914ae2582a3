"""A note that is longer than a page goes on at the foot of the next, and no letter of it is lost."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

PROSE = "编辑部把稿件分给各组，逐篇核对事实、数字与引文，再交排版。" * 30


def printed(
    project: SmallProject, run: Run, layout: str, sentences: int, prose: str = PROSE, *options: str
) -> list[str]:
    """The text of each page of an issue with a note of so many sentences."""
    note = "".join(f"注里的第{n}句写第{n}件事，与别的各句都不相同。" for n in range(1, sentences + 1))
    body = f"    body: |\n      前文。[^1] 后文。\n\n      {prose}\n\n      [^1]: {note}\n"
    project.issue(ISSUE.replace("layout: base", f"layout: {layout}").replace("    body: 正文。\n", body))
    outcome = run("render", "one", *options)
    assert outcome.status == 0, outcome.err
    reader = PdfReader(BytesIO((project.root / "dist/one.pdf").read_bytes()))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["newsletter", "bulletin", "brief"])
def test_a_note_longer_than_a_page_goes_on(layout: str, project: SmallProject, run: Run) -> None:
    sentences = 150
    pages = printed(project, run, layout, sentences)
    text = "".join(pages)
    wanted = [f"注里的第{n}句写第{n}件事，与别的各句都不相同。" for n in range(1, sentences + 1)]
    assert [sentence for sentence in wanted if text.count(sentence) != 1] == []
    assert [text.index(sentence) for sentence in wanted] == sorted(
        text.index(sentence) for sentence in wanted
    )
    assert text.count("稿") == PROSE.count("稿")


@pytest.mark.slow
def test_text_stands_above_each_part_of_a_note(project: SmallProject, run: Run) -> None:
    pages = printed(project, run, "newsletter", 110, PROSE * 3)
    parts = [page for page in pages if "注里的" in page]
    assert len(parts) == 2
    assert "逐篇核对" in parts[0]


@pytest.mark.slow
def test_a_note_that_fits_on_a_page_is_kept_whole(project: SmallProject, run: Run) -> None:
    pages = printed(project, run, "newsletter", 20)
    assert sum("注里的" in page for page in pages) == 1


@pytest.mark.slow
def test_the_page_of_the_call_is_full_in_columns_too(project: SmallProject, run: Run) -> None:
    pages = printed(project, run, "bulletin", 110, PROSE * 2, "--set", "first-page=cover")
    (called,) = (page for page in pages if "前文" in page)
    assert called.count("稿") > 50


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["newsletter", "bulletin", "brief"])
def test_notes_of_one_line_that_fill_more_than_a_page_go_on(
    layout: str, project: SmallProject, run: Run
) -> None:
    count = 12
    names = [f"第{number}条注释" for number in range(1, count + 1)]
    line = "".join(f"甲^[{name}，{'说明这件事情的来龙去脉，写得很长。' * 18}]" for name in names)
    body = f"    body: |\n      {line}乙丙丁。{PROSE}\n"
    project.issue(ISSUE.replace("layout: base", f"layout: {layout}").replace("    body: 正文。\n", body))
    outcome = run("render", "one")
    assert outcome.status == 0, outcome.err
    reader = PdfReader(BytesIO((project.root / "dist/one.pdf").read_bytes()))
    pages = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    text = "".join(pages)
    assert [text.count(name) for name in names] == [1] * count
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)
    assert text.count("来龙去脉") == count * 18
    # The line stands below its title, with the first of its notes.
    called = next(index for index, page in enumerate(pages) if "甲" in page)
    assert names[0] in pages[called]
    assert "标题" in pages[called]
