"""The validator sees what is wrong, and nothing where nothing is: otherwise its “pass” would mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance import verapdf
from tests.conformance.breaking import Breakage
from tests.conformance.broken import BREAKAGES
from tests.conformance.good import render
from tests.conformance.verapdf import FLAVOURS, JudgeError, Verdict, judge, main, verapdf_jar

pytestmark = pytest.mark.conformance

Verdicts = dict[tuple[str, str], Verdict]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Path:
    """A folder with the good PDF and all broken ones."""
    folder = tmp_path_factory.mktemp("判")  # Java must open files of such names
    good = render()
    (folder / "good.pdf").write_bytes(good)
    for breakage in BREAKAGES:
        (folder / f"{breakage.name}.pdf").write_bytes(breakage.make(good))
    (folder / "truncated.pdf").write_bytes(good[: len(good) // 2])
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def verdicts(folder: Path) -> Verdicts:
    """What veraPDF says of all files of the folder, from one Java process."""
    return {(verdict.path.stem, verdict.flavour): verdict for verdict in judge(sorted(folder.iterdir()))}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_good_pdf_passes(verdicts: Verdicts, flavour: str) -> None:
    assert verdicts["good", flavour] == Verdict(verdicts["good", flavour].path, flavour, passed=True)


@pytest.mark.parametrize("breakage", BREAKAGES, ids=[breakage.name for breakage in BREAKAGES])
def test_verapdf_rejects_a_pdf_with(verdicts: Verdicts, breakage: Breakage) -> None:
    assert breakage.rules
    for flavour, rule in breakage.rules.items():
        verdict = verdicts[breakage.name, flavour]
        assert not verdict.passed, f"{flavour} passes a PDF with {breakage.fault}"
        assert rule in [failure.rule for failure in verdict.failed], str(verdict)


@pytest.mark.parametrize("name", ["truncated", "empty"])
def test_a_file_that_cannot_be_read_has_not_passed(verdicts: Verdicts, name: str) -> None:
    for flavour in FLAVOURS:
        assert not verdicts[name, flavour].passed
        assert verdicts[name, flavour].error


def test_without_jaxb_nothing_passes(folder: Path) -> None:
    for verdict in judge([folder / "good.pdf"], class_path=[verapdf_jar()]):
        assert not verdict.passed
        assert "flavour not supported" in (verdict.error or "")


def test_a_flavour_that_verapdf_does_not_know_is_not_passed(folder: Path) -> None:
    (verdict,) = judge([folder / "good.pdf"], ["9z"])
    assert not verdict.passed
    assert verdict.error


def test_no_answer_is_no_verdict(folder: Path) -> None:
    with pytest.raises(JudgeError, match="0 of 2 verdicts"):
        judge([folder / "good.pdf"], class_path=[])


def test_what_is_missing_is_told_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verapdf, "JAXB_FOLDER", tmp_path)
    with pytest.raises(JudgeError, match=r"apt-get install .*libjaxb-java"):
        judge([])
    monkeypatch.setattr(verapdf, "WHEEL", "no-such-wheel")
    with pytest.raises(JudgeError, match="make conformance"):
        judge([])
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JudgeError, match=r"apt-get install .*jdk"):
        judge([], class_path=[])


def test_the_command_fails_when_one_file_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def status(*names: str) -> int:
        return main([str(folder / name) for name in names])

    assert status("good.pdf") == 0
    assert status("good.pdf", "no_alt.pdf") == 1
    assert "7.3-1" in capsys.readouterr().out
