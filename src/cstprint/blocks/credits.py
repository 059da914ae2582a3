"""Who contributed what: roles with names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import Names, NotEmpty, OptionalLine
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.reading.models import Line, Located
from cstprint.source import SourceText


class CreditEntry(Located):
    """A role and who filled it."""

    role: Line = Field(description="职责，如“撰文”“摄影” · the role")
    names: Names = Field(description="姓名 · the names")

    def to_credit(self) -> Credit:
        """Return the role and its names."""
        return Credit(self.role, self.names)


class CreditsEntry(BlockEntry):
    """A block: who contributed what."""

    block_tag: ClassVar[str] = "credits"

    credits: Annotated[tuple[CreditEntry, ...], NotEmpty] = Field(description="各项职责 · the roles")
    title: OptionalLine = Field(None, description="标题，如“本期撰稿” · the list's title")

    def to_block(self, reader: TextReader, block_id: str) -> Credits:
        """Return the list."""
        entries = tuple(entry.to_credit() for entry in self.credits)
        return Credits(block_id, self.span, reader.title(self.title), entries, classes=self.class_)


@dataclass(frozen=True, slots=True)
class CreditView:
    """A role and its names."""

    role: str
    names: str


@dataclass(frozen=True, slots=True)
class CreditsView(BlockView):
    """Who contributed what."""

    kind: ClassVar[str] = "credits"
    title: Markup | None
    entries: tuple[CreditView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A role and who filled it."""

    role: SourceText
    names: tuple[SourceText, ...]

    def view(self, views: ViewMaker) -> CreditView:
        """Return what templates see of it."""
        return CreditView(str(self.role), views.word("names_separator").join(self.names))

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the role, then the names."""
        for text in (self.role, *self.names):
            yield from texts.plain(text)


@dataclass(frozen=True, slots=True)
class Credits(Block):
    """Who contributed what."""

    omits: ClassVar[tuple[str, ...]] = ("contributors", "contributors-title")
    title: Inline | None
    entries: tuple[Credit, ...]

    def view(self, views: ViewMaker) -> CreditsView:
        """Return what its template sees."""
        entries = tuple(entry.view(views) for entry in self.entries)
        return CreditsView(self.id, views.line(self.title), entries, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the title, then the roles with their names."""
        yield from texts.inline(self.title, "contributors-title")
        for entry in self.entries:
            yield from entry.texts(texts)


BLOCK = BlockType(
    rank=120, entries=(CreditsEntry,), model=Credits, view=CreditsView, parts={"entries[…]": CreditView}
)
