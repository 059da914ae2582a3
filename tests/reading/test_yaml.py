"""YAML to a tree: nothing guessed, each value knows its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.reading.yaml import YamlList, YamlMap, load_yaml
from cstprint.source import SourceFile, SourceText


def tree(text: str) -> YamlMap:
    result = load_yaml(SourceFile(Path("a.yaml"), text))
    assert result.diagnostics == ()
    assert isinstance(result.value, YamlMap)
    return result.value


def text_at(text: str, key: str = "a") -> SourceText:
    value = tree(text)[key]
    assert isinstance(value, SourceText)
    return value


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "~", "null", "010", "0x1F", "1e3", "12:30", "2020-02-29", ".inf", "1_000"]
)
def test_a_plain_value_stays_the_text_that_was_written(written: str) -> None:
    assert text_at(f"a: {written}\n") == written


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("a: 甲乙\n", 1, 4),
        ("a:   甲乙\n", 1, 6),
        ("a:\n  甲乙\n", 2, 3),
        ("a: '甲乙'\n", 1, 5),
        ('a: "甲乙"\n', 1, 5),
        ("中文: 丙\na: 甲乙\n", 2, 4),
        ("a: |\n  甲乙\n", 2, 3),
        ("a: |-\n    甲乙\n", 2, 5),
        ("a: >\n  甲乙\n", 2, 3),
        ("a: |2\n  甲乙\n", 2, 3),
    ],
)
def test_a_text_knows_where_its_first_character_stands(yaml: str, line: int, column: int) -> None:
    value = text_at(yaml)
    assert value.strip() == "甲乙"
    place = value.place(0)
    assert (place.line, place.column) == (line, column)


def test_a_later_line_of_a_block_is_a_later_line_of_the_file() -> None:
    value = text_at("b: 1\na: |\n    甲\n\n      乙丙\n")
    place = value.place_of(value.index("丙"))
    assert (place.line, place.column) == (5, 8)


def test_empty_lines_before_a_block_count() -> None:
    value = text_at("a: |\n\n\n  甲\n")
    place = value.place_of(value.index("甲"))
    assert (place.line, place.column) == (4, 3)


def test_an_indentation_indicator_leaves_blanks_that_belong_to_the_text() -> None:
    value = text_at("a: |2\n    甲\n  乙\n")
    assert value == "  甲\n乙\n"
    for character, line, column in (("甲", 2, 5), ("乙", 3, 3)):
        place = value.place_of(value.index(character))
        assert (place.line, place.column) == (line, column)


def test_a_more_deeply_indented_first_line_after_a_comment_header_is_placed() -> None:
    value = text_at("a: |  # why\n  甲\n    乙\n")
    place = value.place_of(value.index("乙"))
    assert (place.line, place.column) == (3, 5)


def test_keys_and_lists_know_their_places() -> None:
    root = tree("a:\n  - b: 1\n    c: 2\n")
    listed = root["a"]
    assert isinstance(listed, YamlList)
    assert (listed.span.line, listed.span.column) == (2, 3)
    inner = listed[0]
    assert isinstance(inner, YamlMap)
    assert (inner.key_spans["c"].line, inner.key_spans["c"].column) == (3, 5)


def test_two_refusals_in_one_file_are_both_told() -> None:
    found = load_yaml(SourceFile(Path("a.yaml"), "a: &x 1\nb: !!int 2\na: 3\n")).diagnostics
    assert [(d.code, d.span.line) for d in found if d.span] == [
        ("CST-Y012", 1),
        ("CST-Y012", 2),
        ("CST-Y016", 3),
    ]


def test_a_key_typed_twice_is_told_with_both_lines() -> None:
    (found,) = load_yaml(SourceFile(Path("a.yaml"), "title: 甲\nnumber: 2\ntitle: 乙\n")).diagnostics
    assert found.code == "CST-Y016"
    assert "first is in line 1" in str(found.message)
    assert str(found.span) == "a.yaml:3:1"


def test_a_key_without_text_is_a_key() -> None:
    assert tree('"": 1\na: 2\n')["a"] == "2"


def test_lists_forty_deep_are_read_and_more_are_not() -> None:
    assert load_yaml(SourceFile(Path("a.yaml"), "[" * 40 + "]" * 40)).diagnostics == ()
    (found,) = load_yaml(SourceFile(Path("a.yaml"), "[" * 41 + "]" * 41)).diagnostics
    assert (found.code, str(found.span)) == ("CST-Y014", "a.yaml:1:41")
