"""The texts of an issue as they should stand on its pages, for the search for lost text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from cstprint.blocks.common.parts import Inline
from cstprint.source import SourceText, Span

#: The tokens of Markdown that print their content.
PRINTED = ("text", "code_inline")


@dataclass(frozen=True, slots=True)
class IssueText:
    """A text of an issue.

    ``names`` are what it is called in `omits`, from the outermost; ``owners`` the ids of the elements that it may
    stand in, none for what has no block; ``article`` the id of its article; ``pieces`` what it is made of. With a
    ``pattern``, whose group ``it`` is the text, it may be written in several ways and stand in several places.
    """

    names: tuple[str, ...]
    owners: tuple[str, ...]
    article: str | None
    pieces: tuple[str, ...]
    span: Span
    pattern: re.Pattern[str] | None = None

    @property
    def name(self) -> str:
        """What it is called itself."""
        return self.names[-1]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)


class HasTexts(Protocol):
    """A block, as far as its texts concern."""

    omits: ClassVar[tuple[str, ...]]

    @property
    def id(self) -> str:
        """Its id in the page."""

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield its texts."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Makes the texts of one part of an issue.

    ``names``, ``owners`` and ``article`` are those of :class:`IssueText`; a name that a method is given is added to
    ``names``. ``date`` returns a date as it is printed.
    """

    names: tuple[str, ...]
    owners: tuple[str, ...]
    article: str | None
    date: Callable[[str], str]

    def inline(self, run: Inline | None, *name: str) -> Iterator[IssueText]:
        """Yield a run of text, if there is one."""
        if run is not None:
            pieces = (token.content for token in run.tokens if token.type in PRINTED)
            yield self.made_of(pieces, run.span, *name)

    def plain(self, text: SourceText | None, *name: str) -> Iterator[IssueText]:
        """Yield a text without Markdown, if there is one."""
        if text is not None and text.strip():
            yield self.made_of((str(text),), text.span, *name)

    def owned_by(self, *owners: str) -> Texts:
        """Return what makes texts that may stand in other elements: those with the ids ``owners``."""
        return replace(self, owners=owners)

    def made_of(self, pieces: Iterable[str], span: Span, *name: str) -> IssueText:
        """Return a text that is printed in pieces."""
        return IssueText((*self.names, *name), self.owners, self.article, tuple(pieces), span)

    def blocks(self, blocks: Iterable[HasTexts]) -> Iterator[IssueText]:
        """Yield the texts of blocks that stand here."""
        for block in blocks:
            inner = replace(self, names=(*self.names, block.omits[0]), owners=(block.id,))
            yield from block.texts(inner)
