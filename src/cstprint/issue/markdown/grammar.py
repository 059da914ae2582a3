"""What is Markdown here: markdown-it's rules, some left out, some added.

Left out: indented code (a paragraph indented by spaces is a paragraph).

Changed: emphasis (:mod:`~cstprint.issue.markdown.flanking`), underlined headings, definitions of links,
comments, lines of pictures. HTML is taken as it stands; :mod:`~cstprint.issue.markdown.html` makes of it what
Markdown would have made.

Added: tables, footnotes (``[^label]``, ``^[text]``), definition lists, attributes (``{.class lang=en}`` on a
line before a block, ``[text]{…}`` around a run, after a heading or a picture), references (``[@name]``,
``[@name page]``), bare addresses, strike-through, highlight, sub- and superscripts, tasks, formulas.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as pipe_table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, newline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from cstprint.issue.markdown.addresses import address, text
from cstprint.issue.markdown.attributes import ATTRIBUTES, NAME
from cstprint.issue.markdown.comments import comment_block, other_html
from cstprint.issue.markdown.definitions import definition
from cstprint.issue.markdown.flanking import InlineParser
from cstprint.issue.markdown.formulas import formula, formula_block
from cstprint.issue.markdown.headings import take_attributes, underlined
from cstprint.issue.markdown.marks import highlight, put_boxes, subscript, superscript, tasks
from cstprint.issue.markdown.pictures import picture, picture_lines
from cstprint.issue.printed_address import printed_address

#: How many levels may stand in each other. A list takes two; twenty lists are more than a page has room for.
MAX_NESTING = 40

# No bracket inside: from each bracket the search goes to the next, and no further.
_DEFINITION = re.compile(r"\[\^[^\s\[\]]+\]:")
_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]")
_REFERENCE = re.compile(rf"\[@({NAME})(?: +(page))?\]")

#: Blocks that a line of attributes, or a note's definition, ends.
_ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


class _Grammar(MarkdownIt):
    """The parser. markdown-it prints links that it does not like as text; here they are reported."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.inline = InlineParser()
        self.configure("commonmark", {"html": True, "maxNesting": MAX_NESTING})
        # text_join: escapes and entities stay tokens of their own, so that what was typed can be found.
        self.disable(["code", "text_join"])
        self.enable(["table", "strikethrough"]).use(deflist_plugin)
        self._add_blocks()
        self._add_running_text()

    def _add_blocks(self) -> None:
        rules = self.block.ruler
        rules.at("table", _table, {"alt": ["paragraph", "reference"]})
        rules.at("reference", definition)
        rules.at("lheading", underlined)
        rules.at("html_block", other_html, {"alt": ["paragraph", "reference", "blockquote"]})
        rules.before("table", "attributes", _attributes, _ENDS)
        rules.before("table", "note_definition", _note_definition, _ENDS)
        rules.before("table", "comments", comment_block, _ENDS)
        rules.before("table", "pictures", picture_lines, _ENDS)
        rules.before("table", "formulas", formula_block, _ENDS)
        self.core.ruler.after("block", "heading_attributes", take_attributes)
        self.core.ruler.after("heading_attributes", "tasks", tasks)
        self.core.ruler.at("inline", _running_text)
        self.core.ruler.after("inline", "boxes", put_boxes)

    def _add_running_text(self) -> None:
        rules = self.inline.ruler
        rules.at("text", text)
        rules.after("text", "address", address)
        rules.before("escape", "formula", formula)
        rules.before("escape", "forced_break", _forced_break)
        rules.at("newline", _line_end)
        rules.at("image", picture)
        # A note goes before links: “注[^1](见下)” is no link. A reference goes after: [@name](address) is one.
        rules.before("link", "note", _note)
        rules.before("link", "inline_note", _inline_note)
        rules.after("link", "cross_reference", _cross_reference)
        rules.after("cross_reference", "span", _span)
        rules.before("strikethrough", "subscript", subscript)
        rules.after("inline_note", "superscript", superscript)
        rules.after("superscript", "highlight", highlight)

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802 - the base's name
        return printed_address(url)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the base's signature
        return True


_grammar = cache(_Grammar)


def parse(source: str) -> list[Token]:
    """Return the tokens of a text; their lines and offsets are those of ``source``.

    Beside markdown-it's own: ``comment``, ``definition`` (``meta["href"]``, ``meta["again"]`` where its label
    was defined before), ``formula``, ``task``, ``attributes`` (``content`` as typed, before its block),
    ``footnote_reference_open`` … ``footnote_reference_close`` around a note's text (``meta["label"]``), and in
    running text ``footnote_ref``, ``reference``, ``span_open`` and ``span_close``. A heading's attributes are
    its ``meta["attributes"]``; a cell's ``meta["place"]`` is where it begins and ends; a row's
    ``meta["cells"]`` how many were typed.
    """
    environment: dict[str, Any] = {}
    tokens = _grammar().parse(_one_length(source), environment)
    defined: set[str] = set()
    for token in tokens:
        if token.type == "definition":
            token.meta["href"] = environment["references"][token.content]["href"]
            token.meta["again"] = token.content in defined
            defined.add(token.content)
        if token.map and token.map[0] == token.map[1]:
            token.map = [token.map[0], token.map[0] + 1]  # the terms of definition lists
    return tokens


