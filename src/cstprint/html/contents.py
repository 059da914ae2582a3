"""The table of contents as templates see it."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.html.issue_views import ContentsEntry
from cstprint.html.section_tokens import style_of
from cstprint.html.titles import Titles
from cstprint.issue.blocks import Heading
from cstprint.issue.model import Issue
from cstprint.layout.resolve import Layout


def contents_of(issue: Issue, layout: Layout, titles: Titles) -> Iterator[ContentsEntry]:
    """Yield the lines of the table of contents, as many levels as the layout has."""
    plain, depth = titles.plain, layout.integer("contents-depth")
    for section in issue.sections:
        name = None if section.title is None else plain(section.title)
        style = style_of(section, layout.tokens)
        if name is not None and depth >= 1:
            yield ContentsEntry(0, section.id, name, name, style)
        for article in section.articles:
            if depth >= 1:
                yield ContentsEntry(1, article.id, plain(article.title), name, style)
            for block in article.blocks:
                if isinstance(block, Heading) and block.level < depth:
                    yield ContentsEntry(block.level + 1, block.id, plain(block.content), name, style)
