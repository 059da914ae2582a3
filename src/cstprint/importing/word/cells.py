"""Tables with facts: what stands in their cells, as Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.importing.html_blocks import markdown_of
from cstprint.importing.word.drawings import Drawn, Listed
from cstprint.importing.word.inline import Bit, Inline, elements_of
from cstprint.importing.word.numbering import Numbering, with_label
from cstprint.importing.word.tables import Row, rows_of, table_of


@dataclass(slots=True)
class CellReader:
    """Reads cells in the order of the text, which counts numbers and goes through fields."""

    inline: Inline
    numbering: Numbering

    def table(self, rows: Sequence[Row]) -> str:
        """Return a table; empty where nothing stands in it."""
        contents: dict[int, list[Element]] = {}
        bold: dict[int, bool] = {}
        for row in rows:
            for cell in (*row.cells, *row.covered):
                inside, bold[id(cell.node)] = self._in_cell(cell.node)
                if cell not in row.covered:
                    contents[id(cell.node)] = inside
        heads = 0
        while heads < len(rows) and rows[heads].is_head:
            heads += 1
        if not heads and len(rows) > 1 and all(bold[id(cell.node)] for cell in rows[0].cells):
            heads = 1
        for row in rows[:heads]:
            for cell in row.cells:
                _drop_bold(contents[id(cell.node)])
        if not any(_holds_something(one) for inside in contents.values() for one in inside):
            return ""
        return markdown_of([table_of(rows, contents, heads)])

    def _in_cell(self, cell: Element) -> tuple[list[Element], bool]:
        """Return what stands in a cell, its paragraphs with line ends between them, and whether all of it is bold."""
        bits: list[Bit] = []
        for child in cell:
            if child.tag == "w:p":
                self._cell_paragraph(child, bits)
            elif child.tag == "w:tbl":
                self._nested(child, bits)
        texts = [bit for bit in bits if isinstance(bit.content, str) and bit.content.strip()]
        return elements_of(bits), bool(texts) and all("strong" in bit.marks for bit in texts)

    def _nested(self, table: Element, bits: list[Bit]) -> None:
        """Add the rows of a table in a cell as lines."""
        self.inline.tally.count("nested tables", next(table.iter("w:p"), None))
        for row in rows_of(table):
            line: list[Bit] = []
            for cell in row.cells:
                for paragraph in cell.node.iter("w:p"):
                    own: list[Bit] = []
                    self._cell_paragraph(paragraph, own)
                    line += [Bit(" "), *own] if line and own else own
            bits += [Bit(Element("br")), *line] if bits and line else line

    def _cell_paragraph(self, node: Element, bits: list[Bit]) -> None:
        label = self.numbering.label(node)
        own: list[Bit] = []
        for item in self.inline.items(node):
            if isinstance(item, Bit):
                own.append(item)
            elif isinstance(item, Drawn):
                own.append(Bit(Element("img", {"src": item.address, "alt": item.alt})))
            elif isinstance(item, Listed):
                own.append(Bit("；".join(item.texts)))
            else:
                for inner in item.content.iter("w:p"):
                    self._cell_paragraph(inner, own)
        if not own:
            return
        if label is not None:
            own = [Bit("• " if label.kind == "bullet" else with_label(label), own[0].marks), *own]
        bits += [Bit(Element("br")), *own] if bits else own


def _holds_something(one: Element) -> bool:
    return bool("".join(one.itertext()).strip()) or next(one.iter("img"), None) is not None


def _drop_bold(content: Sequence[Element]) -> None:
    """Take the bold type out of elements."""
    for one in content:
        for inner in one.iter("strong"):
            inner.tag = "span"
