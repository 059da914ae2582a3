"""An archive with everything that can go wrong in it: what is good is made, the rest is listed with its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.batches import GREEDY, HANGING, batch, lines_of, pdfs
from tests.support.made_issues import made_archive
from tests.support.projects import ISSUE

pytestmark = pytest.mark.render

WITHOUT_PICTURE = ISSUE.replace("body: 正文。", "body:\n      - figure: none.png\n        alt: 甲")
BAD = {
    "bad-character": (ISSUE.replace("正文。", "\ue001"), "CST-F010"),
    "bad-key": (ISSUE.replace("title: 刊名", "titel: 刊名"), "CST-Y020"),
    "bad-layout": (ISSUE.replace("layout: base", "layout: nowhere"), "CST-L001"),
    "bad-picture": (WITHOUT_PICTURE, "CST-P001"),
    "bad-yaml": ("layout: [base\n", "CST-Y010"),
    "greedy": (ISSUE.replace("layout: base", "layout: greedy"), "CST-E012"),
    "hanging": (ISSUE.replace("layout: base", "layout: hanging"), "CST-E011"),
}


@pytest.mark.parametrize(
    ("count", "limit_s"),
    [pytest.param(30, "30", marks=pytest.mark.slow), pytest.param(1000, "60", marks=pytest.mark.batch)],
)
def test_an_archive_with_seven_bad_issues_gives_all_others(count: int, limit_s: str, tmp_path: Path) -> None:
    project, issues = made_archive(tmp_path / "archive", count - len(BAD), pictures=True)
    project.layout("hanging", **{"issue.html.j2": HANGING})
    project.layout("greedy", **{"issue.html.j2": GREEDY})
    for name, (text, _) in BAD.items():
        project.issue(text, name)
    outcome = batch(project, "--all", "-j2", "--limit-time", limit_s, seconds=7200)
    assert outcome.status == 1
    made = pdfs(project.root / "dist")
    assert list(made) == [f"{issue.id}.pdf" for issue in issues]
    assert all(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") for data in made.values())
    *failures, summary = outcome.out.splitlines()
    assert {line.split()[0]: line.split()[1] for line in failures} == {
        name: code for name, (_, code) in BAD.items()
    }
    assert summary.startswith(f"rendered: {count - 7}  unchanged: 0  failed: 7  ")
    lines = lines_of(project.root / "dist")
    assert len(lines) == count
    assert {line["attempts"] for line in lines.values()} == {1}
    assert max(lines[issue.id]["peak_memory_mb"] for issue in issues) < 600
    assert {lines[issue.id]["pages"] for issue in issues} >= {2, 12}
