"""Where things are: the project's folders over the package's, and cstprint.toml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cstprint.diagnostics import UsageError
from cstprint.project import Configuration, builtin_folder, find_project, open_project
from tests.support.projects import SmallProject


def usage_error(project: SmallProject, toml: str | bytes) -> tuple[str, str, str]:
    project.write("cstprint.toml", toml)
    with pytest.raises(UsageError) as caught:
        open_project(project.root)
    (found,) = caught.value.diagnostics
    return found.code, str(found.message), str(found.hint)


def test_a_project_is_found_from_a_folder_inside_it(project: SmallProject) -> None:
    project.issue()
    images = project.root / "issues" / "one" / "images"
    images.mkdir()
    assert find_project(images).root == project.root.resolve()


def test_the_nearest_project_is_taken(project: SmallProject) -> None:
    project.write("issues/one/inner/cstprint.toml", "")
    assert (
        find_project(project.root / "issues/one/inner").root == (project.root / "issues/one/inner").resolve()
    )


def test_a_folder_without_a_project_is_one(tmp_path: Path) -> None:
    assert find_project(tmp_path).root == tmp_path.resolve()


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="CST-U002"):
        open_project(tmp_path / "nowhere")


def test_the_projects_folders_stand_before_the_packages(project: SmallProject) -> None:
    (project.root / "layouts").mkdir()
    opened = open_project(project.root)
    own = (project.root / "layouts").resolve()
    assert opened.layout_folders() == (own, builtin_folder("layouts").resolve())
    assert opened.font_folders() == (builtin_folder("fonts").resolve(),)


def test_a_checkout_of_cstprint_lists_its_folders_once() -> None:
    opened = open_project(builtin_folder("layouts").parent)
    assert len(opened.layout_folders()) == len(opened.font_folders()) == 1


def test_issues_are_listed_by_id(project: SmallProject) -> None:
    project.issue(name="b")
    project.issue(name="a")
    project.write("issues/notes/notes.txt", "")
    project.write("issues/issue.schema.json", "{}")
    assert open_project(project.root).issue_ids() == ["a", "b"]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("b/issue.yml", "its file is called issue.yml"),
        ("b/Issue.yaml", "its file is called Issue.yaml"),
        ("b/issue.yaml.txt", "its file is called issue.yaml.txt"),
        ("b/no2.yaml", "its file is called no2.yaml"),
        ("b/c/issue.yaml", "issues are one folder deeper, in c"),
        ("b/notes.txt", "it has no issue.yaml"),
    ],
)
def test_a_folder_that_gives_no_issue_is_reported_with_the_reason(
    file: str, says: str, project: SmallProject
) -> None:
    project.issue(name="a")
    project.write("issues/.git/x", "")
    project.write(f"issues/{file}", "")
    opened = open_project(project.root)
    (found,) = opened.without_issue()
    assert (found.code, found.severity, Path(found.subject or "").name) == ("CST-U014", "warning", "b")
    assert says in str(found.message)
    assert found.hint is not None
    with pytest.raises(UsageError) as raised:
        opened.issue_file("b")
    (asked,) = raised.value.diagnostics
    assert (asked.code, str(asked.message)) == ("CST-U001", str(found.message))


def test_a_folder_that_cannot_be_read_is_reported(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project.root / "issues" / "b"
    folder.mkdir()

    def iterdir(path: Path) -> Iterator[Path]:
        if path.name == folder.name:
            raise PermissionError(13, "Permission denied")
        return real(path)

    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", iterdir)
    (found,) = open_project(project.root).without_issue()
    assert "permission denied" in str(found.message)


@pytest.mark.parametrize(
    "name", ["one", "issues/one", "issues/one/", "issues/one/issue.yaml", "./issues/one"]
)
def test_an_issue_is_named_by_id_folder_or_file(
    name: str, project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.issue()
    monkeypatch.chdir(project.root)
    assert open_project(project.root).issue_file(name).resolve() == path.resolve()


@pytest.mark.parametrize("name", ["tow", "two", "", "..", "/", "a\0b", "x" * 5000])
def test_an_issue_that_is_not_there_is_a_usage_error(
    name: str, project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.issue()
    monkeypatch.chdir(project.root)
    with pytest.raises(UsageError, match="CST-U001"):
        open_project(project.root).issue_file(name)


def test_an_issue_that_is_not_there_is_told_with_what_was_meant(project: SmallProject) -> None:
    project.issue(name="issue-2020-02")
    with pytest.raises(UsageError) as caught:
        open_project(project.root).issue_file("isue-2020-02")
    assert str(caught.value.diagnostics[0].hint) == "Did you mean “issue-2020-02”?"


def test_a_project_without_issues_says_how_to_begin(project: SmallProject) -> None:
    with pytest.raises(UsageError) as caught:
        open_project(project.root).issue_file("one")
    assert "`cstprint new`" in str(caught.value.diagnostics[0].hint)


def test_what_the_configuration_sets_is_taken(project: SmallProject) -> None:
    project.write("cstprint.toml", 'output = "out"\nstrict = true\n')
    opened = open_project(project.root)
    assert opened.configuration == Configuration(output="out", strict=True)
    assert opened.output_folder == project.root.resolve() / "out"


def test_an_empty_configuration_is_the_usual_one(project: SmallProject) -> None:
    project.write("cstprint.toml", "# nothing yet\n")
    assert open_project(project.root).configuration == Configuration()


def test_an_unknown_key_is_told_with_what_was_meant(project: SmallProject) -> None:
    code, message, hint = usage_error(project, 'outptu = "x"\n')
    assert (code, message) == ("CST-U003", "The key “outptu” is not known here.")
    assert "“output”" in hint


@pytest.mark.parametrize("toml", ["output = 3", "strict = 'yes'", "strict = 1", "output = ['a']"])
def test_a_value_of_the_wrong_kind_is_told(toml: str, project: SmallProject) -> None:
    assert usage_error(project, toml)[0] == "CST-U003"


@pytest.mark.parametrize("toml", ["output = ", "output", b"output = '\xff'", "a = 1\na = 2", "[[["])
def test_what_is_no_toml_is_told(toml: str | bytes, project: SmallProject) -> None:
    code, message, _ = usage_error(project, toml)
    assert code == "CST-U003"
    assert "not valid TOML" in message


def test_a_configuration_that_is_a_folder_is_told_or_left_alone(project: SmallProject) -> None:
    (project.root / "cstprint.toml").mkdir()
    assert open_project(project.root).configuration == Configuration()


def test_an_issue_whose_folder_is_a_link_is_refused(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.issue().parent.rename(project.root.parent / "elsewhere")
    (project.root / "issues" / "one").symlink_to(project.root.parent / "elsewhere")
    monkeypatch.chdir(project.root)
    for name in ("one", "issues/one", "issues/one/issue.yaml"):
        with pytest.raises(UsageError, match=r"issues/one: error CST-U013"):
            open_project(project.root).issue_file(name)


def test_the_project_that_holds_a_link_is_found_from_the_link(project: SmallProject, tmp_path: Path) -> None:
    project.write("cstprint.toml", "")
    (tmp_path / "elsewhere").mkdir()
    (project.root / "issues" / "one").symlink_to(tmp_path / "elsewhere")
    assert find_project(project.root / "issues" / "one").root == project.root.resolve()


def test_a_project_may_be_reached_by_a_link(project: SmallProject, tmp_path: Path) -> None:
    project.issue()
    (tmp_path / "way").symlink_to(project.root)
    opened = open_project(tmp_path / "way")
    assert opened.issue_file("one").is_file()
    assert opened.issue_file(str(tmp_path / "way" / "issues" / "one")).is_file()


@pytest.mark.parametrize("name", ["layouts", "fonts"])
def test_layouts_and_fonts_that_are_links_are_refused(name: str, project: SmallProject) -> None:
    (project.root / name).symlink_to(builtin_folder(name))
    opened = open_project(project.root)
    with pytest.raises(UsageError, match="CST-U013"):
        opened.layout_folders() if name == "layouts" else opened.font_folders()


@pytest.mark.parametrize("name", [".cstprint", ".cstprint/fonts", ".cstprint/pictures"])
def test_a_cache_that_is_a_link_is_not_used(name: str, project: SmallProject) -> None:
    (project.root / name).parent.mkdir(parents=True, exist_ok=True)
    (project.root / name).symlink_to(project.root.parent)
    folder = open_project(project.root).cache_folder
    assert folder.is_dir()
    assert project.root.resolve() not in folder.parents


@pytest.mark.parametrize("output", ["../outside", "/outside", "a/../../b"])
def test_an_output_folder_outside_the_project_is_told(output: str, project: SmallProject) -> None:
    code, message, _ = usage_error(project, f'output = "{output}"\n')
    assert code == "CST-U003"
    assert "outside the project" in message


def test_a_configuration_that_is_a_link_is_not_read(project: SmallProject) -> None:
    project.write("other.toml", "strict = true\n")
    (project.root / "cstprint.toml").symlink_to("other.toml")
    with pytest.raises(UsageError, match=r"CST-U003: The file cannot be read: it is a symbolic link\."):
        open_project(project.root)
