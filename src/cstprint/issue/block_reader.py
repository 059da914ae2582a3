"""Entries as they were typed to blocks of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import count

from cstprint.blocks.common.block import Block
from cstprint.blocks.common.known import AnyBlock, Body
from cstprint.blocks.common.parts import Grid, Inline, Note
from cstprint.diagnostics import Diagnostic
from cstprint.issue.markdown import Notes, read_blocks, read_inline, read_table, read_title
from cstprint.source import SourceText


def numbered(letter: str, names: Set[str]) -> Iterator[str]:
    """Yield ids for what has no name: a letter and a number, without those that are names."""
    return (identity for n in count(1) if (identity := f"{letter}{n}") not in names)


@dataclass
class BlockReader:
    """Gives each block its id in reading order and collects what is found on the way.

    It is the :class:`~cstprint.blocks.common.entry.TextReader` of all entries.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: What the editor calls things by: no other has one of these ids.
    names: Set[str] = frozenset()
    ids: Iterator[str] = field(init=False)
    #: Those of the article, or of the cover, that is being read.
    notes: Notes = field(default_factory=Notes)
    figure_ids: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids, self.figure_ids = numbered("b", self.names), numbered("f", self.names)

    def blocks(self, body: Body) -> tuple[Block, ...]:
        """Return the blocks of a body."""
        return tuple(block for entry in body for block in self._block(entry))

    def inline(self, text: SourceText | None) -> Inline | None:
        """Return a text that is one paragraph, if there is one."""
        return None if text is None else self.paragraph(text)

    def paragraph(self, text: SourceText) -> Inline:
        """Return a text that is one paragraph."""
        return read_inline(text, self.notes, self.diagnostics)

    def title(self, text: SourceText | None) -> Inline | None:
        """Return a title, or another line that stands for itself, if there is one."""
        return None if text is None else self.a_title(text)

    def a_title(self, text: SourceText) -> Inline:
        """Return a title, or another line that stands for itself."""
        return read_title(text, self.notes, self.diagnostics)

    def table(self, text: SourceText, head_rows: int) -> Grid:
        """Return a table typed with bars; its first rows are its head."""
        return read_table(text, self.notes, self.diagnostics, head_rows)

    def next_figure_id(self) -> str:
        """Return the id of the next figure that has no name."""
        return next(self.figure_ids)

    def settled_notes(self) -> Mapping[str, Note]:
        """Return the notes of what was read since the last call, and begin with none."""
        notes, self.notes = self.notes, Notes()
        return notes.settled(self.diagnostics)

    def _block(self, entry: AnyBlock) -> Iterator[Block]:
        if isinstance(entry, SourceText):
            found = read_blocks(entry, self.ids, self.notes)
            self.diagnostics += found.diagnostics
            yield from found.blocks
        else:
            yield entry.to_block(self, next(self.ids))
