"""The design tokens that sections set, in HTML and CSS."""

from __future__ import annotations

from collections.abc import Collection

from cstprint.issue.model import Issue, Section
from cstprint.layout.resolve import Layout


def style_of(section: Section, tokens: Collection[str]) -> str:
    """Return the declarations of the tokens that a section sets and the layout has, none for most sections."""
    return "; ".join(f"--cst-{name}: {value}" for name, value in section.settings.items() if name in tokens)


def pages_css(issue: Issue, layout: Layout) -> str:
    """Return the rules that give the pages of a section the tokens that it sets; layouts may name pages otherwise.

    ``--cst-section`` is its number among the sections that have titles, from 1: where its tab stands, say.
    """
    rules = []
    for number, section in enumerate((one for one in issue.sections if one.title), start=1):
        if declared := style_of(section, layout.tokens):
            declared += f"; --cst-section: {number}"
            page = f"section-{section.id}"
            rules.append(f'[data-page="{page}"] {{ page: {page}; }}\n@page {page} {{ {declared}; }}\n')
    return "".join(rules)
