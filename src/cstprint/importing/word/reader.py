"""A Word file to a document: its paragraphs, tables and pictures in their order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from cstprint.diagnostics import msg, note
from cstprint.importing.document import Document, Head, Picture, Piece, Text
from cstprint.importing.html_blocks import line_of, markdown_of
from cstprint.importing.word.cells import CellReader
from cstprint.importing.word.drawings import Box, Drawn, Listed
from cstprint.importing.word.heads import Look, with_heads
from cstprint.importing.word.inline import Bit, Inline, Item, elements_of, plain_text
from cstprint.importing.word.lists import ListItem, list_of, runs_of
from cstprint.importing.word.numbering import Label, Numbering, with_label
from cstprint.importing.word.package import UnreadableError, open_package, refusal
from cstprint.importing.word.parts import Parts
from cstprint.importing.word.revisions import CONTENTS
from cstprint.importing.word.sections import Measures
from cstprint.importing.word.tables import Cell, Row, purpose_of, rows_of
from cstprint.importing.word.tally import shortened, text_within
from cstprint.importing.word.xml import at
from cstprint.source import SourceFile, Span

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
#: A picture in a line of text that is higher than this, pt, stands for itself.
_HIGHEST_IN_LINE_PT = 24
#: A picture narrower than this share of the measure has a width of its own.
_NARROW = 0.9
_JOINT = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])\\s*\n\\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_MARKED = frozenset(("strong", "em"))


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as it was read: how a person knows it, and its bytes."""

    path: Path
    data: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """What tells it from others: the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def place_of(self, _offset: int) -> Span:
        """Return the place of the file as a whole."""
        return Span.point(SourceFile(self.path, ""), 1, 1)


def read_word(file: WordFile, prefix: str = "") -> Document:
    """Return the document of a Word file; one that cannot be read has nothing but the error that says why.

    ``prefix`` makes the addresses of its pictures those of no other file.
    """
    opened = open_package(file.path, file.data)
    if opened.value is None:
        return Document((), found=opened.diagnostics)
    try:
        parts = Parts(opened.value, file.path, prefix)
        reader = _Reader(
            parts, parts.inline(parts.name), Numbering(parts.numbering, parts.styles), Measures(parts.body)
        )
        reader.blocks(parts.body)
        return reader.document()
    except UnreadableError as exception:
        return Document((), found=(refusal(file.path, exception),))


@dataclass(slots=True)
class _Reader:
    """Reads blocks; ``looks`` are those of the pieces, ``None`` for what is no paragraph of the text."""

    parts: Parts
    inline: Inline
    numbering: Numbering
    measures: Measures
    pieces: list[Piece] = field(default_factory=list)
    looks: list[Look | None] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    #: The big letter at the beginning of the next paragraph.
    dropped: list[Bit] = field(default_factory=list)
    #: Whether what is read stands in a cell, where a picture's width says nothing of the page.
    in_cell: bool = False

    def blocks(self, container: Element) -> None:
        """Read what is in an element, block by block."""
        for child in container:
            if child.tag == "w:p":
                self.paragraph(child)
                self.measures.pass_paragraph(child)
            elif child.tag == "w:tbl":
                self._end_lists()
                self.table(child)
            elif child.tag == CONTENTS:
                self.parts.tally.count("contents", None)
            elif child.tag == "w:altChunk":
                hint = msg("In Word: save the document again, which inserts the text of the file.")
                self.parts.tally.warn("CST-I013", msg("An inserted file is not read."), None, hint)
        self._end_lists()

    # ── paragraphs ──

    def paragraph(self, node: Element) -> None:
        """Read a paragraph: a head, an item of a list, a caption, pictures, or text."""
        label = self.numbering.label(node)
        items = self.inline.items(node)
        role = self.parts.styles.role(node)
        if role == "contents":
            self.parts.tally.count("contents", node)
            return
        frame = at(node, "w:pPr", "w:framePr")
        bits = [item for item in items if isinstance(item, Bit)]
        if frame is not None and frame.get("w:dropCap") in ("drop", "margin") and plain_text(bits):
            self.dropped = [replace(bit, marks=frozenset(), size_pt=0.0) for bit in bits]
            return
        if self.dropped and plain_text(bits):
            items, self.dropped = [*self.dropped, *items], []
        self._sorted(node, items, label, role)

    def _sorted(self, node: Element, items: list[Item], label: Label | None, role: str) -> None:
        """Take the runs of text of a paragraph, and what stands between and after them."""
        has_text = bool(plain_text([item for item in items if isinstance(item, Bit)]))
        run: list[Bit] = []
        things: list[Item] = []
        for item in items:
            if isinstance(item, Bit):
                run.append(item)
            elif (
                isinstance(item, Drawn)
                and has_text
                and item.in_line
                and 0 < item.height_pt <= _HIGHEST_IN_LINE_PT
            ):
                run.append(Bit(Element("img", {"src": item.address, "alt": item.alt})))
            elif isinstance(item, Drawn) and item.in_line and plain_text(run):
                self._text(node, run, label, role)
                run, label = [], None
                self._things(node, [item])
            else:
                things.append(item)
        before = all(isinstance(one, Drawn) and one.in_line for one in things)  # they begin its line
        if before and role != "caption" and plain_text(run):
            self._things(node, things)
            things = []
        self._text(node, run, label, role)
        self._things(node, things)

    def _text(self, node: Element, bits: Sequence[Bit], label: Label | None, role: str) -> None:
        styles, span = self.parts.styles, self.parts.tally.span(node)
        if not plain_text(bits) and not any(
            isinstance(bit.content, Element) and bit.content.tag != "br" for bit in bits
        ):
            return
        level = 0 if self.in_cell else 1 if role == "title" else styles.level(node)
        if label is not None and label.kind in ("bullet", "number") and not level and not role:
            self.items.append(ListItem(label, elements_of(bits), span))
            return
        self._end_lists()
        if label is not None and label.kind != "bullet":
            bits = [Bit(with_label(label), bits[0].marks - {"u", "s", "sub", "sup"}), *bits]
        solid = [bit.marks for bit in bits if not isinstance(bit.content, str) or bit.content.strip()]
        shared = _MARKED.intersection(*solid)  # what the style of a head or a caption looks like
        is_bold = "strong" in shared
        bare = line_of(elements_of(bits, shared))
        if level:
            if head := _in_one_line(bare):
                self._add(Head(0 if role == "title" else level, head, span))
        elif role == "quote":
            self._quote(markdown_of(elements_of(bits), inline=True), node)
        elif role in ("subtitle", "standfirst", "caption"):
            self._add(Text(bare, span, is_paragraph=True, role=role))
        elif text := markdown_of(elements_of(bits), inline=True):
            look = Look(_size(bits), is_bold, styles.is_centred(node), bare)
            for number, part in enumerate(text.split("\n\n")):
                self._add(Text(part, span, is_paragraph=True), look if not number else None)

    def _quote(self, text: str, node: Element) -> None:
        """Add a quotation; paragraphs of it that follow each other are one."""
        lines = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        last = self.pieces[-1] if self.pieces else None
        if isinstance(last, Text) and last.role == "quote":
            self.pieces[-1] = replace(last, markdown=f"{last.markdown}\n>\n{lines}")
        elif text:
            self._add(Text(lines, self.parts.tally.span(node), role="quote"))

    def _things(self, node: Element, things: Sequence[Item]) -> None:
        """Take what stands for itself in a paragraph."""
        if not things:
            return
        self._end_lists()
        span = self.parts.tally.span(node)
        drawn = [one for one in things if isinstance(one, Drawn)]
        side_by_side = len(drawn) > 1 and sum(one.width_pt for one in drawn) <= 1.1 * self.measures.measure_pt
        for thing in things:
            if isinstance(thing, Drawn):
                group = str(span.line) if side_by_side else ""
                width = "" if group or self.in_cell else self._width(thing)
                picture = Picture(
                    thing.address, thing.alt, "", span, width=width, group=group, alt_is_seen=False
                )
                self._add(picture)
            elif isinstance(thing, Listed):
                self._add(Text("\n".join(f"- {text}" for text in map(_escaped, thing.texts)), span))
            elif isinstance(thing, Box):
                self._box(thing, node)

    def _box(self, box: Box, node: Element) -> None:
        if text := text_within(box.content):
            message = msg(
                "The text of a text box follows the paragraph that contains it: “{text}”.",
                text=shortened(text),
            )
            self.parts.tally.note("CST-I016", message, node)
        fields, self.inline.fields = self.inline.fields, type(self.inline.fields)()
        dropped, self.dropped = self.dropped, []
        self.blocks(box.content)
        self.inline.fields, self.dropped = fields, dropped

    def _width(self, drawn: Drawn) -> str:
        """Return a picture's share of the measure; empty where it is about as wide."""
        share = drawn.width_pt / self.measures.measure_pt
        return f"{max(10, 5 * round(20 * share))}%" if 0 < share < _NARROW else ""

    def _end_lists(self) -> None:
        """Add the lists that have been gathered."""
        for number, run in enumerate(runs_of(self.items)):
            if number:  # two lists in a row would be one
                self._add(Text("<!-- -->", run[0].span))
            self._add(Text(markdown_of([list_of(run)]), run[0].span))
        self.items = []

    def _add(self, piece: Piece, look: Look | None = None) -> None:
        self.pieces.append(piece)
        self.looks.append(look)

    # ── tables ──

    def table(self, node: Element) -> None:
        """Read a table: its facts as a table; where it only places things, these."""
        rows = rows_of(node)
        purpose = purpose_of(rows)
        first = next(iter(node.iter("w:p")), None)
        if purpose == "facts":
            self._facts(rows, first)
            return
        self.parts.tally.count("layout tables", first)
        if purpose == "pictures":
            self._placed_pictures(rows)
        else:
            for row in rows:
                for cell in row.cells:
                    self.blocks(cell.node)

    def _facts(self, rows: Sequence[Row], first: Element | None) -> None:
        if text := CellReader(self.inline, self.numbering).table(rows):
            self._add(Text(text, self.parts.tally.span(first)))

    def _placed_pictures(self, rows: Sequence[Row]) -> None:
        """Take pictures side by side; a text below (or above) one in its column is its caption."""
        waiting: list[tuple[Cell, Text]] = []
        placed: list[tuple[Cell, int]] = []
        for row in rows:
            beginning = len(self.pieces)
            for cell in row.cells:
                pieces = self._apart(cell.node)
                pictures = [number for number, one in enumerate(pieces) if isinstance(one, Picture)]
                texts = [one for one in pieces if isinstance(one, Text)]
                if pictures:
                    texts += [text for over, text in waiting if over.column == cell.column]
                    waiting = [(over, text) for over, text in waiting if over.column != cell.column]
                    for number in pictures:
                        self._add(pieces[number])
                    placed.append((cell, len(self.pieces) - 1))
                    self._caption(len(self.pieces) - 1, texts)
                elif texts:
                    below = [place for over, place in placed if over.column == cell.column]
                    if below and not _caption_of(self.pieces[below[-1]]):
                        self._caption(below[-1], texts)
                    else:
                        waiting += [(cell, text) for text in texts]
            self._group(beginning)
        for _, text in waiting:
            self._add(text)

    def _apart(self, container: Element) -> list[Piece]:
        """Return the pieces of a cell."""
        kept = self.pieces, self.looks, self.in_cell
        self.pieces, self.looks, self.in_cell = [], [], True
        self.blocks(container)
        pieces = self.pieces
        self.pieces, self.looks, self.in_cell = kept
        return pieces

    def _caption(self, place: int, texts: Sequence[Text]) -> None:
        picture = self.pieces[place]
        if texts and isinstance(picture, Picture):
            said = " ".join(" ".join(text.markdown.split("\n")) for text in texts)
            self.pieces[place] = replace(picture, caption=said)

    def _group(self, beginning: int) -> None:
        """Let the pictures of a row stand side by side."""
        pictures = [
            place for place, one in enumerate(self.pieces) if place >= beginning and isinstance(one, Picture)
        ]
        for place in pictures if len(pictures) > 1 else ():
            picture = self.pieces[place]
            if isinstance(picture, Picture):
                self.pieces[place] = replace(picture, group=f"{self.pieces[pictures[0]].span.line}")

    # ── the whole ──

    def document(self) -> Document:
        """Return the document that was read."""
        pieces = self.pieces
        definitions = self.parts.definitions()
        around = self.parts.around()
        self.parts.report()
        found = list(self.parts.tally.remarks())
        if not any(isinstance(piece, Head) and piece.level for piece in pieces):
            pieces, count = with_heads(pieces, self.looks)
            if count:
                message = msg(
                    "Short paragraphs in bold or larger type are read as headings: {count}.", count=count
                )
                found.append(note("CST-I005", message, span=self.parts.tally.span(None)))
        if any(isinstance(piece, Head) and not piece.level for piece in pieces):
            pieces = [replace(one, level=one.level + 1) if isinstance(one, Head) else one for one in pieces]
        return Document(tuple(pieces), {}, definitions, tuple(found), around, self.parts.media.files)


def _size(bits: Sequence[Bit]) -> float:
    """Return the size of most of a text's type, pt."""
    lengths: dict[float, int] = {}
    for bit in bits:
        if isinstance(bit.content, str) and bit.size_pt:
            lengths[bit.size_pt] = lengths.get(bit.size_pt, 0) + len(bit.content.strip())
    return max(lengths, key=lengths.__getitem__, default=0.0)


def _in_one_line(text: str) -> str:
    """Return a heading without its line ends: nothing stands for one between Han, a blank between others."""
    return _JOINT.sub("", text.replace("\\\n", "\n")).replace("\n", " ")


def _caption_of(piece: Piece) -> str:
    return piece.caption if isinstance(piece, Picture) else "-"


def _escaped(text: str) -> str:
    return markdown_of([text], inline=True)
