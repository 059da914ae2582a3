"""Findings, the sentences in them, and the places they point at."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.diagnostics import (
    CstprintError,
    InternalError,
    Result,
    Severity,
    UsageError,
    error,
    msg,
    nearest,
    note,
    suggest,
    warning,
)
from cstprint.source import SourceFile, SourceText, Span
from cstprint.units import px_to_pt

FILE = SourceFile(Path("a.yaml"), "一二\n三四五\n")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("titel", "title"), ("TITLE", "title"), ("boddy", "body"), ("zzz", None), ("", None)],
)
def test_the_nearest_known_word_is_what_was_meant(word: str, meant: str | None) -> None:
    assert nearest(word, ["title", "body", "date"]) == meant


def test_a_word_far_from_all_is_answered_with_those_there_are() -> None:
    assert str(suggest("zzz", ["title", "body"])) == "Known here: title, body."
    assert suggest("zzz", []) is None


def test_a_message_within_a_message_is_translated_too() -> None:
    message = msg("a {kind}", kind=msg("list"))
    assert message.render({"a {kind}": "一个{kind}", "list": "列表"}.__getitem__) == "一个列表"
    assert str(message) == "a list"


def test_severities_decide_what_fails() -> None:
    found = [error("A", msg("a")), warning("B", msg("b")), note("C", msg("c"))]
    assert [d.is_error for d in found] == [True, False, False]
    assert [d.severity for d in found] == list(Severity)
    assert Result(1, tuple(found)).failed
    assert not Result(1, tuple(found[1:])).failed
    assert Result(None).failed


def test_an_error_that_ends_a_run_carries_its_findings_and_its_status() -> None:
    found = error("A", msg("a"), subject="s")
    assert [kind(found).exit_status for kind in (CstprintError, UsageError, InternalError)] == [1, 2, 3]
    assert str(CstprintError([found, found])) == "s: error A: a\ns: error A: a"


@pytest.mark.parametrize(("number", "line"), [(1, "一二"), (2, "三四五"), (3, ""), (4, ""), (0, "")])
def test_a_line_beyond_the_file_is_empty(number: int, line: str) -> None:
    assert FILE.line(number) == line


@pytest.mark.parametrize(
    ("span", "width"),
    [
        (Span(FILE, 1, 1, 1, 3), 2),
        (Span(FILE, 1, 2, 1, 2), 1),
        (Span(FILE, 1, 2, 2, 2), 1),
        (Span(FILE, 2, 1, 3, 1), 3),
        (Span(FILE, 3, 1, 4, 1), 1),
    ],
)
def test_a_span_covers_at_least_one_character_of_its_first_line(span: Span, width: int) -> None:
    assert span.width == width


def test_a_quoted_text_of_several_lines_points_at_its_beginning() -> None:
    text = SourceText.at("甲\n乙", Span(FILE, 1, 2, 2, 1), 1, 2, block=False)
    assert [str(text.place_of(offset)) for offset in (0, 2)] == ["a.yaml:1:2", "a.yaml:1:2"]


def test_units_are_those_of_css() -> None:
    assert px_to_pt(96) == pytest.approx(72)
