"""The glossary: terms that are said once, and old words that are gone from the source, the messages and the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.projects import REPOSITORY
from tests.test_architecture import SOURCE

GLOSSARY = REPOSITORY / "docs" / "glossary.md"
TEXT = GLOSSARY.read_text("utf-8")
#: The old words that nothing says any more.
GONE = sorted(set(re.findall(r"~~([^~]+)~~", TEXT)) - {"struck out"})
#: What quotes old words to forbid them: the glossary, and the rule in CONTRIBUTING.
_QUOTED = re.compile(r"“[^”]*”")
SEARCHED = sorted(
    {
        *SOURCE.rglob("*.py"),
        SOURCE / "explanations" / "en.md",
        *(REPOSITORY / "docs").rglob("*.md"),
        *(REPOSITORY / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md")),
    }
    - {GLOSSARY}
)


def rows() -> list[list[str]]:
    """Return the cells of each line of the tables of concepts."""
    lines = [line for line in TEXT.splitlines() if line.startswith("| ") and line.count("|") == 6]
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [row for row in cells if row[0] != "term"]


def found_in(path: Path, word: str) -> bool:
    """Return whether a file says a word, or several also over the end of a line."""
    text = path.read_text("utf-8")
    if path.name == "CONTRIBUTING.md":
        text = _QUOTED.sub("", text)
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    return re.search(rf"\b{pattern}\b", text, re.IGNORECASE) is not None


@pytest.mark.parametrize("word", GONE)
def test_an_old_word_that_is_struck_out_is_gone(word: str) -> None:
    assert [str(path) for path in SEARCHED if found_in(path, word)] == []


def test_old_words_are_found_where_they_stand(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text('"""It is passed\n    over."""\n', encoding="utf-8")
    assert found_in(page, "passed over")
    assert not found_in(page, "asses")
    assert GONE


def test_each_concept_has_a_chinese_term_a_meaning_and_a_place_in_the_code() -> None:
    assert len(rows()) > 60
    for term, chinese, meaning, code, _ in rows():
        assert re.search(r"[一-龥]", chinese), term
        assert meaning, term
        assert re.fullmatch(r"`[\w/]+(?:\.py|/)`", code), term


def test_a_term_is_said_once() -> None:
    terms = [re.sub(r" \(.*", "", row[0]) for row in rows()]
    assert sorted(terms) == sorted(set(terms))
