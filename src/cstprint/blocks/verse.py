"""Verse: stanzas of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import OptionalLine
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Text


class VerseEntry(BlockEntry):
    """A block: verse, its lines kept; an empty line parts stanzas."""

    block_tag: ClassVar[str] = "verse"

    verse: Text = Field(
        description="诗文，行照原样，空行分节 · lines as typed; an empty line separates stanzas"
    )
    title: OptionalLine = Field(None, description="题目 · the title")
    by: OptionalLine = Field(None, description="作者 · who wrote it")

    def to_block(self, reader: TextReader, block_id: str) -> Verse:
        """Return the verse."""
        title, by = reader.title(self.title), reader.title(self.by)
        stanzas: list[list[Inline]] = [[]]
        for number, line in enumerate(self.verse.split("\n")):
            if line.strip():
                stanzas[-1].append(reader.paragraph(self.verse.line_at(number)))
            elif stanzas[-1]:
                stanzas.append([])
        kept = tuple(tuple(stanza) for stanza in stanzas if stanza)
        return Verse(block_id, self.span, title, by, kept, classes=self.class_)


@dataclass(frozen=True, slots=True)
class VerseView(BlockView):
    """Verse."""

    kind: ClassVar[str] = "verse"
    title: Markup | None
    by: Markup | None
    stanzas: tuple[tuple[Markup, ...], ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Verse(Block):
    """Verse: stanzas of lines."""

    omits: ClassVar[tuple[str, ...]] = ("verse", "verse-title", "verse-by")
    title: Inline | None
    by: Inline | None
    stanzas: tuple[tuple[Inline, ...], ...]

    def view(self, views: ViewMaker) -> VerseView:
        """Return what its template sees."""
        title, by = views.line(self.title), views.line(self.by)
        stanzas = tuple(tuple(map(views.inline, stanza)) for stanza in self.stanzas)
        return VerseView(self.id, title, by, stanzas, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the title, the author, then line by line."""
        yield from texts.inline(self.title, "verse-title")
        yield from texts.inline(self.by, "verse-by")
        for stanza in self.stanzas:
            for line in stanza:
                yield from texts.inline(line)


BLOCK = BlockType(rank=100, entries=(VerseEntry,), model=Verse, view=VerseView)
