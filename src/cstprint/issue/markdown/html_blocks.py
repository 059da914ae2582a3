"""A tree of HTML to the tokens of blocks that Markdown makes: one reader for HTML in a text and for whole pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from cstprint.issue.markdown.html_inline import MAX_DEPTH, Line, text_tokens, trimmed
from cstprint.issue.markdown.html_names import BLOCKS, INLINE, NOT_TEXT, SILENT
from cstprint.issue.markdown.html_tables import Rows, cells_of, is_layout, table_of
from cstprint.issue.markdown.html_tree import Tree, held_number, parts_of, text_of


def write_blocks(tree: Tree, rows: Rows, level: int = 0) -> list[Token]:
    """Return the tokens of all blocks of a tree, the outermost at ``level``."""
    writer = Blocks(tree, rows, level)
    writer.write(tree.body)
    for number, held in enumerate(tree.held):  # what an element has swallowed that holds no blocks
        if number not in writer.line.emitted:
            writer.held_blocks(number, held.tokens)
    return writer.tokens


class Blocks:
    """Writes the tokens of blocks, one after the other."""

    def __init__(self, tree: Tree, rows: Rows, level: int):
        self.tree = tree
        self.rows = rows
        self.level = level
        self.depth = 0
        self.line = Line(tree)
        self.tokens: list[Token] = []

    def write(self, node: Element) -> None:
        """Write what is in an element, its texts as paragraphs."""
        if self.depth > MAX_DEPTH:
            self.paragraph([text_of(node)])
            return
        self.depth += 1
        run: list[str | Element] = []
        for part in parts_of(node):
            if isinstance(part, str) or self._is_inline(part):
                run.append(part)
                continue
            self.paragraph(run)
            run = []
            self._block(part)
        self.paragraph(run)
        self.depth -= 1

    def _is_inline(self, node: Element) -> bool:
        """Return whether an element stands in a line, with all that is in it."""
        return node.tag in INLINE and not any(
            inner.tag in BLOCKS or held_number(inner) is not None for inner in node.iter()
        )

    def _block(self, node: Element) -> None:
        name = str(node.tag)
        number = held_number(node)
        if number is not None:
            self.held_blocks(number, self.tree.held[number].tokens)
            self.write(node)
        elif name in _WRITERS:
            _WRITERS[name](self, node)
        elif name in NOT_TEXT or name in SILENT:
            for inner in node.iter():
                if (inner_number := held_number(inner)) is not None:
                    self.held_blocks(inner_number, self.tree.held[inner_number].tokens)
        else:
            self.write(node)

    def held_blocks(self, number: int, tokens: Sequence[Token]) -> None:
        """Write Markdown's own blocks."""
        if number in self.line.emitted:
            return
        self.line.emitted.add(number)
        shift = self.level - tokens[0].level if tokens else 0
        for token in tokens:
            token.level += shift
        self.tokens += tokens
        if tokens and tokens[0].map:
            self.rows([tokens[0]])

    # ── tokens ──

    def push(self, kind: str, tag: str, nesting: int) -> Token:
        """Write one token."""
        self.level -= nesting < 0
        token = Token(kind, tag, nesting, level=self.level, block=True)  # type: ignore[arg-type]
        self.level += nesting > 0
        self.tokens.append(token)
        return token

    def inline(self, children: list[Token]) -> Token:
        """Write a run of text."""
        token = self.push("inline", "", 0)
        token.children, token.map = children, list(self.rows(children))
        token.content = "".join(child.content for child in children)
        return token

    def around(self, kind: str, tag: str, node: Element) -> None:
        """Write what is in an element between tokens ``kind_open`` and ``kind_close``; nothing where it is empty."""
        opener, begun = self.push(f"{kind}_open", tag, 1), len(self.tokens)
        self.write(node)
        if len(self.tokens) == begun:
            self.level -= 1
            self.tokens.pop()
            return
        opener.map = next((token.map for token in self.tokens[begun:] if token.map), [0, 1])
        self.push(f"{kind}_close", tag, -1)

    def paragraph(self, run: Sequence[str | Element], *, hidden: bool = False) -> None:
        """Write texts and elements in a line as a paragraph, unless they are blank."""
        self.line_of(trimmed(self.line.tokens(run, self.depth)), "paragraph", "p", hidden=hidden)

    def line_of(self, children: list[Token], kind: str, tag: str, *, hidden: bool = False) -> Token | None:
        """Write a run of text in an element of its own, unless it is empty, and return the inline token."""
        if not children:
            return None
        opener = self.push(f"{kind}_open", tag, 1)
        inline = self.inline(children)
        opener.map = inline.map
        closer = self.push(f"{kind}_close", tag, -1)
        opener.hidden = closer.hidden = hidden
        return inline

    # ── elements ──

    def _heading(self, node: Element) -> None:
        children = trimmed(self.line.tokens(list(parts_of(node)), self.depth))
        begun = len(self.tokens)
        if self.line_of(children, "heading", str(node.tag)):
            self.tokens[begun].markup = "html"
            if name := node.get("id"):
                self.tokens[begun].meta["anchor"] = name

    def _quotation(self, node: Element) -> None:
        self.around("blockquote", "blockquote", node)

    def _list(self, node: Element) -> None:
        kind = "ordered_list" if node.tag == "ol" else "bullet_list"
        opener, begun = self.push(f"{kind}_open", str(node.tag), 1), len(self.tokens)
        start = node.get("start", "")
        if kind == "ordered_list" and start.isdecimal() and len(start) < 6:
            opener.attrs["start"] = int(start)
        loose: list[str | Element] = []
        for part in parts_of(node):
            if isinstance(part, Element) and part.tag in ("ul", "ol") and self._in_last_entry(part):
                continue
            if isinstance(part, Element) and part.tag == "li":
                self._entry(part)
            elif isinstance(part, Element) or part.strip():
                loose.append(part)
        if loose:
            entry = Element("li")
            for part in loose:
                _append(entry, part)
            self._entry(entry)
        if len(self.tokens) == begun:
            self.level -= 1
            self.tokens.pop()
            return
        opener.map = self.tokens[begun].map
        self.push(f"{kind}_close", str(node.tag), -1)

    def _in_last_entry(self, node: Element) -> bool:
        """Put a list that stands between entries, as old editors write it, at the end of the entry before it."""
        if not self.tokens or self.tokens[-1].type != "list_item_close":
            return False
        closer = self.tokens.pop()
        self.level += 1
        self._list(node)
        self.level -= 1
        self.tokens.append(closer)
        return True

    def _entry(self, node: Element) -> None:
        opener, begun = self.push("list_item_open", "li", 1), len(self.tokens)
        self._tight(node)
        opener.map = next((token.map for token in self.tokens[begun:] if token.map), [*self.rows([])])
        opener.markup = "*"
        self.push("list_item_close", "li", -1)

    def _tight(self, node: Element) -> None:
        """Write what is in an entry; text that is not in a paragraph has none."""
        begun = len(self.tokens)
        self.write(node)
        level = self.level
        hides = not any(part.tag == "p" for part in node)
        for token in self.tokens[begun:]:
            if hides and token.level == level and token.type in ("paragraph_open", "paragraph_close"):
                token.hidden = True

    def _definitions(self, node: Element) -> None:
        opener, begun = self.push("dl_open", "dl", 1), len(self.tokens)
        for part in _flat(node):
            if isinstance(part, Element) and part.tag == "dt":
                self.line_of(trimmed(self.line.tokens(list(parts_of(part)), self.depth)), "dt", "dt")
            elif isinstance(part, Element):
                self._definition(part)
        if len(self.tokens) == begun:
            self.level -= 1
            self.tokens.pop()
            return
        opener.map = self.tokens[begun].map
        self.push("dl_close", "dl", -1)

    def _definition(self, node: Element) -> None:
        opener, begun = self.push("dd_open", "dd", 1), len(self.tokens)
        self._tight(node)
        opener.map = next((token.map for token in self.tokens[begun:] if token.map), [*self.rows([])])
        self.push("dd_close", "dd", -1)

    def _rule(self, _node: Element) -> None:
        token = self.push("hr", "hr", 0)
        token.map = [*self.rows([])]

    def _code(self, node: Element) -> None:
        content = text_of(node).removeprefix("\n")
        if not content.strip():
            return
        token = self.push("fence", "code", 0)
        token.content = content.rstrip() + "\n"
        token.map = list(self.rows(list(text_tokens(content))))
        classes = " ".join(str(inner.get("class", "")) for inner in node.iter()).split()
        token.info = next((one.split("-", 1)[1] for one in classes if one.startswith("language-")), "")

    def _summary(self, node: Element) -> None:
        children = trimmed(self.line.tokens(list(parts_of(node)), self.depth))
        if children:
            strong = [Token("strong_open", "strong", 1), *children, Token("strong_close", "strong", -1)]
            self.line_of(strong, "paragraph", "p")

    def _figure(self, node: Element) -> None:
        """Write the pictures of a figure as one paragraph, its caption with the last; anything else as it comes."""
        captions = list(node.iter("figcaption"))
        pictures = [inner for inner in node.iter("img") if inner.get("src")]
        others = any(inner.tag in ("table", "pre", "blockquote", "video", "iframe") for inner in node.iter())
        if not pictures or others:
            self.write(node)
            return
        children = self.line.tokens(list(pictures), self.depth)
        caption = [
            token for inner in captions for token in self.line.tokens(list(parts_of(inner)), self.depth)
        ]
        if caption := trimmed(caption):
            children[-1].meta["caption"] = caption
        self.line_of(children, "paragraph", "p")
        for inner in node.iter():  # Markdown in it that is no caption
            number = held_number(inner)
            if number is not None:
                self.held_blocks(number, self.tree.held[number].tokens)

    def _table(self, node: Element) -> None:
        if is_layout(node):
            cells = list(cells_of(node))
            if not text_of(node).strip():  # pictures that stand beside each other: a group
                pictures = [part for cell in cells for part in parts_of(cell) if not isinstance(part, str)]
                if all(self._is_inline(part) for part in pictures):
                    self.paragraph(pictures)
                    return
            for cell in cells:
                self.write(cell)
            return
        table_of(self, node)


def _append(node: Element, part: str | Element) -> None:
    if isinstance(part, Element):
        copy = Element(part.tag, part.attrib)
        copy.text = part.text
        copy.extend(list(part))
        node.append(copy)
    elif len(node):
        node[-1].tail = (node[-1].tail or "") + part
    else:
        node.text = (node.text or "") + part


def _flat(node: Element) -> Iterator[str | Element]:
    """Yield the parts of a list of definitions, those in ``div`` too."""
    for part in parts_of(node):
        if isinstance(part, Element) and part.tag == "div":
            yield from _flat(part)
        elif isinstance(part, Element) or part.strip():
            yield part if isinstance(part, Element) else _paragraph(part)


def _paragraph(text: str) -> Element:
    node = Element("dd")
    node.text = text
    return node


_WRITERS: dict[str, Callable[[Blocks, Element], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Blocks._heading),
    "blockquote": Blocks._quotation,
    "ul": Blocks._list,
    "ol": Blocks._list,
    "dl": Blocks._definitions,
    "hr": Blocks._rule,
    "pre": Blocks._code,
    "summary": Blocks._summary,
    "figure": Blocks._figure,
    "table": Blocks._table,
}
