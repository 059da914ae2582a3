"""Names and references that do not match are told at their places."""

from __future__ import annotations

import pytest

from cstprint.check.names import check_names
from cstprint.issue.reader import read_issue
from tests.html.test_frame import NAMED
from tests.support.projects import SmallProject

NAMED_ZH = NAMED.format(language="zh-Hans")


def found(project: SmallProject, text: str) -> list[tuple[str, int, int]]:
    issue = read_issue(project.issue(text)).value
    assert issue is not None
    return [(d.code, d.span.line, d.span.column) for d in check_names(issue) if d.span]


def test_names_that_match_are_fine(project: SmallProject) -> None:
    assert found(project, NAMED_ZH) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: tab", "id: pic", [("CST-N004", 17, 46), ("CST-N003", 26, 17)]),
        ("[@lead]", "[@laed]", [("CST-N004", 17, 21)]),
        (
            "            id: pic\n",
            "            id: pic\n            numbered: false\n",
            [("CST-N005", 17, 39)],
        ),
        ("[@pic page]", "^[注^[注]]", [("CST-N006", 17, 61)]),
    ],
)
def test_what_does_not_match_is_told(
    old: str, new: str, told: list[tuple[str, int, int]], project: SmallProject
) -> None:
    assert old in NAMED_ZH
    assert sorted(found(project, NAMED_ZH.replace(old, new))) == sorted(told)


def test_a_note_that_calls_a_note_is_told(project: SmallProject) -> None:
    text = NAMED_ZH.replace("[@pic page]。", "[^1]。\n\n            [^1]: 注[^2]。\n\n            [^2]: 注。")
    assert [code for code, _, _ in found(project, text)] == ["CST-N006"]
