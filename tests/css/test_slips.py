"""Slips of a style sheet: found in one pass, however odd it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.css.facts import facts_of
from cstprint.css.slips import MAX_SLIPS, find_slips
from cstprint.source import SourceFile
from tests.support.work import calls_in


def sheet(text: str) -> SourceFile:
    return SourceFile(Path("blocks.css"), text)


def lines_of(text: str) -> list[tuple[int, int, int]]:
    """Line, and the lines that are passed over because of it, of each slip."""
    return [
        (slip.diagnostic.span.line, slip.first_line, slip.last_line)
        for slip in find_slips(sheet(text))
        if slip.diagnostic.span
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("p {\n color：red；\n margin: 0;\n}\nh2 { margin: 0 }", [(2, 2, 4)]),
        ("p {\n margin: 0;\n}\n}\nh2 {\n margin: 0\n}\n", [(4, 4, 7)]),
        ("p {\n margin: 0;\n\n.box { margin: 0 }\n", [(1, 1, 4)]),
        ("p { content: 'a; }\n\nh2 { margin: 0 }\np { margin: 0 }", [(1, 1, 3)]),
    ],
)
def test_a_slip_reaches_as_far_as_css_is_led_astray(text: str, lines: list[tuple[int, int, int]]) -> None:
    assert lines_of(text) == lines


def test_each_line_of_full_width_marks_is_told_once() -> None:
    assert [first for first, _, _ in lines_of("p {\n color：red；\n margin：0；\n}")] == [2, 3]


def test_of_many_slips_the_first_are_told() -> None:
    assert len(find_slips(sheet("}\n" * 5000))) == MAX_SLIPS


@pytest.mark.parametrize("piece", ["url(", "{", "(", "}", "'\n", "/*", "：\n", "a:is(", "url(a ", "\\"])
def test_an_odd_sheet_costs_as_much_as_it_is_long(piece: str) -> None:
    assert (
        calls_in(lambda: find_slips(sheet(piece * 4000)))
        < 5 * calls_in(lambda: find_slips(sheet(piece * 1000))) + 500
    )


def test_brackets_thousands_deep_are_no_failure() -> None:
    assert facts_of(sheet("@media " + "(" * 50_000 + "{}")).media == []


@pytest.mark.parametrize(
    ("value", "flat"),
    [
        ("scale(0)", ["scale(0)"]),
        ("rotate(3deg) scale(1, 0)", ["scale(1, 0)"]),
        ("scaleX(0.0)", ["scaleX(0.0)"]),
        ("matrix(1, 2, 2, 4, 0, 0)", ["matrix(1, 2, 2, 4, 0, 0)"]),
        ("scale(.5) translate(0, 0) rotate(0)", []),
        ("matrix(0, 1, 1, 0, 0, 0)", []),
    ],
)
def test_transforms_that_leave_no_area_are_found(value: str, flat: list[str]) -> None:
    facts = facts_of(sheet(f"p {{ color: red; transform: {value} }}"))
    assert [str(text) for text in facts.flat_transforms] == flat
