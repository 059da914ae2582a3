"""Control characters in an issue: line ends of other programs, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.reading.yaml import YamlMap, load_yaml, texts_of
from cstprint.source import SourceFile, SourceText


def values(text: str) -> tuple[list[SourceText], list[str]]:
    """The texts of a YAML file, and what is told about it, with its place."""
    read = load_yaml(SourceFile(Path("issue.yaml"), text))
    assert isinstance(read.value, YamlMap), read.diagnostics
    return list(texts_of(read.value)), [str(found) for found in read.diagnostics]


@pytest.mark.parametrize(
    "end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=["VT", "FF", "NEL", "LS", "PS"]
)
def test_a_line_end_of_another_program_stays_in_its_text_and_is_a_note(end: str) -> None:
    (body,), told = values(f"body: |\n  第一行{end}第二行\n  第三行\n")
    assert body == "第一行\u2028第二行\n第三行\n"
    assert told == [
        f"issue.yaml:2:6: note CST-F023: Line ends of another program (U+{ord(end):04X}) are printed as line ends: 2:6."
    ]


def test_what_stands_behind_a_line_end_keeps_its_place() -> None:
    (body, end), _ = values("body: |\n  一\u2028二\n  三\nend: 四\n")
    assert [str(body.place_of(offset)) for offset in (2, 4)] == ["issue.yaml:2:5", "issue.yaml:3:3"]
    assert str(end.span) == "issue.yaml:4:6"


def test_control_characters_are_left_out_with_one_warning_that_lists_the_places() -> None:
    (title, body), told = values("title: 刊\x07名\nbody: |\n  正\x1b[1m文\x9d。\n")
    assert (title, body) == ("刊名", "正[1m文。\n")
    assert told == [
        "issue.yaml:1:9: warning CST-F022: Control characters (U+0007, U+001B, U+009D) are left out: 1:9, 3:4, 3:9."
    ]


def test_control_characters_written_as_escapes_are_told_too() -> None:
    (title,), told = values('title: "刊\\x07名\\L称"\n')
    assert title == "刊名\u2028称"
    assert [line.split(": ")[1] for line in told] == ["note CST-F023", "warning CST-F022"]


def test_a_line_of_control_characters_is_blank() -> None:
    (one, two), told = values("one: 一\n\x0c\n\x07 \x07\ntwo: 二\n")
    assert (one, two) == ("一", "二")
    assert len(told) == 2


def test_a_text_that_has_private_characters_of_its_own_keeps_them() -> None:
    (title,), _ = values("title: \ue000\u2028\ue001\x07\ue002\n")
    assert title == "\ue000\u2028\ue001\ue002"


def test_a_key_with_a_control_character_is_the_key() -> None:
    read = load_yaml(SourceFile(Path("issue.yaml"), "ti\x07tle: 刊名\n"))
    assert isinstance(read.value, YamlMap)
    assert list(read.value) == ["title"]
