"""A text that can hardly be read for want of contrast is a warning where its colour is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.diagnostics import Diagnostic, Severity
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.losses.conftest import Reported
from tests.losses.losing import ISSUE
from tests.support.projects import SmallProject

pytestmark = pytest.mark.render


def faint(found: list[Diagnostic]) -> list[tuple[str, str]]:
    """The warnings: where each stands, and what it says."""
    return [
        (
            f"{Path(one.span.file.path).name}:{one.span.line}" if one.span else str(one.subject),
            str(one.message),
        )
        for one in found
        if one.code == "CST-E042" and one.severity is Severity.WARNING
    ]


#: Rules that make texts faint, a line each from the second on, and what is said.
FAINT = {
    ".pull { color: #999 }": "2.8 : 1, #999999 on #ffffff",
    ".kicker { color: #fff; background: #f2a900 }": "2.0 : 1, #ffffff on #f2a900",
    ".standfirst { background: #777 }": "3.8 : 1, #1a1a1a on #777777",
    ".notice { opacity: .5 }": "on #ffffff",
    ".verse { font-size: 18pt; color: #959595 }": "2.9 : 1, #959595 on #ffffff",
    ".article p.source { font: 700 14pt 'CST Hei'; color: #969696 }": "2.9 : 1, #969696 on #ffffff",
    ".subtitle::before { content: '甲'; color: #b4b4b4 }": "2.0 : 1, #b4b4b4 on #ffffff",
}
#: Texts that can be read by everyone, leaders, and a numeral behind a title.
FINE = """\
.pull { color: #767676 }
.verse { font-size: 18pt; color: #949494 }
.article p.source { font: 700 14pt 'CST Hei'; color: #949494 }
.kicker { color: #fff; background: #000 }
.standfirst { background: linear-gradient(#fff, #eee) }
.contents .entry::after { content: leader('.'); color: #ccc }
.article-head { position: relative }
.article-head::before {
  content: '3'; position: absolute; z-index: -1; top: 0; left: 0; right: 0;
  font-size: 90pt; line-height: 1; color: #ddd; text-align: center;
}
"""


def test_each_faint_text_is_a_warning_at_its_rule(reported: Reported) -> None:
    found = faint(reported("\n".join(FAINT)))
    for line, pair in enumerate(FAINT.values(), start=2):
        assert any(where == f"blocks.css:{line}" and pair in said for where, said in found), (line, found)


def test_a_text_that_can_be_read_is_not_reported(reported: Reported) -> None:
    assert faint(reported(FINE)) == []


@pytest.mark.parametrize(
    ("more", "issue", "where"),
    [
        ("tokens:\n  accent: '#f2a900'\n", ISSUE, "layout.yaml:4"),
        ("", ISSUE + "tokens:\n  accent: '#f2a900'\n", "issue.yaml:66"),
        ("tokens:\n  quiet: '#777'\n  accent: var(--cst-quiet)\n", ISSUE, "layout.yaml:4"),
        ("tokens:\n  ink: '#777'\n", ISSUE + "tokens:\n  tint: '#ddd'\n", "issue.yaml:66"),
    ],
)
def test_the_place_is_that_of_the_token(more: str, issue: str, where: str, reported: Reported) -> None:
    found = faint(reported(more=more, issue=issue))
    assert found[0][0] == where, found


def test_a_token_that_a_style_sheet_sets_has_its_place_there(reported: Reported) -> None:
    found = faint(reported(".pull { --cst-accent: orange }"))
    assert [where for where, _ in found] == ["blocks.css:2"], found


def test_a_colour_of_the_command_line_is_named_once_for_each_ground(
    project: SmallProject, reported: Reported
) -> None:
    reported()
    options = RenderOptions(settings={"accent": "#f2a900"})
    path = project.root / "issues/one/issue.yaml"
    found = faint(list(render(path, open_project(project.root), options).diagnostics))
    assert {where for where, _ in found} == {"--set"}
    pairs = [said.rpartition(", ")[2] for _, said in found]
    assert len(pairs) == len(set(pairs)), found
    assert "#f2a900 on #ffffff." in pairs
