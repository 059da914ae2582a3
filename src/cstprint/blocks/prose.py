"""Running text: paragraphs, lists, quotations. It is typed in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markdown_it.token import Token
from markupsafe import Markup

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.texts import PRINTED, IssueText, Texts


@dataclass(frozen=True, slots=True)
class ProseView(BlockView):
    """Running text, as markup that has its id already."""

    kind: ClassVar[str] = "prose"
    html: Markup


@dataclass(frozen=True, slots=True)
class Prose(Block):
    """One block of running text that is no heading: a paragraph, a list, a quotation.

    Its attributes are those of its first token.
    """

    #: The notes of all texts are printed in the same way.
    omits: ClassVar[tuple[str, ...]] = ("prose", "notes")
    tokens: tuple[Token, ...]

    def view(self, views: ViewMaker) -> ProseView:
        """Return what its template sees."""
        return ProseView(self.id, views.prose(self.tokens, self.id))

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield its text."""
        pieces = []
        for token in self.tokens:
            if token.type == "inline":
                pieces += [child.content for child in token.children or () if child.type in PRINTED]
            elif token.type == "fence":
                pieces.append(token.content)
        yield texts.made_of(pieces, self.span)


def with_first(text: ProseView, span: Markup) -> ProseView | None:
    """Return a paragraph that begins with an element, ``None`` where the text is no paragraph."""
    opening = re.match("<p(?: [^>]*)?>", text.html)
    if opening is None:
        return None
    return ProseView(text.id, Markup(opening[0]) + span + Markup(text.html[opening.end() :]))


BLOCK = BlockType(rank=20, model=Prose, view=ProseView)
