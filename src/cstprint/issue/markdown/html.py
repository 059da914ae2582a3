"""HTML in a text to the tokens that Markdown makes, and what of it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, msg, note, warning
from cstprint.issue.markdown.html_blocks import write_blocks
from cstprint.issue.markdown.html_inline import Line
from cstprint.issue.markdown.html_names import KNOWN, NOT_TEXT
from cstprint.issue.markdown.html_tree import COMMENT, Held, is_html, parts_of, siblings, tree_of
from cstprint.source import SourceText

_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)[^<>]*>")
#: How far a text is looked for in the source: it may be written otherwise there.
_REACH = 4000


def read_html(tokens: Sequence[Token], source: SourceText, diagnostics: list[Diagnostic]) -> list[Token]:
    """Return the tokens with those of HTML replaced by what Markdown would have made of it."""
    reading = _Reading(source, diagnostics)
    for token in tokens:
        if token.type == "inline" and token.children:
            reading.running_text(token)
    if not any(token.type in ("html_block", "comment") for token in tokens):
        return list(tokens)
    return reading.blocks(tokens)


def tokens_of_page(html: str) -> list[Token]:
    """Return the tokens of a whole page of HTML; their lines are all the first."""
    return write_blocks(tree_of([html]), lambda _: (0, 1))


class _Reading:
    """Reads the HTML of one text; ``offset`` is where the source is read on."""

    def __init__(self, source: SourceText, diagnostics: list[Diagnostic]):
        self.source = source
        self.diagnostics = diagnostics
        self.offset = 0
        self.end = len(source)

    # ── running text ──

    def running_text(self, inline: Token) -> None:
        """Replace the tags among the children of a run of text, and of the notes in it."""
        rows = self.source.rows.starts
        first, last = inline.map or (0, len(rows) - 1)
        if "place" in inline.meta:
            self.offset, self.end = inline.meta["place"]
        else:
            self.offset, self.end = rows[first], rows[last]
        children = inline.children or []
        for child in children:
            if child.type == "footnote_ref" and child.children:
                self._replace(child)
        self._replace(inline)

    def _replace(self, inline: Token) -> None:
        children = inline.children or []
        if not any(child.type == "html_inline" for child in children):
            return
        pieces: list[str | Held] = []
        for child in children:
            if child.type != "html_inline":
                pieces.append(Held((child,), child.nesting))
            else:
                pieces.append(child.content)
                self.diagnostics += self._remarks(child.content)
        tree = tree_of(pieces)
        line = Line(tree)
        inline.children = line.tokens(list(parts_of(tree.body)))
        inline.children += [
            token
            for number, held in enumerate(tree.held)
            if number not in line.emitted and not held.nesting
            for token in held.tokens
        ]

    # ── blocks ──

    def blocks(self, tokens: Sequence[Token]) -> list[Token]:
        """Return blocks that follow each other, those of HTML replaced."""
        groups = [self._with_inner_blocks(group) for group in siblings(tokens)]
        if not any(group[0].type in ("html_block", "comment") for group in groups):
            return [token for group in groups for token in group]
        pieces: list[str | Held] = []
        first = True
        for group in groups:
            token = group[0]
            if token.type not in ("html_block", "comment"):
                pieces.append(Held(group))
                continue
            pieces.append(token.content)
            self._go_to(token)
            if first:
                begin, first = self.offset, False
            self.diagnostics += self._remarks(token.content)
        self.offset, self.end = begin, len(self.source)
        level = groups[0][0].level
        if not any(group[0].type == "html_block" for group in groups):
            return [token for group in groups if group[0].type != "comment" for token in group]
        return write_blocks(tree_of(pieces), self._rows, level)

    def _with_inner_blocks(self, group: list[Token]) -> list[Token]:
        if len(group) > 2 and any(token.type in ("html_block", "comment") for token in group):
            return [group[0], *self.blocks(group[1:-1]), group[-1]]
        return group

    def _go_to(self, token: Token) -> None:
        rows = self.source.rows.starts
        first, last = token.map or (0, 1)
        self.offset, self.end = rows[first], rows[min(last, len(rows) - 1)]

    def _rows(self, children: Sequence[Token]) -> tuple[int, int]:
        """Return the lines that a run of text stands on, and go on there."""
        starts = self.source.rows.starts
        if children and children[0].map and children[0].block:  # Markdown's own
            self.offset = starts[min(children[0].map[1], len(starts) - 1)]
            return children[0].map[0], children[0].map[1]
        words = next((token.content for token in children if token.content.strip()), "")
        needle = words.strip()[:12]
        found = self.source.find(needle, self.offset, self.offset + _REACH) if needle else -1
        if found >= 0:
            self.offset = found
        row = self.source.rows.place_of(self.offset)[0]
        row = min(row, len(starts) - 2)
        return row, min(row + 40, len(starts) - 1)

    # ── what is reported ──

    def _remarks(self, html: str) -> Iterator[Diagnostic]:
        """Yield what is not read of a piece of HTML, from ``offset`` on."""
        for comment in COMMENT.finditer(html):
            yield note(
                "CST-M023",
                msg("HTML comments are not printed."),
                span=self.source.place_of(self._find(comment[0].split("\n")[0]), 4),
            )
        for tag in _TAG.finditer(COMMENT.sub("", html)):
            name = tag[2].lower()
            if name in KNOWN:
                continue
            offset = self._find(tag[0].split("\n")[0])
            if tag[1] and is_html(name):
                continue  # its opening tag was reported
            span = self.source.place_of(offset, len(tag[0].split("\n")[0]))
            if not is_html(name):
                yield warning(
                    "CST-M003",
                    msg(
                        "“{tag}” is printed as it is: HTML has no such element.",
                        tag=f"<{tag[2]}>",
                    ),
                    span=span,
                    hint=msg("If it is text, write \\< for the bracket. Otherwise delete it."),
                )
            elif name in NOT_TEXT:
                yield warning(
                    "CST-M024",
                    msg("The element <{name}> is left out with its content.", name=name),
                    span=span,
                    hint=msg("Put what you need of it into the issue, as a picture or as text."),
                )
            else:
                yield note(
                    "CST-M024",
                    msg("The element <{name}> is not supported; its text is printed.", name=name),
                    span=span,
                )

    def _find(self, needle: str) -> int:
        found = self.source.find(needle, self.offset, self.end)
        if found < 0:
            return self.offset
        self.offset = found + len(needle)
        return found
