"""``cstprint batch``: what is rendered and what is not, what is written, how a run ends."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cstprint.pdf.inspect import PdfFacts
from tests.support.batches import archive, batch, copied, lines_of, pdfs, reasons
from tests.support.projects import ISSUE, Outcome, SmallProject, picture_bytes

pytestmark = pytest.mark.render

IDS = ["a-house", "b-child", "c-base", "d-picture"]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProject, Outcome]:
    """An archive rendered for the first time. Nobody changes it."""
    project = archive(tmp_path_factory.mktemp("batch") / "archive")
    return project, batch(project)


@pytest.fixture
def done(first: tuple[SmallProject, Outcome], tmp_path: Path) -> SmallProject:
    """A copy of it for one test to change."""
    return copied(first[0], tmp_path / "archive")


# ── the first run ──


def test_all_issues_are_rendered_and_the_plan_said_so(first: tuple[SmallProject, Outcome]) -> None:
    project, outcome = first
    assert outcome.status == 0
    assert list(pdfs(project.root / "dist")) == [f"{name}.pdf" for name in IDS]
    assert outcome.err.startswith(
        "Plan: 4 new, 0 changed, 0 unchanged.\n  new: a-house, b-child, c-base, d-picture\n"
    )
    assert outcome.out.startswith("rendered: 4  unchanged: 0  failed: 0  ")


def test_without_a_terminal_each_issue_has_a_line(first: tuple[SmallProject, Outcome]) -> None:
    lines = first[1].err.splitlines()[2:]
    assert [line.split("] ")[0] for line in lines] == ["[1/4", "[2/4", "[3/4", "[4/4"]
    assert sorted(line.split("] ")[1].split()[0] for line in lines) == IDS
    assert "\033" not in first[1].err


def test_a_batch_makes_the_same_bytes_as_render(done: SmallProject) -> None:
    subprocess.run(
        [sys.executable, "-m", "cstprint", "render", "b-child", "-o", "other.pdf"], cwd=done.root, check=True
    )
    assert (done.root / "other.pdf").read_bytes() == pdfs(done.root / "dist")["b-child.pdf"]


def test_the_manifest_says_what_each_pdf_was_made_of(first: tuple[SmallProject, Outcome]) -> None:
    folder = first[0].root / "dist"
    lines = lines_of(folder)
    assert list(lines) == IDS
    sets = lines_of(folder, "set")
    made = pdfs(folder)
    assert [line["pages"] for line in lines.values()] == [2, 2, 1, 1]
    for name, line in lines.items():
        assert line["output_sha256"] == hashlib.sha256(made[f"{name}.pdf"]).hexdigest()
        assert line["bytes"] == len(made[f"{name}.pdf"])
        assert (line["diagnostics"], line["attempts"]) == ([], 1)
        assert line["seconds"] > 0
        assert 40 < line["peak_memory_mb"] < 600
        assert all(digest in sets for digest in line["sets"].values())
    chain = [name for name in lines["b-child"]["sets"] if name.startswith("layout")]
    assert chain == ["layout base", "layout house", "layout child"]
    picture = hashlib.sha256((first[0].root / "issues/d-picture/a.png").read_bytes()).hexdigest()
    assert lines["d-picture"]["files"]["a.png"] == picture


def test_sha256sum_confirms_the_sums(first: tuple[SmallProject, Outcome]) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=first[0].root / "dist", check=False
    )
    assert done.returncode == 0
    assert len((first[0].root / "dist/SHA256SUMS").read_text().splitlines()) == 4


def test_nothing_else_is_left_in_the_folder(first: tuple[SmallProject, Outcome]) -> None:
    assert first[0].outputs() == [
        "dist/SHA256SUMS",
        *(f"dist/{name}.pdf" for name in IDS),
        "dist/manifest.jsonl",
    ]


# ── what is rendered again ──


def test_nothing_is_rendered_again_nor_after_a_touch(done: SmallProject) -> None:
    before = {name: (done.root / "dist" / name).stat().st_mtime_ns for name in pdfs(done.root / "dist")}
    for path in done.root.rglob("*"):
        if path.parts[-2] != "dist":
            path.touch()
    outcome = batch(done, "--all", "--json")
    assert reasons(outcome) == {}
    assert (outcome.data["unchanged"], outcome.data["rendered"]) == (4, 0)
    assert before == {name: (done.root / "dist" / name).stat().st_mtime_ns for name in before}


def test_a_changed_parent_layout_renders_exactly_what_is_made_of_it(done: SmallProject) -> None:
    done.write("layouts/house/blocks.css", "p { color: #333 }")
    done.write("layouts/house/page.css", "p { color: #444 }")
    outcome = batch(done, "--all", "--json")
    reason = ["layout house changed: blocks.css new, page.css"]
    assert reasons(outcome) == {"a-house": reason, "b-child": reason}
    assert outcome.data["rendered"] == 2
    assert reasons(batch(done, "--all", "--json")) == {}


@pytest.mark.slow
def test_a_layout_of_the_projects_own_that_takes_anothers_place_is_noticed(done: SmallProject) -> None:
    builtin = Path(__file__).parents[2] / "layouts" / "base"
    for path in builtin.rglob("*"):
        if path.is_file():
            done.write(f"layouts/base/{path.relative_to(builtin)}", path.read_bytes())
    assert reasons(batch(done, "--all", "--json")) == {}  # another folder, the same files
    done.write("layouts/base/extra.css", "")
    found = reasons(batch(done, "--all", "--json"))
    assert found == {name: ["layout base changed: extra.css new"] for name in IDS}


def test_changed_texts_and_pictures_render_their_issues(done: SmallProject) -> None:
    done.issue(ISSUE.replace("正文", "别的"), "c-base")
    done.write("issues/d-picture/a.png", picture_bytes(size=(80, 40)))
    outcome = batch(done, "--all", "--json")
    assert reasons(outcome) == {"c-base": ["issue.yaml changed"], "d-picture": ["a.png changed"]}


def test_a_pdf_that_is_gone_or_changed_is_made_again_as_it_was(done: SmallProject) -> None:
    made = pdfs(done.root / "dist")
    (done.root / "dist/a-house.pdf").unlink()
    (done.root / "dist/c-base.pdf").write_bytes(made["a-house.pdf"])
    outcome = batch(done, "--all", "--json")
    assert reasons(outcome) == {
        "a-house": ["its PDF is missing"],
        "c-base": ["its PDF differs from the one that was written"],
    }
    assert pdfs(done.root / "dist") == made


@pytest.mark.slow
def test_other_options_are_another_pdf(done: SmallProject) -> None:
    outcome = batch(done, "a-house", "--json", "--set", "ink=#222222")
    assert reasons(outcome) == {"a-house": ["options changed: --set ink new"]}
    outcome = batch(done, "a-house", "--json", SOURCE_DATE_EPOCH="1577836800")
    assert reasons(outcome) == {"a-house": ["options changed: --set ink removed, SOURCE_DATE_EPOCH new"]}
    assert "2020-01-01T00:00:00" in PdfFacts((done.root / "dist/a-house.pdf").read_bytes()).xmp


def test_the_others_stay_in_the_lists_when_some_are_rendered(done: SmallProject) -> None:
    done.issue(ISSUE.replace("正文", "别的"), "c-base")
    assert batch(done, "c-base").status == 0
    assert list(lines_of(done.root / "dist")) == IDS
    assert len((done.root / "dist/SHA256SUMS").read_text().splitlines()) == 4


@pytest.mark.slow
def test_force_renders_all_and_the_bytes_are_the_same(done: SmallProject) -> None:
    made = pdfs(done.root / "dist")
    outcome = batch(done, "--all", "--force", "--json")
    assert outcome.data["rendered"] == 4
    assert pdfs(done.root / "dist") == made


def test_an_issue_that_is_no_more_keeps_its_pdf_and_is_told(done: SmallProject) -> None:
    for path in (done.root / "issues/c-base/issue.yaml", done.root / "issues/c-base"):
        path.unlink() if path.is_file() else path.rmdir()
    outcome = batch(done, "--all")
    assert "no longer in the project, PDF kept: c-base" in outcome.err
    assert "c-base.pdf" in pdfs(done.root / "dist")


def test_an_issue_that_was_taken_away_with_its_pdf_is_told_once_and_forgotten(done: SmallProject) -> None:
    shutil.rmtree(done.root / "issues/c-base")
    (done.root / "dist/c-base.pdf").unlink()
    assert batch(done, "--verify").status == 1
    assert "no longer in the project, PDF removed: c-base" in batch(done, "--all").err
    assert batch(done, "--verify").status == 0
    assert "c-base" not in batch(done, "--all").err


def test_a_bad_issue_that_is_no_more_leaves_nothing_to_complain_of(done: SmallProject) -> None:
    done.issue(ISSUE.replace("number: 2", "number: no"), "e-bad")
    assert batch(done, "--all").status == 1
    assert batch(done, "--verify").status == 1
    shutil.rmtree(done.root / "issues/e-bad")
    assert batch(done, "--all").status == 0
    assert list(lines_of(done.root / "dist")) == IDS
    assert batch(done, "--verify").status == 0


# ── what goes wrong ──


def test_a_bad_issue_costs_itself_alone_and_comes_in_when_it_is_mended(done: SmallProject) -> None:
    missing = done.root / "issues/d-picture/a.png"
    picture = missing.read_bytes()
    missing.unlink()
    done.issue(ISSUE.replace("number: 2", "number: no"), "e-bad")
    done.issue(ISSUE, "f-new")
    outcome = batch(done, "--all", "-j2")
    assert outcome.status == 1
    assert "error CST-P001" in outcome.err
    assert outcome.out.splitlines()[-1].startswith("rendered: 1  unchanged: 3  failed: 2  ")
    assert [line.split()[:2] for line in sorted(outcome.out.splitlines()[:-1])] == [
        ["d-picture", "CST-P001"],
        ["e-bad", "CST-Y026"],
    ]
    bad = lines_of(done.root / "dist")["e-bad"]
    assert (bad["output"], bad["output_sha256"], bad["pages"]) == (None, None, 0)
    assert [found["code"] for found in bad["diagnostics"]] == ["CST-Y026"]
    assert not (done.root / "dist/e-bad.pdf").exists()
    missing.write_bytes(picture)
    outcome = batch(done, "--all", "--json")
    assert reasons(outcome) == {name: ["it failed last time"] for name in ("d-picture", "e-bad")}
    assert outcome.data["failed"] == ["e-bad"]


def test_the_first_failure_ends_a_run_that_is_to_fail_fast(project: SmallProject) -> None:
    project.issue(ISSUE.replace("number: 2", "number: no"), "a")
    for number in range(8):
        project.issue(ISSUE, f"b{number}")
    outcome = batch(project, "--all", "-j1", "--fail-fast", "--json")
    assert outcome.status == 1
    assert outcome.data["failed"] == ["a"]
    assert outcome.data["rendered"] + outcome.data["not_begun"] == 8
    assert outcome.data["not_begun"] >= 6


@pytest.mark.slow
def test_warnings_fail_a_strict_run_and_are_rendered_again_for_it(project: SmallProject) -> None:
    project.issue(ISSUE.replace("正文。", "甲**乙"))
    assert batch(project, "--all").status == 0
    assert batch(project, "--all", "--json").data["unchanged"] == 1
    outcome = batch(project, "--all", "--strict", "--json")
    assert reasons(outcome) == {"one": ["it had warnings, which are errors with --strict"]}
    assert outcome.status == 1


def test_limits_cost_the_issues_that_reach_them(project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, "--all", "--json", "--limit-time", "0.01")
    assert [found["code"] for found in outcome.data["issues"][0]["diagnostics"]] == ["CST-E011"]
    assert outcome.data["issues"][0]["attempts"] == 1


def test_two_issues_of_one_name_are_told_before_anything_is_rendered(project: SmallProject) -> None:
    project.issue()
    project.write("older/one/issue.yaml", ISSUE)
    project.issue(name="ONE")
    outcome = batch(project, "one", "older/one", "ONE")
    assert outcome.status == 2
    assert outcome.err.count("CST-B003") == 2
    assert project.outputs() == ["older/one/issue.yaml"]


def test_an_issue_named_twice_is_rendered_once(project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, "one", "issues/one", "issues/one/issue.yaml", "--json")
    assert len(outcome.data["issues"]) == 1


@pytest.mark.parametrize("arguments", [["-j2"], ["--all", "one"]])
def test_either_issues_or_all_are_named(arguments: list[str], project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, *arguments)
    assert outcome.status == 2
    assert "Name issues, or use --all, not both." in outcome.err


def test_quiet_says_the_result_only(project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, "--all", "-q")
    assert outcome.err == ""
    assert outcome.out.startswith("rendered: 1  ")


def test_a_file_in_a_pdfs_place_costs_that_issue(project: SmallProject) -> None:
    project.issue(name="a")
    project.issue(name="b")
    (project.root / "dist/a.pdf").mkdir(parents=True)
    outcome = batch(project, "--all", "--json")
    assert outcome.data["failed"] == ["a"]
    codes = {one["id"]: [found["code"] for found in one["diagnostics"]] for one in outcome.data["issues"]}
    assert codes == {"a": ["CST-U007"], "b": []}
    assert project.outputs() == ["dist/SHA256SUMS", "dist/b.pdf", "dist/manifest.jsonl"]


# ── the folder held against its lists ──


def test_a_folder_as_it_was_written_is_confirmed(first: tuple[SmallProject, Outcome]) -> None:
    outcome = batch(first[0], "--verify")
    assert (outcome.status, outcome.out, outcome.err) == (0, "4 PDFs are unchanged.\n", "")


def test_whatever_is_not_as_it_was_written_is_told(done: SmallProject) -> None:
    folder = done.root / "dist"
    (folder / "a-house.pdf").unlink()
    stamp = (folder / "b-child.pdf").stat()
    (folder / "b-child.pdf").write_bytes(b"x" * stamp.st_size)
    os.utime(folder / "b-child.pdf", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    (folder / "stranger.pdf").touch()
    (folder / "SHA256SUMS").write_text("")
    outcome = batch(done, "--verify", "--json")
    assert outcome.status == 1
    assert outcome.data["good"] == 2
    assert [(found["subject"], found["code"]) for found in outcome.data["diagnostics"]] == [
        ("dist/a-house.pdf", "CST-B004"),
        ("dist/b-child.pdf", "CST-B004"),
        ("dist/SHA256SUMS", "CST-B004"),
        ("dist/stranger.pdf", "CST-B005"),
    ]


def test_a_folder_without_a_manifest_cannot_be_held_against_anything(project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, "--verify", "-o", "nowhere")
    assert outcome.status == 2
    assert "CST-B002" in outcome.err
    assert project.outputs() == []


# ── folders that give no issue ──


def test_a_folder_that_gives_no_issue_is_reported(done: SmallProject) -> None:
    done.write("issues/e-misnamed/issue.yml", ISSUE)
    outcome = batch(done, "--all")
    assert outcome.status == 0
    assert (
        "e-misnamed: warning CST-U014: The folder is not an issue: its file is called issue.yml."
        in outcome.err
    )
    data = batch(done, "--all", "--json").data
    assert [found["code"] for found in data["left_out"]] == ["CST-U014"]
    assert batch(done, "--all", "--strict").status == 1


def test_all_issues_of_nothing_is_wrong_usage_and_makes_nothing(project: SmallProject) -> None:
    outcome = batch(project, "--all")
    assert outcome.status == 2
    assert "CST-B010" in outcome.err
    assert list(project.root.rglob("*")) == [project.root / "issues"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/shm").exists(), reason="needs a small disk")
def test_a_run_that_a_full_disk_ends_still_says_what_it_did(project: SmallProject, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed")
    try:
        for name in "abcd":
            project.issue(name=name)
        outcome = batch(project, "--all", "-j1", "-o", str(small))
        assert outcome.status == 1
        assert "error CST-U007" in outcome.err
        assert re.match(r"rendered: [12]  unchanged: 0  failed: 0  not started: [23]  ", outcome.out)
        data = batch(project, "--all", "-j1", "-o", str(small), "--json").data
        assert [found["code"] for found in data["diagnostics"]] == ["CST-U007"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


# ── the folder held against its issues ──


def forge(folder: Path, name: str) -> None:
    """Change a PDF, and manifest and sums with it."""
    path = folder / name
    before = path.read_bytes()
    path.write_bytes(before.replace(b"%%EOF", b"%%EOE"))
    for listed in ("manifest.jsonl", "SHA256SUMS"):
        text = (folder / listed).read_text("utf-8")
        old, new = (hashlib.sha256(data).hexdigest() for data in (before, path.read_bytes()))
        (folder / listed).write_text(text.replace(old, new), "utf-8")


def test_a_forged_pdf_that_agrees_with_a_forged_manifest_is_found_by_rendering_again(
    done: SmallProject,
) -> None:
    forge(done.root / "dist", "a-house.pdf")
    before = {path: path.read_bytes() for path in (done.root / "dist").iterdir()}
    assert batch(done, "--verify").status == 0
    outcome = batch(done, "--verify", "--render", "-j2")
    assert outcome.status == 1
    assert outcome.err.startswith("dist/a-house.pdf: error CST-B012: ")
    assert outcome.out.splitlines() == [
        "4 PDFs are unchanged.",
        "3 PDFs are the same as a new render of their issues.",
    ]
    assert {path: path.read_bytes() for path in (done.root / "dist").iterdir()} == before


@pytest.mark.slow
def test_what_has_changed_since_is_named_and_options_are_those_of_then(done: SmallProject) -> None:
    assert batch(done, "a-house", "--set", "ink=#222222", "--standard", "ua-1").status == 0
    assert batch(done, "--verify", "--render", "-j2", "--json").data["proved"] == 4
    done.issue(ISSUE.replace("正文", "别的"), "c-base")
    shutil.rmtree(done.root / "issues/b-child")
    data = batch(done, "--verify", "--render", "--json").data
    assert data["proved"] == 2
    assert [(found["code"], found["subject"]) for found in data["diagnostics"]] == [
        ("CST-B012", "dist/b-child.pdf"),
        ("CST-B012", "dist/c-base.pdf"),
    ]
    assert "issue.yaml changed" in data["diagnostics"][1]["message"]


def test_rendering_again_is_for_verification(project: SmallProject) -> None:
    project.issue()
    outcome = batch(project, "--all", "--render")
    assert outcome.status == 2
    assert "--render can only be used with --verify." in outcome.err


# ── another layout ──


def test_another_layout_stands_beside_the_issues_own_pdfs_and_both_are_kept_up_to_date(
    done: SmallProject,
) -> None:
    before = pdfs(done.root / "dist")
    outcome = batch(done, "--all", "--layout", "house")
    assert outcome.status == 0, outcome.err
    after = pdfs(done.root / "dist")
    assert {name: after[name] for name in before} == before
    # a-house is in this layout already: its own PDF is made again, with the same bytes.
    assert sorted(set(after) - set(before)) == [f"{name}.house.pdf" for name in IDS[1:]]
    assert outcome.out.startswith("rendered: 4  unchanged: 0  failed: 0  ")
    assert batch(done, "--verify").status == 0
    assert batch(done, "--all", "--layout", "house").out.startswith("rendered: 0  unchanged: 4  ")
    assert reasons(batch(done, "--all", "--json")).keys() <= {"a-house"}
    assert (done.root / "dist/SHA256SUMS").read_text().count(".house.pdf") == 3


def test_a_trial_that_would_replace_another_issues_pdf_is_refused(done: SmallProject) -> None:
    done.issue(ISSUE, "c-base.house")
    outcome = batch(done, "--all", "--layout", "house")
    assert outcome.status == 2
    assert "CST-B003" in outcome.err


def test_in_a_folder_of_its_own_another_layout_has_the_issues_names(done: SmallProject) -> None:
    outcome = batch(done, "--all", "--layout", "house", "-o", "trial")
    assert outcome.status == 0, outcome.err
    assert list(pdfs(done.root / "trial")) == [f"{name}.pdf" for name in IDS]
