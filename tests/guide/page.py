"""The designer's guide, layouts/README.md, read as tests need it: its recipes, its tables, what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.projects import REPOSITORY

GUIDE = REPOSITORY / "layouts" / "README.md"


@dataclass(frozen=True)
class Recipe:
    """A recipe: its heading, and the files of a project that its code makes, by their paths."""

    number: int
    title: str
    files: dict[str, str]


def text() -> str:
    """The whole page."""
    return GUIDE.read_text("utf-8")


def recipes() -> list[Recipe]:
    """The recipes, in their order."""
    parts = re.findall(r"^### (\d+)\. (.+?)\n(.*?)(?=^##|\Z)", text(), re.M | re.S)
    return [Recipe(int(number), title, dict(_files(body))) for number, title, body in parts]


def _files(body: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of code with the path that its first line, a comment, says."""
    for code in re.findall(r"^```\w+\n(.*?)^```$", body, re.M | re.S):
        path = re.match(r"(?:# |/\* |\{# )(layouts/mine/[\w./-]+)", code)
        assert path is not None, f"no path in the first line of:\n{code}"
        yield path[1], code


def tables() -> list[list[list[str]]]:
    """All tables: rows of cells, the head first."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", text(), re.M)
    return [
        [_cells(line) for line in block.splitlines() if not re.fullmatch(r"[|:\s-]+", line)]
        for block in blocks
    ]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def named() -> set[str]:
    """All words that stand in code, without the dots before classes and the signs around words."""
    prose = re.sub(r"^```.*?^```$", "", text(), flags=re.M | re.S)
    return set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", prose))))
