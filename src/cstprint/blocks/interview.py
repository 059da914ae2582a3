"""Questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import NotEmpty, OptionalLine
from cstprint.blocks.common.parts import Inline
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.blocks.prose import ProseView, with_first
from cstprint.reading.models import Located, Text
from cstprint.source import SourceText

if TYPE_CHECKING:
    from cstprint.blocks.common.entry import Body


class TurnEntry(Located):
    """A question and its answer."""

    question: Text = Field(description="问 · the question")
    answer: Body = Field(description="答 · the answer")


class InterviewEntry(BlockEntry):
    """A block: questions and answers."""

    block_tag: ClassVar[str] = "interview"

    interview: Annotated[tuple[TurnEntry, ...], NotEmpty] = Field(
        description="一问一答 · questions and answers"
    )
    asks: OptionalLine = Field(
        None, description="印在提问前，不写则印“问” · printed before questions; Q if absent"
    )
    answers: OptionalLine = Field(
        None, description="印在回答前，不写则印“答” · printed before answers; A if absent"
    )

    def to_block(self, reader: TextReader, block_id: str) -> Interview:
        """Return the interview."""
        turns = (Turn(reader.paragraph(one.question), reader.blocks(one.answer)) for one in self.interview)
        return Interview(block_id, self.span, tuple(turns), self.asks, self.answers, classes=self.class_)


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question and its answer."""

    question: Markup
    answer: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class InterviewView(BlockView):
    """Questions and answers; ``asks`` stands before each question, its colon included."""

    kind: ClassVar[str] = "interview"
    asks: str
    turns: tuple[TurnView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer."""

    question: Inline
    answer: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Interview(Block):
    """Questions and answers; ``asks`` and ``answers`` stand before them instead of the language's own words."""

    omits: ClassVar[tuple[str, ...]] = ("interview",)
    turns: tuple[Turn, ...]
    asks: SourceText | None
    answers: SourceText | None

    def view(self, views: ViewMaker) -> InterviewView:
        """Return what its template sees."""
        asks = views.word("speaker", speaker=self.asks or views.word("question"))
        answers = views.word("speaker", speaker=self.answers or views.word("answer"))
        turns = tuple(
            TurnView(views.inline(turn.question), _labelled(answers, views.blocks(turn.answer)))
            for turn in self.turns
        )
        return InterviewView(self.id, asks, turns, self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield each question and its answer."""
        for turn in self.turns:
            yield from texts.inline(turn.question)
            yield from texts.blocks(turn.answer)

    def inside(self) -> Iterator[Block]:
        """Yield the blocks of the answers."""
        for turn in self.turns:
            yield from turn.answer


def _labelled(label: str, blocks: tuple[BlockView, ...]) -> tuple[BlockView, ...]:
    """Put a label before the first words of blocks, in a paragraph of its own where they begin with no text."""
    span = Markup('<span class="speaker">{}</span>').format(label)
    first, *rest = blocks
    begun = with_first(first, span) if isinstance(first, ProseView) else None
    if begun is not None:
        return begun, *rest
    return ProseView("", Markup("<p>{}</p>").format(span)), *blocks


BLOCK = BlockType(
    rank=110, entries=(InterviewEntry,), model=Interview, view=InterviewView, parts={"turns[…]": TurnView}
)
