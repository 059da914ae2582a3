"""Entries of contents may be grids or flex boxes: their page numbers are right."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Run
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.parametrize("display", ["grid", "flex"])
def test_their_numbers_are_those_of_the_pages(project: SmallProject, run: Run, display: str) -> None:
    """The contents take two pages, so that all numbers change after a first layout; each article takes one."""
    count = 60
    articles = "".join(f"  - title: 文章其{n}终\n    body: 正文。\n" for n in range(1, count + 1))
    project.issue(ISSUE[: ISSUE.index("  - title")].replace("layout: base", "layout: mine") + articles)
    css = f".contents .entry {{ display: {display} }}"
    project.layout("mine", "title: 我的\nextends: newsletter\n", blocks_css=css)
    pages = (*TWO_PAGES, "--set", "article-start=page")
    outcome = run("render", "one", *pages, "-o", "one.pdf")
    assert (outcome.status, outcome.err) == (0, "")
    texts = [re.sub(r"\s", "", page.text) for page in read_pages((project.root / "one.pdf").read_bytes())]
    folios = enumerate(texts[: len(texts) - count], start=1)
    contents = "".join(text.removesuffix(str(folio)) for folio, text in folios)
    assert len(texts) - count >= 2
    for number in range(1, count + 1):
        opens = next(
            page
            for page, text in enumerate(texts, 1)
            if page > len(texts) - count and f"其{number}终" in text
        )
        assert re.search(rf"其{number}终(刊名2020年第2期)?[·.]*{opens}(?!\d)", contents), number
