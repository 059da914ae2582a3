"""Folders of articles, and the command: what it writes, refuses and reports."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.conftest import Run
from tests.support.projects import SmallProject, picture_bytes

ARTICLE = "# {title}\n\n作者：张三\n\n正文[^1]。\n\n[^1]: {title}的注。\n"


def test_each_file_of_a_folder_is_an_article_in_the_order_of_their_numbers(
    project: SmallProject, run: Run
) -> None:
    for number in (1, 2, 10):
        project.write(f"in/第5期/{number}.md", ARTICLE.format(title=f"第{number}篇"))
    project.write("in/第5期/data.csv", "1,2")
    assert run("import", "in/第5期").status == 0
    issue = yaml.safe_load((project.root / "issues/issue-05/issue.yaml").read_text("utf-8"))
    assert [article["title"] for article in issue["articles"]] == ["第1篇", "第2篇", "第10篇"]
    assert issue["articles"][2]["body"] == "正文[^3-1]。\n\n[^3-1]: 第10篇的注。\n"
    assert issue["number"] == 5


def test_an_imported_issue_renders_without_an_edit(project: SmallProject, run: Run) -> None:
    project.write("a.md", "# 周刊 第 3 期\n\n## 甲\n\n正文。\n\n![图为远山](a.png)\n\n## 乙\n\n正文。\n")
    project.write("a.png", picture_bytes(size=(900, 600)))
    assert run("import", "a.md").status == 0
    assert run("render", "a", "--strict").status == 0


def test_nothing_is_overwritten_without_force(project: SmallProject, run: Run) -> None:
    project.write("a.md", "## 甲\n\n正文。\n")
    project.issue(name="a")
    project.write("issues/a/notes.txt", "笔记")
    refused = run("import", "a.md")
    assert refused.status == 1
    assert "CST-I009" in refused.err
    assert run("import", "a.md", "--force").status == 0
    assert "正文" in (project.root / "issues/a/issue.yaml").read_text("utf-8")
    assert (project.root / "issues/a/notes.txt").read_text("utf-8") == "笔记"


def test_a_document_that_was_imported_before_is_recognised(project: SmallProject, run: Run) -> None:
    project.write("a.md", "## 甲\n\n正文。\n")
    project.write("b.md", "## 甲\n\n正文。\n")
    assert run("import", "a.md").status == 0
    again = run("import", "b.md")
    assert again.status == 1
    assert "imported before: a" in again.err


def test_a_dry_run_makes_nothing(project: SmallProject, run: Run) -> None:
    project.write("a.md", "## 甲\n\n正文。\n")
    done = run("import", "a.md", "--dry-run", "--json")
    (report,) = json.loads(done.out)
    assert (report["issue"], report["articles"]) == ("a", 1)
    assert not (project.root / "issues/a").exists()


def test_the_report_has_what_was_guessed_with_its_place(project: SmallProject, run: Run) -> None:
    project.write("a.md", "## 甲\n\n文/张三\n\n正文。\n")
    (report,) = json.loads(run("import", "a.md", "--json").out)
    (taken,) = [one for one in report["diagnostics"] if "byline" in one["message"]]
    assert (taken["code"], taken["location"]["path"], taken["location"]["line"]) == ("CST-I005", "a.md", 3)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.md", "# 中文".encode("gb18030"), "CST-Y004"),
        ("a.md", b"", "CST-I002"),
        ("a.md", b"<!-- -->\n", "CST-I002"),
        ("a.md", b"# \0", "CST-I002"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "CST-I010"),
        ("a.md", b"x" * 9_000_000, "CST-Y003"),
    ],
    ids=["GBK", "empty", "comments only", "NUL", "Word 97", "9 MB"],
)
def test_what_cannot_be_imported_ends_in_a_message_and_leaves_nothing(
    project: SmallProject, run: Run, name: str, content: bytes, code: str
) -> None:
    project.write(name, content)
    done = run("import", name)
    assert done.status == 1
    assert code in done.err
    assert list((project.root / "issues").iterdir()) == []


def test_a_line_of_five_megabytes_is_read(project: SmallProject, run: Run) -> None:
    project.write("a.md", "## 甲\n\n" + "字" * 1_700_000 + "\n")
    assert run("import", "a.md").status == 0


@pytest.mark.parametrize(
    "arguments", [("none.md",), ("empty",), ("a.md", "--layout", "none"), ("a.md", "a.md", "-o", "x")]
)
def test_wrong_usage_is_reported(project: SmallProject, run: Run, arguments: tuple[str, ...]) -> None:
    project.write("a.md", "正文。\n")
    (project.root / "empty").mkdir()
    assert run("import", *arguments).status in (1, 2)
    assert list((project.root / "issues").iterdir()) == []
