"""Blocks as they were typed to blocks of the model: a function a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from cstprint.diagnostics import Diagnostic
from cstprint.issue import block_schema as typed
from cstprint.issue.blocks import (
    Block,
    Box,
    Credit,
    Credits,
    Event,
    Events,
    Figure,
    FigureGroup,
    Inline,
    Interview,
    Note,
    Notice,
    Pull,
    Quote,
    Table,
    Turn,
    Verse,
)
from cstprint.issue.markdown import Notes, read_blocks, read_inline, read_table, read_title
from cstprint.source import SourceText


def numbered(letter: str, names: Set[str]) -> Iterator[str]:
    """Yield ids for what has no name: a letter and a number, without those that are names."""
    return (identity for n in count(1) if (identity := f"{letter}{n}") not in names)


@dataclass
class BlockReader:
    """Gives each block its id in reading order and collects what is found on the way."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: What the editor calls things by: no other has one of these ids.
    names: Set[str] = frozenset()
    ids: Iterator[str] = field(init=False)
    #: Those of the article, or of the cover, that is being read.
    notes: Notes = field(default_factory=Notes)
    figure_ids: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids, self.figure_ids = numbered("b", self.names), numbered("f", self.names)

    def blocks(self, entries: tuple[Any, ...]) -> tuple[Block, ...]:
        """Return the blocks of a body."""
        return tuple(block for entry in entries for block in self._block(entry))

    def inline(self, text: SourceText | None) -> Inline | None:
        """Return a text that is one paragraph, if there is one."""
        return None if text is None else read_inline(text, self.notes, self.diagnostics)

    def title(self, text: SourceText | None) -> Inline | None:
        """Return a title, or another line that stands for itself, if there is one."""
        return None if text is None else self.a_title(text)

    def a_title(self, text: SourceText) -> Inline:
        """Return a title, or another line that stands for itself."""
        return read_title(text, self.notes, self.diagnostics)

    def settled_notes(self) -> Mapping[str, Note]:
        """Return the notes of what was read since the last call, and begin with none."""
        notes, self.notes = self.notes, Notes()
        return notes.settled(self.diagnostics)

    def credit(self, entry: typed.CreditEntry) -> Credit:
        """Return a role and its names."""
        return Credit(entry.role, entry.names)

    def _block(self, entry: Any) -> Iterator[Block]:
        if isinstance(entry, SourceText):
            found = read_blocks(entry, self.ids, self.notes)
            self.diagnostics += found.diagnostics
            yield from found.blocks
        else:
            yield _MAKERS[type(entry)](self, entry, next(self.ids))

    def _line_inline(self, text: SourceText) -> Inline:
        return read_inline(text, self.notes, self.diagnostics)

    def _figure(self, entry: typed.FigureEntry, block_id: str) -> FigureGroup:
        figure = self._picture(entry.figure, entry, numbered=_given(entry.numbered, entry.caption))
        return FigureGroup(
            block_id, entry.span, (figure,), "each", None, entry.place, entry.width, entry.class_
        )

    def _decoration(self, entry: typed.DecorationEntry, block_id: str) -> FigureGroup:
        figure = Figure(
            next(self.figure_ids), entry.span, entry.figure, None, None, None, entry.stand_in, numbered=False
        )
        return FigureGroup(block_id, entry.span, (figure,), "each", None, classes=entry.class_)

    def _figures(self, entry: typed.FiguresEntry, block_id: str) -> FigureGroup:
        # The entries of a key are counted together.
        keyed = entry.captions == "keyed" and any(picture.caption for picture in entry.figures)
        figures = tuple(
            self._picture(picture.image, picture, numbered=_given(entry.numbered, keyed or picture.caption))
            for picture in entry.figures
        )
        return FigureGroup(block_id, entry.span, figures, entry.captions, entry.columns, classes=entry.class_)

    def _picture(
        self, image: SourceText, entry: typed.FigureEntry | typed.PictureEntry, *, numbered: bool | None
    ) -> Figure:
        identity = next(self.figure_ids)
        return Figure(
            id=str(entry.id or identity),
            span=entry.span,
            image=image,
            alt=entry.alt,
            caption=self.inline(entry.caption),
            credit=self.title(entry.credit),
            stand_in=entry.stand_in,
            name=entry.id,
            link=entry.link,
            numbered=numbered,
            # That of a figure by itself is its block's.
            classes=entry.class_ if isinstance(entry, typed.PictureEntry) else (),
        )

    def _table(self, entry: typed.TableEntry, block_id: str) -> Table:
        grid = read_table(entry.table, self.notes, self.diagnostics, entry.head_rows)
        caption = self.inline(entry.caption)
        return Table(
            id=str(entry.id or block_id),
            span=entry.span,
            rows=grid.rows,
            head_rows=grid.head_rows,
            head_columns=entry.head_columns,
            caption=caption,
            source=self.inline(entry.source),
            numbered=entry.numbered and caption is not None,
            name=entry.id,
            classes=entry.class_,
        )

    def _quote(self, entry: typed.QuoteEntry, block_id: str) -> Quote:
        return Quote(block_id, entry.span, self.blocks((entry.quote,)), self.title(entry.by), entry.class_)

    def _pull(self, entry: typed.PullEntry, block_id: str) -> Pull:
        return Pull(block_id, entry.span, self._line_inline(entry.pull), self.title(entry.by), entry.class_)

    def _box(self, entry: typed.BoxEntry, block_id: str) -> Box:
        title, identity = self.a_title(entry.box), str(entry.id or block_id)
        blocks = self.blocks(entry.body)
        return Box(identity, entry.span, title, blocks, entry.place, entry.id, entry.class_)

    def _notice(self, entry: typed.NoticeEntry, block_id: str) -> Notice:
        date = str(entry.date) if entry.date else None
        title = self.a_title(entry.notice)
        return Notice(block_id, entry.span, title, self.blocks(entry.body), entry.signed, date, entry.class_)

    def _events(self, entry: typed.EventsEntry, block_id: str) -> Events:
        title = self.title(entry.title)
        events = (
            Event(e.date, self.a_title(e.title), e.time, e.place, self.inline(e.text)) for e in entry.events
        )
        return Events(block_id, entry.span, title, tuple(events), entry.class_)

    def _verse(self, entry: typed.VerseEntry, block_id: str) -> Verse:
        title, by = self.title(entry.title), self.title(entry.by)
        stanzas: list[list[Inline]] = [[]]
        for number, line in enumerate(entry.verse.split("\n")):
            if line.strip():
                stanzas[-1].append(self._line_inline(entry.verse.line_at(number)))
            elif stanzas[-1]:
                stanzas.append([])
        kept = tuple(tuple(stanza) for stanza in stanzas if stanza)
        return Verse(block_id, entry.span, title, by, kept, entry.class_)

    def _interview(self, entry: typed.InterviewEntry, block_id: str) -> Interview:
        turns = (Turn(self._line_inline(t.question), self.blocks(t.answer)) for t in entry.interview)
        return Interview(block_id, entry.span, tuple(turns), entry.asks, entry.answers, entry.class_)

    def _credits(self, entry: typed.CreditsEntry, block_id: str) -> Credits:
        entries = tuple(map(self.credit, entry.credits))
        return Credits(block_id, entry.span, self.title(entry.title), entries, entry.class_)


def _given(numbered: bool | None, caption: object) -> bool | None:
    """Return whether a figure is numbered: as the editor says, otherwise where it has a caption."""
    return True if numbered is None and caption else numbered


_MAKERS: dict[type, Any] = {
    typed.FigureEntry: BlockReader._figure,
    typed.DecorationEntry: BlockReader._decoration,
    typed.FiguresEntry: BlockReader._figures,
    typed.TableEntry: BlockReader._table,
    typed.QuoteEntry: BlockReader._quote,
    typed.PullEntry: BlockReader._pull,
    typed.BoxEntry: BlockReader._box,
    typed.NoticeEntry: BlockReader._notice,
    typed.EventsEntry: BlockReader._events,
    typed.VerseEntry: BlockReader._verse,
    typed.InterviewEntry: BlockReader._interview,
    typed.CreditsEntry: BlockReader._credits,
}
