"""A calendar of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import NotEmpty, OptionalLine, OptionalText
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Line, Located
from cstprint.source import SourceText


class EventEntry(Located):
    """One event of a calendar."""

    date: Line = Field(description="日期，照印：5 月 12 日、5 月 12—14 日 · the date as it is printed")
    title: Line = Field(description="活动名称 · what it is")
    time: OptionalLine = Field(None, description="时间 · the time")
    place: OptionalLine = Field(None, description="地点 · where")
    text: OptionalText = Field(None, description="说明 · more about it")


class EventsEntry(BlockEntry):
    """A block: a calendar of events."""

    block_tag: ClassVar[str] = "events"

    events: Annotated[tuple[EventEntry, ...], NotEmpty] = Field(description="各项活动 · the events")
    title: OptionalLine = Field(None, description="日程的标题 · the calendar's title")

    def to_block(self, reader: TextReader, block_id: str) -> Events:
        """Return the calendar."""
        title = reader.title(self.title)
        events = (
            Event(one.date, reader.a_title(one.title), one.time, one.place, reader.inline(one.text))
            for one in self.events
        )
        return Events(block_id, self.span, title, tuple(events), classes=self.class_)


@dataclass(frozen=True, slots=True)
class EventView:
    """An event."""

    date: str
    title: Markup
    time: str | None
    place: str | None
    html: Markup | None


@dataclass(frozen=True, slots=True)
class EventsView(BlockView):
    """A calendar."""

    kind: ClassVar[str] = "events"
    title: Markup | None
    events: tuple[EventView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a calendar."""

    date: SourceText
    title: Inline
    time: SourceText | None
    place: SourceText | None
    text: Inline | None

    def view(self, views: ViewMaker) -> EventView:
        """Return what the template of the calendar sees of it."""
        return EventView(
            date=str(self.date),
            title=views.inline(self.title),
            time=None if self.time is None else str(self.time),
            place=None if self.place is None else str(self.place),
            html=views.line(self.text),
        )


@dataclass(frozen=True, slots=True)
class Events(Block):
    """A calendar."""

    omits: ClassVar[tuple[str, ...]] = ("events", "events-title", "event-time", "event-place", "event-text")
    title: Inline | None
    events: tuple[Event, ...]

    def view(self, views: ViewMaker) -> EventsView:
        """Return what its template sees."""
        title = views.line(self.title)
        events = tuple(event.view(views) for event in self.events)
        return EventsView(self.id, title, events, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the title, then the texts of each event."""
        yield from texts.inline(self.title, "events-title")
        for event in self.events:
            yield from texts.plain(event.date)
            yield from texts.plain(event.time, "event-time")
            yield from texts.inline(event.title)
            yield from texts.plain(event.place, "event-place")
            yield from texts.inline(event.text, "event-text")


BLOCK = BlockType(
    rank=90, entries=(EventsEntry,), model=Events, view=EventsView, parts={"events[…]": EventView}
)
