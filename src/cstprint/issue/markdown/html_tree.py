"""HTML with Markdown in it as one tree.

Markdown takes HTML in pieces, each up to an empty line, and what stands between the pieces is Markdown. Here
the pieces are joined, elements hold the places of the Markdown tokens between them, and an HTML parser reads
the whole: what is not closed, or closed in the wrong order, is mended as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from cstprint.issue.markdown.html_names import KNOWN, OTHERS

#: The element that holds the place of Markdown tokens; nobody types it.
HELD = "cst-held"
_TAG = re.compile(r"</?([A-Za-z][^\s<>/]*)[^<>]*>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DECLARATION = re.compile(r"<[!?][^<>]*>")


@dataclass(frozen=True, slots=True)
class Held:
    """Markdown tokens between pieces of HTML: whole ones (``nesting`` 0), an opening one (1), a closing one (-1)."""

    tokens: Sequence[Token]
    nesting: int = 0


@dataclass(slots=True)
class Tree:
    """The body of a tree, and the Markdown tokens in it by the numbers of their elements."""

    body: Element
    held: Sequence[Held]
    closers: dict[int, Token] = field(default_factory=dict)


def is_html(name: str) -> bool:
    """Return whether an element of this name is HTML."""
    return name.lower() in KNOWN or name.lower() in OTHERS


def tree_of(pieces: Sequence[str | Held]) -> Tree:
    """Return the tree of pieces of HTML and of Markdown tokens."""
    import tinyhtml5

    written: list[str] = []
    held: list[Held] = []
    closers: dict[int, Token] = {}
    opened: list[int] = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(_TAG.sub(_escaped, _DECLARATION.sub("", COMMENT.sub("", piece))))
        elif piece.nesting < 0:
            closers[opened.pop()] = piece.tokens[0]
            written.append(f"</{HELD}>")
        else:
            written.append(f'<{HELD} number="{len(held)}">')
            if piece.nesting > 0:
                opened.append(len(held))
            else:
                written.append(f"</{HELD}>")
            held.append(piece)
    document = tinyhtml5.parse("<!doctype html><body>" + "".join(written), namespace_html_elements=False)
    body = document.find("body")
    assert body is not None, "HTML always has a body"
    return Tree(body, held, closers)


def _escaped(tag: re.Match[str]) -> str:
    """Return a tag as it is, or as text where no element of HTML has its name."""
    return tag[0] if is_html(tag[1]) else tag[0].replace("<", "&lt;")


def parts_of(node: Element) -> Iterator[str | Element]:
    """Yield the texts and elements right inside an element; comments are left out."""
    if node.text:
        yield node.text
    for child in node:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def held_number(node: Element) -> int | None:
    """Return the number of the Markdown tokens that an element holds the place of."""
    return int(node.get("number", "0")) if node.tag == HELD else None


def text_of(node: Element) -> str:
    """Return the text in an element."""
    return "".join(node.itertext())


def siblings(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of one block after the other, all of one level."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []
    if group:
        yield group
