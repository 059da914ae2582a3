"""The designer's guide, one page in English and one in Chinese, read as tests need it: its recipes, tables and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.support.projects import REPOSITORY

#: How comments are written, by the language of the code: ``text`` is a list of files.
COMMENTS = {
    "css": r"/\*.*?\*/",
    "jinja": r"\{#.*?#\}",
    "sh": r"(?m)(?:^|\s)# .*$",
    "yaml": r"(?m)(?:^|\s)# .*$",
    "text": r"(?m)(?:^|\s)# .*$",
}


@dataclass(frozen=True)
class Recipe:
    """A recipe: its heading, and the files of a project that its code makes, by their paths."""

    number: int
    title: str
    files: dict[str, str]


@dataclass(frozen=True)
class Guide:
    """A page of the guide, by its language, ``en`` or ``zh``."""

    language: str
    path: Path

    @cached_property
    def text(self) -> str:
        """The whole page."""
        return self.path.read_text("utf-8")

    @cached_property
    def heads(self) -> list[tuple[int, str]]:
        """All heads with their levels, in their order."""
        return [(len(signs), words) for signs, words in re.findall(r"^(#+) (.+)$", self._prose, re.M)]

    @cached_property
    def sections(self) -> list[str]:
        """The text below each head, from the top of the page on."""
        return re.split(r"^#+ .+\n", self._prose, flags=re.M)[1:]

    @cached_property
    def recipes(self) -> list[Recipe]:
        """The recipes, in their order."""
        parts = re.findall(r"^### (\d+)\. (.+?)\n(.*?)(?=^##|\Z)", self.text, re.M | re.S)
        return [Recipe(int(number), title, dict(_files(body))) for number, title, body in parts]

    @cached_property
    def code(self) -> list[tuple[str, str]]:
        """All code that is set off, with its language."""
        return re.findall(r"^ *```(\w+)\n(.*?)^ *```$", self.text, re.M | re.S)

    @cached_property
    def pictures(self) -> list[str]:
        """The files of all pictures, in their order."""
        return re.findall(r"^!\[.+\]\((.+)\)$", self.text, re.M)

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """All tables: rows of cells, the head first."""
        blocks = re.findall(r"(?:^\|.*\|\n)+", self.text, re.M)
        return [
            [_cells(line) for line in block.splitlines() if not re.fullmatch(r"[|:\s-]+", line)]
            for block in blocks
        ]

    @cached_property
    def named(self) -> set[str]:
        """All words that stand in code in a line, without the dots before classes and the signs around words."""
        return set().union(*(names(section) for section in self.sections))

    @cached_property
    def _prose(self) -> str:
        return re.sub(r"^ *```.*?^ *```$", "", self.text, flags=re.M | re.S)


ENGLISH = Guide("en", REPOSITORY / "layouts" / "README.md")
CHINESE = Guide("zh", REPOSITORY / "layouts" / "README.zh-CN.md")
GUIDES = (ENGLISH, CHINESE)


def recipes() -> list[Recipe]:
    """The recipes, in their order: they are the same on both pages."""
    return ENGLISH.recipes


def names(prose: str) -> set[str]:
    """Return all words that stand in code in a line."""
    return set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]+)`", prose))))


def without_comments(language: str, code: str) -> list[str]:
    """Return the lines of code that are no comments."""
    lines = re.sub(
        COMMENTS[language], "", code, flags=re.DOTALL if language in ("css", "jinja") else 0
    ).splitlines()
    return [line.rstrip() for line in lines if line.strip()]


def _files(body: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of code with the path that its first line, a comment, says."""
    for code in re.findall(r"^```\w+\n(.*?)^```$", body, re.M | re.S):
        path = re.match(r"(?:# |/\* |\{# )(layouts/mine/[\w./-]+)", code)
        assert path is not None, f"no path in the first line of:\n{code}"
        yield path[1], code


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
