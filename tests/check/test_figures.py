"""What is told about figures on their pages."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject, picture_bytes

pytestmark = pytest.mark.render

#: Text of 20 lines of base, a picture that takes as many, more text: its pages have 38.
TEXT = "字" * 780
PHOTO = "      - figure: photo.png\n        alt: 噪点\n        caption: 图注\n"


def told(project: SmallProject, run: Run, body: str, *options: str) -> tuple[int, str]:
    """Return the exit status and what is told of an issue with this body, notes, too."""
    project.write("issues/one/photo.png", picture_bytes(size=(900, 690)))
    project.issue(ISSUE.replace("    body: 正文。\n", "    body:\n" + body))
    outcome = run("render", "one", "-v", *options)
    return outcome.status, outcome.err


def test_a_figure_that_has_moved_is_a_note_at_its_line(project: SmallProject, run: Run) -> None:
    body = f"      - {TEXT}\n{PHOTO}      - {TEXT}\n"
    status, err = told(project, run, body, *TWO_PAGES, "--strict")
    assert status == 0
    assert "issue.yaml:11:" in err
    assert "note CST-E018: This does not fit on page 2. It was moved to page 3" in err


def test_nothing_is_told_where_nothing_moves(project: SmallProject, run: Run) -> None:
    body = f"      - 字\n{PHOTO}      - {TEXT}\n"
    status, err = told(project, run, body)
    assert (status, "CST-E018" in err) == (0, False)


def test_a_figure_that_goes_behind_its_mention_is_a_note(project: SmallProject, run: Run) -> None:
    named = PHOTO + "        id: it\n"
    body = f"      - {TEXT[:400]}\n{named}      - {TEXT}见[@it]。\n"
    status, err = told(project, run, body, "--strict")
    assert status == 0
    assert "note CST-E018: The figure is after the text that refers to it, which is on page" in err


def test_a_figure_higher_than_a_page_is_a_warning(project: SmallProject, run: Run) -> None:
    caption = "图注" * 1150
    body = f"      - figure: photo.png\n        alt: 噪点\n        caption: {caption}\n"
    status, err = told(project, run, body)
    assert status == 0
    assert "warning CST-E019: The figure is" in err
    assert "issue.yaml:10:" in err


def test_what_is_longer_than_a_page_beside_the_text_is_told(project: SmallProject, run: Run) -> None:
    box = f"      - box: 边栏\n        body: {TEXT * 2}\n        place: right\n"
    status, err = told(project, run, box + f"      - {TEXT}\n")
    assert status == 0
    assert "note CST-E020: This side figure or box is taller" in err
