"""The table of contents: which heads of an issue it lists, and how deep it goes."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.blocks.heading import Heading
from cstprint.html.issue_views import ContentsEntry
from cstprint.html.section_tokens import style_of
from cstprint.html.titles import Titles
from cstprint.issue.model import Issue, Section
from cstprint.layout.resolve import Layout

#: Contents with fewer lines go a level deeper.
_FEW = 4
#: Contents that fill more pages go a level less deep.
_PAGES = 2
_DEPTH, _LEVELS, _LINES = "contents-depth", "contents-levels", "lines"


def contents_of(issue: Issue, layout: Layout, titles: Titles) -> tuple[ContentsEntry, ...]:
    """Return the lines of the table of contents, none for an article without heads.

    Short items are not listed; a section of nothing else is, with its page, but two or three of those alone are no
    contents. What the layout says of the depth gives way where that would make very few lines or very many, unless it
    was asked for with this issue.
    """
    depth = layout.integer(_DEPTH)
    if depth == 0:
        return ()
    if layout.values.get(_LEVELS) == "all" and any(section.title for section in issue.sections):
        depth -= 1  # the sections are one of them

    def at(depth: int) -> tuple[ContentsEntry, ...]:
        return tuple(_entries(issue, layout, depth, titles))

    entries = at(depth)
    if _DEPTH in layout.settings:
        return entries
    if len(entries) < _FEW:
        entries = max(at(depth + 1), entries, key=len)
    while depth > 1 and len(entries) > _PAGES * max(layout.integer(_LINES), 1):
        depth -= 1
        entries = at(depth)
    says_little = len(entries) < _FEW and all(one.is_alone for one in entries)
    return () if len(entries) == 1 or says_little else entries


def _entries(issue: Issue, layout: Layout, depth: int, titles: Titles) -> Iterator[ContentsEntry]:
    """Yield the lines; ``depth`` 0 has sections alone, 1 has articles, 2 and more have their heads."""
    for section in issue.sections:
        name = None if section.title is None else titles.plain(section.title)
        style = style_of(section, layout.tokens)
        if name is not None:
            is_alone = _has_only_items(section) or depth == 0
            yield ContentsEntry(0, section.id, name, name, style, is_alone)
        for article in section.articles:
            if depth < 1 or article.form == "item":
                continue
            yield ContentsEntry(1, article.id, titles.plain(article.title), name, style)
            for block in article.blocks:
                if isinstance(block, Heading) and block.level < depth:
                    yield ContentsEntry(block.level + 1, block.id, titles.plain(block.content), name, style)


def _has_only_items(section: Section) -> bool:
    return all(article.form == "item" for article in section.articles)
