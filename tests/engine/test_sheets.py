"""Style sheets parsed ahead, and fonts read once: the pages are the same, and nothing of one issue is in the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.job import RenderOptions
from tests.conftest import Run
from tests.support.placed import lay_out
from tests.support.projects import ISSUE, REPOSITORY, SmallProject
from tests.support.sheets import Ready, shared, values

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")
URL = "cst://render/layout/mine/blocks.css"


@pytest.fixture
def ready(project: SmallProject, _built_in_fonts: None, monkeypatch: pytest.MonkeyPatch) -> Ready:
    """What is parsed ahead; nothing before the test, and what was there before is there after it."""
    from cstprint.engine.speed import sheets

    project.issue(MINE)
    kept: Ready = {}
    monkeypatch.setattr(sheets, "_ready", kept)
    return kept


def parse_ahead(folder: Path) -> None:
    from cstprint.engine.speed import sheets

    sheets.parse_ahead({"mine": folder})


def pdf_of(project: SmallProject, run: Run) -> bytes:
    assert run("render", "one").status == 0
    return (project.root / "dist/one.pdf").read_bytes()


def test_pages_are_the_same_from_sheets_that_were_parsed_ahead(
    project: SmallProject, run: Run, ready: Ready
) -> None:
    css = "p { margin-left: calc(2 * 1em) }\n@page { margin-top: 40mm }\n"
    folder = project.layout(blocks_css=css)
    plain = pdf_of(project, run)
    parse_ahead(folder)
    kept = ready[URL, css.encode()]
    for left in (1, 0, 0):
        assert pdf_of(project, run) == plain
        assert len(kept) == left


def test_a_sheet_that_was_changed_since_is_parsed_anew(project: SmallProject, run: Run, ready: Ready) -> None:
    folder = project.layout(blocks_css="p { margin-left: 1em }")
    parse_ahead(folder)
    before = pdf_of(project, run)
    project.layout(blocks_css="p { margin-left: 5em }")
    assert pdf_of(project, run) != before
    assert len(ready[URL, b"p { margin-left: 1em }"]) == 1


@pytest.mark.parametrize(
    "css",
    [
        "@import 'more.css';",
        "@LAYER one { p { color: red } }",
        "@font-face { font-family: X; src: local('CST Song') }",
        "@counter-style own { system: cyclic; symbols: '*' }",
        "p { colour: red }",
    ],
)
def test_a_sheet_that_reaches_out_or_has_a_mistake_is_not_kept(
    css: str, project: SmallProject, ready: Ready
) -> None:
    parse_ahead(project.layout(blocks_css=css))
    assert ready[URL, css.encode()] == []


@pytest.mark.usefixtures("_built_in_fonts")
def test_fonts_are_read_once_but_a_sheets_own_do_not_stay() -> None:
    from cstprint.engine.weasy.environment import font_configuration

    kept = font_configuration()
    assert font_configuration() is kept
    kept.add_font_face({"font_family": "X", "src": [("external", None)]}, None)
    assert font_configuration() is not kept


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["newsletter", "brief", "bulletin"])
def test_the_sheets_that_all_tests_share_are_as_they_were_parsed_after_an_issue_with_everything(
    layout: str, ready: Ready
) -> None:
    ready.update(shared())
    parsed = {url: (copies[0][1], vars(copies[0][0])) for (url, _), copies in ready.items() if copies}
    before = dict(values(parsed))
    assert {"page.css", "blocks.css"} <= {url.rpartition("/")[2] for url in parsed if f"/{layout}/" in url}
    assert lay_out(REPOSITORY, REPOSITORY / "issues/issue-specimen", RenderOptions(layout=layout)).pdf()
    assert dict(values(parsed)) == before
