"""Markdown to a document: the text stays as it was typed, cut at its headings and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.importing.document import Document, Head, Picture, Piece, Text
from cstprint.importing.front_matter import take_front_matter
from cstprint.issue.markdown.grammar import parse
from cstprint.issue.markdown.html_tree import siblings
from cstprint.source import SourceFile, Span

_HTML_HEAD = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1\s*>\s*", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_HTML_PICTURE = re.compile(
    r"\s*(?:<(?:p|div|center|figure)\b[^>]*>\s*)?<img\b(?P<attributes>[^>]*)>\s*(?:</(?:p|div|center|figure)\s*>)?\s*",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
#: What other programs replace by a list of the headings.
_CONTENTS_MARK = re.compile(r"\s*(?:\[\[?_?toc_?\]?\]|\{:\s*toc\s*\}|\$\{toc\})\s*", re.IGNORECASE)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def read_markdown(file: SourceFile) -> Document:
    """Return the document of a file of Markdown."""
    meta, first_line = take_front_matter(file)
    reading = _Reading(file, first_line)
    for group in siblings(parse("\n".join(file.lines[first_line:]))):
        reading.take(group)
    return Document(tuple(reading.pieces), meta, reading.definitions, tuple(reading.remarks()))


@dataclass(slots=True)
class _Reading:
    """Takes the blocks of a file; ``offset`` is the line (from 0) on which they begin."""

    file: SourceFile
    offset: int
    pieces: list[Piece] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    comments: list[Span] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)
    #: A line of attributes that the next block needs.
    held: str = ""

    def take(self, group: Sequence[Token]) -> None:
        """Take one block of the top level."""
        token = group[0]
        first, last = token.map or (0, 0)
        source = "\n".join(self.file.lines[self.offset + first : self.offset + last]).rstrip()
        span = Span.point(self.file, self.offset + first + 1, 1)
        if token.type == "comment":
            self.comments.append(span)
        elif token.type == "definition":
            self.definitions.setdefault(f"[{token.content.lower()}]", source)
        elif token.type == "footnote_reference_open":
            self.definitions.setdefault(f"[^{token.meta['label']}]", source)
        elif token.type == "attributes":
            self.held += source + "\n"
        elif token.type == "paragraph_open" and _CONTENTS_MARK.fullmatch(source):
            self.contents.append(span)
        elif source:
            for piece in _pieces(group, source, span):
                self._add(piece)

    def _add(self, piece: Piece) -> None:
        if self.held and isinstance(piece, Text):
            piece = Text(self.held + piece.markdown, piece.span)
        elif self.held:
            self.pieces.append(Text(self.held.rstrip(), piece.span))
        self.held = ""
        self.pieces.append(piece)

    def remarks(self) -> Iterator[Diagnostic]:
        """Yield what was left out."""
        if self.comments:
            yield note(
                "CST-I006",
                msg("Left out: {count} comments.", count=len(self.comments)),
                span=self.comments[0],
            )
        for span in self.contents:
            yield note("CST-I006", msg("Left out: the placeholder of a table of contents."), span=span)


def _pieces(group: Sequence[Token], source: str, span: Span) -> Iterator[Piece]:
    """Yield what a block is: a head, pictures, or a text."""
    token = group[0]
    if token.type == "heading_open":
        text = " ".join(group[1].content.split("\n"))
        yield Head(int(token.tag[1]), f"{text} {token.meta.get('attributes', '')}".strip(), span)
    elif token.type == "html_block" and (match := _HTML_HEAD.fullmatch(source)):
        yield Head(int(match[1]), " ".join(unescape(_TAGS.sub("", match[2])).split()), span)
    elif token.type == "html_block" and (match := _HTML_PICTURE.fullmatch(source)):
        found = {
            name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match["attributes"])
        }
        yield Picture(found.get("src", ""), found.get("alt", ""), found.get("title", ""), span)
    elif token.type == "paragraph_open" and (pictures := tuple(_pictures(group[1], span))):
        yield from pictures
    else:
        yield Text(source, span, is_paragraph=token.type == "paragraph_open")


def _pictures(inline: Token, span: Span) -> Iterator[Picture]:
    """Yield the pictures of a paragraph that is nothing but pictures, without links around them; otherwise none."""
    children = inline.children or ()
    plain = all(
        child.type in ("image", "softbreak", "hardbreak")
        or (child.type == "text" and not child.content.strip())
        for child in children
    )
    if not plain or any(child.meta.get("attributes") for child in children):
        return
    for child in children:
        if child.type == "image":
            yield Picture(
                str(child.attrGet("src") or ""),
                " ".join(child.content.split()),
                " ".join(str(child.attrGet("title") or "").split()),
                span,
            )


def is_fenced(markdown: str) -> bool:
    """Return whether a block is code between fences."""
    return bool(_FENCE.match(markdown))
