"""The documents of the repository: paths that exist, links that lead to files, an index of all decisions."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.support.projects import REPOSITORY
from tests.test_architecture import ENGINE_LEVELS, LEVELS, SOURCE

ARCHITECTURE = REPOSITORY / "ARCHITECTURE.md"
DECISIONS = REPOSITORY / "docs" / "decisions"
MOST_WORDS = 1800
#: The documents for whoever changes the code: what they name in backticks is relative to the package.
DOCUMENTS = sorted(
    {
        *(REPOSITORY / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md")),
        *(REPOSITORY / "docs").rglob("*.md"),
    }
)
#: All documents whose links are followed.
LINKING = sorted({*REPOSITORY.glob("*.md"), *DOCUMENTS, *(REPOSITORY / "layouts").glob("*.md")})
#: A file of code or data, or a folder, as it is named in backticks.
_PATH = re.compile(r"`([\w-]+(?:/[\w.-]+)*(?:\.(?:py|json)|/))`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
#: The folder of the packages that docs/upstream.md names files of.
PACKAGES = Path(str(distribution("weasyprint").locate_file("")))


def named_in(text: str) -> list[tuple[str, str]]:
    """Return the paths that a text names in backticks, each with the folder of the path before it in its paragraph."""
    found: list[tuple[str, str]] = []
    for paragraph in re.split(r"\n\s*\n|\n\|", text):
        folder = ""
        for path in _PATH.findall(paragraph):
            found.append((path, folder))
            if "/" in path:
                folder = path.rpartition("/")[0]
    return found


def exists(path: str, folder: str) -> bool:
    """Return whether a path is one of our package, the repository, WeasyPrint or pydyf, or is in ``folder``."""
    foreign = PACKAGES if path.startswith(("weasyprint/", "pydyf/")) else SOURCE
    roots = (SOURCE, REPOSITORY, SOURCE / folder, REPOSITORY / folder, foreign)
    return any((root / path).exists() for root in roots)


def title_of(path: Path) -> str:
    return path.read_text("utf-8").partition("\n")[0].removeprefix("# ")


def test_architecture_can_be_read_in_one_sitting() -> None:
    assert len(ARCHITECTURE.read_text("utf-8").split()) <= MOST_WORDS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_file_that_a_document_names_exists(document: Path) -> None:
    named = named_in(document.read_text("utf-8"))
    assert [path for path, folder in named if not exists(path, folder)] == []


@pytest.mark.parametrize("document", LINKING, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_relative_link_leads_to_a_file(document: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in _LINK.findall(text) if not re.match(r"\w+:|#", link)]
    files = {link: document.parent / unquote(link.partition("#")[0]) for link in links}
    assert [link for link, file in files.items() if not file.exists()] == []


def test_the_documents_are_found_and_their_paths_are_read() -> None:
    assert {"where.md", "walkthroughs.md", "lines.md", "glossary.md"} <= {path.name for path in DOCUMENTS}
    row = "| x | `cjk/heads.py`; `seams.py`; a folder: `check/`; not `pdf` |\n| y | `units.py` |"
    assert named_in(row) == [
        ("cjk/heads.py", ""),
        ("seams.py", "cjk"),
        ("check/", "cjk"),
        ("units.py", ""),
    ]
    assert exists("seams.py", "cjk")
    assert not exists("seams.py", "")


def rows_of(heading: str) -> list[tuple[str, ...]]:
    """Return the names in the first cells of the first table after a heading of ARCHITECTURE.md."""
    text = ARCHITECTURE.read_text("utf-8")
    table = text[text.index(heading) :].split("|---", 1)[1].split("\n\n", 1)[0]
    cells = [line.split("|")[1] for line in table.splitlines()[1:]]
    return [tuple(re.findall(r"`([\w/]+?)(?:/|\.py)?`", cell)) for cell in cells]


def test_the_table_of_packages_is_that_of_the_imports() -> None:
    levels = [set(level) for level in reversed(LEVELS) if level != ("__main__",)]
    assert [set(row) for row in rows_of("## The packages")] == levels


def test_the_table_of_the_engine_is_that_of_its_imports() -> None:
    levels = [{f"engine/{name}" for name in level} for level in reversed(ENGINE_LEVELS)]
    assert [set(row) for row in rows_of("## The engine")] == levels


def test_every_decision_is_in_the_index_with_its_title_and_date() -> None:
    files = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
    index = (DECISIONS / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| (\d{4}-\d\d-\d\d) \| (.+) \|$", index, re.MULTILINE)
    listed = {name: (f"{number} {title}", date) for number, name, date, title in rows}
    found = {path.name: (title_of(path), path.read_text("utf-8").split("\n")[2][:10]) for path in files}
    assert listed == found
    assert [path.name[:4] for path in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_was_decided_and_why(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^\d{4}-\d\d-\d\d · \w", text, re.MULTILINE)
    parts = re.findall(r"^\*\*(\w+)\.\*\* \S", text, re.MULTILINE)
    assert parts[:1] == ["Decision"]
    assert parts == [one for one in ("Decision", "Reason", "Alternatives", "Cost") if one in parts]
    assert len(parts) > 1
