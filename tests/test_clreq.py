"""The table of clreq's clauses (docs/clreq.md) and the tests say the same."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.support.projects import REPOSITORY

PAGE = (REPOSITORY / "docs" / "clreq.md").read_text("utf-8")
COUNTED = PAGE[PAGE.index("<!-- sums -->") : PAGE.index("<!-- /sums -->")]
ROWS = [
    [cell.strip() for cell in line[1:-1].split("|")]
    for line in COUNTED.splitlines()
    if line.startswith("| ") and not line.startswith("| clause")
]
WORTH = {"yes": 1.0, "partly": 0.5, "no": 0.0}


@cache
def functions_of(path: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def named(row: list[str]) -> list[tuple[str, str]]:
    """The files and functions that a row names."""
    return re.findall(r"`([\w/]+\.py)::(\w+)`", row[4])


def test_the_table_is_read() -> None:
    assert len(ROWS) > 40
    assert {len(row) for row in ROWS} == {6}
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_clause_has_a_state_and_tests_that_exist(row: list[str]) -> None:
    clause, _, state, how, shown, _ = row
    assert state in WORTH
    assert bool(named(row)) == (state != "no"), clause
    assert how or state == "no"
    assert len(named(row)) == shown.count("::")
    for file, function in named(row):
        assert function in functions_of(REPOSITORY / "tests" / file), f"{clause}: {file}::{function}"


def test_the_sums_are_right() -> None:
    states = Counter(row[2] for row in ROWS)
    share = sum(WORTH[row[2]] for row in ROWS) / len(ROWS)
    said = re.search(r"Of (\d+) rows (\d+) are `yes`, (\d+) `partly`, (\d+) `no`: (\d+) %", PAGE)
    assert said is not None
    assert [int(number) for number in said.groups()] == [
        len(ROWS),
        states["yes"],
        states["partly"],
        states["no"],
        round(100 * share),
    ]
