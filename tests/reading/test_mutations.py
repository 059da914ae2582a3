"""Whatever happens to an issue's file, reading it ends with an issue or with errors at their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstprint.issue.reader import read_issue
from tests.support.projects import SEED

LINES = SEED.read_text(encoding="utf-8").split("\n")

#: What people type by mistake, paste, or leave behind; and what YAML and Markdown give a meaning to.
SNIPPETS = [
    *"#:-|>&*!%@`'\"[]{}()<>,?~\\/_=+.0١２ \t\n\r\0\a\x1b\x7f",
    *"：，。“”（）—…·＃　①😀𠮷한\ufeff\u200b\u2028\x85\ue000\u0301",
    *["- ", ": ", "\n\n", "---", "```", "<<: ", "![](x)", "[a](b)", "**", "&a ", "*a", "!!int ", "    "],
    *["title: ", "  - ", "body: |", "figures:", "figure: ../x", "null", "true", "0x1F", "1e9", "<b>"],
]
snippet = st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=3))
place = st.integers(0, 10**6)
change = st.one_of(
    st.tuples(st.just("insert"), place, snippet),
    st.tuples(st.just("replace"), place, snippet),
    st.tuples(st.just("delete"), place, st.integers(1, 12)),
    st.tuples(st.just("drop line"), place, st.none()),
    st.tuples(st.just("double line"), place, st.none()),
    st.tuples(st.just("indent line"), place, st.sampled_from([" ", "  ", "    ", "\t", "　", "- "])),
    st.tuples(st.just("dedent line"), place, st.integers(1, 6)),
    st.tuples(st.just("cut"), place, st.none()),
)


def changed(lines: list[str], kind: str, where: int, what: object) -> list[str]:
    """The file's lines after one mistake. Short lines are as likely to be hit as long ones."""
    row = where % len(lines)
    line = lines[row]
    at = where // len(lines) % (len(line) + 1)
    if kind == "cut":
        return [*lines[:row], line[:at]]
    if kind == "drop line":
        return [*lines[:row], *lines[row + 1 :]] or [""]
    if kind == "double line":
        return [*lines[:row], line, *lines[row:]]
    if kind == "dedent line":
        assert isinstance(what, int)
        new = line[what:]
    elif kind == "indent line":
        new = f"{what}{line}"
    elif kind == "delete":
        assert isinstance(what, int)
        new = line[:at] + line[at + what :]
    else:
        new = line[:at] + str(what) + line[at + (kind == "replace") :]
    return [*lines[:row], new, *lines[row + 1 :]]


@pytest.fixture(scope="session")
def issue_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations") / "issue.yaml"


@settings(
    max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(changes=st.lists(change, min_size=1, max_size=4))
def test_a_damaged_issue_gives_an_issue_or_errors_at_their_places(
    changes: list[tuple[str, int, object]], issue_file: Path
) -> None:
    lines = LINES
    for kind, where, what in changes:
        lines = changed(lines, kind, where, what)
    text = "\n".join(lines)
    issue_file.write_bytes(text.encode("utf-8", errors="surrogatepass"))

    result = read_issue(issue_file)

    assert result.value is not None or any(problem.is_error for problem in result.diagnostics)
    for problem in result.diagnostics:
        assert str(problem.message)
        if problem.span is None:
            assert problem.subject is not None
        else:
            rows = problem.span.file.lines
            assert 1 <= problem.span.line <= len(rows)
            assert 1 <= problem.span.column <= len(rows[problem.span.line - 1]) + 1
            assert (problem.span.end_line, problem.span.end_column) >= (
                problem.span.line,
                problem.span.column,
            )
