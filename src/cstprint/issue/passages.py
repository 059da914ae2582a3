"""Passages in another language: what writers gave a ``lang``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cstprint.blocks.heading import Heading
from cstprint.blocks.table import Table
from cstprint.issue.model import Issue
from cstprint.languages.known import language_of
from cstprint.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: its language tag, where that is written, whether the passage stands within a line of text."""

    tag: str
    span: Span | None
    in_line: bool


def passages_of(issue: Issue) -> Iterator[Passage]:
    """Yield the passages to which writers gave a language, in their order; headings and tables last."""
    for token in issue.tokens:
        tag = token.attrs.get("lang")
        if isinstance(tag, str):
            yield _passage(tag, issue, in_line=token.type == "span_open")
    for block in issue.blocks():
        if isinstance(block, (Heading, Table)) and block.attributes.language:
            yield _passage(block.attributes.language, issue, in_line=False)


def like_english(issue: Issue) -> tuple[str, ...]:
    """Return the tags of the languages of an issue, other than English, that are set as English is."""
    tags = {issue.language, *(passage.tag for passage in passages_of(issue))}
    return tuple(sorted(tag for tag in tags if language_of(tag).is_like_english))


def _passage(tag: str, issue: Issue, *, in_line: bool) -> Passage:
    span = tag.span if isinstance(tag, SourceText) else _place_in_html(tag, issue)
    return Passage(str(tag), span, in_line)


def _place_in_html(tag: str, issue: Issue) -> Span | None:
    """Return where HTML in the texts has the tag first: its reader has no places of attributes."""
    found = re.search(rf"""\blang\s*=\s*["']?({re.escape(tag)})(?![\w-])""", issue.file.text)
    return issue.file.place_of(found.start(1)) if found else None