def parse_inline(source: str, *, title: bool = False) -> Token:
    r"""Return one run of text as a token whose children are its parts.

    In a title each line end is a break, and so is a ``\`` before a blank or a Han character.
    """
    return _grammar().parseInline(_one_length(source), {"title": title})[0]


def _one_length(source: str) -> str:
    """Return the text without carriage returns, which markdown-it would take for line ends and drop."""
    return source.replace("\r", " ")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


# ── blocks ──


def _attributes(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Read a line that is nothing but attributes."""
    line = _line(state, start).rstrip(" \t")
    if not ATTRIBUTES.fullmatch(line):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start, start + 1]
        token.content = line
        state.line = start + 1
    return True


def _note_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return bool(_DEFINITION.match(_line(state, start))) and footnote_def(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, and keep where its cells stand: markdown-it drops what a row has too much."""
    first = len(state.tokens)
    if not pipe_table(state, start, end, silent):
        return False
    places: list[tuple[int, int]] = []
    line_end = 0
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            places = cell_places(_line(state, token.map[0]))
            token.meta["cells"] = len(places)
            begin = state.bMarks[token.map[0]] + state.tShift[token.map[0]]
            line_end = state.eMarks[token.map[0]]
            places = [(begin + left, begin + right) for left, right in places]
        elif token.type == "inline":
            token.meta["place"] = places.pop(0) if places else (line_end, line_end)
    return True


def cell_places(line: str) -> list[tuple[int, int]]:
    r"""Return begin and end of each cell of a row, without blanks around it; ``\|`` ends none."""
    cells, at = [], 0
    for piece in re.split(r"(?<!\\)\|", line):
        cells.append((at, at + len(piece)))
        at += len(piece) + 1
    if cells and not line[slice(*cells[0])].strip():
        cells.pop(0)
    if cells and not line[slice(*cells[-1])].strip():
        cells.pop()
    return [
        (right - len(line[left:right].lstrip()), left + len(line[left:right].rstrip()))
        for left, right in cells
    ]


# ── running text ──


def _running_text(state: StateCore) -> None:
    """Read the running text of each block; headings are titles (`parse_inline`)."""
    opener = None
    for token in state.tokens:
        if token.type == "inline":
            title = state.env.get("title") or (opener is not None and opener.type == "heading_open")
            token.children = []
            state.md.inline.parse(token.content, state.md, {**state.env, "title": title}, token.children)
        opener = token


def _line_end(state: StateInline, silent: bool) -> bool:
    """Read a line end: in a title, a break whatever stands before it."""
    read = newline(state, silent)
    if read and not silent and state.env.get("title") and state.tokens[-1].type == "softbreak":
        state.tokens[-1].type = "hardbreak"
    return read


def _forced_break(state: StateInline, silent: bool) -> bool:
    r"""Read a ``\`` in a title before a blank, a Han character or its mark: a break. Before others it is itself."""
    after = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or not state.env.get("title") or not after or after == "\n":
        return False
    if after.isascii() and not after.isspace():
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("hardbreak", "br", 0)
    state.pos += 1
    while state.src[state.pos : state.pos + 1] == " ":
        state.pos += 1
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """Read ``[^label]``."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.markup, token.meta = match[0], {"label": match[1]}
    state.pos = match.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:
    """Read ``^[text]``: the text's tokens are the children of the note's."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.markup, token.children = "^[", []
        content = state.src[state.pos + 2 : end]
        if state.env.get("inside_note"):  # an error whatever is in it: notes may not stand in each other
            token.children.append(Token("text", "", 0, content=content))
        else:
            state.md.inline.parse(content, state.md, {"inside_note": True}, token.children)
    state.pos = end + 1
    return True


def _cross_reference(state: StateInline, silent: bool) -> bool:
    """Read ``[@name]`` and ``[@name page]``."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.markup, token.meta = match[0], {"name": match[1], "page": bool(match[2])}
    state.pos = match.end()
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """Read ``[text]{attributes}``; the attributes are the markup of ``span_close``, where they stand."""
    if state.src[state.pos] != "[" or state.src.find("]{", state.pos) < 0:
        return False
    begin, maximum = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    match = ATTRIBUTES.match(state.src, end + 1, maximum) if end >= 0 else None
    if not match:
        return False
    if not silent:
        state.pos, state.posMax = begin, end
        state.push("span_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1).markup = match[0]
    state.pos, state.posMax = match.end(), maximum
    return True
