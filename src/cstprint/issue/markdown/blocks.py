"""Markdown text to blocks with places, and its notes to where notes are collected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from markdown_it.token import Token

from cstprint.blocks.common.parts import Attributes, Inline, Note
from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.blocks.table import Table
from cstprint.diagnostics import Diagnostic, error, msg, note
from cstprint.issue.markdown.attributes import (
    Given,
    attributes_of,
    give_blocks_their_attributes,
    read_attributes,
)
from cstprint.issue.markdown.grammar import MAX_NESTING, parse, parse_inline
from cstprint.issue.markdown.html import read_html
from cstprint.issue.markdown.inline import Seeker, empty_note, settle
from cstprint.issue.markdown.notes import Notes
from cstprint.issue.markdown.pictured import group_of, lost_links, pictures_only, unsaid, width_of_one
from cstprint.issue.markdown.plain import plain_form
from cstprint.issue.markdown.slips import fence_slips, slips
from cstprint.issue.markdown.tables import inner_tables, read_grid, seeker_of
from cstprint.source import SourceText, Span

MAX_HEADING_LEVEL = 3
#: What is no running text: slips in it are none.
_NO_TEXT = ("fence", "table_open", "html_block", "comment", "definition", "heading_open")
_CONTAINERS = ("blockquote_open", "list_item_open", "dd_open")


@dataclass(slots=True)
class TextBlocks:
    """What one text holds: its blocks in order, and what was found on the way."""

    blocks: list[Heading | Prose | Table | FigureGroup] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_blocks(text: SourceText, ids: Iterator[str], notes: Notes) -> TextBlocks:
    """Return the blocks of ``text``, each with an id taken from ``ids``; ``notes`` gets its notes."""
    return _Reading(text, notes).blocks(ids)


def read_inline(text: SourceText, notes: Notes, diagnostics: list[Diagnostic]) -> Inline:
    """Return the emphasis, links, notes and references of a text that is one paragraph, such as a caption."""
    diagnostics += slips(text)
    return _inline(parse_inline(text.strip()), text, notes, diagnostics)


def read_title(text: SourceText, notes: Notes, diagnostics: list[Diagnostic]) -> Inline:
    """Return a title, or another line that stands for itself: what `read_inline` returns, with its line ends kept."""
    return _inline(parse_inline(text.strip(), title=True), text, notes, diagnostics)


def _inline(inline: Token, text: SourceText, notes: Notes, diagnostics: list[Diagnostic]) -> Inline:
    inline.map = [0, text.count("\n") + 1]
    read_html([inline], text, diagnostics)
    diagnostics += _too_deep([inline], text)
    diagnostics += settle(inline, Seeker(text, 0, text.count("\n") + 1), notes)
    return _run(inline, text.span)


def _run(inline: Token, span: Span) -> Inline:
    children = tuple(inline.children or ())
    return Inline(span, children, plain_form(children))


class _Reading:
    """Reads the blocks of one text."""

    def __init__(self, text: SourceText, notes: Notes):
        self.text = text
        self.notes = notes
        self.lines = text.split("\n")
        self.found = TextBlocks()

    def blocks(self, ids: Iterator[str]) -> TextBlocks:
        diagnostics = self.found.diagnostics
        parsed = parse(self.text)
        diagnostics += slips(self.text, _lines_of(parsed, *_NO_TEXT))
        diagnostics += fence_slips(parsed, self.text)
        parsed = read_html(list(self._without_definitions(parsed)), self.text, diagnostics)
        for tokens in _top_level(
            self._without_notes(give_blocks_their_attributes(parsed, self.text, diagnostics))
        ):
            diagnostics += _too_deep(tokens, self.text)
            self.found.blocks.append(self._block(next(ids), tokens))
        return self.found

    def _block(self, block_id: str, tokens: list[Token]) -> Heading | Prose | Table | FigureGroup:
        opener, span = tokens[0], self._span(tokens[0])
        if opener.type == "table_open":
            return self._table(block_id, tokens, span)
        self._settle(tokens, self.notes)
        if opener.type == "heading_open":
            return self._heading(block_id, tokens, span)
        if opener.type == "paragraph_open" and (figures := pictures_only(tokens[1].children or ())):
            self.found.diagnostics += (*lost_links(tokens[1].children or (), span), *unsaid(figures))
            return group_of(block_id, span, figures, width_of_one(tokens[1].children or ()))
        self.found.diagnostics += inner_tables(tokens, self.text)
        _mark_drawings(tokens)
        return Prose(block_id, span, tuple(self._with_figures(tokens)))

    def _with_figures(self, tokens: list[Token]) -> Iterator[Token]:
        """Yield the tokens of a block with paragraphs of pictures in it as figures."""
        waiting = iter(tokens)
        for token in waiting:
            if token.type != "paragraph_open":
                yield token
                continue
            inline, closer = next(waiting), next(waiting)
            figures = pictures_only(inline.children or ())
            if not figures:
                yield from (token, inline, closer)
                continue
            lost = lost_links(inline.children or (), self._span(token))
            self.found.diagnostics += (*lost, *unsaid(figures))
            yield Token(
                "figures",
                "figure",
                0,
                meta={"figures": figures, "width": width_of_one(inline.children or ())},
                level=token.level,
                map=token.map,
            )

    def _table(self, block_id: str, tokens: list[Token], span: Span) -> Table:
        opener, diagnostics = tokens[0], self.found.diagnostics
        grid = read_grid(tokens, self.text, self.notes, diagnostics, opener.meta.get("head_rows", 1))
        caption = opener.meta.get("caption")
        if caption is not None:
            diagnostics += settle(caption, seeker_of(caption, self.text), self.notes)
        return Table(
            block_id,
            span,
            grid.rows,
            grid.head_rows,
            head_columns=opener.meta.get("head_columns", 0),
            caption=_run(caption, span) if caption is not None else None,
            attributes=attributes_of(opener),
        )

    def _without_definitions(self, tokens: list[Token]) -> Iterator[Token]:
        """Yield the tokens without the definitions of links, and report those that nothing uses."""
        used = {str(inner.attrs.get("href", inner.attrs.get("src"))) for inner in _all_of(tokens)}
        for token in tokens:
            if token.type != "definition":
                yield token
            elif token.meta["href"] not in used or token.meta["again"]:
                self.found.diagnostics.append(
                    note(
                        "CST-M025",
                        msg("Nothing uses these link definitions; they are left out."),
                        span=self._span(token),
                        subject=token.meta["href"],
                    )
                )

    def _span(self, opener: Token) -> Span:
        """Return the place of the first line of a block."""
        line = opener.map[0] if opener.map else 0
        return self.text.place(line, 0, max(1, len(self.lines[line])))

    def _settle(self, tokens: list[Token], notes: Notes | None) -> None:
        for token in tokens:
            if token.type == "inline":
                self.found.diagnostics += settle(token, seeker_of(token, self.text), notes)

    def _heading(self, block_id: str, tokens: list[Token], span: Span) -> Heading:
        opener, level = tokens[0], int(tokens[0].tag[1:])
        if level > MAX_HEADING_LEVEL:
            problem = msg(
                "There are {limit} levels of headings. Deeper ones are set at the lowest level.",
                limit=MAX_HEADING_LEVEL,
            )
            self.found.diagnostics.append(note("CST-M001", problem, span=span, hint=msg("Use #, ## or ###.")))
        before, given = attributes_of(opener), self._given_behind(opener)
        attributes = Attributes(
            before.classes + given.attributes.classes, given.attributes.language or before.language
        )
        content = _run(tokens[1], span)
        return Heading(
            str(given.name or block_id),
            span,
            min(level, MAX_HEADING_LEVEL),
            content,
            given.name,
            attributes,
            anchor=opener.meta.get("anchor"),
        )

    def _given_behind(self, opener: Token) -> Given:
        """Return the attributes that stand after a heading."""
        raw = opener.meta.get("attributes")
        if raw is None:
            return Given(Attributes())
        row = opener.map[0] if opener.map else 0
        column = self.lines[row].rfind(raw)
        return read_attributes(
            raw,
            lambda offset, length: self.text.place(row, column + offset, length),
            self.found.diagnostics,
            named=True,
        )

    def _without_notes(self, tokens: Iterator[Token]) -> Iterator[Token]:
        """Yield the tokens without the notes' texts, which are put where notes are collected."""
        for token in tokens:
            if token.type != "footnote_reference_open":
                yield token
                continue
            inside: list[Token] = []
            for part in tokens:
                if part.type == "footnote_reference_close" and part.level == token.level:
                    break
                inside.append(part)
            self._note(token, inside)

    def _note(self, opener: Token, inside: list[Token]) -> None:
        span = self._span(opener)
        self._settle(inside, None)
        paragraphs = [token for token in inside if token.type == "inline" and token.level == opener.level + 2]
        for token in inside:
            if token.level == opener.level + 1 and token.type not in ("paragraph_open", "paragraph_close"):
                problem = msg("A footnote contains only paragraphs.")
                hint = msg("Write it as sentences, or move the list or table into the text.")
                self.found.diagnostics.append(error("CST-M019", problem, span=self._span(token), hint=hint))
                break
        else:
            if not paragraphs:
                self.found.diagnostics.append(empty_note(span))
        content = tuple(_run(inline, self._span(inline)) for inline in paragraphs)
        self.notes.write(Note(opener.meta["label"], span, content))


