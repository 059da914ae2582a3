"""cstprint new: a folder for a new issue that renders at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cstprint.cli import language
from cstprint.issue.reader import read_issue
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject


def codes(err: str) -> list[str]:
    return re.findall(r"error (CST-\w+)", err)


def value(project: SmallProject, key: str, name: str = "issue-2020-03") -> str:
    """What the new issue's file has as the value of a key of the top level."""
    text = (project.root / "issues" / name / "issue.yaml").read_text(encoding="utf-8")
    found = re.findall(rf"(?m)^{key}: (.*)$", text)
    assert len(found) == 1, found
    return str(found[0])


def test_a_new_issue_has_a_file_a_folder_for_pictures_and_the_schema(project: SmallProject, run: Run) -> None:
    outcome = run("new", "issue-2020-03")
    assert (outcome.status, outcome.out) == (0, "issues/issue-2020-03/issue.yaml\n")
    assert "cstprint render issue-2020-03" in outcome.err
    assert (project.root / "issues/issue-2020-03/images").is_dir()
    schema = json.loads((project.root / "issues/issue.schema.json").read_text(encoding="utf-8"))
    assert "articles" in schema["properties"]
    first = (project.root / "issues/issue-2020-03/issue.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../issue.schema.json"


def test_the_schema_that_is_written_is_the_one_that_is_printed(project: SmallProject, run: Run) -> None:
    run("new", "a")
    assert run("schema").out == (project.root / "issues/issue.schema.json").read_text(encoding="utf-8")


@pytest.mark.render
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_new_issue_renders_at_once_without_a_word(tongue: str, project: SmallProject, run: Run) -> None:
    language.use(tongue)
    assert run("new", "issue-2020-03").status == 0
    language.use("en")
    outcome = run("render", "issue-2020-03", "--strict")
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/issue-2020-03.pdf"]


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_parts_that_stand_as_comments_are_right_too(tongue: str, project: SmallProject, run: Run) -> None:
    language.use(tongue)
    run("new", "issue-2020-03")
    path = project.root / "issues/issue-2020-03/issue.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(\s*)# (?=\s*(-|[a-z_]+:))", r"\1", text), encoding="utf-8")
    issue = read_issue(path)
    assert issue.diagnostics == ()
    assert issue.value is not None
    assert len(list(issue.value.figures())) == 3
    assert issue.value.title_en is not None


@pytest.mark.render
def test_an_empty_folder_becomes_a_project(tmp_path: Path, shell: Run, project: SmallProject) -> None:
    (project.root / "issues").rmdir()
    assert shell("new", "issue-2020-03").status == 0
    outcome = shell("render", "issue-2020-03")
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/issue-2020-03.pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"]


def test_an_issue_that_is_there_is_left_alone(project: SmallProject, run: Run) -> None:
    path = project.issue(name="a")
    outcome = run("new", "a")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U009"])
    assert path.read_text(encoding="utf-8") == ISSUE


@pytest.mark.parametrize("other", ["pipe", "broken link", "folder"])
def test_whatever_stands_in_the_way_is_left_alone(other: str, project: SmallProject, run: Run) -> None:
    path = project.root / "issues/a/issue.yaml"
    path.parent.mkdir()
    if other == "broken link":
        path.symlink_to("nowhere")
    elif other == "folder":
        path.mkdir()
    else:
        import os

        os.mkfifo(path)
    assert run("new", "a").status == 2
    assert path.is_symlink() == (other == "broken link")


@pytest.mark.parametrize(
    "name", ["", "a/b", "../a", "..", ".a", "-a", "a b", "/a", "a\n", "a:b", "a*", "a\\b", "a" * 300]
)
def test_an_id_that_cannot_be_a_folder_is_told(name: str, project: SmallProject, run: Run) -> None:
    outcome = run("new", "--", name)
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U008"])
    assert list((project.root / "issues").iterdir()) == []


@pytest.mark.parametrize("name", ["issue-2020-03", "2020-3", "第三期", "a.b", "_", "A1"])
def test_an_id_may_be_any_word(name: str, project: SmallProject, run: Run) -> None:
    assert run("new", name).status == 0
    assert (project.root / "issues" / name / "issue.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "date", "number"),
    [
        ("issue-2020-03", "2020", "3"),
        ("issue-2021-12", "2021", "12"),
        ("2020-010", "2020", "10"),
        ("1999_7", "1999", "7"),
        ("2020年第3期", "2020", "3"),
    ],
)
def test_year_and_number_are_those_of_the_id(
    name: str, date: str, number: str, project: SmallProject, run: Run
) -> None:
    run("new", name)
    assert (value(project, "date", name), value(project, "number", name)) == (date, number)


@pytest.mark.parametrize("name", ["special", "issue-3", "issue-2020", "2020-0"])
def test_an_id_without_year_and_number_begins_with_number_1(
    name: str, project: SmallProject, run: Run
) -> None:
    run("new", name)
    assert re.fullmatch(r"20\d\d", value(project, "date", name))
    assert value(project, "number", name) == "1"


def test_name_and_publisher_are_those_of_the_last_issue(project: SmallProject, run: Run) -> None:
    old = ISSUE.replace("zh-Hans", "zh-Hant")
    project.issue(old.replace("刊名", "舊名"), name="issue-2020-01")
    project.issue("title_en: NEWS\npublisher_en: Unit\n" + old, name="issue-2020-02")
    run("new", "issue-2020-03")
    assert [
        value(project, key) for key in ("title", "publisher", "title_en", "publisher_en", "language")
    ] == [
        *("刊名", "单位", "NEWS", "Unit", "zh-Hant"),
    ]


def test_an_issue_that_cannot_be_read_is_passed_over(project: SmallProject, run: Run) -> None:
    project.issue(name="issue-2020-01")
    project.issue("broken: [", name="issue-2020-02")
    assert run("new", "issue-2020-03").status == 0
    assert value(project, "title") == "刊名"


@pytest.mark.parametrize(
    "name",
    [
        "A: B",
        "A #1",
        "@home",
        "a\\b",
        "a\\1",
        "“刊名”",
        '"刊名" 甲',
        "- a",
        "null",
        "* 甲",
        "甲:",
        "'甲",
        "%",
        "? x",
    ],
)
def test_a_name_that_yaml_would_read_otherwise_is_carried_over_whole(
    name: str, project: SmallProject, run: Run
) -> None:
    project.issue(ISSUE.replace("title: 刊名", "title: |\n  " + name), name="issue-2020-02")
    assert run("new", "issue-2020-03").status == 0
    issue = read_issue(project.root / "issues/issue-2020-03/issue.yaml").value
    assert issue is not None
    assert issue.title == name


def test_a_layout_may_be_named_and_must_be_there(project: SmallProject, run: Run) -> None:
    project.layout("mine")
    assert run("new", "a", "--layout", "mine").status == 0
    assert value(project, "layout", "a") == "mine"
    outcome = run("new", "b", "--layout", "mien")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-L001"])
    assert not (project.root / "issues/b").exists()


def test_a_schema_that_is_there_is_left_alone(project: SmallProject, run: Run) -> None:
    project.write("issues/issue.schema.json", "{}")
    run("new", "a")
    assert (project.root / "issues/issue.schema.json").read_text() == "{}"


def test_json_names_the_file(run: Run) -> None:
    outcome = run("new", "a", "--json")
    assert outcome.data == {"issue": "a", "file": "issues/a/issue.yaml"}
    assert outcome.err == ""


def test_a_folder_that_cannot_be_made_is_told(project: SmallProject, run: Run) -> None:
    (project.root / "issues").rmdir()
    project.write("issues", "a file in the way")
    outcome = run("new", "a")
    assert outcome.status in (1, 2)
    assert "Traceback" not in outcome.err
