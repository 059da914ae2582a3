"""Both pages of the designer's guide name all that there is: tokens, what templates see, templates, classes, places."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cstprint.blocks.common import figure_rows
from cstprint.blocks.common.known import BLOCKS
from cstprint.blocks.common.known import MODULES as BLOCK_MODULES
from cstprint.html import frame, issue_views, markdown, views
from cstprint.layout.resolve import list_layouts
from tests.guide import tables
from tests.guide.page import CHINESE, ENGLISH, GUIDES, Guide, names, without_comments
from tests.support.projects import REPOSITORY

TEMPLATES = sorted(tables.FOLDER.glob("*/**/*.j2"))
STYLE_SHEETS = sorted(tables.FOLDER.glob("*/*.css"))
BOTH = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.language)
#: What of the program writes elements itself.
MODULES = [Path(str(module.__file__)) for module in (frame, markdown, views)]


@BOTH
def test_the_tables_are_those_of_the_program(guide: Guide) -> None:
    assert guide.text == tables.written(guide), "run: make guide"


def is_view(kind: type) -> bool:
    """Whether a class of a file of a block, which also has the model, is for templates."""
    return kind.__module__ == issue_views.__name__ or kind.__name__.endswith("View")


def test_everything_that_templates_see_is_in_the_table() -> None:
    seen = {kind for _, kind in tables.SEEN} | {block.view for block in BLOCKS if block.view}
    views_of = {
        kind
        for module in (issue_views, figure_rows, *BLOCK_MODULES)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
        if kind.__module__ == module.__name__ and is_view(kind)
    }
    assert views_of == seen


@BOTH
def test_every_layout_has_a_column_among_the_tokens(guide: Guide) -> None:
    first = tables.TOKENS[guide.language][0]
    head = next(table[0] for table in guide.tables if table[0][0] == first)
    assert {cell.strip("`") for cell in head[2:-1]} == set(list_layouts([tables.FOLDER]))


@BOTH
def test_every_template_of_a_block_is_named(guide: Guide) -> None:
    _head, *rows = next(table for table in guide.tables if table[0][1] == "HTML")
    named = {name for *_, templates in rows for name in re.findall(r"`([\w-]+)`", templates)}
    files = {template.name.partition(".")[0] for template in TEMPLATES}
    assert named == files


def classes(path: Path) -> Iterator[str]:
    """Yield the classes that a template or module writes; of one that is made up, the beginning, ``level-``."""
    text = re.sub(r"\{\{.*?\}\}|\{\}", "…", re.sub(r"\{%.*?%\}", " ", path.read_text("utf-8")))
    for value in re.findall(r'class="([^"]*)"', text):
        for name in value.split():
            if name.strip("…"):
                yield name.partition("…")[0]


@BOTH
@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
def test_every_class_is_named(path: Path, guide: Guide) -> None:
    named = guide.named
    missing = [
        name
        for name in classes(path)
        if name not in named and not (name.endswith("-") and any(word.startswith(name) for word in named))
    ]
    assert missing == []


def test_classes_are_found() -> None:
    found = {name for path in TEMPLATES for name in classes(path)}
    assert {"nameplate", "level-", "columns-", "figure-mark", "keyed"} - found == {"keyed"}


@BOTH
@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_custom_property_that_is_no_token_is_named(path: Path, guide: Guide) -> None:
    used = set(re.findall(r"--cst-([\w-]+)", path.read_text("utf-8")))
    tokens = set(re.findall(r"^\| `([\w-]+)` \|", guide.text, re.M))
    assert [name for name in used - tokens if f"--cst-{name}" not in guide.text] == []


@BOTH
@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_place_of_the_page_and_every_string_is_named(path: Path, guide: Guide) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"@((?:top|bottom|left|right)-[\w-]+)", text) + re.findall(r"string\(([\w-]+)", text)
    assert [name for name in used if name not in guide.named] == []


@BOTH
def test_every_block_of_the_issue_that_a_child_may_replace_is_named(guide: Guide) -> None:
    text = (tables.FOLDER / "base" / "issue.html.j2").read_text("utf-8")
    blocks = re.findall(r"\{% block (\w+) %\}", text)
    assert len(blocks) >= 5
    assert set(blocks) <= guide.named


@BOTH
def test_what_templates_see_of_an_issue_is_named(guide: Guide) -> None:
    text = (Path(str(views.__file__)).parent / "compose.py").read_text("utf-8")
    context = re.search(r"context = \{(.*?)\n    \}", text, re.S)
    assert context is not None
    assert set(re.findall(r'^        "(\w+)":', context[1], re.M)) <= guide.named


@BOTH
def test_every_link_leads_to_a_head_or_a_file(guide: Guide) -> None:
    heads = {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for _, words in guide.heads}
    links = re.findall(r"\]\(([^)]+)\)", guide.text)
    within = [link for link in links if link.startswith("#")]
    assert len(within) > 8
    assert [link for link in within if link[1:] not in heads] == []
    assert [link for link in links if link not in within and not (guide.path.parent / link).is_file()] == []


# ── what refers to the pages ──

#: Files that name the guide, by the language of the page that they ought to name.
REFERRING = {
    "en": ("README.md", "src/cstprint/starters/layout.en/blocks.css", "src/cstprint/explanations/en.md"),
    "zh": (
        "README.zh-CN.md",
        "src/cstprint/starters/layout.zh/blocks.css",
        "src/cstprint/explanations/zh.md",
    ),
}
CATALOGUE = REPOSITORY / "src/cstprint/locale/zh_CN/LC_MESSAGES/cstprint.po"
PAGE = r"layouts/(README[\w.-]*\.md)"


@BOTH
def test_readers_are_led_to_the_page_in_their_language(guide: Guide) -> None:
    found = {
        path: set(re.findall(PAGE, (REPOSITORY / path).read_text("utf-8")))
        for path in REFERRING[guide.language]
    }
    assert found == {path: {guide.path.name} for path in REFERRING[guide.language]}


@BOTH
def test_messages_name_a_head_of_the_page_in_their_language(guide: Guide) -> None:
    kind = {"en": "msgid", "zh": "msgstr"}[guide.language]
    found = re.findall(
        rf'^{kind} ".*“(.+)”.*{PAGE}|^{kind} ".*{PAGE}.*“(.+)”', CATALOGUE.read_text("utf-8"), re.M
    )
    heads = {re.sub(r"^\d+\. ", "", words) for _, words in guide.heads}
    assert found
    for before, page, other, after in found:
        assert (page or other) == guide.path.name
        assert (before or after) in heads


# ── the two pages ──


@BOTH
def test_each_page_links_to_the_other_first(guide: Guide) -> None:
    (other,) = set(GUIDES) - {guide}
    _title, first, *_ = filter(None, guide.text.splitlines())
    assert re.fullmatch(rf"\[[^\]]+\]\({re.escape(other.path.name)}\)", first)


def test_both_pages_have_the_same_heads_in_the_same_order() -> None:
    assert [level for level, _ in ENGLISH.heads] == [level for level, _ in CHINESE.heads]
    assert [re.findall(r"`.+?`|^\d+", words) for _, words in ENGLISH.heads] == [
        re.findall(r"`.+?`|^\d+", words) for _, words in CHINESE.heads
    ]


def test_both_pages_have_the_same_recipes_with_the_same_code() -> None:
    assert len(ENGLISH.recipes) >= 10
    assert [recipe.files for recipe in ENGLISH.recipes] == [recipe.files for recipe in CHINESE.recipes]


def test_all_code_is_the_same_on_both_pages_but_for_comments() -> None:
    assert len(ENGLISH.code) > 20
    english, chinese = (
        [(kind, without_comments(kind, code)) for kind, code in guide.code] for guide in GUIDES
    )
    assert english == chinese


def test_both_pages_show_the_same_pictures() -> None:
    assert ENGLISH.pictures == CHINESE.pictures


def codes(prose: str) -> set[str]:
    """Return the codes of messages that prose names."""
    return set(re.findall(r"CST-[A-Z]\d{3}", prose))


def test_each_section_names_the_same_in_both_languages() -> None:
    assert len(ENGLISH.sections) == len(ENGLISH.heads)
    differing = {
        words: sorted((names(english) | codes(english)) ^ (names(chinese) | codes(chinese)))
        for (_, words), english, chinese in zip(
            ENGLISH.heads, ENGLISH.sections, CHINESE.sections, strict=True
        )
    }
    assert {words: found for words, found in differing.items() if found} == {}


def test_comments_of_code_are_known() -> None:
    assert without_comments("css", ".a { color: #fff } /* white\n*/\n") == [".a { color: #fff }"]
    assert without_comments("yaml", "# a path\naccent: '#971b1b'  # red\n") == ["accent: '#971b1b'"]
    assert without_comments("jinja", "{# a path #}\n{{ issue.title }}\n") == ["{{ issue.title }}"]
