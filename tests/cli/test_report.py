"""How findings look on the screen, and in which language and colour."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from pathlib import Path

import pytest

from cstprint.cli import doctor, language
from cstprint.cli.report import Reporter, format_diagnostic
from cstprint.diagnostics import PagePlace, diagnostic_data, error, msg, note, warning
from cstprint.engine.weasy import environment
from cstprint.engine.weasy.environment import TESTED_PANGO
from cstprint.source import SourceFile, Span
from cstprint.worker.starting import FORKS
from tests.conftest import Run
from tests.support.projects import REPOSITORY, SmallProject


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def excerpt(line: str, column: int, length: int = 1) -> tuple[str, str]:
    """The line of an excerpt and the one with the caret, without the gutter."""
    file = SourceFile(Path("a.yaml"), line)
    shown = format_diagnostic(error("CST-X", msg("x"), span=Span(file, 1, column, 1, column + length)))
    _, first, second = shown.split("\n")
    assert first.startswith("  1 | ")
    assert second.startswith("    | ")
    return first.removeprefix("  1 | "), second.removeprefix("    | ")


@pytest.mark.parametrize(
    ("line", "column", "length", "caret"),
    [
        ("title: x", 8, 1, "       ^"),
        ("标题: 甲乙", 5, 2, "      ^^^^"),
        ("a甲b", 3, 1, "   ^"),
        ("\ta", 2, 1, "    ^"),
        ("e\u0301a", 3, 1, " ^"),
        ("ａb", 2, 1, "  ^"),
        ("", 1, 1, "^"),
        ("ab", 3, 1, "  ^"),
        ("ab", 9, 1, "  ^"),
    ],
)
def test_the_caret_stands_below_what_is_wrong(line: str, column: int, length: int, caret: str) -> None:
    assert excerpt(line, column, length)[1] == caret


@pytest.mark.parametrize("column", [1, 100, 2500, 4999, 5000])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(5000))
    shown, caret = excerpt(line, column)
    assert len(shown) <= 92
    cells = len(caret) - len(caret.lstrip())
    shown_before = shown[: (cells + 1) // 2 if not shown.startswith("…") else (cells - 1) // 2 + 1]
    assert shown[len(shown_before)] == line[column - 1]


def test_a_finding_has_place_message_page_and_advice() -> None:
    span = Span.point(SourceFile(Path("a.yaml"), "x\ntitle: 甲\n"), 2, 8)
    found = warning("CST-X", msg("What is wrong."), span=span, place=PagePlace(3), hint=msg("What to do."))
    assert format_diagnostic(found).split("\n") == [
        "a.yaml:2:8: warning CST-X: What is wrong.",
        "  2 | title: 甲",
        "    |        ^^",
        "  = on page 3",
        "  = do: What to do.",
    ]


def test_a_finding_without_a_place_names_its_subject() -> None:
    assert format_diagnostic(note("CST-X", msg("m"), subject="--set")) == "--set: note CST-X: m"
    assert format_diagnostic(note("CST-X", msg("m"))) == "note CST-X: m"


def test_a_value_with_braces_is_no_place_for_another_value() -> None:
    assert str(msg("“{value}” and {other}", value="{other}", other="{}")) == "“{other}” and {}"


def test_json_is_english_whatever_is_spoken() -> None:
    language.use("zh")
    data = diagnostic_data(error("CST-Y023", msg("This is empty.")))
    assert data["message"] == "This is empty."
    assert json.dumps(data)


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_shown_where_a_terminal_wants_them(
    environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert ("\x1b[" in format_diagnostic(error("CST-X", msg("m"), subject="s"))) == coloured


def test_no_colours_go_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert "\x1b" not in format_diagnostic(error("CST-X", msg("m"), subject="s"))


def test_progress_is_wiped_before_anything_else_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    reporter = Reporter()
    reporter.progress(msg("one: reading"))
    reporter.tell("told")
    assert terminal.getvalue().endswith("\r\x1b[Ktold\n")


def test_progress_is_for_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    Reporter().progress(msg("one: reading"))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "C"}, "zh"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "C"}, "zh"),
        ({"LANGUAGE": "en:zh", "LANG": "zh_CN"}, "en"),
        ({"LANGUAGE": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], chosen: str) -> None:
    assert language.choose([], environment) == chosen


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        (["--language", "zh"], "zh"),
        (["--language=zh"], "zh"),
        (["render", "one", "--language", "zh"], "zh"),
        (["--language", "en"], "en"),
        (["--language"], "en"),
        (["--language", "klingon"], "en"),
    ],
)
def test_the_language_of_the_command_line_wins(arguments: list[str], chosen: str) -> None:
    assert language.choose(arguments, {"LANG": "en_GB"}) == chosen


def test_help_is_in_the_language_that_is_asked_for(project: SmallProject, shell: Run) -> None:
    assert project.root.is_dir()
    english, chinese = shell("--help").out, shell("--help", "--language", "zh").out
    assert "Render issues to PDF." in english
    assert english != ""
    assert chinese != ""


def test_fonts_are_listed(run: Run) -> None:
    outcome = run("fonts", "list")
    assert outcome.status == 0
    assert outcome.out.count("CST ") == len(outcome.out.splitlines()) == 12
    assert {face["family"] for face in run("fonts", "list", "--json").data} >= {"CST Song", "CST Hei"}


def test_fonts_are_whole(run: Run) -> None:
    outcome = run("fonts", "check")
    assert (outcome.status, outcome.err) == (0, "")
    assert run("fonts", "check", "--json").data == []


def test_a_damaged_font_is_told(project: SmallProject, run: Run) -> None:
    entry = {"file": "a.ttf", "family": "A", "style": "normal", "weight": 400, "ranges": "41", "sha256": "0"}
    project.write("fonts/a.ttf", b"x")
    project.write("fonts/coverage.json", json.dumps({"faces": [{**entry, "size": 1}]}))
    outcome = run("fonts", "check")
    assert outcome.status == 1
    assert "fonts/a.ttf: error CST-F003" in outcome.err
    assert [d["code"] for d in run("fonts", "check", "--json").data] == ["CST-F003"]


@pytest.mark.render
def test_the_doctor_finds_everything_in_order(shell: Run) -> None:
    outcome = shell("doctor")
    assert outcome.status == 0
    assert "weasyprint" in outcome.out
    data = shell("doctor", "--json").data
    tested = data["native"]["pango-1.0"].rpartition(".")[0] in TESTED_PANGO
    assert [found["code"] for found in data["diagnostics"]] == ([] if tested else ["CST-X009"])
    assert ("No problems were found." in outcome.out) is tested
    assert data["children"] == ("fork" if FORKS else "new interpreter")
    assert all(data["packages"].values())
    assert {"weasyprint", "pydyf", "pypdf", "jinja2", "markdown-it-py", "pillow"} <= set(data["packages"])
    assert {"pango-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig"} <= set(data["native"])
    numbers = [data["python"], *data["native"].values(), *data["pictures"].values()]
    assert [number for number in numbers if not re.match(r"\d+\.\d+", number)] == []


def test_the_doctor_warns_about_a_pango_that_is_not_tested(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "TESTED_PANGO", ("1.2", "1.3"))
    outcome = run("doctor")
    assert outcome.status == 0
    assert re.search(r"warning CST-X009: Pango [\d.]+ is not one of .*: 1\.2, 1\.3\.", outcome.err)


def test_the_doctor_says_where_no_child_is_forked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FORKS", False)
    assert "starts in a new interpreter" in run("doctor").out
    assert run("doctor", "--json").data["children"] == "fresh interpreter"


@pytest.mark.render
def test_the_doctor_tells_the_hash_of_every_font_file(shell: Run) -> None:
    faces = shell("doctor", "--json").data["fonts"]
    folder = REPOSITORY / "fonts"
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ttf")}
    assert {face["file"]: face["sha256"] for face in faces} == hashes


def test_the_doctor_tells_a_damaged_font(project: SmallProject, run: Run) -> None:
    entry = {"file": "a.ttf", "family": "A", "style": "normal", "weight": 400, "ranges": "41", "sha256": "0"}
    project.write("fonts/a.ttf", b"x")
    project.write("fonts/coverage.json", json.dumps({"faces": [{**entry, "size": 1}]}))
    outcome = run("doctor")
    assert outcome.status == 1
    assert "CST-F003" in outcome.err
