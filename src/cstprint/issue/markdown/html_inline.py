"""Elements in a line to the tokens that Markdown makes of its own marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from cstprint.issue.markdown.html_names import BLOCKS, MARKS, NOT_TEXT, SILENT
from cstprint.issue.markdown.html_tree import Tree, held_number, parts_of, text_of
from cstprint.languages.tags import is_tag

_LINE_END = re.compile(r"([^\S\n\u00a0\u3000]*\n\s*)")
_BLANKS = re.compile(r"[^\S\u00a0\u3000]+")
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|em|pt)?\s*")
#: Elements may stand in each other so deep; of what is below, only the text is printed.
MAX_DEPTH = 60


class Line:
    """Reads the elements of one run of text."""

    def __init__(self, tree: Tree):
        self.tree = tree
        self.emitted: set[int] = set()

    def tokens(self, parts: Sequence[str | Element], depth: int = 0) -> list[Token]:
        """Return the tokens of texts and elements that follow each other."""
        return [token for part in parts for token in self._part(part, depth)]

    def _part(self, part: str | Element, depth: int) -> Iterator[Token]:
        if isinstance(part, str):
            yield from text_tokens(part)
        elif depth > MAX_DEPTH:
            yield from text_tokens(text_of(part))
        else:
            yield from self._element(part, depth)

    def _element(self, node: Element, depth: int) -> Iterator[Token]:
        name = str(node.tag)
        number = held_number(node)
        if number is not None:
            yield from self._held(node, number, depth)
        elif name in MARKS:
            kind, tag = MARKS[name]
            yield from _around(Token(f"{kind}_open", tag, 1), self._inside(node, depth), f"{kind}_close")
        elif name in BLOCKS:
            yield from self._block(node, depth)
        elif name in _ELEMENTS:
            yield from _ELEMENTS[name](self, node, depth)
        elif name in NOT_TEXT or name in SILENT:
            yield from self._only_held(node, depth)
        else:
            yield from self._inside(node, depth)

    def _inside(self, node: Element, depth: int) -> list[Token]:
        return self.tokens(list(parts_of(node)), depth + 1)

    def _held(self, node: Element, number: int, depth: int) -> Iterator[Token]:
        held = self.tree.held[number]
        first = number not in self.emitted
        self.emitted.add(number)
        if held.nesting == 0:
            yield from held.tokens if first else ()
            yield from self._inside(node, depth)
            return
        closer = self.tree.closers.get(number)
        yield held.tokens[0]
        yield from self._inside(node, depth)
        if closer is not None:
            yield closer

    def _only_held(self, node: Element, depth: int) -> Iterator[Token]:
        for inner in node.iter():
            if inner is not node and held_number(inner) is not None:
                yield from self._element(inner, depth + 1)

    def _block(self, node: Element, depth: int) -> Iterator[Token]:
        """Yield a block inside a line: what it holds on lines of its own."""
        inside = trimmed(self._inside(node, depth))
        if inside:
            yield Token("hardbreak", "br", 0, meta={"html": True})
            yield from inside
            yield Token("hardbreak", "br", 0, meta={"html": True})

    def _break(self, _node: Element, _depth: int) -> Iterator[Token]:
        yield Token("hardbreak", "br", 0)

    def _nothing(self, node: Element, _depth: int) -> Iterator[Token]:
        """Leave out what is printed only where ruby is not known: our brackets stand there."""
        self.emitted.update(number for inner in node.iter() if (number := held_number(inner)) is not None)
        yield from ()

    def _code(self, node: Element, depth: int) -> Iterator[Token]:
        inside = self._inside(node, depth)
        content = "".join(token.content for token in inside)
        yield Token("code_inline", "code", 0, content=content)

    def _link(self, node: Element, depth: int) -> Iterator[Token]:
        inside = self._inside(node, depth)
        address = node.get("href", "").strip()
        if not address or any(token.type == "link_open" for token in inside):
            yield from inside
            return
        opener = Token("link_open", "a", 1, attrs={"href": address}, markup="html")
        yield from _around(opener, inside, "link_close", "html")

    def _picture(self, node: Element, _depth: int) -> Iterator[Token]:
        address = node.get("src", "").strip()
        if not address:
            return
        alt = " ".join(node.get("alt", "").split())
        token = Token("image", "img", 0, attrs={"src": address, "alt": alt}, markup="html", content=alt)
        token.children = [Token("text", "", 0, content=alt)] if alt else []
        if title := node.get("title", "").strip():
            token.attrs["title"] = title
        height = _LENGTH.fullmatch(node.get("height", ""))
        if height:
            token.meta["height_px"] = float(height[1])
        yield token

    def _span(self, node: Element, depth: int) -> Iterator[Token]:
        inside = self._inside(node, depth)
        language = node.get("lang")
        if not language or not is_tag(language):
            yield from inside
            return
        opener = Token("span_open", "span", 1, attrs={"lang": language}, markup="html")
        yield from _around(opener, inside, "span_close", "html")

    def _reading(self, node: Element, depth: int) -> Iterator[Token]:
        """Yield how a word is read, in brackets, until there is ruby."""
        inside = trimmed(self._inside(node, depth))
        if inside:
            yield Token("text", "", 0, content="（")
            yield from inside
            yield Token("text", "", 0, content="）")


_ELEMENTS = {
    "br": Line._break,
    "wbr": Line._nothing,
    "rp": Line._nothing,
    "code": Line._code,
    "a": Line._link,
    "img": Line._picture,
    "span": Line._span,
    "rt": Line._reading,
}


def _around(opener: Token, inside: list[Token], closer: str, markup: str = "") -> Iterator[Token]:
    if inside:
        yield opener
        yield from inside
        yield Token(closer, opener.tag, -1, markup=markup)


def text_tokens(text: str) -> Iterator[Token]:
    """Yield a text with its line ends as tokens; other blanks become one, as HTML has it."""
    for index, part in enumerate(_LINE_END.split(text)):
        if index % 2:
            yield Token("softbreak", "br", 0)
        elif part:
            yield Token("text", "", 0, content=_BLANKS.sub(" ", part))


def trimmed(tokens: list[Token]) -> list[Token]:
    """Return a run of text without blanks and breaks at its ends, and without doubled breaks that blocks leave."""
    kept: list[Token] = []
    for token in tokens:
        if kept and _is_block_break(token) and kept[-1].type == "hardbreak":
            continue
        if token.type == "hardbreak" and kept and _is_block_break(kept[-1]):
            kept.pop()
        kept.append(token)
    start, end = 0, len(kept)
    while start < end and _is_blank(kept[start]):
        start += 1
    while end > start and _is_blank(kept[end - 1]):
        end -= 1
    kept = kept[start:end]
    if kept and kept[0].type == "text":
        kept[0].content = kept[0].content.lstrip(" ")
    if kept and kept[-1].type == "text":
        kept[-1].content = kept[-1].content.rstrip(" ")
    return kept


def _is_block_break(token: Token) -> bool:
    return token.type == "hardbreak" and bool(token.meta.get("html"))


def _is_blank(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") or (token.type == "text" and not token.content.strip())
