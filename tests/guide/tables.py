"""The tables of the designer's guide that follow from the program: tokens, what templates see, what may be left out.

``python -m tests.guide.tables`` (``make guide``) writes them anew.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any

from cstprint.blocks.common.known import BLOCKS
from cstprint.check.texts import NAMES
from cstprint.cli.language import half
from cstprint.html import issue_views
from cstprint.layout.manifest import Token
from cstprint.layout.resolve import Layout, list_layouts, resolve_layout
from cstprint.project import builtin_folder
from tests.guide.page import GUIDES, Guide

FOLDER = builtin_folder("layouts")
#: The heads of the tables, by language.
TOKENS = {"en": ("token", "type", "what it is"), "zh": ("设计变量", "类型", "作用")}
FIELDS = {"en": ["object", "fields"], "zh": ["对象", "字段"]}
OMITS = {"en": ["template", "`omits`"], "zh": ["模板", "`omits`"]}
#: What templates see besides blocks: how it is written there, and its class.
SEEN: Sequence[tuple[str, Any]] = (
    ("issue", issue_views.IssueView),
    ("contents[…]", issue_views.ContentsEntry),
    ("sections[…]", issue_views.SectionView),
    ("article", issue_views.ArticleView),
    ("article.authors[…]", issue_views.AuthorView),
    ("article.affiliations[…]", issue_views.AffiliationView),
    *((f"block.{place}", view) for block in BLOCKS for place, view in block.parts.items()),
)


def tokens(language: str) -> str:
    """Return the table of all tokens of the built-in layouts, with the values that each layout sets itself."""
    layouts = [_layout(name) for name in _ancestors_first()]
    names = list(dict.fromkeys(name for layout in layouts for name in layout.tokens))
    declared = {name: layout.tokens[name] for layout in reversed(layouts) for name in layout.tokens}
    first, kind, last = TOKENS[language]
    rows = (
        [f"`{name}`", _type(token), *(_own(layout, name) for layout in layouts), half(token.help, language)]
        for name, token in ((name, declared[name]) for name in names)
    )
    return _table([first, kind, *(f"`{layout.name}`" for layout in layouts), last], rows)


def fields(language: str) -> str:
    """Return the table of what templates see."""
    blocks = [(f"block ({block.view.kind})", block.view) for block in BLOCKS if block.view]
    rows = (
        [f"`{name}`", " ".join(f"`{field}`" for field in _fields(view))] for name, view in (*SEEN, *blocks)
    )
    return _table(FIELDS[language], rows)


def omits(language: str) -> str:
    """Return the table of what a layout may leave out, by the templates that print it."""
    templates = dict.fromkeys(NAMES.values())
    rows = (
        [f"`{template}`", " ".join(f"`{name}`" for name in NAMES if NAMES[name] == template)]
        for template in templates
    )
    return _table(OMITS[language], rows)


def written(guide: Guide) -> str:
    """Return the text of a page with its tables as they ought to be."""
    text = guide.text
    for name, table in (("tokens", tokens), ("fields", fields), ("omits", omits)):
        marks = rf"(<!-- {name}: make guide -->\n).*?(<!-- /{name} -->)"
        parts = re.split(marks, text, flags=re.DOTALL)
        assert len(parts) == 4, f"{guide.path.name} has no place for the table of {name}"
        before, begin, end, after = parts
        text = before + begin + table(guide.language) + end + after
    return text


def _fields(view: type[Any]) -> Iterator[str]:
    """Yield what a view has: its fields, then what it works out from them."""
    yield from (field.name for field in dataclasses.fields(view))
    yield from (name for name, value in vars(view).items() if isinstance(value, property))


def _ancestors_first() -> list[str]:
    return sorted(list_layouts([FOLDER]), key=lambda name: (len(_layout(name).parts), name))


def _layout(name: str) -> Layout:
    layout = resolve_layout(name, [FOLDER], {}).value
    assert layout is not None
    return layout


def _own(layout: Layout, name: str) -> str:
    """Return what a layout sets itself, nothing where it has its parent's value."""
    entry = layout.parts[-1].manifest.tokens.get(name)
    value = entry.default if isinstance(entry, Token) else entry
    return "" if value is None else f"`{value}`"


def _type(token: Token) -> str:
    return " ".join(f"`{choice}`" for choice in token.choices) or token.type


def _table(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    for page in GUIDES:
        page.path.write_text(written(page), "utf-8")
