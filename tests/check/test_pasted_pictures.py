"""Pictures of texts that are not there, classes that nothing knows: one message for all, and the issue is printed."""

from __future__ import annotations

import json

import pytest

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import Preparation, prepare
from tests.support.projects import ISSUE, SmallProject, picture_bytes

TEXT = """\
|
      ![远](https://example.org/a.jpg)

      甲![缺](images/none.png)乙

      ![坏](images/bad.png)

      ![上](../a.png) ![盘](C:/a.png)

      ![有](images/one.png)
"""


@pytest.fixture
def ready(project: SmallProject) -> tuple[Preparation, list[tuple[str, str]]]:
    path = project.issue(ISSUE.replace("正文。", TEXT))
    images = path.parent / "images"
    images.mkdir()
    (images / "one.png").write_bytes(picture_bytes())
    (images / "bad.png").write_bytes(b"no picture")
    result = prepare(path, open_project(project.root), RenderOptions())
    assert result.value is not None, [str(found) for found in result.diagnostics]
    return result.value, [(found.code, str(found.message)) for found in result.diagnostics]


def test_pictures_that_are_not_there_are_one_warning_with_their_places(
    ready: tuple[Preparation, list[tuple[str, str]]],
) -> None:
    (message,) = (message for code, message in ready[1] if code == "CST-M029")
    for named in (
        "10 (https://example.org/a.jpg)",
        "12 (images/none.png)",
        "14 (images/bad.png)",
        "16 (../a.png)",
    ):
        assert named in message
    assert "5 places" in message


def test_a_box_in_their_place_has_their_words_and_addresses(
    ready: tuple[Preparation, list[tuple[str, str]]],
) -> None:
    html = ready[0].html.html
    assert html.count("missing-picture") == 5
    assert '远 <a class="address" href="https://example.org/a.jpg">https://example.org/a.jpg</a>' in html
    assert '缺 <span class="address">images/none.png</span>' in html
    assert '<span class="missing-picture in-line">' in html
    assert 'src="issue/images/one.png"' in html


def test_the_pages_depend_on_the_files_that_are_missing(
    ready: tuple[Preparation, list[tuple[str, str]]],
) -> None:
    unprinted = ready[0].unprinted
    assert unprinted["images/none.png"] is None
    assert len(unprinted["images/bad.png"] or "") == 64
    assert set(unprinted) == {"images/none.png", "images/bad.png"}


def test_in_a_figure_block_a_missing_picture_stays_an_error(project: SmallProject) -> None:
    path = project.issue(ISSUE.replace("正文。", "[{figure: images/none.png, alt: 甲}]"))
    result = prepare(path, open_project(project.root), RenderOptions())
    assert result.value is None
    assert [(found.code, found.is_error) for found in result.diagnostics] == [("CST-P001", True)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("这是[重点]{.strnog}。", True),
        ("{.figrue}\n      甲", True),
        ("# 甲 {.figrue}", True),
        ("{.han}\n      1. 甲", False),
        ("甲[乙]{.caption}", False),
    ],
)
def test_classes_that_no_style_sheet_knows_are_reported(text: str, told: bool, project: SmallProject) -> None:
    path = project.issue(ISSUE.replace("正文。", f"|\n      {text}\n"))
    result = prepare(path, open_project(project.root), RenderOptions())
    found = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == "CST-M031"]
    assert bool(found) == told
    if "figrue" in text:
        assert "Did you mean “figure”?" in str(found[0].hint)


def test_strict_makes_an_error_of_a_missing_picture(project: SmallProject, run: object) -> None:
    project.issue(ISSUE.replace("正文。", "'![远](https://example.org/a.jpg)'"))
    outcome = run("render", "one", "--strict", "--json")  # type: ignore[operator]
    (found,) = json.loads(outcome.stdout)["issues"][0]["diagnostics"]
    assert (outcome.status, found["code"], found["severity"]) == (1, "CST-M029", "error")