def _mark_drawings(tokens: Sequence[Token]) -> None:
    """Give paragraphs with formulas and pictures in their lines a class: they may not be whole lines high."""
    for opener, inline in pairwise(tokens):
        drawn = any(child.type in ("formula", "picture") for child in inline.children or ())
        if opener.type == "paragraph_open" and drawn and not opener.hidden:
            opener.attrJoin("class", "with-drawings")


def _all_of(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens and all that are in them."""
    for token in tokens:
        yield token
        yield from _all_of(token.children or ())


def _lines_of(tokens: list[Token], *types: str) -> Set[int]:
    ranges = (range(*token.map) for token in tokens if token.type in types and token.map)
    return {line for lines in ranges for line in lines}


def _too_deep(tokens: list[Token], text: SourceText) -> Iterator[Diagnostic]:
    """Yield an error at the first place where so much is nested that markdown-it leaves out what is inside."""
    for token in tokens:
        nested = token.type in _CONTAINERS and token.level >= MAX_NESTING - 1
        depths = accumulate(child.nesting for child in token.children or ())
        if nested or max(depths, default=0) > MAX_NESTING:
            yield error(
                "CST-M011",
                msg(
                    "Lists, quotations or emphasis are nested more than {limit} deep.", limit=MAX_NESTING // 2
                ),
                span=text.place(token.map[0] if token.map else 0),
                hint=msg("Use fewer levels."),
            )
            return


def _top_level(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of one top-level block after the other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []
