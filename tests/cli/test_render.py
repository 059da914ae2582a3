"""cstprint render: where PDFs go, what is printed, how a run ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cstprint.rendering
from cstprint.html.compose import compose
from cstprint.pdf.inspect import PdfFacts
from tests.conftest import Run
from tests.support.projects import ISSUE, TWO_PAGES, SmallProject, picture_bytes
from tests.support.square_font import write_square_font

pytestmark = pytest.mark.render

BROKEN = ISSUE.replace("number: 2", "number: no")
WITHOUT_PICTURE = ISSUE.replace(
    "body: 正文。", "body:\n      - figure: a.png\n        alt: 甲\n      - 正文。"
)
WITH_WARNING = ISSUE.replace("正文。", "甲**乙")


def codes(err: str) -> list[str]:
    return re.findall(r"(?:error|warning|note) (CST-\w+)", err)


# ── where the PDF goes ──


def test_a_pdf_goes_to_dist_under_the_issues_id(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", *TWO_PAGES)
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/one.pdf"]
    assert (project.root / "dist/one.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert re.fullmatch(r"dist/one\.pdf  2 pages  [\d.]+ MB  [\d.]+ s\n", outcome.out)


@pytest.mark.parametrize(
    ("output", "written"),
    [("a.pdf", "a.pdf"), ("new/b.pdf", "new/b.pdf"), ("out/", "out/one.pdf"), ("issues/../c.pdf", "c.pdf")],
)
def test_a_pdf_goes_where_it_is_told(output: str, written: str, project: SmallProject, run: Run) -> None:
    project.issue()
    assert run("render", "one", "-o", output).status == 0
    assert project.outputs() == [written]


def test_a_folder_that_is_there_needs_no_slash(project: SmallProject, run: Run) -> None:
    project.issue()
    (project.root / "out").mkdir()
    assert run("render", "one", "-o", "out").status == 0
    assert project.outputs() == ["out/one.pdf"]


def test_a_pdf_goes_to_stdout_alone(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", *TWO_PAGES, "-o", "-")
    assert outcome.status == 0
    assert outcome.stdout.startswith(b"%PDF-1.7")
    assert outcome.stdout.rstrip().endswith(b"%%EOF")
    assert "  2 pages  " in outcome.err
    assert project.outputs() == []


def test_a_pdf_on_stdout_is_the_only_thing_there_even_with_json(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", "-o", "-", "--json")
    assert outcome.stdout.startswith(b"%PDF-1.7")
    assert outcome.stdout.rstrip().endswith(b"%%EOF")


def test_the_configuration_says_where_pdfs_go(project: SmallProject, run: Run) -> None:
    project.issue()
    project.write("cstprint.toml", 'output = "made"\n')
    assert run("render", "one").status == 0
    assert project.outputs() == ["made/one.pdf"]


def test_a_project_is_found_from_a_folder_inside_it(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.issue().parent)
    assert run("render", "one").status == 0
    assert run("render", ".", "-o", str(project.root / "b.pdf")).status == 0
    assert project.outputs() == ["b.pdf", "dist/one.pdf"]


def test_a_project_may_be_named(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project.issue()
    monkeypatch.chdir(tmp_path)
    assert run("render", "one", "--project", "project").status == 0
    assert project.outputs() == ["dist/one.pdf"]


def test_a_lone_file_is_rendered_beside_it(project: SmallProject, run: Run, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "special.yaml").write_text(ISSUE, encoding="utf-8")
    outcome = run("render", "../alone/special.yaml")
    assert outcome.status == 0
    assert (tmp_path / "alone" / "dist" / "special.pdf").exists()
    assert project.outputs() == []


def test_an_output_that_cannot_be_written_is_told(project: SmallProject, run: Run) -> None:
    project.issue()
    project.write("file", "in the way")
    outcome = run("render", "one", "-o", "file/a.pdf")
    assert outcome.status == 1
    assert codes(outcome.err) == ["CST-U007"]
    assert project.outputs() == ["file"]


def test_an_output_that_cannot_be_written_is_told_in_json_too(project: SmallProject, run: Run) -> None:
    project.issue()
    project.write("dist", "in the way")
    outcome = run("render", "one", "--json")
    (issue,) = outcome.data["issues"]
    assert (outcome.status, issue["output"]) == (1, None)
    assert [d["code"] for d in issue["diagnostics"]] == ["CST-U007"]


@pytest.mark.parametrize("path", ["issues/one/issue.yaml", "issues/one"])
def test_an_output_does_not_replace_the_issue(path: str, project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "one", "-o", path)
    if path.endswith(".yaml"):
        assert outcome.status != 0
    assert (project.root / "issues/one/issue.yaml").read_text(encoding="utf-8") == ISSUE


def test_a_pipe_as_output_is_refused_or_written_to_and_stays_a_pipe(project: SmallProject) -> None:
    project.issue()
    pipe = project.root / "pipe.pdf"
    os.mkfifo(pipe)
    done = subprocess.run(
        [sys.executable, "-m", "cstprint", "render", "one", "-o", "pipe.pdf"],
        cwd=project.root,
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert pipe.is_fifo()


def test_a_failed_render_leaves_the_last_pdf(project: SmallProject, run: Run) -> None:
    project.issue(BROKEN)
    project.write("dist/one.pdf", "the last one")
    assert run("render", "one").status == 1
    assert (project.root / "dist/one.pdf").read_text() == "the last one"


def test_rendering_twice_gives_the_same_bytes(project: SmallProject, run: Run) -> None:
    project.issue()
    assert run("render", "one", "-o", "-").stdout == run("render", "one", "-o", "-").stdout


# ── several issues ──


def test_a_bad_issue_does_not_keep_the_others_from_being_made(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(BROKEN, name="b")
    project.issue(name="c")
    outcome = run("render", "a", "b", "c")
    assert outcome.status == 1
    assert project.outputs() == ["dist/a.pdf", "dist/c.pdf"]
    assert codes(outcome.err) == ["CST-Y026"]
    assert "b: no PDF was written" in outcome.err


def test_an_issue_that_is_not_there_does_not_keep_the_others_from_being_made(
    project: SmallProject, run: Run
) -> None:
    project.issue(name="a")
    project.issue(name="c")
    outcome = run("render", "a", "b", "c")
    assert outcome.status == 2
    assert codes(outcome.err) == ["CST-U001"]
    assert project.outputs() == ["dist/a.pdf", "dist/c.pdf"]


def test_several_issues_go_into_a_folder_and_not_into_one_file(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(name="b")
    outcome = run("render", "a", "b", "-o", "both.pdf")
    assert outcome.status == 2
    assert codes(outcome.err) == ["CST-U005"]
    assert run("render", "a", "b", "-o", "both/").status == 0
    assert project.outputs() == ["both/a.pdf", "both/b.pdf"]


def test_several_issues_go_into_a_folder_that_is_there_without_a_slash(
    project: SmallProject, run: Run
) -> None:
    project.issue(name="a")
    project.issue(name="b")
    (project.root / "both").mkdir()
    assert run("render", "a", "b", "-o", "both").status == 0
    assert project.outputs() == ["both/a.pdf", "both/b.pdf"]


def test_several_issues_do_not_go_to_stdout(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(name="b")
    outcome = run("render", "a", "b", "-o", "-")
    assert (outcome.status, outcome.stdout) == (2, b"")


def test_issues_of_two_projects_are_rendered_in_one_run(project: SmallProject, shell: Run) -> None:
    project.write("first/issues/a/issue.yaml", ISSUE)
    project.write("second/issues/b/issue.yaml", ISSUE)
    outcome = shell("render", "first/issues/a", "second/issues/b")
    assert (outcome.status, outcome.err) == (0, "")
    assert {"first/dist/a.pdf", "second/dist/b.pdf"} <= set(project.outputs())


def test_a_truncated_picture_of_the_second_issue_is_told(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(WITHOUT_PICTURE, name="b")
    project.write("issues/b/a.png", picture_bytes()[:-1500])
    outcome = run("render", "a", "b")
    assert outcome.status == 1
    assert codes(outcome.err) == ["CST-P003"]


# ── options ──


def test_a_missing_picture_is_an_error_and_in_a_draft_a_gap(project: SmallProject, run: Run) -> None:
    project.issue(WITHOUT_PICTURE)
    outcome = run("render", "one")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-P001"])
    assert project.outputs() == []

    outcome = run("render", "one", "--draft")
    assert outcome.status == 0
    assert "warning CST-P001" in outcome.err
    assert project.outputs() == ["dist/one.pdf"]


def test_a_damaged_picture_is_a_gap_in_a_draft(project: SmallProject, run: Run) -> None:
    project.issue(WITHOUT_PICTURE)
    project.write("issues/one/a.png", picture_bytes()[:-1500])
    outcome = run("render", "one", "--draft")
    assert outcome.status == 0
    assert codes(outcome.err) == ["CST-P003"]


def test_a_draft_is_as_strict_as_ever_about_the_rest(project: SmallProject, run: Run) -> None:
    project.issue(BROKEN)
    assert run("render", "one", "--draft").status == 1


def test_a_warning_is_told_and_fails_a_strict_run(project: SmallProject, run: Run) -> None:
    project.issue(WITH_WARNING)
    outcome = run("render", "one")
    assert outcome.status == 0
    assert "issues/one/issue.yaml:9:12: warning CST-M004" in outcome.err
    (project.root / "dist/one.pdf").unlink()

    outcome = run("render", "one", "--strict")
    assert outcome.status == 1
    assert codes(outcome.err) == ["CST-M004"]
    assert "one: no PDF was written" in outcome.err
    assert project.outputs() == []


def test_the_configuration_may_be_strict(project: SmallProject, run: Run) -> None:
    project.issue(WITH_WARNING)
    project.write("cstprint.toml", "strict = true\n")
    assert run("render", "one").status == 1


def test_a_strict_run_that_is_quiet_still_says_why_it_failed(project: SmallProject, run: Run) -> None:
    project.issue(WITH_WARNING)
    outcome = run("render", "one", "--strict", "-q")
    assert outcome.status == 1
    assert codes(outcome.err) == ["CST-M004"]


def test_quiet_leaves_results_and_errors(project: SmallProject, run: Run) -> None:
    project.issue(WITH_WARNING)
    outcome = run("render", "one", "-q")
    assert (outcome.status, outcome.err) == (0, "")
    assert "dist/one.pdf" in outcome.out
    project.issue(BROKEN)
    assert codes(run("render", "one", "-q").err) == ["CST-Y026"]


def test_notes_are_told_when_asked_for(project: SmallProject, run: Run) -> None:
    project.issue(WITHOUT_PICTURE.replace("alt: 甲", "alt: 甲\n        stand_in: true"))
    project.write("issues/one/a.png", picture_bytes())
    assert codes(run("render", "one").err) == []
    assert codes(run("render", "one", "-v").err) == ["CST-P010"]
    assert run("render", "one", "--strict").status == 0


def test_a_token_is_set(project: SmallProject, run: Run) -> None:
    project.issue()
    plain = run("render", "one", "-o", "-").stdout
    for setting in ("accent=#ff0000", "--cst-accent=#ff0000", " accent = #ff0000 "):
        assert run("render", "one", "-o", "-", "--set", setting).status == 0
    assert run("render", "one", "-o", "-", "--set", "measure=20em").stdout != plain


@pytest.mark.parametrize(
    ("setting", "status", "code", "hint"),
    [
        ("acent=#ff0000", 1, "CST-L003", "“accent”"),
        ("accent=red", 1, "CST-L004", ""),
        ("accent", 2, "CST-U006", ""),
        ("=1", 1, "CST-L003", "Known here"),
    ],
)
def test_a_token_that_cannot_be_set_is_told(
    setting: str, status: int, code: str, hint: str, project: SmallProject, run: Run
) -> None:
    project.issue()
    outcome = run("render", "one", "--set", setting)
    assert (outcome.status, codes(outcome.err)) == (status, [code])
    assert hint in outcome.err
    assert project.outputs() == []


def test_another_layout_may_be_taken(project: SmallProject, run: Run) -> None:
    project.issue()
    project.layout("mine")
    assert run("render", "one", "--layout", "mine").status == 0
    outcome = run("render", "one", "--layout", "mien")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-L001"])
    assert "issue.yaml" not in outcome.err


# ── for machines ──


def test_json_says_all_of_a_render(project: SmallProject, run: Run) -> None:
    project.issue(WITHOUT_PICTURE.replace("alt: 甲", "alt: 甲\n        stand_in: true"))
    project.write("issues/one/a.png", picture_bytes())
    outcome = run("render", "one", *TWO_PAGES, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    (issue,) = outcome.data["issues"]
    counts = {"pages", "bytes", "seconds", "stand_ins"}
    assert set(issue) == {"issue", "output", "pictures", *counts, "diagnostics"}
    assert (issue["issue"], issue["output"], issue["pages"]) == ("one", "dist/one.pdf", 2)
    assert (issue["bytes"], issue["stand_ins"]) == ((project.root / "dist/one.pdf").stat().st_size, 1)
    (note,) = issue["diagnostics"]
    assert note == {
        "code": "CST-P010",
        "severity": "note",
        "message": "“a.png” is a placeholder: the photograph is still to come.",
        "hint": "Replace the file and delete stand_in: true.",
        "subject": None,
        "location": {
            "path": "issues/one/issue.yaml",
            "line": 10,
            "column": 17,
            "end_line": 10,
            "end_column": 22,
        },
        "page": None,
    }


def test_json_says_what_failed(project: SmallProject, run: Run) -> None:
    project.issue(name="a")
    project.issue(BROKEN, name="b")
    outcome = run("render", "a", "b", "--json")
    assert (outcome.status, outcome.err) == (1, "")
    good, bad = outcome.data["issues"]
    assert (good["output"], good["diagnostics"]) == ("dist/a.pdf", [])
    assert (bad["output"], bad["pages"], bad["bytes"]) == (None, None, None)
    assert bad["diagnostics"][0]["location"]["line"] == 6


def test_json_is_printed_for_a_wrong_command_line_too(project: SmallProject, run: Run) -> None:
    project.issue()
    outcome = run("render", "two", "--json")
    assert outcome.status == 2
    assert "CST-U001" in str(outcome.data)


# ── how a run ends ──


@pytest.mark.parametrize(
    "arguments",
    [
        ("render",),
        ("render", "two"),
        ("render", "one", "--nonsense"),
        ("render", "one", "--project", "nowhere"),
        ("publish",),
        ("render", "one", "--set", "x"),
    ],
)
def test_a_wrong_command_line_ends_with_2(
    arguments: tuple[str, ...], project: SmallProject, run: Run
) -> None:
    project.issue()
    outcome = run(*arguments)
    assert outcome.status == 2
    assert outcome.err
    assert "Traceback" not in outcome.err


def test_a_wrong_configuration_ends_with_2(project: SmallProject, run: Run) -> None:
    project.issue()
    project.write("cstprint.toml", 'outptu = "x"\n')
    outcome = run("render", "one")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U003"])


@pytest.mark.parametrize("value", ["soon", "1e9", "9" * 40])
def test_a_wrong_source_date_ends_with_2(
    value: str, project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    project.issue()
    outcome = run("render", "one")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U004"])
    assert project.outputs() == []


@pytest.mark.parametrize("stage", ["read_issue", "compose", "paginate", "write", "finish"])
def test_a_fault_of_ours_ends_with_3_and_shows_no_traceback(
    stage: str, project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by design")

    project.issue()
    monkeypatch.setattr(cstprint.rendering, stage, fail)
    outcome = run("render", "one")
    assert outcome.status == 3
    assert codes(outcome.err) == ["CST-X002"]
    assert "ZeroDivisionError: by design" in outcome.err
    assert "Traceback" not in outcome.err
    assert project.outputs() == []
    assert "Traceback" in run("render", "one", "--debug").err


def test_a_pdf_that_cannot_be_read_back_is_told_and_not_kept(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pypdf.errors import LimitReachedError

    def refuse(_: object) -> None:
        raise LimitReachedError("too large a stream")

    monkeypatch.setattr("cstprint.rendering.PdfFacts", refuse)
    project.issue()
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-E013" in outcome.err
    assert "too large a stream" in outcome.err
    assert project.outputs() == []


def test_an_interrupted_run_ends_with_130(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    project.issue()
    monkeypatch.setattr(cstprint.rendering, "paginate", interrupt)
    outcome = run("render", "one")
    assert outcome.status == 130
    assert outcome.err.strip() == "Interrupted."
    assert project.outputs() == []


def test_a_fault_in_one_issue_does_not_keep_the_others_from_being_made(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_a(issue: object, *rest: object) -> object:
        if getattr(issue, "id", "") == "a":
            raise ZeroDivisionError("by design")
        return compose(issue, *rest)  # type: ignore[arg-type]

    project.issue(name="a")
    project.issue(name="b")
    monkeypatch.setattr(cstprint.rendering, "compose", fail_for_a)
    outcome = run("render", "a", "b")
    assert outcome.status == 3
    assert project.outputs() in (["dist/b.pdf"], [])


# ── in a process of its own ──


def test_a_run_in_chinese_speaks_and_prints_nothing_on_stdout_but_results(
    project: SmallProject, shell: Run
) -> None:
    project.issue(BROKEN)
    outcome = shell("render", "one", "--language", "zh")
    assert (outcome.status, outcome.stdout) == (1, b"")
    assert "issues/one/issue.yaml:6:9: " in outcome.err
    assert shell("--language", "zh", "render", "one").err == outcome.err


def test_a_project_uses_a_font_of_its_own(project: SmallProject, shell: Run) -> None:
    write_square_font(project.root / "fonts/square.ttf", "正文한", "My Square")
    project.layout("mine", blocks_css=".article p { font-family: 'My Square', 'CST Song' }")
    project.issue(ISSUE.replace("layout: base", "layout: mine").replace("正文。", "正文한"))
    outcome = shell("render", "one")
    assert (outcome.status, outcome.err) == (0, "")
    names = [font.name for font in PdfFacts((project.root / "dist/one.pdf").read_bytes()).fonts]
    assert any(name.startswith("My-Square") for name in names), names


def test_a_cache_that_cannot_be_written_is_no_fault_of_ours(project: SmallProject, shell: Run) -> None:
    project.issue()
    project.write(".cstprint", "a file in the way")
    outcome = shell("render", "one")
    assert outcome.status in (0, 1, 2), outcome.err
    assert "CST-X002" not in outcome.err


def test_colours_are_for_terminals_only(project: SmallProject, shell: Run) -> None:
    project.issue(BROKEN)
    assert "\x1b" not in shell("render", "one").err
    assert "\x1b" not in shell("render", "one", NO_COLOR="1").err


def test_a_closed_stdout_is_no_fault(project: SmallProject) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m cstprint schema | true"],
        cwd=project.root,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"CST-X002" not in done.stderr
