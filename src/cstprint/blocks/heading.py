"""Headings inside an article. They are typed in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.parts import NO_ATTRIBUTES, Attributes, Inline, Target, TargetKind
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.blocks.prose import ProseView, with_first
from cstprint.source import SourceText

#: The class of a heading that stands on the first line of the paragraph after it, and the marks that may end it.
_RUN_IN = "run-in"
_CLOSING = tuple("。：；，！？.:;,!?")


@dataclass(frozen=True, slots=True)
class HeadingView(BlockView):
    """A heading; ``tag`` is its element, ``bookmark`` its level among the bookmarks, ``plain`` its plain form.

    ``classes``, separated by spaces, and ``language`` are what the writer gave it.
    """

    kind: ClassVar[str] = "heading"
    html: Markup
    level: int
    tag: str
    plain: str
    bookmark: int
    classes: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside an article; ``level`` 1 is a section (一、), 2 a subsection, 3 below that."""

    omits: ClassVar[tuple[str, ...]] = ("heading",)
    level: int
    content: Inline
    name: SourceText | None = None
    attributes: Attributes = NO_ATTRIBUTES
    #: What links of HTML call it by.
    anchor: str | None = None

    def view(self, views: ViewMaker) -> HeadingView:
        """Return what its template sees."""
        return HeadingView(
            id=self.id,
            html=views.inline(self.content),
            level=self.level,
            tag=views.heading_tag(self.level),
            plain=views.plain(self.content),
            bookmark=views.bookmark(self.level),
            classes=" ".join(self.attributes.classes),
            language=self.attributes.language,
        )

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield its text."""
        return texts.inline(self.content)

    def targets(self) -> Iterator[Target]:
        """Yield the heading, if it has a name."""
        if self.name is not None:
            yield Target(self.name, self.id, TargetKind.BLOCK, title=self.content.plain)


def run_in(heading: BlockView, text: ProseView) -> ProseView | None:
    """Return a paragraph with the heading before it on its first line, if it is one that asks for that (接排标题).

    A mark that ends the heading parts the two; else a blank of an em does, which is copied (clreq 7.1.3.5).
    """
    if not isinstance(heading, HeadingView) or _RUN_IN not in heading.classes.split():
        return None
    span = Markup(
        '<span class="{}" data-tag="{}"{} id="{}" data-bookmark="{}" data-plain="{}">{}</span>{}'
    ).format(
        heading.classes,
        heading.tag,
        Markup(' lang="{}"').format(heading.language) if heading.language else "",
        heading.id,
        heading.bookmark,
        heading.plain,
        heading.html,
        "" if heading.plain.endswith(_CLOSING) else "\u3000",
    )
    return with_first(text, span)


BLOCK = BlockType(rank=10, model=Heading, view=HeadingView)
