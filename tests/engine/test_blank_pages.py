"""A page that stays blank by more than a quarter is noted: how much, why, where that is written."""

from __future__ import annotations

from typing import Any

import pytest

from cstprint.diagnostics import Diagnostic
from tests.engine.test_starts import COVER, LINE, article, laid
from tests.support.ink import read_letters
from tests.support.placed import Placed
from tests.support.projects import SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: A picture that keeps its size, sixteen lines high, and its place.
PICTURE = {"figure": "a.png", "caption": "图", "alt": "图", "width": "100%"}
HERE = {"settings": {"first-page": "cover", "figure-place": "here", "figure-distance": "0"}}


def notes(placed: Placed) -> list[Diagnostic]:
    return [one for one in placed.diagnostics if one.code == "CST-E053"]


def text(lines: int) -> str:
    return "甲" * (LINE * lines - 2) + "\n"


def of_blocks(project: SmallProject, *blocks: Any) -> list[Diagnostic]:
    """Return the notes for an article of these blocks, from page 2 on, and another."""
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))
    return notes(laid(project, {"title": "甲", "body": list(blocks)}, article("乙", 30), **HERE))


def test_a_figure_that_does_not_fit_is_named_with_its_place_and_height(project: SmallProject) -> None:
    (note,) = of_blocks(project, text(17), PICTURE, text(17))
    said = str(note.message)
    assert "page 2" in said
    assert "the next figure" in said
    assert note.span is not None
    assert "alt: 图" in note.span.file.text.splitlines()[note.span.line - 1]
    part = int(said.split(" %", maxsplit=1)[0])
    assert 30 < part < 45


@pytest.mark.parametrize("lines", [22, 30])
def test_less_than_a_quarter_is_not_noted(lines: int, project: SmallProject) -> None:
    assert of_blocks(project, text(lines), PICTURE, text(17)) == []


def test_a_head_that_has_no_room_is_named(project: SmallProject) -> None:
    long_head = {"subtitle": "副标题", "kicker": "眉题", "byline": "作者", "standfirst": "导" * LINE * 3}
    placed = laid(project, article("甲", 20), article("乙", 30, **long_head), **COVER)
    (note,) = notes(placed)
    assert "the next head with its first lines" in str(note.message)
    assert note.place is not None
    assert note.place.page == 2


def test_a_head_that_opens_a_page_though_it_would_fit_is_not_said_to_need_room(project: SmallProject) -> None:
    project.write("issues/one/a.png", picture_bytes(size=(900, 600)))
    short = {"title": "乙", "body": [text(2), PICTURE, text(17)]}
    (note,) = notes(laid(project, article("甲", 20), short, **HERE))
    said = str(note.message)
    assert said.endswith("the next head with its first lines opens a page, as less than a third was left.")


def test_a_list_in_a_notice_that_waits_for_the_next_page_has_its_marks_beside_it(
    project: SmallProject,
) -> None:
    notice = {"notice": "启事", "body": "\n".join(["- " + "丙" * 40] * 8)}
    placed = laid(project, {"title": "甲", "body": [text(18), notice, text(20)]}, **COVER)
    letters = read_letters(placed.pdf())
    marks = [one for one in letters if one.text == "•"]
    assert {one.page for one in marks} == {3}
    lines = {round(one.y) for one in letters if one.text == "丙" and one.page == 3}
    assert len(marks) == 8
    assert {round(one.y) for one in marks} <= lines
    assert (
        max((one.text == "甲" and one.page == 2 and one.y) or 0 for one in letters) > 600
    )  # text went first


@pytest.mark.parametrize("key", ["article-start", "section-start"])
def test_a_page_that_the_layout_breaks_off_and_the_last_are_not_noted(
    key: str, project: SmallProject
) -> None:
    sections = [{"section": name, "articles": [article(name, 3), article(name, 3)]} for name in "甲乙"]
    settings = {"first-page": "cover", key: "page"}
    assert notes(laid(project, sections=sections, settings=settings)) == []
