"""What is Markdown here: markdown-it's rules, some left out, some added.

Left out: indented code (a paragraph indented by spaces is a paragraph), underlined headings (``---`` below a
line is a rule), raw HTML (it prints as typed, and a warning says so), link references (``[a]: …`` is text).

Added: tables, footnotes (``[^label]``, ``^[text]``), definition lists, attributes (``{.class lang=en}`` on a line
before a block, ``[text]{…}`` around a run, behind a heading), references (``[@name]``, ``[@name page]``).
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as pipe_table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

#: How many levels may stand in each other. A list takes two; twenty lists are more than a page has room for.
MAX_NESTING = 40

#: A name that a reference can call: letters of any script, digits, - and _.
NAME = r"[\w-]+"
#: What begins like attributes; ``{甲}`` is text.
ATTRIBUTES = re.compile(r"\{[ \t]*(?:[.#][^{}\n]*|[A-Za-z][\w-]*[ \t]*=[^{}\n]*)\}")
# No bracket inside: from each bracket the search goes to the next, and no further.
_DEFINITION = re.compile(r"\[\^[^\s\[\]]+\]:")
_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]")
_REFERENCE = re.compile(rf"\[@({NAME})(?: +(page))?\]")

#: Blocks that a line of attributes, or a note's definition, ends.
_ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


class _Grammar(MarkdownIt):
    """The parser. markdown-it prints links that it does not like as text; here they are told."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        # text_join: escapes and entities stay tokens of their own, so that what was typed can be found.
        self.disable(["code", "lheading", "html_block", "html_inline", "reference", "text_join"])
        self.enable("table").use(deflist_plugin)
        self.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.before("table", "attributes", _attributes, _ENDS)
        self.block.ruler.before("table", "note_definition", _note_definition, _ENDS)
        self.core.ruler.after("block", "heading_attributes", _heading_attributes)
        # A note goes before links: “注[^1](见下)” is no link. A reference goes behind: [@name](address) is one.
        self.inline.ruler.before("link", "note", _note)
        self.inline.ruler.before("link", "inline_note", _inline_note)
        self.inline.ruler.after("link", "cross_reference", _cross_reference)
        self.inline.ruler.after("cross_reference", "span", _span)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the base's signature
        return True


_grammar = cache(_Grammar)


def parse(text: str) -> list[Token]:
    """Return the tokens of a text; their lines and offsets are those of ``text``.

    Beside markdown-it's own: ``attributes`` (``content`` as typed, before its block), ``footnote_reference_open``
    … ``footnote_reference_close`` around a note's text (``meta["label"]``), and in running text ``footnote_ref``,
    ``reference``, ``span_open`` and ``span_close``. A heading's attributes are its ``meta["attributes"]``; a cell's
    ``meta["place"]`` is where it begins and ends; a row's ``meta["cells"]`` how many were typed.
    """
    tokens = _grammar().parse(_one_length(text))
    for token in tokens:
        if token.map and token.map[0] == token.map[1]:
            token.map = [token.map[0], token.map[0] + 1]  # the terms of definition lists
    return tokens


def parse_inline(text: str) -> Token:
    """Return one run of text as a token whose children are its parts."""
    return _grammar().parseInline(_one_length(text))[0]


def _one_length(text: str) -> str:
    """Return the text without carriage returns, which markdown-it would take for line ends and drop."""
    return text.replace("\r", " ")


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


def _heading_attributes(state: StateCore) -> None:
    """Take attributes off the ends of headings before their text is read."""
    for opener, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opener.type != "heading_open" or not inline.content.endswith("}"):
            continue
        text, brace, rest = inline.content.rpartition("{")
        if ATTRIBUTES.fullmatch(brace + rest) and text[-1:] not in ("\\", "]"):  # escaped; those of a span
            opener.meta["attributes"] = brace + rest
            inline.content = text.rstrip()


# ── running text ──


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
