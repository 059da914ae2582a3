"""A table, typed as a block or in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import NAME, OptionalName, OptionalText
from cstprint.blocks.common.parts import NO_ATTRIBUTES, Attributes, Cell, Inline, Target, TargetKind
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Flag, SmallCount, Text
from cstprint.source import SourceText


class TableEntry(BlockEntry):
    """A block: a table, with what Markdown's own has no place for."""

    block_tag: ClassVar[str] = "table"

    table: Text = Field(
        description="竖线表格；^^ 并入上格，<< 并入左格 · rows with |; ^^ joins the cell above, << the left one"
    )
    caption: OptionalText = Field(None, description="表题 · the caption")
    id: OptionalName = Field(None, description=NAME)
    head_rows: SmallCount = Field(
        1, description="表头有几行，跨页时重复 · rows of the head, repeated on each page"
    )
    head_columns: SmallCount = Field(
        0, description="左边几列是项目名 · columns at the left that name the rows"
    )
    source: OptionalText = Field(
        None, description="资料来源或说明，印在表下 · source or notes, below the table"
    )
    numbered: Flag = Field(
        True, description="有表题时是否编号（表 1） · whether a table with a caption is numbered"
    )

    def to_block(self, reader: TextReader, block_id: str) -> Table:
        """Return the table."""
        grid = reader.table(self.table, self.head_rows)
        caption = reader.inline(self.caption)
        return Table(
            id=str(self.id or block_id),
            span=self.span,
            rows=grid.rows,
            head_rows=grid.head_rows,
            head_columns=self.head_columns,
            caption=caption,
            source=reader.inline(self.source),
            numbered=self.numbered and caption is not None,
            name=self.id,
            classes=self.class_,
        )


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell; ``scope`` is ``col`` or ``row`` for one that heads others."""

    html: Markup
    scope: str | None
    columns: int
    rows: int
    align: str


@dataclass(frozen=True, slots=True)
class TableView(BlockView):
    """A table; ``classes``, separated by spaces, and ``language`` are what its text gives it.

    ``block_classes`` are those of the block that the table stands in.
    """

    kind: ClassVar[str] = "table"
    classes: str
    language: str | None
    label: str | None
    caption: Markup | None
    source: Markup | None
    head: tuple[tuple[CellView, ...], ...]
    body: tuple[tuple[CellView, ...], ...]
    block_classes: str = ""


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table: ``rows`` without the places that merged cells cover; the first ``head_rows`` are its head."""

    omits: ClassVar[tuple[str, ...]] = ("table", "table-caption", "table-source")
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 1
    head_columns: int = 0
    caption: Inline | None = None
    source: Inline | None = None
    numbered: bool = False
    name: SourceText | None = None
    attributes: Attributes = NO_ATTRIBUTES

    def view(self, views: ViewMaker) -> TableView:
        """Return what its template sees."""
        number, caption = views.table_number(self.id), views.line(self.caption)  # it stands above the cells
        rows = tuple(
            tuple(self._cell(cell, views, in_head=index < self.head_rows) for cell in row)
            for index, row in enumerate(self.rows)
        )
        return TableView(
            id=self.id,
            classes=" ".join(self.attributes.classes),
            language=self.attributes.language,
            label=views.word("table_label", number=number) if number else None,
            caption=caption,
            source=views.line(self.source),
            head=rows[: self.head_rows],
            body=rows[self.head_rows :],
            block_classes=self.joined_classes,
        )

    def _cell(self, cell: Cell, views: ViewMaker, *, in_head: bool) -> CellView:
        scope = "col" if in_head else "row" if cell.column < self.head_columns else None
        return CellView(views.inline(cell.content), scope, cell.columns, cell.rows, cell.align)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the caption, cell by cell, then the source."""
        yield from texts.inline(self.caption, "table-caption")
        for row in self.rows:
            for cell in row:
                yield from texts.inline(cell.content)
        yield from texts.inline(self.source, "table-source")

    def targets(self) -> Iterator[Target]:
        """Yield the table, if it has a name."""
        if self.name is not None:
            yield Target(self.name, self.id, TargetKind.TABLE)


BLOCK = BlockType(rank=40, entries=(TableEntry,), model=Table, view=TableView, parts={"head[…][…]": CellView})
