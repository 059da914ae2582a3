"""The designer's guide names all that there is: tokens, what templates see, templates, classes, places of the page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cstprint.html import block_views, frame, issue_views, markdown, views
from cstprint.layout.resolve import list_layouts
from tests.guide import page, tables

TEMPLATES = sorted(tables.FOLDER.glob("*/**/*.j2"))
STYLE_SHEETS = sorted(tables.FOLDER.glob("*/*.css"))
#: What of the program writes elements itself.
MODULES = [Path(str(module.__file__)) for module in (frame, markdown, views)]


def test_the_tables_are_those_of_the_program() -> None:
    assert page.text() == tables.written(page.text()), "run: make guide"


def test_everything_that_templates_see_is_in_the_table() -> None:
    seen = {kind for _, kind in tables.SEEN} | set(block_views.BlockView.__args__)
    views_of = {
        kind
        for module in (issue_views, block_views)
        for kind in vars(module).values()
        if dataclasses.is_dataclass(kind) and str(kind.__module__) == module.__name__
    }
    assert views_of == seen


def test_every_layout_has_a_column_among_the_tokens() -> None:
    head = next(table[0] for table in page.tables() if table[0][0].endswith("token"))
    assert {cell.strip("`") for cell in head[2:-1]} == set(list_layouts([tables.FOLDER]))


def test_every_template_of_a_block_is_named() -> None:
    head, *rows = next(table for table in page.tables() if table[0][0].startswith("块"))
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row[head.index("模板 · template")])}
    files = {template.name.partition(".")[0] for template in TEMPLATES}
    assert named == files


def classes(path: Path) -> Iterator[str]:
    """Yield the classes that a template or module writes; of one that is made up, the beginning, ``level-``."""
    text = re.sub(r"\{\{.*?\}\}|\{\}", "…", re.sub(r"\{%.*?%\}", " ", path.read_text("utf-8")))
    for value in re.findall(r'class="([^"]*)"', text):
        for name in value.split():
            if name.strip("…"):
                yield name.partition("…")[0]


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
def test_every_class_is_named(path: Path) -> None:
    named = page.named()
    missing = [
        name
        for name in classes(path)
        if name not in named and not (name.endswith("-") and any(word.startswith(name) for word in named))
    ]
    assert missing == []


def test_classes_are_found() -> None:
    found = {name for path in TEMPLATES for name in classes(path)}
    assert {"nameplate", "level-", "columns-", "figure-mark", "keyed"} - found == {"keyed"}


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_custom_property_that_is_no_token_is_named(path: Path) -> None:
    used = set(re.findall(r"--cst-([\w-]+)", path.read_text("utf-8")))
    tokens = set(re.findall(r"^\| `([\w-]+)` \|", page.text(), re.M))
    assert [name for name in used - tokens if f"--cst-{name}" not in page.text()] == []


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_place_of_the_page_and_every_string_is_named(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"@((?:top|bottom|left|right)-[\w-]+)", text) + re.findall(r"string\(([\w-]+)", text)
    assert [name for name in used if name not in page.named()] == []


def test_every_block_of_the_issue_that_a_child_may_replace_is_named() -> None:
    text = (tables.FOLDER / "base" / "issue.html.j2").read_text("utf-8")
    blocks = re.findall(r"\{% block (\w+) %\}", text)
    assert len(blocks) >= 5
    assert set(blocks) <= page.named()


def test_what_templates_see_of_an_issue_is_named() -> None:
    text = (Path(str(views.__file__)).parent / "compose.py").read_text("utf-8")
    context = re.search(r"context = \{(.*?)\n    \}", text, re.S)
    assert context is not None
    assert set(re.findall(r'^        "(\w+)":', context[1], re.M)) <= page.named()


def test_every_link_within_the_page_leads_to_a_head() -> None:
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.+)$", page.text(), re.M)
    }
    links = re.findall(r"\]\(#([^)]+)\)", page.text())
    assert len(links) > 8
    assert [link for link in links if link not in heads] == []
